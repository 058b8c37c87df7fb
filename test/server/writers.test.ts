import type { GenericMutationCtx } from "convex/server";
import { ConvexError } from "convex/values";
import { describe, expect, expectTypeOf, it } from "vitest";
import { isLive } from "../../templates/server/convex/syncEngine/documents";
import { createWriters } from "../../templates/server/convex/syncEngine/writers";
import { appendOnly } from "../../templates/shared/policies/appendOnly";
import { maxWins } from "../../templates/shared/policies/maxWins";
import { api } from "./fixture/convex/_generated/api";
import type { DataModel, Doc } from "./fixture/convex/_generated/dataModel";
import { syncPolicies, syncRules } from "./fixture/convex/syncTables";
import { getSyncUser } from "./fixture/convex/syncUser";
import { synced } from "./fixture/convex/syncWriters";
import { deploy, Device, keyOf, newUuid, pullAll, signIn, task, userOf } from "./harness";

type Context = GenericMutationCtx<DataModel>;

const codeOf = async (call: Promise<unknown>) => {
  const error = await call.then(
    () => null,
    (reason: unknown) => reason,
  );
  return error instanceof ConvexError ? (error.data as { code: string }).code : error;
};

function start() {
  const deployment = deploy();
  const ana = signIn(deployment, "ana");
  const run = <Result>(work: (ctx: Context) => Promise<Result>) => ana.mutation(work);
  return { deployment, ana, device: new Device(ana), run };
}

