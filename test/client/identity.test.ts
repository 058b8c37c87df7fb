import { describe, expect, it } from "vitest";
import { createFakeServer } from "./fakeServer";
import { naturalId } from "../../templates/shared/naturalId";
import { registry, tables } from "./fixture/registry";
import { createDevice, settle, startDevice } from "./world";

async function quietDevice(server = createFakeServer()) {
  const device = await startDevice({ server });
  return { server, device };
}

describe("identity of the device", () => {
  it("I21, I2 (D12): a restored backup takes a new device id, and nothing is applied twice or lost", async () => {
    const { server, device } = await quietDevice();
    server.faults.push.push("network");
    const { clientId } = await device.sync.table("tasks").create({ text: "a" });
    await settle();
    // The backup has the op sealed in batch 1; the original goes on and sends it.
    const restored = await device.clone({ server, online: false });
    await device.time.pass(60_000);
    await device.sync.table("tasks").update(clientId, { text: "later" });
    await settle();
    const stamp = server.row("tasks", clientId)?.stamp;
    await restored.sync.start();
    await restored.sync.table("tasks").create({ text: "after restore" });
    restored.setOnline(true);
    await restored.time.pass(60_000);
    expect(new Set(server.batches.map(({ deviceId }) => deviceId)).size).toBe(2);
    expect(server.row("tasks", clientId)?.stamp).toBe(stamp);
    expect(await restored.rows("tasks")).toEqual(server.rows("tasks"));
    expect(Object.values(server.rows("tasks")).map(({ text }) => text)).toEqual([
      "later",
      "after restore",
    ]);
    expect(await restored.ops()).toEqual([]);
  });

  it("I2, I3 (B6): an edit after a restore is not answered by what the original sent before it", async () => {
    const { server, device } = await quietDevice();
    device.setOnline(false);
    const { clientId } = await device.sync.table("tasks").create({ text: "a" });
    const doomed = await device.sync.table("tasks").create({ text: "to delete" });
    const restored = await device.clone({ server, online: false });
    device.setOnline(true);
    await settle();
    await restored.sync.start();
    await restored.sync.table("tasks").update(clientId, { text: "edited" });
    await restored.sync.table("tasks").update(clientId, { done: true });
    await restored.sync.table("tasks").remove(doomed.clientId);
    // What was recorded since the start is still one op a row.
    expect(await restored.ops()).toHaveLength(4);
    restored.setOnline(true);
    await restored.time.pass(60_000);
    expect(server.rows("tasks")).toMatchObject({ [clientId]: { text: "edited", done: true } });
    expect(server.row("tasks", doomed.clientId)?.deleted).toBe(true);
    expect(await restored.rows("tasks")).toEqual(server.rows("tasks"));
    expect(await restored.ops()).toEqual([]);
  });

  it("I2, I4 (D12): an op that waits for its row's creation stays known as one that a copy may hold", async () => {
    const { server, device } = await quietDevice();
    device.setOnline(false);
    const project = await device.sync.table("projects").create({ name: "p" });
    await device.sync.table("tasks").create({ text: "a", project: project.clientId });
    server.replies.push({ status: "stale-device" });
    server.invalid = ({ table }) => table === "projects";
    device.setOnline(true);
    await settle();
    expect((await device.ops()).map(({ table, state }) => `${table} ${state}`)).toEqual([
      "projects failed",
      "tasks waiting",
    ]);

    server.invalid = () => false;
    const [failed] = await device.ops();
    await device.sync.retry(failed?.opId ?? "");
    await settle();
    const task = server.batches.at(-1)?.ops.find(({ table }) => table === "tasks");
    const { deviceId = "", batchSeq = 0 } = server.batches.at(-1) ?? {};
    // Receipts from here on: in the batch before, the server answered what it would answer otherwise now.
    expect(task?.carriedBy).toEqual({ deviceId, batchSeq });
    expect(await device.ops()).toEqual([]);
  });

  it("I2 (F15): a batch that was on its way when the server was restored takes effect once", async () => {
    const { server, device } = await quietDevice();
    await device.sync.table("tasks").create({ text: "before" });
    await settle();
    const restore = server.snapshot();
    server.faults.push.push("lost");
    const { clientId } = await device.sync.table("tasks").create({ text: "after" });
    await settle();
    restore();
    server.epoch = "epoch-2";
    await device.time.pass(60_000);
    const stamp = server.row("tasks", clientId)?.stamp;

    const [, sent, , again] = server.batches;
    expect([sent?.epoch, again?.epoch]).toEqual(["epoch-1", "epoch-2"]);
    expect(Object.values(server.rows("tasks")).map(({ text }) => text)).toEqual([
      "before",
      "after",
    ]);
    expect(await device.ops()).toEqual([]);

    // And the duplicate that the network kept.
    if (!sent) throw new Error("Nothing was sent.");
    const late = await server.backend.push(sent);
    expect(late).toEqual({ status: "stale-epoch", epoch: "epoch-2" });
    expect(server.row("tasks", clientId)?.stamp).toBe(stamp);
  });

  it("I17: a server that goes on refusing every epoch is a failure, not a loop", async () => {
    const { server, device } = await quietDevice();
    const stale = { status: "stale-epoch", epoch: "epoch-9" } as const;
    server.replies.push(stale, { ...stale, epoch: "epoch-8" });
    await device.sync.table("tasks").create({ text: "a" });
    await settle();
    expect(device.sync.getStatus().error?.code).toBe("server");
    await device.time.pass(60_000);
    expect(await device.ops()).toEqual([]);
  });

  it("I17: a server that knows no device id at all is a failure, not a loop", async () => {
    const { server, device } = await quietDevice();
    server.replies.push({ status: "stale-device" }, { status: "stale-device" });
    await device.sync.table("tasks").create({ text: "a" });
    await settle();
    expect(device.sync.getStatus().error?.code).toBe("server");
    await device.time.pass(60_000);
    expect(await device.ops()).toEqual([]);
  });

  it("I15 (F1): nothing is sent while somebody else is signed in, and everything once the user is back", async () => {
    const { server, device } = await quietDevice();
    server.userId = "somebody else";
    server.ringAll();
    await settle();
    await device.sync.table("tasks").create({ text: "a" });
    await settle();
    expect(server.batches).toEqual([]);
    expect(device.sync.getStatus()).toMatchObject({
      phase: "signed-out",
      error: { code: "wrong-user" },
    });
    server.userId = "user";
    server.ringAll();
    await device.sync.syncNow();
    await settle();
    expect(await device.ops()).toEqual([]);
  });

  it("I15 (F2): a database refuses another user", async () => {
    const { server, device } = await quietDevice();
    await device.sync.table("tasks").create({ text: "a" });
    const other = await device.clone({ server, account: "account-b" });
    await expect(other.sync.start()).rejects.toMatchObject({ code: "wrong-user" });
    await expect(other.sync.table("tasks").create({ text: "b" })).rejects.toMatchObject({
      code: "wrong-user",
    });
  });

  it("I15: a new database belongs to its account from the start, also offline", async () => {
    const server = createFakeServer();
    server.userId = "https://issuer|ada";
    const device = await createDevice({ server, online: false, account: "https://issuer|ada" });
    await device.sync.start();
    const { clientId } = await device.sync.table("tasks").create({ text: "a" });
    const keyed = await device.sync.table("reactions").create({ message: "m", emoji: "e" });
    expect((await device.row("tasks", clientId))?.userId).toBe("https://issuer|ada");
    expect(keyed.clientId).toBe(naturalId("https://issuer|ada", "reactions", ["m"]));
    device.setOnline(true);
    await settle();
    expect(server.batches.map(({ forUser }) => forUser)).toEqual(["https://issuer|ada"]);
    expect(await device.ops()).toEqual([]);
  });

  it("ids of a natural key keep the first name of their table", async () => {
    const server = createFakeServer();
    const reactions = {
      ...tables.reactions,
      rules: { ...tables.reactions.rules, firstName: "likes" },
    };
    const device = await createDevice({
      server,
      account: "ada",
      registry: { ...registry, tables: { ...tables, reactions } },
    });
    const { clientId } = await device.sync.table("reactions").create({ message: "m", emoji: "e" });
    expect(clientId).toBe(naturalId("ada", "likes", ["m"]));
  });

  it("I15: at the first contact of a database, somebody else's token binds it to nobody", async () => {
    const server = createFakeServer();
    server.write("tasks", "t", { text: "not yours" });
    const device = await createDevice({ server, account: "ada" });
    server.userId = "bob";
    await device.sync.start();
    const { clientId } = await device.sync.table("tasks").create({ text: "a" });
    await settle();
    expect(device.sync.getStatus()).toMatchObject({ error: { code: "wrong-user" } });
    expect([server.batches, server.pulls]).toEqual([[], []]);
    server.userId = "ada";
    server.ringAll();
    await device.sync.syncNow();
    await settle();
    expect(server.row("tasks", clientId)).toMatchObject({ fields: { text: "a" } });
    expect(await device.ops()).toEqual([]);
  });

  it("I15: a database fetches nothing as somebody else, either", async () => {
    const { server, device } = await quietDevice();
    const restarted = await device.restart();
    const pulls = server.pulls.length;
    server.userId = "somebody else";
    server.write("tasks", "t", { text: "not yours" });
    await restarted.sync.start();
    await settle();
    expect(restarted.sync.getStatus()).toMatchObject({ error: { code: "wrong-user" } });
    expect(server.pulls).toHaveLength(pulls);
    expect(await restarted.rows("tasks")).toEqual({});
  });
});
