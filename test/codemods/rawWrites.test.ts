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

  it.each([
    "await Promise.all(all.map((n) => ctx.db.delete(n._id)));",
    "all.forEach(({ _id }) => ctx.db.delete(_id));",
    "for (const { _id: id } of all) await ctx.db.delete(id);",
    "for (const [, task] of all.entries()) await ctx.db.delete(task._id);",
    "const [first] = all; await ctx.db.delete(first!._id);",
    "await ctx.db.delete(all[0]!._id);",
    "const old = all.filter((n) => n.old); for (const n of old) await ctx.db.delete(n._id);",
    "const { _id } = all.find((n) => n.old)!; await ctx.db.delete(_id);",
    "await asyncMap(all, async (n) => await ctx.db.delete(n._id));",
    "(await ctx.db.query('tasks').collect()).map(async function (n) { await ctx.db.delete(n._id); });",
    "await ctx.db.get(args.id).then((task) => ctx.db.delete(task!._id));",
    "await ctx.db.delete((await ctx.db.get(args.id))!._id);",
    "for await (const task of ctx.db.query('tasks')) ctx.db.delete(task._id);",
    "const docs = await Promise.all(args.ids.map((id) => ctx.db.get(id))); for (const d of docs) ctx.db.delete(d._id);",
    "const task = args.id ? await ctx.db.get(args.id) : null; await ctx.db.delete(task!._id);",
    "const id = maybe ?? all[0]!._id; await ctx.db.delete(id);",
    "const { page } = await ctx.db.query('tasks').paginate(args.page); for (const n of page) ctx.db.delete(n._id);",
    "const found = await ctx.db.query('tasks').withIndex('a').paginate(args.page); found.page.map((n) => ctx.db.delete(n._id));",
    "const id: Id<'tasks'> = whatever(); await ctx.db.delete(id);",
  ])("finds %s", (code) => {
    expect(
      found(`export const clear = internalMutation({
  args: { id: v.id("tasks"), ids: v.array(v.id("tasks")) },
  handler: async (ctx, args) => { const all = await ctx.db.query("tasks").collect();
${code} },
});`).map((one) => one.replace(/ \d.*/, "")),
    ).toEqual(["delete tasks"]);
  });

  it.each([
    'id: Id<"tasks">) { ctx.db.patch(id, {}); }',
    'id: Id<"tasks"> | null) { if (id) ctx.db.patch(id, {}); }',
    'task: Doc<"tasks">) { ctx.db.patch(task._id, {}); }',
    '{ _id }: Doc<"tasks">) { ctx.db.patch(_id, {}); }',
    'tasks: readonly Doc<"tasks">[]) { for (const task of tasks) ctx.db.patch(task._id, {}); }',
    'ids: Array<Id<"tasks">>) { ids.map((id) => ctx.db.patch(id, {})); }',
    'args: { id: Id<"tasks">; owner: Id<"users"> }) { ctx.db.patch(args.id, {}); }',
    '{ id, owner }: { id: Id<"tasks">; owner: Id<"users"> }) { ctx.db.patch(id, {}); }',
    "args: Args) { ctx.db.patch(args.task._id, {}); }",
    "{ task }: Args) { ctx.db.patch(task._id, {}); }",
  ])("finds writes of a helper by its types: %s", (rest) => {
    const helper = `async function helper(ctx: MutationCtx, ${rest}`;
    expect(found(`interface Args { task: Doc<"tasks">; other: Id<"users"> }\n${helper}`)).toEqual([
      expect.stringMatching(/^patch tasks 2:/),
    ]);
  });

  it.each([
    'function f(ctx, id: Id<"users">) { ctx.db.patch(id, {}); }',
    'function f(ctx, task: Doc<"tasks">) { ctx.db.patch(task.ownerId, {}); }',
    'function f(ctx, { ownerId }: Doc<"tasks">) { ctx.db.patch(ownerId, {}); }',
    'function f(ctx, { owner }: { id: Id<"tasks">; owner: Id<"users"> }) { ctx.db.patch(owner, {}); }',
    'function f(ctx, ids: Map<Id<"tasks">, Id<"users">>) { for (const [, id] of ids) ctx.db.patch(id, {}); }',
    'async (ctx) => { const all = await ctx.db.query("tasks").collect(); all.map(({ ownerId }) => ctx.db.patch(ownerId, {})); };',
    'async (ctx) => { const all = await ctx.db.query("tasks").collect(); all.map((n) => n.owners.map((id) => ctx.db.patch(id, {}))); };',
    'async (ctx, id: Id<"tasks">) => { users.map((id) => ctx.db.patch(id, {})); };',
  ])("says nothing of writes to other tables: %s", (code) => {
    expect(found(code)).toEqual([]);
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