describe("synced(ctx, table): writes by the project's own code", () => {
  it("insert, patch and remove reach a device as changes (A16)", async () => {
    const { ana, run } = start();
    const { cursor } = await pullAll(ana, api.sync.getTaskChangesSince, null);

    const clientId = await run((ctx) => synced(ctx, "tasks").insert({ text: "a", estimate: 1 }));
    const inserted = await pullAll(ana, api.sync.getTaskChangesSince, cursor);
    expect(inserted.rows).toMatchObject([
      {
        clientId,
        userId: userOf("ana"),
        fields: { text: "a", estimate: 1, isCompleted: false, priority: "normal", dueAt: null },
      },
    ]);

    await run((ctx) => synced(ctx, "tasks").patch(clientId, { text: "b", estimate: null }));
    const patched = await pullAll(ana, api.sync.getTaskChangesSince, inserted.cursor);
    expect(patched.rows).toMatchObject([{ fields: { text: "b", estimate: null } }]);

    await run((ctx) => synced(ctx, "tasks").remove(clientId));
    const removed = await pullAll(ana, api.sync.getTaskChangesSince, patched.cursor);
    expect(removed.rows).toMatchObject([{ clientId, fields: {} }]);
    expect(await run((ctx) => synced(ctx, "tasks").get(clientId))).toBeNull();
  });

  it("server-only fields are the server's: written, kept by devices' edits, and no change to them", async () => {
    const { ana, device, run } = start();
    const clientId = await run((ctx) => synced(ctx, "tasks").insert({ text: "a", reviewScore: 3 }));
    const { cursor } = await pullAll(ana, api.sync.getTaskChangesSince, null);

    await run((ctx) => synced(ctx, "tasks").patch(clientId, { reviewScore: 4 }));
    expect((await pullAll(ana, api.sync.getTaskChangesSince, cursor)).rows).toEqual([]);

    await device.pushOne({ table: "tasks", kind: "update", clientId, fields: { text: "b" } });
    const row = await run((ctx) => synced(ctx, "tasks").get(clientId));
    expect(row).toMatchObject({ text: "b", reviewScore: 4 });

    await run((ctx) => synced(ctx, "tasks").patch(clientId, { text: "c", reviewScore: null }));
    const cleared = await run((ctx) => synced(ctx, "tasks").get(clientId));
    expect(cleared).toMatchObject({ text: "c" });
    expect(cleared).not.toHaveProperty("reviewScore");
  });

  it("server-only fields are written although the policy keeps the rest of the row", async () => {
    const { run } = start();
    const tasks = createWriters<DataModel, typeof syncRules>({
      rules: { ...syncRules, tasks: { ...syncRules.tasks, options: { by: "estimate" } } },
      policies: { ...syncPolicies, tasks: maxWins },
      user: getSyncUser,
    });
    const clientId = await run((ctx) => tasks(ctx, "tasks").insert({ text: "a", estimate: 5 }));

    await run((ctx) => tasks(ctx, "tasks").patch(clientId, { estimate: 1, reviewScore: 2 }));

    const row = await run((ctx) => tasks(ctx, "tasks").get(clientId));
    expect(row).toMatchObject({ estimate: 5, reviewScore: 2 });
  });

  it("a web edit and a device's edit of the version before: the device wins where it wrote (S2)", async () => {
    const { device, run } = start();
    const clientId = newUuid();
    const created = await device.pushOne({
      table: "tasks",
      kind: "create",
      clientId,
      fields: task(),
    });
    await run((ctx) => synced(ctx, "tasks").patch(clientId, { text: "web", estimate: 9 }));

    const { row } = await device.pushOne({
      table: "tasks",
      kind: "update",
      clientId,
      fields: { text: "phone" },
      base: created.row?.fields ?? null,
      baseStamp: created.stamp,
    });

    expect(row?.fields).toMatchObject({ text: "phone", estimate: 9 });
  });

  it("keeps to the rules: values, references, natural keys, append-only, max-wins (I11, I12)", async () => {
    const { device, run } = start();
    const foreign = newUuid();
    expect(
      await codeOf(run((ctx) => synced(ctx, "tasks").insert({ text: "a", estimate: 0.5 }))),
    ).toBe("invalid");
    expect(
      await codeOf(run((ctx) => synced(ctx, "tasks").insert({ text: "a", project: foreign }))),
    ).toBe("missing-reference");
    expect(
      await codeOf(run((ctx) => synced(ctx, "tasks").insert({ text: "a", reviewScore: NaN }))),
    ).toBe("invalid");
    expect(await codeOf(run((ctx) => synced(ctx, "tasks").patch(foreign, { text: "b" })))).toBe(
      "not-found",
    );

    const reading = { meter: "m", value: 1, takenAt: 1 };
    const id = await run((ctx) => synced(ctx, "readings").insert(reading));
    expect(await codeOf(run((ctx) => synced(ctx, "readings").patch(id, { value: 2 })))).toBe(
      "append-only",
    );

    const score = await run((ctx) => synced(ctx, "scores").insert({ level: "moon", points: 5 }));
    expect(score).toBe(keyOf("ana", "scores", "moon"));
    await run((ctx) => synced(ctx, "scores").patch(score, { points: 1 }));
    expect(await run((ctx) => synced(ctx, "scores").get(score))).toMatchObject({ points: 5 });
    const lower = await device.pushOne({
      table: "scores",
      kind: "update",
      clientId: score,
      fields: { points: 2 },
    });
    expect(lower.outcome).toBe("superseded");
  });

  it("says what became of a patch, by the policy and by fields that only move one way", async () => {
    const { run } = start();
    const score = await run((ctx) => synced(ctx, "scores").insert({ level: "moon", points: 5 }));
    const contact = await run((ctx) =>
      synced(ctx, "contacts").insert({ name: "Ben", stage: "customer" }),
    );
    const task = await run((ctx) => synced(ctx, "tasks").insert({ text: "a" }));
    type Patch<Table extends "scores" | "contacts" | "tasks"> = Parameters<
      ReturnType<typeof synced<Table>>["patch"]
    >[1];
    const points = (changes: Patch<"scores">) =>
      run((ctx) => synced(ctx, "scores").patch(score, changes));
    const person = (changes: Patch<"contacts">) =>
      run((ctx) => synced(ctx, "contacts").patch(contact, changes));
    const work = (changes: Patch<"tasks">) =>
      run((ctx) => synced(ctx, "tasks").patch(task, changes));

    expect(await points({ points: 0 })).toBe("superseded");
    expect(await points({ points: 9 })).toBe("applied");
    expect(await person({ stage: "lead" })).toBe("superseded");
    expect(await person({ stage: "lead", name: "Bo" })).toBe("merged");
    expect(await person({ stage: "former" })).toBe("applied");
    expect(await work({ text: "a" })).toBe("applied");
    expect(await work({ reviewScore: 1 })).toBe("applied");
  });

  it("says when a merge of the app's own leaves a change to a person, and writes nothing", async () => {
    const { run } = start();
    const settings = createWriters<DataModel, typeof syncRules>({
      rules: {
        ...syncRules,
        settings: { ...syncRules.settings, options: { merge: () => ({ kind: "conflict" }) } },
      } as never,
      policies: syncPolicies,
      user: getSyncUser,
    });
    const id = await run((ctx) => settings(ctx, "settings").insert({ name: "a", value: "1" }));

    expect(await run((ctx) => settings(ctx, "settings").patch(id, { value: "2" }))).toBe(
      "conflict",
    );
    expect(await run((ctx) => settings(ctx, "settings").get(id))).toMatchObject({ value: "1" });
  });

  it("refuses an insert that leaves no row, because its key was deleted for good", async () => {
    const { run } = start();
    const scores = createWriters<DataModel, typeof syncRules>({
      rules: syncRules,
      policies: { ...syncPolicies, scores: appendOnly },
      user: getSyncUser,
    });
    const insert = () => run((ctx) => scores(ctx, "scores").insert({ level: "moon", points: 5 }));
    const id = await insert();
    expect(await codeOf(insert())).toBe("append-only");

    await run((ctx) => scores(ctx, "scores").remove(id));

    expect(await codeOf(insert())).toBe("already-deleted");
    expect(await run((ctx) => scores(ctx, "scores").get(id))).toBeNull();
  });

  it("puts a counter right that holds what no device can, and devices hear of it", async () => {
    const { ana, run } = start();
    const contacts = (ctx: Context) => synced(ctx, "contacts");
    const clientId = await run((ctx) => contacts(ctx).insert({ name: "Ben", visits: 4 }));
    await run(async (ctx) => {
      const row = await ctx.db.query("contacts").first();
      if (row !== null) await ctx.db.patch("contacts", row._id, { visits: NaN });
    });
    const { cursor } = await pullAll(ana, api.sync.getContactChangesSince, null);

    await run((ctx) => contacts(ctx).patch(clientId, { visits: 5 }));

    const { rows } = await pullAll(ana, api.sync.getContactChangesSince, cursor);
    expect(rows).toMatchObject([{ clientId, fields: { visits: 5 } }]);
  });

  it("may erase an append-only row, which no device can bring back (I13)", async () => {
    const { device, run } = start();
    const clientId = newUuid();
    const fields = { meter: "m", value: 1, takenAt: 1 };
    await device.pushOne({ table: "readings", kind: "create", clientId, fields });
    await run((ctx) => synced(ctx, "readings").remove(clientId));

    const again = await device.pushOne({ table: "readings", kind: "create", clientId, fields });

    expect(again).toMatchObject({ outcome: "superseded", row: { fields: {} } });
    await run((ctx) => synced(ctx, "readings").remove(clientId));
  });

  it("writes for a named user where nobody is signed in, and for nobody else's rows", async () => {
    const { deployment, ana } = start();
    const clientId = await deployment.run((ctx) =>
      synced(ctx, "tasks", { userId: userOf("ana") }).insert({ text: "from a webhook" }),
    );
    expect(
      await codeOf(deployment.run((ctx) => synced(ctx, "tasks").insert({ text: "whose?" }))),
    ).toBe("unauthenticated");

    const { rows } = await pullAll(ana, api.sync.getAllTasksForUser, null);
    expect(rows.map((row) => row.clientId)).toEqual([clientId]);
    const bo = signIn(deployment, "bo");
    const patch = bo.mutation((ctx: Context) =>
      synced(ctx, "tasks").patch(clientId, { text: "bos" }),
    );
    expect(await codeOf(patch)).toBe("not-found");
  });

  it("the app's own queries see rows and tombstones apart", async () => {
    const { ana } = start();
    const clientId = await ana.mutation(api.web.addTask, { text: "a" });
    await ana.mutation(api.web.addTask, { text: "b" });
    await ana.mutation(api.web.deleteTask, { clientId });

    expect(await ana.query(api.web.listTasks, {})).toEqual(["b"]);
  });

  it("is typed: required fields, defaults, optional ones, server-only ones", () => {
    type Writers = ReturnType<typeof synced<"tasks">>;
    type NewTask = Parameters<Writers["insert"]>[0];
    type TaskChanges = Parameters<Writers["patch"]>[1];
    expectTypeOf<{ text: string }>().toExtend<NewTask>();
    expectTypeOf<{ text: string; reviewScore: number; dueAt: null }>().toExtend<NewTask>();
    expectTypeOf<{ isCompleted: boolean }>().not.toExtend<NewTask>();
    expectTypeOf<{ estimate: null }>().toExtend<TaskChanges>();
    expectTypeOf<{ text: null }>().not.toExtend<TaskChanges>();
    expectTypeOf<{ priority: "urgent" }>().not.toExtend<TaskChanges>();
    expectTypeOf<keyof TaskChanges>().not.toExtend<"userId" | "changed" | "deletedAt">();
    const live = (row: Doc<"tasks">) => (isLive(row) ? row.text : null);
    expectTypeOf(live).returns.toEqualTypeOf<string | null>();
    // @ts-expect-error a row may be a tombstone, which has no content
    expectTypeOf((row: Doc<"tasks">) => row.text).toBeFunction();
  });
});

