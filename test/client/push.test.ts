import { describe, expect, it, vi } from "vitest";
import { BackendError } from "../../templates/client/sync/ports";
import { hlcTime, maxDrift } from "../../templates/shared/clock";
import { limits } from "../../templates/shared/protocol";
import { createFakeServer } from "./fakeServer";
import { settle, startDevice, type Device } from "./world";

async function quietDevice(server = createFakeServer()) {
  const device = await startDevice({ server });
  return { server, device };
}

/** Writes while offline, then lets the device find its network again. */
async function writeOffline(device: Device, write: () => Promise<unknown>): Promise<void> {
  device.setOnline(false);
  await write();
  device.setOnline(true);
  await settle();
}

const texts = (device: Device) =>
  device
    .ops()
    .then((ops) =>
      ops.map(({ state, fields }) => `${state} ${String(fields.text ?? fields.name)}`),
    );

describe("batches", () => {
  it("I18: hold at most a hundred ops, in the order recorded", async () => {
    const { server, device } = await quietDevice();
    await writeOffline(device, async () => {
      for (let index = 0; index < 250; index += 1)
        await device.sync.table("tasks").create({ text: String(index) });
    });
    expect(server.batches.map(({ ops }) => ops.length)).toEqual([100, 100, 50]);
    expect(server.batches.flatMap(({ ops }) => ops.map(({ fields }) => fields.text))).toEqual(
      Array.from({ length: 250 }, (_, index) => String(index)),
    );
    expect(server.batches.map(({ batchSeq }) => batchSeq)).toEqual([1, 2, 3]);
  });

  it("I18 (B18): stay under their bytes; one large op goes alone", async () => {
    const { server, device } = await quietDevice();
    await writeOffline(device, async () => {
      for (const size of [300_000, 300_000, 800_000, 10])
        await device.sync.table("tasks").create({ text: "x".repeat(size) });
    });
    expect(server.batches.map(({ ops }) => ops.length)).toEqual([1, 1, 1, 1]);
    const bytes = server.batches.map((batch) => JSON.stringify(batch).length);
    expect(bytes[0]).toBeLessThan(limits.batchBytes);
    expect(await device.ops()).toEqual([]);
  });

  it("I2 (B1): a batch whose answer was lost is sent again unchanged, and takes effect once", async () => {
    const { server, device } = await quietDevice();
    server.faults.push.push("lost");
    const { clientId, settled } = await device.sync.table("tasks").create({ text: "a" });
    await settle();
    const stamp = server.row("tasks", clientId)?.stamp;
    await device.sync.table("tasks").create({ text: "b" });
    await device.time.pass(60_000);
    expect(server.batches[1]).toEqual(server.batches[0]);
    expect(server.row("tasks", clientId)?.stamp).toBe(stamp);
    expect(await settled).toMatchObject({ outcome: "applied" });
    expect(await device.ops()).toEqual([]);
  });

  it("B3: an edit after a lost answer does not look like somebody else's change", async () => {
    const { server, device } = await quietDevice();
    const { clientId } = await device.sync.table("notes").create({ body: "a" });
    await settle();
    server.faults.push.push("lost");
    await device.sync.table("notes").update(clientId, { body: "b" });
    await settle();
    const { settled } = await device.sync.table("notes").update(clientId, { body: "c" });
    await device.time.pass(60_000);
    expect(await settled).toMatchObject({ outcome: "applied" });
    expect(server.rows("notes")[clientId]).toEqual({ body: "c" });
  });

  it("B12: an answer never hides a newer edit", async () => {
    const { server, device } = await quietDevice();
    const { clientId } = await device.sync.table("tasks").create({ text: "a" });
    await device.sync.table("tasks").update(clientId, { text: "b" });
    expect((await device.row("tasks", clientId))?.fields.text).toBe("b");
    await settle();
    expect((await device.row("tasks", clientId))?.fields.text).toBe("b");
    expect(server.rows("tasks")[clientId]).toMatchObject({ text: "b" });
  });

  it("B17: what is written during a cycle goes out without another trigger", async () => {
    const { server, device } = await quietDevice();
    await device.sync.table("tasks").create({ text: "a" });
    await Promise.resolve();
    await device.sync.table("tasks").create({ text: "b" });
    await settle();
    expect(Object.values(server.rows("tasks")).map(({ text }) => text)).toEqual(["a", "b"]);
  });

  it("are answered without another look at the queue when nothing else is in it: each is a call into SQLite", async () => {
    const { server, device } = await quietDevice();
    const looks = vi.spyOn(device.store, "readOps");
    const looked = () => looks.mock.calls.filter(([{ clientIds }]) => clientIds !== undefined);
    await writeOffline(device, () => device.sync.table("tasks").create({ text: "alone" }));
    expect(server.batches.length).toBe(1);
    expect(looked()).toEqual([]);
    await writeOffline(device, async () => {
      for (let index = 0; index <= limits.batchOps; index += 1)
        await device.sync.table("tasks").create({ text: String(index) });
    });
    expect(server.batches.length).toBe(3);
    expect(looked().length).toBe(1);
    expect(await device.ops()).toEqual([]);
  });
});

