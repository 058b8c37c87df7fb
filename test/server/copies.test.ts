import type { GenericMutationCtx } from "convex/server";
import { describe, expect, expectTypeOf, it } from "vitest";
import { createReader } from "../../templates/server/convex/syncEngine/readers";
import { api } from "./fixture/convex/_generated/api";
import type { DataModel, Doc } from "./fixture/convex/_generated/dataModel";
import { readRow, synced } from "./fixture/convex/syncWriters";
import { syncRules } from "./fixture/convex/syncTables";
import { deploy, Device, pullAll, signIn, userOf } from "./harness";

type Context = GenericMutationCtx<DataModel>;

function start() {
  const deployment = deploy();
  const ana = signIn(deployment, "ana");
  const run = <Result>(work: (ctx: Context) => Promise<Result>) => ana.mutation(work);
  return { ana, device: new Device(ana), run };
}

describe("a row that is a copy of what was there before the sync", () => {
  const createdAt = Date.UTC(2020, 1, 2);
  const origin = { copyOf: "old-document-1", createdAt };

  it("has one id however often it is copied, keeps its age, and reaches devices", async () => {
    const { ana, run } = start();
    const copy = (text: string) => run((ctx) => synced(ctx, "tasks").insert({ text }, origin));
    const clientId = await copy("first");
    expect(await copy("again")).toBe(clientId);

    const { rows } = await pullAll(ana, api.sync.getAllTasksForUser, null);
    expect(rows).toMatchObject([{ clientId, createdAt, fields: { text: "first" } }]);
    expect(await run((ctx) => synced(ctx, "tasks").idOfCopy("old-document-1"))).toBe(clientId);
    expect(await run((ctx) => synced(ctx, "tasks").idOfCopy("old-document-2"))).not.toBe(clientId);
  });

  it("stays as devices left it: edited, or deleted", async () => {
    const { device, run } = start();
    const copy = () => run((ctx) => synced(ctx, "notes").insert({ title: "old" }, origin));
    const clientId = await copy();
    const update = { table: "notes", kind: "update", clientId, fields: { title: "new" } } as const;
    expect(await device.pushOne(update)).toMatchObject({ outcome: "applied" });
    await copy();
    const titleOf = async () => await run((ctx) => synced(ctx, "notes").get(clientId));
    expect(await titleOf()).toMatchObject({ title: "new", createdAt });

    await run((ctx) => synced(ctx, "notes").remove(clientId));
    expect(await copy()).toBe(clientId);
    expect(await titleOf()).toBeNull();
  });

  it("can be referred to before it is copied", async () => {
    const { run } = start();
    const [project, task] = await run(async (ctx) => {
      const projects = synced(ctx, "projects");
      const id = await projects.idOfCopy("old-project");
      return [
        await projects.insert({ name: "Harbour" }, { copyOf: "old-project" }),
        await synced(ctx, "tasks").insert({ text: "a", project: id }, { copyOf: "old-task" }),
      ] as const;
    });
    expect(await run((ctx) => synced(ctx, "tasks").get(task))).toMatchObject({ project });
  });

  it("belongs to the user that it is copied for", async () => {
    const { run } = start();
    const ids = await run(async (ctx) => [
      await synced(ctx, "tasks").insert({ text: "a" }, origin),
      await synced(ctx, "tasks", { userId: userOf("ben") }).insert({ text: "b" }, origin),
    ]);
    expect(new Set(ids).size).toBe(2);
  });

  it("has the id of its natural key where the table has one", async () => {
    const { run } = start();
    const values = { level: "one", points: 5 };
    const id = await run((ctx) => synced(ctx, "scores").insert(values));
    expect(await run((ctx) => synced(ctx, "scores").insert({ ...values, points: 9 }, origin))).toBe(
      id,
    );
    expect(await run((ctx) => synced(ctx, "scores").get(id))).toMatchObject({ points: 5 });
    const guess = run((ctx) => synced(ctx, "scores").idOfCopy("old-document-1"));
    await expect(guess).rejects.toThrow("scores: a row's id is made of level");
  });

  it("keeps the age that it has, on every device, when its natural key is inserted again", async () => {
    const { ana, run } = start();
    const insert = (points: number, age: number) =>
      run((ctx) => synced(ctx, "scores").insert({ level: "one", points }, { createdAt: age }));
    const pullScores = (cursor: string | null) =>
      pullAll(ana, api.sync.getScoreChangesSince, cursor);
    const id = await insert(5, createdAt);
    const first = await pullScores(null);
    expect(first.rows).toMatchObject([{ createdAt }]);

    await insert(3, 7);
    expect((await pullScores(first.cursor)).rows).toEqual([]);
    expect((await pullScores(null)).rows).toMatchObject([{ createdAt, fields: { points: 5 } }]);
    await insert(9, 7);
    expect((await pullScores(null)).rows).toMatchObject([{ createdAt, fields: { points: 9 } }]);

    await run((ctx) => synced(ctx, "scores").remove(id));
    await insert(1, 7);
    expect((await pullScores(first.cursor)).rows).toMatchObject([{ createdAt: 7 }]);
  });

  it("is refused with a time that is none", async () => {
    const { run } = start();
    const call = run((ctx) => synced(ctx, "tasks").insert({ text: "a" }, { createdAt: NaN }));
    await expect(call).rejects.toThrow("createdAt");
  });
});

describe("readRow(table, document): what the project's own queries show", () => {
  it("has the fields and nothing of the sync's own, and nothing is left of a deleted row", async () => {
    const { run } = start();
    const clientId = await run((ctx) =>
      synced(ctx, "tasks").insert({ text: "a", reviewScore: 3 }, { createdAt: 7 }),
    );
    const read = () => run(async (ctx) => readRow("tasks", await ctx.db.query("tasks").first()));
    const row = await read();
    expect(row).toEqual({
      _id: expect.any(String),
      _creationTime: expect.any(Number),
      clientId,
      userId: userOf("ana"),
      createdAt: 7,
      updatedAt: expect.any(Number),
      text: "a",
      isCompleted: false,
      priority: "normal",
      reviewScore: 3,
    });
    expect(JSON.stringify(row)).toContain(clientId);
    expectTypeOf(row).exclude(null).toHaveProperty("text").toEqualTypeOf<string>();
    expectTypeOf(row).exclude(null).not.toHaveProperty("changed");

    await run((ctx) => synced(ctx, "tasks").remove(clientId));
    expect(await read()).toBeNull();
    expect(readRow("tasks", null)).toBeNull();
  });

  it("reads rows of earlier versions under today's names, with today's defaults", async () => {
    const { run } = start();
    await run((ctx) => synced(ctx, "tasks").insert({ text: "a" }));
    const stored = await run((ctx) => ctx.db.query("tasks").first());
    const { text, priority, ...rest } = stored as Extract<Doc<"tasks">, { deletedAt: null }>;
    expect([text, priority]).toEqual(["a", "normal"]);
    const readEarlier = createReader<DataModel, typeof syncRules>({
      rules: syncRules,
      upgrades: [
        {
          id: "a",
          from: 1,
          to: 2,
          tables: {
            tasks: { fields: { title: { renamedTo: "text" } }, added: { priority: "normal" } },
          },
        },
      ],
    });
    // Safe: a document as an earlier version stored it.
    const earlier = { ...rest, title: "from before" } as unknown as Doc<"tasks">;
    const row = readEarlier("tasks", earlier);
    expect(row).toMatchObject({ text: "from before", priority: "normal" });
    expect(row).not.toHaveProperty("title");
  });
});
