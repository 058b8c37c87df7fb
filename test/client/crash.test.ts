import { describe, expect, it } from "vitest";
import { createFakeServer } from "./fakeServer";
import { settle, startDevice, type Device } from "./world";

/** A day on a device: what is done, whatever goes wrong in between. */
async function live(device: Device): Promise<void> {
  const { sync } = device;
  const project = await sync.table("projects").create({ name: "home" });
  const task = await sync.table("tasks").create({ text: "one", project: project.clientId });
  await settle();
  await sync.table("tasks").update(task.clientId, { done: true });
  await sync.table("notes").update("n1", { body: "mine" });
  await sync.syncNow();
  await sync.table("tasks").remove(task.clientId);
  await sync.batch(({ projects, tasks }) => {
    const other = projects.create({ name: "work" });
    tasks.create({ text: "two", project: other });
  });
  await settle();
}

function createWorld() {
  const server = createFakeServer();
  server.pageRows = 2;
  for (let index = 1; index <= 5; index += 1)
    server.write("notes", `n${String(index)}`, { body: String(index) });
  return server;
}

/** Row contents without ids, which differ from run to run. */
const contents = (rows: Record<string, unknown>) =>
  Object.values(rows)
    .map((fields) => JSON.stringify({ ...(fields as object), project: undefined }))
    .sort();

const tableNames = ["projects", "tasks", "notes"];

/** Rows and ops agree: an unsynced row has an op, and an op that creates or changes has its row. */
async function expectConsistent(device: Device): Promise<void> {
  const ops = await device.ops();
  const pending = ops.filter(({ state }) => state !== "superseded");
  for (const name of tableNames)
    for (const clientId of Object.keys(await device.rows(name))) {
      const row = await device.row(name, clientId);
      const own = pending.filter((op) => op.table === name && op.clientId === clientId);
      expect(row?.syncStatus === "synced").toBe(own.length === 0);
    }
  for (const op of pending.filter(({ kind }) => kind !== "delete")) {
    const later = pending.some(
      (other) => other.clientId === op.clientId && other.kind === "delete",
    );
    if (!later) expect(await device.row(op.table, op.clientId)).not.toBeNull();
  }
}

describe("I1, I6, I22: a crash", () => {
  it("at any commit leaves rows and ops in agreement, and the next start ends where no crash would have", async () => {
    const calm = createWorld();
    const whole = await startDevice({ server: calm });
    let commits = 0;
    whole.onCommit = () => void (commits += 1);
    await live(whole);
    expect(commits).toBeGreaterThan(10);

    for (let fatal = 1; fatal <= commits; fatal += 1) {
      const server = createWorld();
      const device = await startDevice({ server });
      let seen = 0;
      device.onCommit = () => {
        seen += 1;
        if (seen >= fatal) throw new Error("the app was killed");
      };
      // What was not durable was not promised either: the write rejects.
      await live(device).catch(() => undefined);
      const again = await device.restart({ server });
      await expectConsistent(again);
      const unsent = await again.ops();
      await again.sync.start();
      await again.time.pass(60_000);
      expect(await again.ops()).toEqual([]);
      for (const name of tableNames) expect(await again.rows(name)).toEqual(server.rows(name));
      expect(again.sync.getStatus()).toMatchObject({
        phase: "idle",
        pendingCount: 0,
        failedCount: 0,
      });
      for (const { clientId, table, kind } of unsent)
        expect(server.row(table, clientId)?.deleted).toBe(kind === "delete");
    }
    expect(contents(await whole.rows("tasks"))).toEqual(contents(calm.rows("tasks")));
  });

  it("E6: a full disk fails the write, changes nothing, and is over when there is room again", async () => {
    const server = createWorld();
    const device = await startDevice({ server });
    const full = () => {
      throw new Error("database or disk is full");
    };
    device.onCommit = full;
    await expect(device.sync.table("tasks").create({ text: "a" })).rejects.toThrow("full");
    server.write("notes", "n1", { body: "new" });
    await settle();
    expect(device.sync.getStatus()).toMatchObject({
      phase: "retrying",
      error: { code: "storage" },
    });
    expect((await device.row("notes", "n1"))?.fields.body).toBe("1");
    expect(device.sync.getStatus().pendingCount).toBe(0);
    device.onCommit = () => undefined;
    await device.time.pass(600_000);
    expect((await device.row("notes", "n1"))?.fields.body).toBe("new");
    expect(device.sync.getStatus()).toMatchObject({ phase: "idle", error: null });
  });

  it("C4: the clock never goes back, though the device's does and the ops are gone", async () => {
    const server = createWorld();
    const device = await startDevice({ server });
    await device.sync.table("tasks").create({ text: "a" });
    await settle();
    const edited = server.batches[0]?.ops[0]?.edited ?? "";
    device.time.now -= 86_400_000;
    server.serverTime -= 86_400_000;
    const again = await device.restart({ server, online: false });
    await again.sync.table("tasks").create({ text: "b" });
    const [op] = await again.ops();
    expect((op?.edited ?? "") > edited).toBe(true);
  });
});
