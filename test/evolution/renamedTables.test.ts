import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { generate } from "../../src/generate";
import { hlcAt } from "../../templates/shared/clock";
import { hashOps } from "../../templates/shared/hash";
import type { DirectResult, Head, Op, PullReply } from "../../templates/shared/protocol";
import { anyTable } from "../client/anyTable";
import { phone, quiet } from "./phone";
import { deployVersion, generateVersion, type Deployment, type Version } from "./versions";

/*
 * Version 1: tasks, comments of them, days with a natural key.
 * Version 2: `tasks` is `jobs`, with a field renamed and one more; `days` is `logs`.
 * Version 3: another table is called `tasks`, and a row of `comments` is a `remark`.
 */
let v1: Version;
let v2: Version;
let v3: Version;

beforeAll(async () => {
  [v1, v2, v3] = await Promise.all([
    generateVersion(1, "renames", "renames"),
    generateVersion(2, "renames", "renames"),
    generateVersion(3, "renames", "renames"),
  ]);
}, 120_000);
beforeEach(() => {
  vi.useFakeTimers({ now: 1_700_000_000_000, toFake: ["Date"] });
});
afterEach(() => {
  vi.useRealTimers();
});

const id = (last: string) => `01900000-0000-7000-8000-0000000000${last}`;
const [kept, gone, comment] = [id("01"), id("02"), id("03")];

const put = (server: Deployment, name: string, clientId: string, fields: object) =>
  server.call("mutation", name, { clientId, fields }) as Promise<DirectResult>;
const pull = (server: Deployment, name: string, schemaVersion: number, cursor: string | null) =>
  server.call("query", name, { schemaVersion, cursor }) as Promise<PullReply>;
const changed = (reply: PullReply) =>
  reply.status === "ok" ? reply.rows.map(({ clientId, fields }) => [clientId, fields]) : reply;
const cursorOf = (reply: PullReply) => (reply.status === "ok" ? reply.cursor : null);

/** A server of version 1 with rows, a reference to one, and a phone of version 1 that has all of them. */
async function start() {
  const server = deployVersion(v1, v3);
  await put(server, "upsertTask", kept, { title: "kept" });
  await put(server, "upsertTask", gone, { title: "gone" });
  await put(server, "upsertComment", comment, { text: "of kept", task: kept });
  const device = await phone(v1, server);
  await anyTable(device, "days").create({ date: "monday", note: "one" });
  await quiet(device);
  return { server, device };
}

describe("a table that is renamed, deployed over its documents", () => {
  it("is the same table to an app of before: it neither starts anew nor loses a row", async () => {
    const { server, device } = await start();
    const before = await device.rows("tasks");
    const cursor = cursorOf(await pull(server, "getTaskChangesSince", 1, null));
    const { marks } = (await server.call("query", "head", { schemaVersion: 1 })) as Head;

    server.update(v2);
    expect(await server.call("query", "head", { schemaVersion: 1 })).toMatchObject({ marks });
    expect(changed(await pull(server, "getTaskChangesSince", 1, cursor))).toEqual([]);
    await quiet(device);
    expect(await device.rows("tasks")).toEqual(before);

    await anyTable(device, "tasks").update(kept, { title: "edited" });
    const made = await anyTable(device, "tasks").create({ title: "made" });
    await anyTable(device, "comments").create({ text: "of made", task: made.clientId });
    await quiet(device);
    expect(await device.sync.issues()).toEqual([]);
    expect(device.sync.getStatus()).toMatchObject({ phase: "idle", pendingCount: 0 });
    expect(changed(await pull(server, "getJobChangesSince", 2, cursor))).toEqual([
      // Of one batch, in the order of their ids.
      [made.clientId, { label: "made", isDone: false }],
      [kept, { label: "edited", isDone: false }],
    ]);
  });

  it("has all its rows under the new name, with their ids, and what points to them", async () => {
    const { server, device } = await start();
    device.setOnline(false);
    await anyTable(device, "tasks").update(kept, { title: "edited offline" });
    const monday = Object.keys(await device.rows("days"));

    server.update(v2);
    const updated = await phone(v2, server, device.file());
    const jobs = {
      [kept]: { label: "edited offline", isDone: false },
      [gone]: { label: "gone", isDone: false },
    };
    expect(await updated.rows("jobs")).toEqual(jobs);
    await anyTable(updated, "comments").create({ text: "second", task: gone });
    // The natural key makes the id that the row has.
    await anyTable(updated, "logs").create({ date: "monday", note: "two" });
    await quiet(updated);
    expect(await updated.sync.issues()).toEqual([]);

    const fresh = await phone(v2, server);
    expect(await fresh.rows("jobs")).toEqual(jobs);
    expect(Object.values(await fresh.rows("comments"))).toEqual(
      expect.arrayContaining([
        { text: "of kept", task: kept },
        { text: "second", task: gone },
      ]),
    );
    expect(await fresh.rows("logs")).toEqual({
      [monday[0] ?? ""]: { date: "monday", note: "two" },
    });
  });

  it("deletes on phones what was deleted before and after, under either name", async () => {
    const { server, device } = await start();
    device.setOnline(false);
    await server.call("mutation", "removeTask", { clientId: gone });
    server.update(v2);
    device.setOnline(true);
    await quiet(device);
    expect(Object.keys(await device.rows("tasks"))).toEqual([kept]);

    await server.call("mutation", "removeJob", { clientId: kept });
    await quiet(device);
    expect(await device.rows("tasks")).toEqual({});
  });

  it("remembers which deletions it forgot", async () => {
    const { server } = await start();
    const early = cursorOf(await pull(server, "getTaskChangesSince", 1, null));
    await server.call("mutation", "removeTask", { clientId: gone });
    const late = cursorOf(await pull(server, "getTaskChangesSince", 1, early));
    vi.setSystemTime(Date.now() + 91 * 24 * 60 * 60 * 1000);
    await server.call("mutation", "collectGarbage", {});

    server.update(v2);
    for (const [name, version] of [
      ["getTaskChangesSince", 1] as const,
      ["getJobChangesSince", 2] as const,
    ]) {
      expect(await pull(server, name, version, early)).toMatchObject({ status: "resync" });
      expect(changed(await pull(server, name, version, late))).toEqual([]);
    }
    await server.call("mutation", "removeJob", { clientId: kept });
    vi.setSystemTime(Date.now() + 91 * 24 * 60 * 60 * 1000);
    await server.call("mutation", "collectGarbage", {});
    expect(await pull(server, "getJobChangesSince", 2, late)).toMatchObject({ status: "resync" });
  });

  it("answers a batch again that was sent before, with its rows", async () => {
    const { server } = await start();
    const edit: Op = {
      ...{ opId: id("a1"), table: "tasks", clientId: kept, schemaVersion: 1 },
      ...{ kind: "update", fields: { title: "once" }, base: { title: "kept" }, baseStamp: null },
      ...{ edited: hlcAt(Date.now(), "device00"), clocks: null, group: null, carriedBy: null },
    };
    const numbers = { deviceId: id("d1"), batchSeq: 1, batchHash: hashOps([edit]) };
    const push = () =>
      server.call("mutation", "push", { ...numbers, schemaVersion: 1, ops: [edit] });
    const answer = {
      status: "ok",
      results: [{ outcome: "applied", row: { clientId: kept, fields: { title: "once" } } }],
    };
    expect(await push()).toMatchObject(answer);
    for (const version of [v2, v3]) {
      server.update(version);
      expect(await push()).toMatchObject(answer);
    }
  });

  it("is written by server code under its name, and stored under the first one", async () => {
    const { server } = await start();
    server.update(v2);
    const owner = { userId: server.userId };
    const { inserted, shown } = await server.run(async (ctx) => {
      const jobs = v2.synced(ctx, "jobs", owner);
      await jobs.patch(kept, { label: "patched" });
      await jobs.remove(gone);
      const inserted = await jobs.insert({ label: "inserted" });
      const documents = await ctx.db.query("tasks").collect();
      return { inserted, shown: documents.map((document) => v2.readRow("jobs", document)) };
    });
    expect(shown).toMatchObject([
      { clientId: kept, label: "patched", isDone: false },
      null,
      { clientId: inserted, label: "inserted", isDone: false },
    ]);
  });
});

