import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { hlcAt } from "../../templates/shared/clock";
import { api, internal } from "./fixture/convex/_generated/api";
import {
  accepted,
  deploy,
  Device,
  newUuid,
  page,
  pull,
  pullAll,
  signIn,
  task,
  type Deployment,
} from "./harness";

const day = 24 * 60 * 60 * 1000;

beforeEach(() => {
  vi.useFakeTimers();
  vi.setSystemTime(Date.UTC(2026, 0, 1));
});

afterEach(() => {
  vi.useRealTimers();
});

const later = (days: number) => vi.setSystemTime(Date.now() + days * day);

async function collect(deployment: Deployment) {
  await deployment.mutation(internal.sync.collectGarbage, {});
  await deployment.finishAllScheduledFunctions(() => vi.runAllTimers());
}

const countOf = async (
  deployment: Deployment,
  table: "notes" | "projects" | "syncReceipts" | "syncCopiedOps",
) => await deployment.run(async (ctx) => (await ctx.db.query(table).collect()).length);

/** Notes that were created, and deleted in one later batch. */
async function createAndDelete(device: Device, count: number) {
  const ids = Array.from({ length: count }, newUuid);
  const { stamp } = await device.push(
    ...ids.map((clientId) =>
      device.op({ table: "notes", kind: "create", clientId, fields: { title: "n" } }),
    ),
  );
  await device.push(
    ...ids.map((clientId) =>
      device.op({ table: "notes", kind: "delete", clientId, baseStamp: stamp }),
    ),
  );
  return ids;
}

describe("tombstones", () => {
  it("hold nothing of the content, also where the server kept some (I14)", async () => {
    const deployment = deploy();
    const ana = signIn(deployment, "ana");
    const clientId = await ana.mutation(api.web.addTask, { text: "secret" });
    await ana.mutation(api.web.deleteTask, { clientId });

    const [document] = await deployment.run((ctx) => ctx.db.query("tasks").collect());

    expect(Object.keys(document ?? {}).sort()).toEqual([
      "_creationTime",
      "_id",
      "changed",
      "clientId",
      "clocks",
      "createdAt",
      "deletedAt",
      "edited",
      "opId",
      "updatedAt",
      "userId",
    ]);
    expect(JSON.stringify(await pull(ana, api.sync.getTaskChangesSince, null))).not.toContain(
      "secret",
    );
  });

  it("stay until the retention is over, then go; other users' stay out of it", async () => {
    const deployment = deploy();
    const ana = signIn(deployment, "ana");
    await createAndDelete(new Device(ana), 3);

    later(89);
    await collect(deployment);
    expect(await countOf(deployment, "notes")).toBe(3);

    await createAndDelete(new Device(signIn(deployment, "bo")), 1);
    later(2);
    await collect(deployment);
    expect(await countOf(deployment, "notes")).toBe(1);
    const bo = signIn(deployment, "bo");
    expect((await pull(bo, api.sync.getNoteChangesSince, null)).status).toBe("ok");
  });

  it("are removed in bounded runs that schedule the next one", async () => {
    const deployment = deploy();
    const device = new Device(signIn(deployment, "ana"));
    for (let batch = 0; batch < 11; batch += 1) await createAndDelete(device, 100);
    later(91);

    await deployment.mutation(internal.sync.collectGarbage, {});
    expect(await countOf(deployment, "notes")).toBe(600);

    await deployment.finishAllScheduledFunctions(() => vi.runAllTimers());
    expect(await countOf(deployment, "notes")).toBe(0);
  });

  it("are removed in runs that go on where the last one stopped", async () => {
    const deployment = deploy();
    const device = new Device(signIn(deployment, "ana"));
    for (let batch = 0; batch < 3; batch += 1) await createAndDelete(device, 100);
    later(1);
    const deletedAt = Date.now();
    for (let batch = 0; batch < 3; batch += 1) await createAndDelete(device, 100);
    later(91);

    await collect(deployment);

    expect(await countOf(deployment, "notes")).toBe(0);
    const runs = await deployment.run((ctx) =>
      ctx.db.system.query("_scheduled_functions").collect(),
    );
    expect(runs.map(({ args }) => args)).toEqual([[{ from: { table: "notes", time: deletedAt } }]]);
  });

  it("are removed however large one user's are, with what else they left", async () => {
    const deployment = deploy();
    const old = Date.now();
    const edited = hlcAt(old, "a1b2c3d4");
    const clocks = Object.fromEntries(
      Array.from({ length: 250 }, (_, field) => [`answerNumber${field + 100}`, edited]),
    );
    const message = "x".repeat(200);
    const results = Array.from({ length: 100 }, () => ({
      opId: newUuid(),
      table: "tasks",
      clientId: newUuid(),
      outcome: "rejected" as const,
      code: "unknown-field",
      message,
      edited,
    }));
    const times = { createdAt: old, updatedAt: old, edited, opId: null };
    const tombstone = (userId: string, deletedAt: number) => ({
      ...{ clientId: newUuid(), userId, ...times, deletedAt },
      clocks,
    });
    for (let part = 0; part < 5; part += 1)
      await deployment.run(async (ctx) => {
        const changed = ctx.db.vars.commitTs;
        for (let row = 0; row < 100; row += 1)
          await ctx.db.insert("notes", { ...tombstone("mallory", old), changed });
        for (let batchSeq = 0; batchSeq < 20; batchSeq += 1)
          await ctx.db.insert("syncReceipts", {
            ...{ deviceId: "d", userId: "mallory", batchSeq, changed, retiredAt: old },
            results,
          });
      });
    await deployment.run(async (ctx) => {
      await ctx.db.insert("notes", { ...tombstone("ana", old + 1), changed: ctx.db.vars.commitTs });
    });
    later(91);

    await collect(deployment);

    expect(await countOf(deployment, "notes")).toBe(0);
    expect(await countOf(deployment, "syncReceipts")).toBe(0);
  });

  it("leave live rows alone, and rows that came back", async () => {
    const deployment = deploy();
    const device = new Device(signIn(deployment, "ana"));
    const [clientId = ""] = await createAndDelete(device, 1);
    const project = await device.pushOne({
      table: "projects",
      kind: "create",
      fields: { name: "p" },
    });
    await device.pushOne({
      table: "notes",
      kind: "update",
      clientId,
      fields: { body: "back" },
      base: { title: "n", body: null },
      baseStamp: project.stamp,
    });
    later(91);
    await collect(deployment);

    expect(await countOf(deployment, "projects")).toBe(1);
    const { rows } = await pullAll(signIn(deployment, "ana"), api.sync.getAllNotesForUser, null);
    expect(rows.map(({ fields }) => fields)).toEqual([{ title: "n", body: "back" }]);
  });
});

