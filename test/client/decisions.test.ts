import { describe, expect, it } from "vitest";
import { opUpgrades } from "../../templates/client/sync/opUpgrades";
import { registry, tables } from "./fixture/registry";
import { createFakeServer } from "./fakeServer";
import { settle, startDevice } from "./world";

async function quietDevice() {
  const server = createFakeServer();
  const device = await startDevice({ server });
  return { server, device };
}

describe("decisions about ops", () => {
  it("are refused for an op that is not there, or is in another state", async () => {
    const { device } = await quietDevice();
    device.setOnline(false);
    await device.sync.table("tasks").create({ text: "a" });
    const [waiting] = await device.ops();
    const opId = waiting?.opId ?? "";
    await expect(device.sync.retry("nobody")).rejects.toMatchObject({ code: "not-found" });
    await expect(device.sync.retry(opId)).rejects.toMatchObject({ code: "not-allowed" });
    await expect(device.sync.resolve(opId, "mine")).rejects.toMatchObject({ code: "not-allowed" });
    await expect(device.sync.dismiss(opId)).rejects.toMatchObject({ code: "not-allowed" });
    expect(await device.ops()).toEqual([waiting]);
  });

  it("about a conflict are refused in an app none of whose tables leaves any", async () => {
    const server = createFakeServer();
    const device = await startDevice({ server, registry: { ...registry, resolveOp: null } });
    await expect(device.sync.resolve("nobody", "mine")).rejects.toMatchObject({
      code: "not-allowed",
    });
  });

  it("I16: retryAll sends a failed group again once, whole", async () => {
    const { server, device } = await quietDevice();
    server.poison = () => true;
    await device.sync.batch(({ projects, tasks }) => {
      const project = projects.create({ name: "p" });
      tasks.create({ text: "t", project });
    });
    await device.time.pass(600_000);
    expect((await device.ops()).map(({ state }) => state)).toEqual(["failed", "failed"]);
    server.poison = () => false;
    await device.sync.retryAll();
    await settle();
    expect(await device.ops()).toEqual([]);
    expect(Object.values(server.rows("tasks"))).toMatchObject([{ text: "t" }]);
    expect(server.batches.at(-1)?.ops).toHaveLength(2);
  });

  it("retryAll makes one commit of any number of rows", async () => {
    const server = createFakeServer();
    const device = await startDevice({ server });
    server.invalid = () => true;
    for (let index = 0; index < 20; index += 1)
      await device.sync.table("tasks").create({ text: String(index) });
    await settle();
    device.setOnline(false);
    server.invalid = () => false;
    let commits = 0;
    device.onCommit = () => {
      commits += 1;
    };
    await device.sync.retryAll();
    expect(commits).toBe(1);
    expect(device.sync.getStatus()).toMatchObject({ failedCount: 0, pendingCount: 20 });
    device.setOnline(true);
    await settle();
    expect(Object.values(server.rows("tasks"))).toHaveLength(20);
  });

  it("E6: retryAll tells when the database takes nothing", async () => {
    const { server, device } = await quietDevice();
    server.invalid = () => true;
    await device.sync.table("tasks").create({ text: "a" });
    await settle();
    device.onCommit = () => {
      throw new Error("database or disk is full");
    };
    await expect(device.sync.retryAll()).rejects.toThrow("disk is full");
    expect((await device.ops()).map(({ state }) => state)).toEqual(["failed"]);
  });

  it("mine, of a deletion in conflict, deletes what the server has now", async () => {
    const { server, device } = await quietDevice();
    server.write("documents", "d", { title: "1", body: null });
    await settle();
    device.setOnline(false);
    await device.sync.table("documents").remove("d");
    server.write("documents", "d", { title: "2" });
    device.setOnline(true);
    await settle();
    const [conflict] = await device.sync.issues();
    expect(conflict).toMatchObject({ state: "conflict", kind: "delete", theirs: { title: "2" } });
    await device.sync.resolve(conflict?.opId ?? "", "mine");
    await settle();
    expect(server.rows("documents")).toEqual({});
    expect([await device.rows("documents"), await device.ops()]).toEqual([{}, []]);
  });

  it("of a table that is gone can only be to give up", async () => {
    const { server, device } = await quietDevice();
    server.invalid = () => true;
    await device.sync.table("notes").create({ body: "a" });
    await settle();
    const { notes: _gone, ...rest } = tables;
    const upgrades = opUpgrades([{ from: 1, to: 2, tables: { notes: { removed: true } } }], 2);
    const next = { ...registry, schemaVersion: 2, upgrades, tables: rest };
    const again = await device.restart({ server, registry: next });
    const [issue] = await again.sync.issues();
    const opId = issue?.opId ?? "";
    await expect(again.sync.retry(opId)).rejects.toMatchObject({ code: "not-allowed" });
    await again.sync.discard(opId);
    expect(await again.ops()).toEqual([]);
  });
});

describe("writes", () => {
  it("I1: a batch may change and remove rows, too", async () => {
    const { server, device } = await quietDevice();
    const [a, b] = ["a", "b"].map((id) => server.write("tasks", id, { text: id }) && id);
    await settle();
    await device.sync.batch(({ tasks }) => {
      tasks.update(a ?? "", { text: "changed" });
      tasks.remove(b ?? "");
    });
    await settle();
    expect(server.rows("tasks")).toMatchObject({ a: { text: "changed" } });
    expect(Object.keys(await device.rows("tasks"))).toEqual(["a"]);
  });

  it("of a natural key that is taken, where nothing may be updated, are refused", async () => {
    const server = createFakeServer();
    const rules = { ...tables.reactions.rules, operations: ["create"] as const };
    const reactions = { ...tables.reactions, rules };
    const device = await startDevice({
      server,
      registry: { ...registry, tables: { ...tables, reactions } },
    });
    const create = () => device.sync.table("reactions").create({ message: "m", emoji: "e" });
    await create();
    await expect(create()).rejects.toMatchObject({ code: "not-allowed" });
    expect(Object.keys(await device.rows("reactions"))).toHaveLength(1);
  });
});
