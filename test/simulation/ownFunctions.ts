import { v } from "convex/values";
import { isLive } from "../../templates/server/convex/syncEngine/documents";
import type { ServerRules } from "../../templates/server/convex/syncEngine/rules";
import { createWriters } from "../../templates/server/convex/syncEngine/writers";
import type { DataModel } from "../server/fixture/convex/_generated/dataModel";
import { mutation } from "../server/fixture/convex/_generated/server";
import { syncPolicies, syncRules } from "../server/fixture/convex/syncTables";
import { getSyncUser } from "../server/fixture/convex/syncUser";
import type { TableName } from "./functionNames";
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
  remove(clientId: string): Promise<void>;
}

type Context = Parameters<typeof synced>[0];

const writersOf = (ctx: Context, table: TableName, owner?: { readonly userId: string }) =>
  // Safe: the values of a row are of its table's fields.
  synced(ctx, table, owner) as unknown as Writers;

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