describe("order", () => {
  it("I4 (B15): an op follows the creation of the row that it references, though it was recorded before", async () => {
    const { server, device } = await quietDevice();
    await writeOffline(device, async () => {
      const task = await device.sync.table("tasks").create({ text: "child" });
      const project = await device.sync.table("projects").create({ name: "parent" });
      await device.sync.table("tasks").update(task.clientId, { project: project.clientId });
    });
    expect(server.batches[0]?.ops.map(({ table }) => table)).toEqual(["projects", "tasks"]);
    expect(await device.ops()).toEqual([]);
  });

  it("I2, I4: also when the batch is sent again, by the next start of the app", async () => {
    const server = createFakeServer();
    const first = await quietDevice(server).then(({ device }) => device);
    first.setOnline(false);
    const task = await first.sync.table("tasks").create({ text: "child" });
    const project = await first.sync.table("projects").create({ name: "parent" });
    await first.sync.table("tasks").update(task.clientId, { project: project.clientId });
    server.faults.push.push("lost");
    first.setOnline(true);
    await settle();
    const device = await first.restart();
    await device.sync.start();
    await settle();
    const sent = server.batches.map(({ batchHash, ops }) => [
      batchHash,
      ...ops.map((op) => op.table),
    ]);
    expect(sent).toEqual([sent[0], sent[0]]);
    expect(sent[0]?.slice(1)).toEqual(["projects", "tasks"]);
    expect(await device.ops()).toEqual([]);
  });

  it("I4: also when the parent stands hundreds of ops later", async () => {
    const { server, device } = await quietDevice();
    await writeOffline(device, async () => {
      const task = await device.sync.table("tasks").create({ text: "child" });
      for (let index = 0; index < 450; index += 1)
        await device.sync.table("notes").create({ body: String(index) });
      const project = await device.sync.table("projects").create({ name: "parent" });
      await device.sync.table("tasks").update(task.clientId, { project: project.clientId });
    });
    const order = server.batches.flatMap(({ ops }) => ops.map(({ table }) => table));
    expect(order.indexOf("tasks")).toBeGreaterThan(order.indexOf("projects"));
    expect(await device.ops()).toEqual([]);
    expect(device.sync.getStatus().failedCount).toBe(0);
  });

  it("I16 (B7): a rejected op holds back its row and what references it, and nothing else", async () => {
    const { server, device } = await quietDevice();
    server.invalid = (op) => op.fields.name === "bad";
    let child = "";
    await writeOffline(device, async () => {
      const bad = await device.sync.table("projects").create({ name: "bad" });
      child = (await device.sync.table("tasks").create({ text: "child", project: bad.clientId }))
        .clientId;
      await device.sync.table("tasks").create({ text: "other" });
    });
    await settle();
    expect(Object.values(server.rows("tasks")).map(({ text }) => text)).toEqual(["other"]);
    expect(device.sync.getStatus()).toMatchObject({ failedCount: 1, pendingCount: 1 });
    expect((await device.row("tasks", child))?.syncStatus).toBe("pending");
    const [issue] = await device.sync.issues();
    expect(issue).toMatchObject({
      table: "projects",
      state: "failed",
      code: "invalid",
      mine: { name: "bad" },
    });

    await device.sync.edit(issue?.opId ?? "", { name: "good" });
    await settle();
    expect(Object.values(server.rows("projects"))).toEqual([{ name: "good" }]);
    expect(server.rows("tasks")[child]).toMatchObject({ text: "child" });
    expect(await device.ops()).toEqual([]);
  });
});