describe("upsertX and removeX", () => {
  it("create, change the given fields, and delete, with the row in the answer", async () => {
    const { ana } = start();
    const clientId = newUuid();
    const created = await ana.mutation(api.sync.upsertProject, { clientId, fields: { name: "a" } });
    const changed = await ana.mutation(api.sync.upsertProject, { clientId, fields: { name: "b" } });
    const removed = await ana.mutation(api.sync.removeProject, { clientId });
    const again = await ana.mutation(api.sync.removeProject, { clientId });

    expect([created, changed, removed, again].map(({ outcome }) => outcome)).toEqual(
      Array.from({ length: 4 }, () => "applied"),
    );
    expect(changed.row?.fields).toEqual({ name: "b" });
    expect(removed.row).toMatchObject({ clientId, fields: {} });
  });

  it("are concurrent when they say which version they saw", async () => {
    const { ana, device } = start();
    const clientId = newUuid();
    const { stamp } = await device.pushOne({
      table: "projects",
      kind: "create",
      clientId,
      fields: { name: "a" },
    });
    await device.pushOne({
      table: "projects",
      kind: "update",
      clientId,
      fields: { name: "b" },
      baseStamp: stamp,
    });
    const fields = { name: "c" };

    const late = await ana.mutation(api.sync.upsertProject, { clientId, fields, baseStamp: stamp });
    const fresh = await ana.mutation(api.sync.upsertProject, { clientId, fields });

    expect([late.outcome, fresh.outcome]).toEqual(["superseded", "applied"]);
  });

  it("answer a refusal instead of throwing", async () => {
    const { ana } = start();
    const clientId = newUuid();
    const missing = await ana.mutation(api.sync.upsertTask, { clientId, fields: { estimate: 1 } });
    const odd = await ana.mutation(api.sync.upsertTask, { clientId: "7", fields: { text: "a" } });
    const badStamp = await ana.mutation(api.sync.upsertTask, {
      clientId,
      fields: { text: "a" },
      baseStamp: "5",
    });

    expect([missing, odd, badStamp].map(({ code }) => code)).toEqual(
      Array.from({ length: 3 }, () => "invalid"),
    );
  });
});
