import { describe, expect, it } from "vitest";
import { findRawWrites } from "../../src/codemods/rawWrites";

const found = (text: string): readonly string[] =>
  findRawWrites("convex/web.ts", text, ["tasks", "projects"]).map(
    ({ operation, table, location }) => `${operation} ${table} ${location.line}:${location.column}`,
  );

describe("raw writes to synced tables", () => {
  it("finds inserts, and writes that name the table", () => {
    expect(
      found(`export const add = mutation(async (ctx) => {
  await ctx.db.insert("tasks", { text: "a" });
  await ctx.db.patch('projects', id, {});
  await ctx.db
    .insert(\`tasks\`, {});
  await ctx.db.insert("users", {});
});`),
    ).toEqual(["insert tasks 2:9", "patch projects 3:9", "insert tasks 4:9"]);
  });

  it("finds writes by an id that an argument declares", () => {
    expect(
      found(`export const done = mutation({
  args: { taskId: v.id("tasks"), userId: v.id("users"), maybe: v.optional(v.id("projects")) },
  handler: async ({ db }, { taskId, ...args }) => {
    await db.patch(taskId, { done: true });
    await db.delete(args.userId);
    await db.delete(args.maybe!);
  },
});`),
    ).toEqual(["patch tasks 4:11", "delete projects 6:11"]);
  });

  it("finds writes to documents that were read from the table", () => {
    expect(
      found(`export const clear = internalMutation({
  args: { id: v.id("tasks") },
  handler: async (ctx, args) => {
    const all = await ctx.db.query("tasks").collect();
    for (const task of all) await ctx.db.delete(task._id);
    const one = await ctx.db.get(args.id);
    const key = one!._id;
    await ctx.db.replace(key, {});
    const user = await ctx.db.get("users", args.userId);
    await ctx.db.patch(user._id, {});
  },
});`),
    ).toEqual(["delete tasks 5:35", "replace tasks 8:11"]);
  });

  it("says nothing of ids that come from somewhere unknown, or of itself", () => {
    expect(
      found(`const a = b._id; const b = a._id;
export const f = async (ctx, tasks) => { await ctx.db.patch(a, {}); await ctx.db.patch(tasks.next(), {}); };`),
    ).toEqual([]);
  });

  it("says nothing of a file that does not parse or writes nothing", () => {
    expect(found("await ctx.db.insert('tasks', {")).toEqual([]);
    expect(found('ctx.db.query("tasks")')).toEqual([]);
  });
});