describe("a server that throws", () => {
  it("I16, I17: is tried three times, then the op that breaks it is found and marked; the rest goes on", async () => {
    const { server, device } = await quietDevice();
    server.poison = (op) => op.fields.text === "poison";
    await writeOffline(device, async () => {
      for (let index = 0; index < 40; index += 1)
        await device.sync.table("tasks").create({ text: index === 17 ? "poison" : String(index) });
    });
    expect(device.sync.getStatus()).toMatchObject({
      pendingCount: 40,
      phase: "retrying",
      error: { code: "server" },
    });
    await device.sync.syncNow();
    await device.sync.syncNow();
    await settle();
    expect(Object.keys(server.rows("tasks"))).toHaveLength(39);
    expect(await texts(device)).toEqual(["failed poison"]);
    expect(await device.sync.issues()).toMatchObject([
      { code: "failed", attempts: expect.any(Number) as number },
    ]);
    expect(device.sync.getStatus()).toMatchObject({
      phase: "idle",
      failedCount: 1,
      pendingCount: 0,
    });
  });

  it("I16: finds several", async () => {
    const { server, device } = await quietDevice();
    server.poison = (op) => String(op.fields.text).startsWith("poison");
    await writeOffline(device, async () => {
      for (let index = 0; index < 130; index += 1)
        await device.sync
          .table("tasks")
          .create({ text: index % 50 === 3 ? `poison${String(index)}` : "ok" });
    });
    for (let cycle = 0; cycle < 6; cycle += 1) await device.sync.syncNow();
    expect(await texts(device)).toEqual(["failed poison3", "failed poison53", "failed poison103"]);
    expect(Object.keys(server.rows("tasks"))).toHaveLength(127);
  });

  it("does not halve a group: all of it is marked", async () => {
    const { server, device } = await quietDevice();
    server.poison = (op) => op.fields.text === "poison";
    await writeOffline(device, () =>
      device.sync.batch(({ tasks }) => {
        tasks.create({ text: "poison" });
        tasks.create({ text: "with it" });
      }),
    );
    for (let cycle = 0; cycle < 3; cycle += 1) await device.sync.syncNow();
    expect(await texts(device)).toEqual(["failed poison", "failed with it"]);
    server.poison = () => false;
    const [issue] = await device.sync.issues();
    await device.sync.retry(issue?.opId ?? "");
    await settle();
    expect(server.batches.at(-1)?.ops).toHaveLength(2);
    expect(await device.ops()).toEqual([]);
  });

  it("I3: an edit made while a batch is being halved is not lost", async () => {
    const { server, device } = await quietDevice();
    server.poison = (op) => op.fields.text === "poison";
    let healthy = "";
    await writeOffline(device, async () => {
      healthy = (await device.sync.table("tasks").create({ text: "healthy" })).clientId;
      await device.sync.table("tasks").create({ text: "poison" });
    });
    await device.sync.table("tasks").update(healthy, { text: "edited" });
    for (let cycle = 0; cycle < 3; cycle += 1) await device.sync.syncNow();
    await settle();
    expect(server.rows("tasks")[healthy]).toMatchObject({ text: "edited" });
  });

  it("I3, I16 (B10, E19, F6): at everything, is waited for: few calls, and no op is blamed", async () => {
    const { server, device } = await quietDevice();
    const { push } = server.backend;
    let isDown = true;
    let calls = 0;
    server.backend.push = async (batch) => {
      calls += 1;
      if (isDown) throw new BackendError("server", "Server Error");
      return push(batch);
    };
    device.setOnline(false);
    for (let index = 0; index < 100; index += 1)
      await device.sync.table("tasks").create({ text: String(index) });
    device.setOnline(true);
    await device.time.pass(3_600_000);
    expect(device.sync.getStatus()).toMatchObject({ failedCount: 0, pendingCount: 100 });
    // Five minutes at most lie between two tries, half of that on average.
    expect(calls).toBeLessThan(60);
    isDown = false;
    await device.time.pass(300_000);
    expect(Object.keys(server.rows("tasks"))).toHaveLength(100);
    expect(await device.ops()).toEqual([]);
    expect(server.batches).toHaveLength(2);
  });

  it("I3: that fails while the op to blame is searched for, blames none", async () => {
    const { server, device } = await quietDevice();
    const { push } = server.backend;
    let calls = 0;
    // From its third throw on the batch is taken apart; just then the server goes down for five calls.
    server.backend.push = async (batch) => {
      calls += 1;
      if (calls <= 3 || (calls > 4 && calls < 10)) throw new BackendError("server", "Server Error");
      return push(batch);
    };
    await writeOffline(device, async () => {
      for (const text of ["a", "b", "c", "d"]) await device.sync.table("tasks").create({ text });
    });
    await device.time.pass(3_600_000);
    expect(await device.ops()).toEqual([]);
    expect(Object.keys(server.rows("tasks"))).toHaveLength(4);
  });

  it("I2, I21: an empty batch whose answer was lost is sent again as it was", async () => {
    const { server, device } = await quietDevice();
    server.faults.push.push("server", "server", "server", "lost");
    await device.sync.table("tasks").create({ text: "a" });
    await device.time.pass(600_000);
    expect(server.batches.map(({ ops }) => ops.length)).toEqual([1, 1, 1, 0, 0, 1]);
    expect(server.batches.at(-1)).toMatchObject({
      deviceId: server.batches[0]?.deviceId,
      batchSeq: 2,
    });
    expect(await device.ops()).toEqual([]);
  });

  it("counts an answer that leaves ops out as a throw", async () => {
    const { server, device } = await quietDevice();
    server.replies.push({
      status: "ok",
      results: [],
      stamp: "1".padStart(19, "0"),
      serverTime: 0,
      epoch: "epoch-1",
    });
    await device.sync.table("tasks").create({ text: "a" });
    await settle();
    expect((await device.ops())[0]).toMatchObject({ state: "sealed", attempts: 1 });
  });
});

