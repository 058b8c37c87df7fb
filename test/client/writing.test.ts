import { describe, expect, it } from "vitest";
import { SyncError } from "../../templates/client/sync/types";
import { limits } from "../../templates/shared/protocol";
import { createFakeServer } from "./fakeServer";
import { createDevice, settle, startDevice } from "./world";

const offline = async () => startDevice({ server: createFakeServer(), online: false });

describe("a write", () => {
  it("I8: is there as soon as it resolves, offline", async () => {
    const device = await offline();
    const { clientId } = await device.sync.table("tasks").create({ text: "milk" });
    expect(await device.row("tasks", clientId)).toMatchObject({
      serverId: null,
      userId: "user",
      syncStatus: "pending",
      fields: { text: "milk", done: false, priority: "normal", project: null },
    });
    expect(device.sync.getStatus()).toMatchObject({ phase: "offline", pendingCount: 1 });
  });

  it("goes out at once when online, and settles with the server's answer", async () => {
    const server = createFakeServer();
    const device = await startDevice({ server });
    const { clientId, settled } = await device.sync.table("tasks").create({ text: "milk" });
    expect(await settled).toEqual({ outcome: "applied", code: null, message: null });
    await settle();
    expect(server.rows("tasks")[clientId]).toMatchObject({ text: "milk", done: false });
    expect(await device.row("tasks", clientId)).toMatchObject({
      serverId: `server-${clientId}`,
      syncStatus: "synced",
      changed: server.row("tasks", clientId)?.stamp,
    });
    expect(device.sync.getStatus()).toMatchObject({ phase: "idle", pendingCount: 0, error: null });
  });

  it("is possible before start, and only in the operations that the table allows", async () => {
    const device = await createDevice({ server: createFakeServer() });
    expect(Object.keys(device.sync.table("scores"))).toEqual(["create", "update"]);
    const { clientId } = await device.sync.table("scores").create({ points: 3 });
    expect(await device.row("scores", clientId)).not.toBeNull();
  });

  it("tells its event without the row's content", async () => {
    const device = await offline();
    const heard: unknown[] = [];
    device.sync.on("sync.op:action:captured", (detail) => heard.push(detail));
    await device.sync.table("tasks").create({ text: "secret" });
    const [op] = await device.ops();
    expect(heard).toEqual([{ table: "tasks", kind: "create", opId: op?.opId }]);
  });

  it("keeps values of device-only columns out of the op", async () => {
    const device = await offline();
    const { clientId } = await device.sync.table("tasks").create({ text: "a", draft: "mine" });
    await device.sync.table("tasks").update(clientId, { draft: "still mine" });
    const [op, ...more] = await device.ops();
    expect(more).toEqual([]);
    expect(op?.fields).not.toHaveProperty("draft");
  });

  it.each([
    ["NaN", { text: "a", weight: NaN }, "tasks.weight"],
    ["a NUL", { text: "a\0b" }, "tasks.text"],
    ["a lone surrogate", { text: "\ud800" }, "tasks.text"],
    ["a missing value", {}, "tasks.text"],
    ["an unknown field", { text: "a", colour: "red" }, "tasks.colour"],
    ["a choice that is not one", { text: "a", priority: "urgent" }, "tasks.priority"],
    ["null where a value must be", { text: null }, "tasks.text"],
    ["a wrong type on the device", { text: "a", draft: 7 }, "tasks.draft"],
  ])("I19: refuses %s before anything is stored", async (_name, values, field) => {
    const device = await offline();
    const failure = device.sync.table("tasks").create(values);
    await expect(failure).rejects.toMatchObject({ code: "invalid-value", field });
    expect(await device.ops()).toEqual([]);
    expect(await device.rows("tasks")).toEqual({});
  });

  it("I18: refuses a row that no document could hold", async () => {
    const device = await offline();
    const text = "x".repeat(limits.rowBytes);
    await expect(device.sync.table("tasks").create({ text })).rejects.toThrow(SyncError);
    expect(await device.ops()).toEqual([]);
  });

  it("leaves out what is undefined, and is nothing without a value", async () => {
    const device = await offline();
    const { clientId } = await device.sync
      .table("tasks")
      .create({ text: "a", project: undefined, priority: undefined });
    expect((await device.row("tasks", clientId))?.fields).toMatchObject({
      project: null,
      priority: "normal",
    });
    const before = await device.ops();
    const { settled } = await device.sync.table("tasks").update(clientId, { text: undefined });
    expect(await settled).toMatchObject({ outcome: "applied" });
    expect(await device.ops()).toEqual(before);
  });

  it("that the disk has no room for rejects as such", async () => {
    const device = await startDevice({ server: createFakeServer() });
    const cause = new Error("database or disk is full");
    device.onCommit = () => {
      throw cause;
    };
    await expect(device.sync.table("tasks").create({ text: "a" })).rejects.toMatchObject({
      name: "SyncError",
      code: "storage",
      cause,
    });
  });

  it("to a table that the registry does not have is refused", async () => {
    const { sync } = await offline();
    expect(() => sync.table("nothing" as "tasks")).toThrow("There is no table nothing.");
  });

  it("refuses to change or remove a row that is not there", async () => {
    const { sync } = await offline();
    await expect(sync.table("tasks").update("x", { text: "a" })).rejects.toMatchObject({
      code: "not-found",
    });
    await expect(sync.table("tasks").remove("x")).rejects.toMatchObject({ code: "not-found" });
  });
});

