import { v } from "convex/values";
import { isLive } from "../../templates/server/convex/syncEngine/documents";
import type { ServerRules } from "../../templates/server/convex/syncEngine/rules";
import { createWriters } from "../../templates/server/convex/syncEngine/writers";
import type { DataModel } from "../server/fixture/convex/_generated/dataModel";
import { internalMutation, mutation } from "../server/fixture/convex/_generated/server";
import { getSyncUser } from "../server/fixture/convex/syncUser";
import type { TableName } from "./functionNames";
import { closePlace, leaveAll, placeUser } from "./staff";
import { syncPolicies, syncRules } from "./tables";
import { upgrades } from "./update";

/** As `syncWriters.ts` is emitted once there is an earlier version of the project. */
const synced = createWriters<DataModel, typeof syncRules>({
  rules: syncRules,
  policies: syncPolicies,
  upgrades,
  user: getSyncUser,
});

type Values = Record<string, unknown>;

/** A table's writers as this file uses them: of whichever table. */
interface Writers {
  get(clientId: string): Promise<Values | null>;
  insert(values: Values): Promise<string>;
  patch(clientId: string, changes: Values): Promise<string>;
  remove(clientId: string): Promise<void>;
}

type Context = Parameters<typeof synced>[0];

type Owner = { readonly userId?: string; readonly scopeId?: string };

const writersOf = (ctx: Context, table: TableName, owner?: Owner) =>
  // Safe: a table's owner is said as its rules want it, and the values of a row are of its table's fields.
  (synced as unknown as (ctx: Context, table: TableName, owner?: Owner) => Writers)(
    ctx,
    table,
    owner,
  );

/** What a row takes along to somebody else: what it refers to stays behind. */
function ownValues(table: TableName, row: Values): Values {
  const { fields, serverFields = {} }: ServerRules = syncRules[table];
  const names = [
    ...Object.keys(fields).filter((name) => fields[name]?.kind !== "reference"),
    ...Object.keys(serverFields),
  ];
  return Object.fromEntries(
    names.filter((name) => row[name] !== undefined).map((name) => [name, row[name]]),
  );
}

/** The project's own function: a web page adds a task. */
export const addTask = mutation({
  args: { text: v.string() },
  returns: v.string(),
  handler: (ctx, { text }) => synced(ctx, "tasks").insert({ text, reviewScore: 3 }),
});

/** The project's own function: a web page deletes a task. */
export const deleteTask = mutation({
  args: { clientId: v.string() },
  returns: v.null(),
  handler: async (ctx, { clientId }) => {
    await synced(ctx, "tasks").remove(clientId);
    return null;
  },
});

/** The project's own function: the caller's row goes to somebody else, and the tasks of a project with it. */
export const giveRow = mutation({
  args: { table: v.string(), clientId: v.string(), to: v.string() },
  returns: v.null(),
  handler: async (ctx, { table, clientId, to }) => {
    const move = async (from: TableName, id: string, changes: Values = {}) => {
      const row = await writersOf(ctx, from).get(id);
      if (row === null) return null;
      await writersOf(ctx, from).remove(id);
      const values = { ...ownValues(from, row), ...changes };
      return await writersOf(ctx, from, { userId: to }).insert(values);
    };
    // Safe: called with names of tables.
    const project = await move(table as TableName, clientId);
    if (table !== "projects" || project === null) return null;
    const caller = await getSyncUser(ctx);
    const tasks = await ctx.db.query("tasks").collect();
    for (const task of tasks.filter(isLive))
      if (task.userId === caller && task.project === clientId)
        await move("tasks", task.clientId, { project });
    return null;
  },
});

/** The project's own function: the caller comes into a scope, may do something else there, or leaves it (`null`). */
export const setAccess = mutation({
  args: {
    scope: v.string(),
    scopeId: v.string(),
    access: v.union(v.literal("read"), v.literal("write"), v.null()),
  },
  returns: v.null(),
  handler: async (ctx, { access, ...scope }) => {
    // Safe: a token names them.
    const userId = (await getSyncUser(ctx)) as string;
    await placeUser(ctx, { ...scope, userId }, access);
    return null;
  },
});

/** The project's own function: what its own table holds of a user goes with their account. */
export const leaveRooms = internalMutation({
  args: { user: v.string() },
  returns: v.null(),
  handler: async (ctx, { user }) => {
    await leaveAll(ctx, user);
    return null;
  },
});

/** The project's own function: puts everybody out of a room that is about to be deleted. */
export const closeRoom = internalMutation({
  args: { place: v.string() },
  returns: v.null(),
  handler: async (ctx, { place }) => {
    await closePlace(ctx, place);
    return null;
  },
});

/** The project's own function: writes a row of a scope, whoever calls. Without `clientId`, a new one; without `values`, it goes. */
export const writeShared = mutation({
  args: {
    table: v.string(),
    scopeId: v.string(),
    clientId: v.union(v.string(), v.null()),
    values: v.any(),
  },
  returns: v.null(),
  handler: async (ctx, { table, scopeId, clientId, values }) => {
    // Safe: called with names of tables.
    const writers = writersOf(ctx, table as TableName, { scopeId });
    if (clientId === null) await writers.insert(values as Values);
    else if (values === null) await writers.remove(clientId);
    else await writers.patch(clientId, values as Values);
    return null;
  },
});

/** The project's own function: a card goes to another team, where its board is not. */
export const moveCard = mutation({
  args: { clientId: v.string(), from: v.string(), to: v.string() },
  returns: v.null(),
  handler: async (ctx, { clientId, from, to }) => {
    const row = await writersOf(ctx, "cards", { scopeId: from }).get(clientId);
    if (row === null) return null;
    await writersOf(ctx, "cards", { scopeId: from }).remove(clientId);
    await writersOf(ctx, "cards", { scopeId: to }).insert(ownValues("cards", row));
    return null;
  },
});