describe("a network that fails", () => {
  it("I3 (B10): a thousand times counts no attempt and loses nothing", async () => {
    const { server, device } = await quietDevice();
    server.faults.push.push(...Array.from({ length: 1_000 }, () => "network" as const));
    await device.sync.table("tasks").create({ text: "a" });
    for (let cycle = 0; cycle < 1_001; cycle += 1) {
      if (cycle < 1_000) expect((await device.ops())[0]?.attempts).toBe(0);
      await device.sync.syncNow();
    }
    expect(Object.keys(server.rows("tasks"))).toHaveLength(1);
    expect(await device.ops()).toEqual([]);
  });

  it("I17 (B20): a call that hangs for ever is given up, and the next cycle sends it again", async () => {
    const { server, device } = await quietDevice();
    server.faults.push.push("hang");
    await device.sync.table("tasks").create({ text: "a" });
    await device.time.pass(29_000);
    expect(device.sync.getStatus().phase).toBe("syncing");
    await device.time.pass(60_000);
    expect(Object.keys(server.rows("tasks"))).toHaveLength(1);
    expect(device.sync.getStatus()).toMatchObject({ phase: "idle", error: null });
  });
});

describe("answers", () => {
  it("I3 (B8, C17): a superseded edit stays visible until it is dismissed; the row is the server's", async () => {
    const { server, device } = await quietDevice();
    server.write("notes", "n1", { body: "one" });
    await settle();
    device.setOnline(false);
    const { settled } = await device.sync.table("notes").update("n1", { body: "mine" });
    server.write("notes", "n1", { body: "theirs" });
    const conflicts: unknown[] = [];
    device.sync.on("sync.conflict:action:detected", (detail) => conflicts.push(detail));
    device.setOnline(true);
    await settle();
    expect(await settled).toMatchObject({ outcome: "superseded" });
    expect(await device.row("notes", "n1")).toMatchObject({
      syncStatus: "synced",
      fields: { body: "theirs" },
    });
    expect(device.sync.getStatus()).toMatchObject({ supersededCount: 1, pendingCount: 0 });
    const [issue] = await device.sync.issues();
    expect(issue).toMatchObject({
      state: "superseded",
      mine: { body: "mine" },
      theirs: { body: "theirs" },
    });
    expect(conflicts).toMatchObject([{ table: "notes", outcome: "superseded" }]);
    await device.sync.dismiss(issue?.opId ?? "");
    expect(await device.ops()).toEqual([]);
    expect(await device.row("notes", "n1")).toMatchObject({ fields: { body: "theirs" } });
  });

  it("tells how a push ended, in numbers", async () => {
    const { server, device } = await quietDevice();
    server.invalid = (op) => op.fields.text === "bad";
    const heard: unknown[] = [];
    device.sync.on("sync.push:action:after", (detail) => heard.push(detail));
    await writeOffline(device, async () => {
      for (const text of ["a", "bad"]) await device.sync.table("tasks").create({ text });
    });
    expect(heard).toEqual([
      { ops: 2, applied: 1, merged: 0, superseded: 0, rejected: 1, conflicts: 0 },
    ]);
    expect(device.sync.getSyncStats()).toMatchObject({ opsPushed: 2, conflicts: 0 });
  });

  it("keeps the batch sealed while the server refuses to look, and waits as long as it asks", async () => {
    const { server, device } = await quietDevice();
    server.replies.push({ status: "refused", code: "rate-limited", retryAfter: 600_000 });
    await device.sync.table("tasks").create({ text: "a" });
    await settle();
    expect(device.sync.getStatus()).toMatchObject({
      phase: "retrying",
      error: { code: "rate-limited" },
    });
    await device.time.pass(599_000);
    expect(server.batches).toHaveLength(1);
    await device.time.pass(10_000);
    expect(server.batches[1]).toEqual(server.batches[0]);
    expect(await device.ops()).toEqual([]);
  });

  it("I16: halves what is too large for the server, down to the op, which is marked", async () => {
    const { server, device } = await quietDevice();
    const tooLarge = { status: "refused", code: "too-large", retryAfter: null } as const;
    server.replies.push(tooLarge, tooLarge);
    await writeOffline(device, async () => {
      for (const text of ["a", "b"]) await device.sync.table("tasks").create({ text });
    });
    expect(await texts(device)).toEqual(["failed a"]);
    expect((await device.sync.issues())[0]?.code).toBe("too-large");
    expect(Object.values(server.rows("tasks")).map(({ text }) => text)).toEqual(["b"]);
  });

  it("I10 (C2): a clock that was once in 2099 is taken back with the next answer, for ops that wait too", async () => {
    const { server, device } = await quietDevice();
    const honest = device.time.now;
    const { clientId } = await device.sync.table("pages").create({ title: "honest" });
    await settle();
    device.setOnline(false);
    device.time.now = Date.UTC(2099, 0, 1);
    const failing = await device.sync.table("pages").create({ title: "1" });
    await device.sync.table("pages").update(clientId, { title: "2" });
    await device.sync.table("pages").update(clientId, { body: "3" });
    server.invalid = (op) => op.clientId === failing.clientId;
    device.time.now = honest + 60_000;
    server.serverTime = device.time.now;
    device.setOnline(true);
    await settle();
    server.invalid = () => false;
    const again = await device.restart({ server, online: false });
    await again.sync.start();
    await again.sync.table("pages").update(clientId, { title: "later" });
    const ops = await again.ops();
    expect(ops.map(({ state }) => state)).toEqual(["failed", "waiting"]);
    const readings = ops.flatMap(({ edited, clocks }) => [edited, ...Object.values(clocks ?? {})]);
    for (const reading of readings)
      expect(hlcTime(reading)).toBeLessThanOrEqual(server.serverTime + maxDrift);
    const [failed, later] = ops;
    expect((failed?.edited ?? "") < (later?.edited ?? "")).toBe(true);
    expect((await again.row("pages", failing.clientId))?.updatedAt).toBe(
      server.serverTime + maxDrift,
    );
  });

  it("corrects the device's clock by the server's", async () => {
    const { server, device } = await quietDevice();
    server.serverTime = device.time.now + 86_400_000;
    await device.sync.table("tasks").create({ text: "a" });
    await settle();
    const { clientId } = await device.sync.table("tasks").create({ text: "b" });
    expect((await device.row("tasks", clientId))?.createdAt).toBe(server.serverTime);
  });
});
