import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { syncSystemTables } from "../../templates/server/convex/syncEngine/tables";
import { api, internal } from "./fixture/convex/_generated/api";
import { syncRules } from "./fixture/convex/syncTables";
import {
  deploy,
  Device,
  keyOf,
  newUuid,
  pull,
  pullAll,
  signIn,
  task,
  userOf,
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

type TableName = keyof typeof syncRules | keyof typeof syncSystemTables;

const documentsOf = (deployment: Deployment) =>
  deployment.run(async (ctx) => {
    const names = [...Object.keys(syncRules), ...Object.keys(syncSystemTables)] as TableName[];
    const tables = await Promise.all(names.map((name) => ctx.db.query(name).collect()));
    return names.map((name, at) => [name, tables[at] ?? []] as const);
  });

/** How many documents of each table name the user; tables without any are left out. */
async function countsOf(deployment: Deployment, name: string) {
  const holds = (document: object) => "userId" in document && document.userId === userOf(name);
  const tables = await documentsOf(deployment);
  const counts = tables.map(([table, found]) => [table, found.filter(holds).length] as const);
  return Object.fromEntries(counts.filter(([, count]) => count > 0));
}

const run = (deployment: Deployment, name: string) =>
  deployment.mutation(internal.sync.forgetUser, { userId: userOf(name) });

async function forget(deployment: Deployment, name: string) {
  await run(deployment, name);
  await deployment.finishAllScheduledFunctions(() => vi.runAllTimers());
}

/** Leaves something of each of them in every table that can name a user: rows, tombstones, traces of a device and its copy. */
async function live(deployment: Deployment, ...names: string[]) {
  const removed = names.map((name) => {
    const phone = new Device(signIn(deployment, name));
    return { name, phone, clientId: newUuid() };
  });
  for (const { name, phone, clientId } of removed) {
    const level = keyOf(name, "scores", "moon");
    const { stamp } = await phone.push(
      phone.op({ table: "notes", kind: "create", clientId, fields: { title: "gone" } }),
      phone.op({ table: "notes", kind: "create", fields: { title: "stays" } }),
      phone.op({ table: "tasks", kind: "create", fields: task() }),
      phone.op({
        table: "scores",
        kind: "create",
        clientId: level,
        fields: { level: "moon", points: 1 },
      }),
    );
    await phone.push(phone.op({ table: "notes", kind: "delete", clientId, baseStamp: stamp }));
  }
  later(91);
  await deployment.mutation(internal.sync.collectGarbage, {});
  for (const { name, phone } of removed) {
    const copy = new Device(signIn(deployment, name));
    const row = { table: "notes", clientId: newUuid() } as const;
    const carriedBy = { deviceId: phone.deviceId, batchSeq: 3 };
    const fields = { title: "copied" };
    const { stamp } = await copy.push(copy.op({ ...row, kind: "create", fields, carriedBy }));
    await copy.push(copy.op({ ...row, kind: "delete", baseStamp: stamp }));
  }
}

const notes = (device: Device, count: number, body: string) =>
  Array.from({ length: count }, () =>
    device.op({ table: "notes", kind: "create", fields: { title: "n", body } }),
  );

describe("forgetUser", () => {
  it("deletes every document that names the user, and nobody else's", async () => {
    const deployment = deploy();
    await live(deployment, "ana", "bo");
    const everywhere = {
      notes: 2,
      tasks: 1,
      scores: 1,
      syncDevices: 2,
      syncReceipts: 3,
      syncCopiedOps: 1,
      syncHorizons: 1,
    };
    expect(await countsOf(deployment, "ana")).toEqual(everywhere);
    const naming = Object.entries(syncSystemTables)
      .filter(([, { validator }]) => "userId" in validator.fields)
      .map(([table]) => table);
    expect(Object.keys(everywhere)).toEqual(expect.arrayContaining(naming));
    const before = await countsOf(deployment, "bo");

    await forget(deployment, "ana");

    expect(await countsOf(deployment, "ana")).toEqual({});
    expect(await countsOf(deployment, "bo")).toEqual(before);
  });

  it("does so in bounded runs: by documents", async () => {
    const deployment = deploy();
    const device = new Device(signIn(deployment, "ana"));
    for (let batch = 0; batch < 11; batch += 1) await device.push(...notes(device, 100, ""));

    await run(deployment, "ana");
    expect(await countsOf(deployment, "ana")).toMatchObject({ notes: 600, syncReceipts: 11 });
    await deployment.finishAllScheduledFunctions(() => vi.runAllTimers());

    expect(await countsOf(deployment, "ana")).toEqual({});
    const runs = await deployment.run((ctx) =>
      ctx.db.system.query("_scheduled_functions").collect(),
    );
    const stamp = expect.stringMatching(/^\d{19}$/) as string;
    const user = { userId: userOf("ana") };
    // Each goes on where the one before stopped, and the last looks whether anything came since.
    expect(runs.map(({ args }) => args as unknown)).toEqual([
      [{ ...user, from: { table: "notes", stamp } }],
      [{ ...user, from: { table: "notes", stamp } }],
      [user],
    ]);
  });

  it("does so in bounded runs: by bytes", async () => {
    const deployment = deploy();
    const device = new Device(signIn(deployment, "ana"));
    const body = "x".repeat(850 * 1024);
    for (let row = 0; row < 12; row += 1) await device.push(...notes(device, 1, body));

    await run(deployment, "ana");
    expect(await countsOf(deployment, "ana")).toMatchObject({ notes: 7 });
    await deployment.finishAllScheduledFunctions(() => vi.runAllTimers());

    expect(await countsOf(deployment, "ana")).toEqual({});
  });

  it("can run again, or for somebody who never was", async () => {
    const deployment = deploy();
    await live(deployment, "bo");
    const before = await countsOf(deployment, "bo");

    await forget(deployment, "ana");
    await forget(deployment, "ana");

    expect(await countsOf(deployment, "bo")).toEqual(before);
  });

  it("takes along what a device sent between its runs, and that device begins anew", async () => {
    const deployment = deploy();
    const ana = signIn(deployment, "ana");
    const device = new Device(ana);
    for (let batch = 0; batch < 6; batch += 1) await device.push(...notes(device, 100, ""));
    const { cursor } = await pullAll(ana, api.sync.getNoteChangesSince, null);

    await run(deployment, "ana");
    await device.push(...notes(device, 1, ""));
    // In a table that the first run was through with.
    await device.pushOne({ table: "tasks", kind: "create", fields: task() });
    await deployment.finishAllScheduledFunctions(() => vi.runAllTimers());

    expect(await countsOf(deployment, "ana")).toEqual({});
    const next = device.batch(notes(device, 1, ""));
    expect(await device.send(next)).toEqual({ status: "stale-device" });
    expect(await pull(ana, api.sync.getNoteChangesSince, cursor)).toMatchObject({
      status: "resync",
    });
  });
});
