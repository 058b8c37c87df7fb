import { v } from "convex/values";
import { mutation, query, type MutationCtx } from "./_generated/server";
import { removeMember, setMember } from "./syncEngine/members";
import { accessTo } from "./syncScopes";
import { getSyncUser } from "./syncUser";
import { readRow, synced } from "./syncWriters";

const scope = "workspace";

/** Makes a workspace of the caller's, with a first project and a first task. */
export const create = mutation({
  args: { name: v.string() },
  returns: v.string(),
  handler: async (ctx, { name }) => {
    const userId = await signedIn(ctx);
    const scopeId = crypto.randomUUID();
    await setMember(ctx, { scope, scopeId, userId, access: "write" });
    const project = await synced(ctx, "projects", { scopeId }).insert({ name });
    const tasks = synced(ctx, "tasks", { scopeId, userId });
    const clientId = await tasks.insert({ title: "Look around", project });
    await tasks.patch(clientId, { isDone: true, cost: 0 });
    await synced(ctx, "settings").insert({ name: "lastWorkspace" });
    return scopeId;
  },
});

/** Lets somebody else in, or out; for those who may write. */
export const share = mutation({
  args: { scopeId: v.string(), userId: v.string(), isIn: v.boolean() },
  returns: v.null(),
  handler: async (ctx, { scopeId, userId, isIn }) => {
    const caller = await signedIn(ctx);
    if ((await accessTo(ctx, caller, scope, scopeId)) !== "write")
      throw new Error("Not yours to share.");
    if (isIn) await setMember(ctx, { scope, scopeId, userId, access: "read" });
    else await removeMember(ctx, { scope, scopeId, userId });
    return null;
  },
});

/** The newest tasks of a workspace, for the web. */
export const newestTasks = query({
  args: { scopeId: v.string() },
  returns: v.array(v.string()),
  handler: async (ctx, { scopeId }) => {
    const userId = await getSyncUser(ctx);
    if (userId === null) return [];
    if ((await accessTo(ctx, userId, scope, scopeId)) === null) return [];
    const rows = await ctx.db
      .query("tasks")
      .withIndex("by_scope_and_updated", (q) => q.eq("scopeId", scopeId))
      .order("desc")
      .take(100);
    const due = await ctx.db
      .query("tasks")
      .withIndex("by_scope_id_and_deleted_at_and_due_at", (q) =>
        q.eq("scopeId", scopeId).eq("deletedAt", null).gt("dueAt", 0),
      )
      .collect();
    const tasks = [...rows, ...due].map((row) => readRow("tasks", row));
    return tasks.flatMap((task) =>
      task === null ? [] : [`${task.scopeId}: ${task.title}`],
    );
  },
});

async function signedIn(ctx: MutationCtx): Promise<string> {
  const userId = await getSyncUser(ctx);
  if (userId === null) throw new Error("Nobody is signed in.");
  return userId;
}

/** Never called: what does not compile. */
export async function mistakes(ctx: MutationCtx): Promise<void> {
  // @ts-expect-error -- rows of a scope need one
  synced(ctx, "tasks");
  // @ts-expect-error -- the table has no scope
  synced(ctx, "settings", { scopeId: "a" });
  const tasks = synced(ctx, "tasks", { scopeId: "a" });
  // @ts-expect-error -- a row stays in its scope
  await tasks.patch("b", { scopeId: "c" });
}