it("a table of one's own cannot have the name that a renamed one is stored under", async () => {
  const { root } = await generateVersion(2, "ownTables", "renames");
  const path = join(root, "convex/schema.ts");
  const schema = readFileSync(path, "utf8");
  const withOwn = async (name: string) => {
    const own = `...syncTables, ${name}: defineTable({})`;
    writeFileSync(path, schema.replace("...syncTables", own));
    return await generate({ root });
  };
  expect(await withOwn("jobs")).toMatchObject({ diagnostics: [] });
  expect(await withOwn("tasks")).toMatchObject({
    status: "failed",
    diagnostics: [{ code: "SG510", message: expect.stringContaining('synced table "jobs"') }],
  });
});

describe("another table under the name that one had before", () => {
  it("has documents of its own, and so has the other", async () => {
    const { server, device } = await start();
    server.update(v2);
    const second = await phone(v2, server, device.file());
    server.update(v3);
    await put(server, "upsertTask", id("0f"), { color: "red" });

    const third = await phone(v3, server);
    expect(await third.rows("tasks")).toEqual({ [id("0f")]: { color: "red" } });
    expect(Object.keys(await third.rows("jobs"))).toEqual([kept, gone]);
    await anyTable(second, "jobs").update(kept, { isDone: true });
    await anyTable(third, "tasks").create({ color: "blue" });
    await Promise.all([quiet(second), quiet(third)]);

    const fresh = await phone(v3, server);
    expect(await fresh.rows("jobs")).toMatchObject({ [kept]: { label: "kept", isDone: true } });
    expect(Object.values(await fresh.rows("tasks"))).toEqual([{ color: "blue" }, { color: "red" }]);
    expect(await server.run((ctx) => ctx.db.query("tasks2").collect())).toHaveLength(2);
  });

  it("is nothing that an app from before both could ask for: that one has to be updated", async () => {
    const { server, device } = await start();
    server.update(v3);
    await anyTable(device, "tasks").update(kept, { title: "kept in the queue" });
    await quiet(device);
    expect(device.sync.getStatus().phase).toBe("upgrade-required");

    const updated = await phone(v3, server, device.file());
    expect(await updated.rows("tasks")).toEqual({});
    expect(await updated.rows("jobs")).toMatchObject({ [kept]: { label: "kept in the queue" } });
  });
});

describe("another singular name, by which functions are called", () => {
  it("leaves apps of before what they ask for", async () => {
    const { server, device } = await start();
    server.update(v2);
    const second = await phone(v2, server, device.file());
    server.update(v3);
    await put(server, "upsertRemark", id("0e"), { text: "new", task: kept });
    await anyTable(second, "comments").update(comment, { text: "edited" });
    await quiet(second);

    expect(await second.rows("comments")).toEqual({
      [comment]: { text: "edited", task: kept },
      [id("0e")]: { text: "new", task: kept },
    });
    expect(second.sync.getStatus()).toMatchObject({ phase: "idle", error: null });
    expect(await (await phone(v3, server)).rows("comments")).toEqual(await second.rows("comments"));
  });
});