describe("the horizon (D10, I13)", () => {
  it("tells a device that was away too long to start again, and nobody else", async () => {
    const deployment = deploy();
    const ana = signIn(deployment, "ana");
    const device = new Device(ana);
    await device.pushOne({ table: "notes", kind: "create", fields: { title: "stays" } });
    const away = (await pullAll(ana, api.sync.getNoteChangesSince, null)).cursor;
    await createAndDelete(device, 2);
    const current = (await pullAll(ana, api.sync.getNoteChangesSince, away)).cursor;
    later(91);
    await collect(deployment);

    expect((await pull(ana, api.sync.getNoteChangesSince, away)).status).toBe("resync");
    expect(page(await pull(ana, api.sync.getNoteChangesSince, current))).toMatchObject({
      rows: [],
      hasMore: false,
    });
    const again = await pullAll(ana, api.sync.getAllNotesForUser, null);
    expect(again.rows).toHaveLength(1);
    expect((await pull(ana, api.sync.getNoteChangesSince, again.cursor)).status).toBe("ok");
  });

  it("does not send a device round in circles when nothing is left of the table", async () => {
    const deployment = deploy();
    const ana = signIn(deployment, "ana");
    await createAndDelete(new Device(ana), 2);
    later(91);
    await collect(deployment);

    const { rows, cursor } = await pullAll(ana, api.sync.getAllNotesForUser, null);

    expect(rows).toEqual([]);
    expect((await pull(ana, api.sync.getNoteChangesSince, cursor)).status).toBe("ok");
  });

  it("ends a first download that was resumed too late", async () => {
    const deployment = deploy();
    const ana = signIn(deployment, "ana");
    const device = new Device(ana);
    await device.push(
      ...Array.from({ length: 3 }, () =>
        device.op({ table: "notes", kind: "create", fields: { title: "n" } }),
      ),
    );
    const first = page(await pull(ana, api.sync.getAllNotesForUser, null, 1));
    await createAndDelete(device, 1);
    later(91);
    await collect(deployment);

    expect((await pull(ana, api.sync.getAllNotesForUser, first.cursor, 1)).status).toBe("resync");
  });

  it("falls between rows of one commit where a page did, too", async () => {
    const deployment = deploy();
    const ana = signIn(deployment, "ana");
    const device = new Device(ana);
    const start = (await pullAll(ana, api.sync.getNoteChangesSince, null)).cursor;
    await createAndDelete(device, 2);
    const first = page(await pull(ana, api.sync.getNoteChangesSince, start, 1));
    expect(first.hasMore).toBe(true);
    later(91);
    await collect(deployment);

    expect((await pull(ana, api.sync.getNoteChangesSince, first.cursor, 1)).status).toBe("resync");
  });

  it("moves forward only", async () => {
    const deployment = deploy();
    const ana = signIn(deployment, "ana");
    const device = new Device(ana);
    await createAndDelete(device, 1);
    const between = (await pullAll(ana, api.sync.getNoteChangesSince, null)).cursor;
    await createAndDelete(device, 1);
    // The later tombstone claims to be the older one, as after a clock that was set back.
    await deployment.run(async (ctx) => {
      const rows = await ctx.db
        .query("notes")
        .withIndex("by_user_and_updated")
        .order("desc")
        .take(1);
      for (const row of rows) await ctx.db.patch(row._id, { deletedAt: 1 });
    });
    await collect(deployment);
    later(91);
    await collect(deployment);

    expect((await pull(ana, api.sync.getNoteChangesSince, between)).status).toBe("resync");
  });
});