describe("coalescing", () => {
  it("makes one op of many edits, which keeps the row's base", async () => {
    const server = createFakeServer();
    server.write("tasks", "t1", {
      text: "one",
      done: false,
      priority: "low",
      project: null,
      weight: null,
      details: null,
    });
    const device = await startDevice({ server });
    device.setOnline(false);
    const first = await device.sync.table("tasks").update("t1", { text: "two" });
    await device.sync.table("tasks").update("t1", { done: true });
    await device.sync.table("tasks").update("t1", { text: "three" });
    const ops = await device.ops();
    expect(ops).toHaveLength(1);
    expect(ops[0]).toMatchObject({
      kind: "update",
      fields: { text: "three", done: true },
      base: { text: "one", done: false },
      baseStamp: server.row("tasks", "t1")?.stamp,
    });
    expect(await first.settled).toMatchObject({ outcome: "merged-away" });
  });

  it("of a create and a delete that were never sent leaves nothing", async () => {
    const device = await offline();
    const created = await device.sync.table("tasks").create({ text: "a" });
    const removed = await device.sync.table("tasks").remove(created.clientId);
    expect(await device.ops()).toEqual([]);
    expect(await device.row("tasks", created.clientId)).toBeNull();
    expect(await created.settled).toMatchObject({ outcome: "cancelled" });
    expect(await removed.settled).toMatchObject({ outcome: "cancelled" });
    expect(device.sync.getStatus().pendingCount).toBe(0);
  });

  it("of a create and a delete in one batch leaves nothing, and nobody waits for an answer", async () => {
    const device = await offline();
    const captured: unknown[] = [];
    device.sync.on("sync.op:action:captured", (detail) => captured.push(detail));
    const written = await device.sync.batch(({ tasks }) => {
      tasks.remove(tasks.create({ text: "a" }));
    });
    expect(await device.ops()).toEqual([]);
    for (const { settled } of written)
      expect(await settled).toMatchObject({ outcome: "cancelled" });
    expect(captured).toEqual([]);
  });

  it("goes on after a start with a queue, once that is sent", async () => {
    const server = createFakeServer();
    const before = await startDevice({ server });
    before.setOnline(false);
    for (const text of ["a", "b", "c"]) await before.sync.table("tasks").create({ text });
    const device = await before.restart();
    await device.sync.start();
    device.setOnline(true);
    await settle();
    expect(await device.ops()).toEqual([]);
    device.setOnline(false);
    const { clientId } = await device.sync.table("tasks").create({ text: "d" });
    await device.sync.table("tasks").update(clientId, { text: "e" });
    expect((await device.ops()).map(({ fields }) => fields.text)).toEqual(["e"]);
  });

  it("I3 (B13): a create whose answer was lost and a delete do not cancel out", async () => {
    const server = createFakeServer();
    const device = await startDevice({ server });
    server.faults.push.push("lost");
    const { clientId } = await device.sync.table("tasks").create({ text: "a" });
    await settle();
    await device.sync.table("tasks").remove(clientId);
    expect((await device.ops()).map(({ kind, state }) => [kind, state])).toEqual([
      ["create", "sealed"],
      ["delete", "waiting"],
    ]);
    await device.sync.syncNow();
    await settle();
    expect(server.rows("tasks")).toEqual({});
    expect(server.row("tasks", clientId)?.deleted).toBe(true);
    expect(await device.ops()).toEqual([]);
  });

  it("I3 (B11): an edit made while the op is in flight becomes an op of its own", async () => {
    const server = createFakeServer();
    const device = await startDevice({ server });
    server.faults.push.push("hang");
    const { clientId } = await device.sync.table("tasks").create({ text: "a" });
    await settle();
    await device.sync.table("tasks").update(clientId, { text: "b" });
    await device.sync.table("tasks").update(clientId, { text: "c" });
    expect((await device.ops()).map(({ state, fields }) => [state, fields.text])).toEqual([
      ["sealed", "a"],
      ["waiting", "c"],
    ]);
    await device.time.pass(120_000);
    expect(server.rows("tasks")[clientId]).toMatchObject({ text: "c" });
    expect(await device.ops()).toEqual([]);
  });

  it("a row deleted and written again by its natural key is an update", async () => {
    const server = createFakeServer();
    const device = await startDevice({ server });
    const first = await device.sync.table("reactions").create({ message: "m1", emoji: "heart" });
    await settle();
    device.setOnline(false);
    await device.sync.table("reactions").remove(first.clientId);
    const again = await device.sync.table("reactions").create({ message: "m1", emoji: "star" });
    expect(again.clientId).toBe(first.clientId);
    expect((await device.ops()).map(({ kind }) => kind)).toEqual(["update"]);
    expect(await device.row("reactions", first.clientId)).toMatchObject({
      fields: { emoji: "star" },
    });
  });
});

describe("natural keys", () => {
  it("I9 (D1): two devices that create the same thing create the same row", async () => {
    const server = createFakeServer();
    const [a, b] = [await startDevice({ server }), await startDevice({ server })];
    const first = await a.sync.table("reactions").create({ message: "m1", emoji: "heart" });
    const second = await b.sync.table("reactions").create({ message: "m1", emoji: "star" });
    expect(first.clientId).toBe(second.clientId);
    await settle();
    expect(await a.rows("reactions")).toEqual(server.rows("reactions"));
    expect(await b.rows("reactions")).toEqual(server.rows("reactions"));
  });

  it("creating what is there changes it; the key itself cannot change", async () => {
    const device = await offline();
    const { clientId } = await device.sync
      .table("reactions")
      .create({ message: "m1", emoji: "heart" });
    await device.sync.table("reactions").create({ message: "m1", emoji: "star" });
    expect(await device.rows("reactions")).toEqual({
      [clientId]: { message: "m1", emoji: "star" },
    });
    const failure = device.sync.table("reactions").update(clientId, { message: "m2" });
    await expect(failure).rejects.toMatchObject({
      code: "not-allowed",
      field: "reactions.message",
    });
  });
});

describe("batch", () => {
  it("I1: makes several rows durable together, in one group", async () => {
    const device = await offline();
    const written = await device.sync.batch((tables) => {
      const project = tables.projects.create({ name: "home" });
      tables.tasks.create({ text: "a", project });
    });
    expect(written).toHaveLength(2);
    const ops = await device.ops();
    expect(new Set(ops.map(({ group }) => group)).size).toBe(1);
    expect(ops[0]?.group).not.toBeNull();
  });

  it("changes and removes rows that it has created itself", async () => {
    const device = await offline();
    await device.sync.batch(({ tasks }) => {
      const kept = tasks.create({ text: "a", draft: "mine" });
      tasks.update(kept, { done: true });
      tasks.remove(tasks.create({ text: "b", draft: "mine" }));
    });
    expect(Object.values(await device.rows("tasks"))).toMatchObject([{ text: "a", done: true }]);
    expect(await device.ops()).toMatchObject([{ kind: "create", fields: { done: true } }]);
  });

  it("I4: keeps the order in which its rows were written", async () => {
    const device = await offline();
    const { clientId } = await device.sync.table("projects").create({ name: "one" });
    await device.sync.batch(({ projects, reactions, tasks }) => {
      reactions.create({ message: "m", emoji: "e" });
      tasks.create({ text: "a" });
      projects.update(clientId, { name: "two" });
    });
    const ops = (await device.ops()).filter(({ group }) => group !== null);
    expect(ops.map(({ table }) => table)).toEqual(["reactions", "tasks", "projects"]);
  });

  it("I1: writes nothing when one write is refused", async () => {
    const device = await offline();
    const failure = device.sync.batch((tables) => {
      tables.projects.create({ name: "home" });
      tables.tasks.update("nobody", { text: "a" });
    });
    await expect(failure).rejects.toMatchObject({ code: "not-found" });
    expect(await device.rows("projects")).toEqual({});
    expect(await device.ops()).toEqual([]);
  });

  it("refuses an asynchronous function, whose later writes would be lost", async () => {
    const { sync } = await offline();
    // What the types forbid only where the linter looks.
    // eslint-disable-next-line @typescript-eslint/no-misused-promises
    await expect(sync.batch(async () => undefined)).rejects.toMatchObject({ code: "not-allowed" });
  });

  it("I18: refuses more than lands together", async () => {
    const device = await offline();
    const failure = device.sync.batch(({ projects }) => {
      for (let index = 0; index <= limits.batchOps; index += 1)
        projects.create({ name: String(index) });
    });
    await expect(failure).rejects.toMatchObject({ code: "invalid-value" });
    expect(await device.ops()).toEqual([]);
  });

  it("edits of a row in two batches stay two ops, sent one after the other", async () => {
    const server = createFakeServer();
    const device = await startDevice({ server });
    const { clientId } = await device.sync.table("projects").create({ name: "a" });
    await settle();
    device.setOnline(false);
    for (const name of ["b", "c"])
      await device.sync.batch(({ projects, tasks }) => {
        projects.update(clientId, { name });
        tasks.create({ text: name, project: clientId });
      });
    await device.sync.table("projects").update(clientId, { name: "d" });
    expect(await device.ops()).toHaveLength(5);
    const before = server.batches.length;
    device.setOnline(true);
    await settle();
    expect(server.batches.slice(before).map(({ ops }) => ops.length)).toEqual([2, 2, 1]);
    expect(server.rows("projects")[clientId]).toEqual({ name: "d" });
    expect(await device.ops()).toEqual([]);
  });
});

describe("max-wins", () => {
  it("I12: a smaller value never shows on the device", async () => {
    const device = await offline();
    const { clientId } = await device.sync.table("scores").create({ points: 5 });
    await settle();
    await device.sync.table("scores").update(clientId, { points: 9 });
    expect((await device.row("scores", clientId))?.fields.points).toBe(9);
  });
});