describe("receipts", () => {
  it("go with the retention, except the one that a device may still ask for (I2)", async () => {
    const deployment = deploy();
    const ana = signIn(deployment, "ana");
    const device = new Device(ana);
    await device.pushOne({ table: "tasks", kind: "create", fields: task() });
    const unanswered = device.batch([
      device.op({ table: "contacts", kind: "create", fields: { name: "Bo", visits: 1 } }),
    ]);
    const first = accepted(await device.send(unanswered));
    expect(await countOf(deployment, "syncReceipts")).toBe(2);

    later(400);
    await collect(deployment);

    expect(await countOf(deployment, "syncReceipts")).toBe(1);
    const again = accepted(await device.send(unanswered));
    expect(again.stamp).toBe(first.stamp);
    expect((await pullAll(ana, api.sync.getAllContactsForUser, null)).rows).toHaveLength(1);
  });

  it("are removed in bounded runs", async () => {
    const deployment = deploy();
    const device = new Device(signIn(deployment, "ana"));
    for (let batch = 0; batch < 552; batch += 1) await device.push();
    later(91);

    await deployment.mutation(internal.sync.collectGarbage, {});
    expect(await countOf(deployment, "syncReceipts")).toBe(52);
    await deployment.finishAllScheduledFunctions(() => vi.runAllTimers());
    expect(await countOf(deployment, "syncReceipts")).toBe(1);
  });

  it("go with the ops that copies of a device brought", async () => {
    const deployment = deploy();
    const ana = signIn(deployment, "ana");
    const carriedBy = { deviceId: newUuid(), batchSeq: 1 };
    for (let batch = 0; batch < 6; batch += 1) {
      const copy = new Device(ana);
      const ops = Array.from({ length: 100 }, () =>
        copy.op({ table: "notes", kind: "create", fields: { title: "n" }, carriedBy }),
      );
      await copy.push(...ops);
    }
    later(89);
    await collect(deployment);
    expect(await countOf(deployment, "syncCopiedOps")).toBe(600);

    later(2);
    await deployment.mutation(internal.sync.collectGarbage, {});
    expect(await countOf(deployment, "syncCopiedOps")).toBe(100);
    await deployment.finishAllScheduledFunctions(() => vi.runAllTimers());
    expect(await countOf(deployment, "syncCopiedOps")).toBe(0);
  });
});
