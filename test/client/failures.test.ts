import { describe, expect, it } from "vitest";
import { createFakeServer } from "./fakeServer";
import { settle, startDevice } from "./world";

/** Rows of the failure catalogue that no other test is about. */
describe("the failure catalogue on the device", () => {
  it("D3, D4 (A12): a child whose parent is not there is kept, and holds nothing up", async () => {
    const server = createFakeServer();
    server.write("tasks", "child", { text: "a", project: "parent" });
    server.write("tasks", "orphan", { text: "b", project: "never" });
    const device = await startDevice({ server });
    expect(Object.keys(await device.rows("tasks"))).toEqual(["child", "orphan"]);
    expect(device.sync.getStatus()).toMatchObject({ phase: "idle", error: null });
    server.write("projects", "parent", { name: "home" });
    await settle();
    expect(await device.rows("projects")).toEqual({ parent: { name: "home" } });
  });

  it("what a device cannot do at all is told as its storage's failure, and tried again", async () => {
    const server = createFakeServer();
    let isBroken = true;
    const device = await startDevice({
      server,
      ports: {
        lease: {
          run: async (task) => {
            if (isBroken) throw new Error("The lock cannot be read.");
            return task();
          },
        },
      },
    });
    expect(device.sync.getStatus()).toMatchObject({
      phase: "retrying",
      error: { code: "storage", message: "The lock cannot be read." },
    });
    isBroken = false;
    await device.time.pass(60_000);
    expect(device.sync.getStatus()).toMatchObject({ phase: "idle", error: null });
  });

  it("I8 (A13): a row that was just pushed is there after the pull that follows at once", async () => {
    const server = createFakeServer();
    const device = await startDevice({ server });
    for (const text of ["a", "b", "c"]) {
      const { clientId } = await device.sync.table("tasks").create({ text });
      await device.sync.syncNow();
      expect(await device.row("tasks", clientId)).toMatchObject({
        syncStatus: "synced",
        fields: { text },
      });
    }
    expect(await device.rows("tasks")).toEqual(server.rows("tasks"));
  });

  it("I3 (B16): three quick edits offline with restarts between them are all sent", async () => {
    const server = createFakeServer();
    let device = await startDevice({ server });
    const { clientId } = await device.sync.table("documents").create({ title: "0" });
    await settle();
    for (const title of ["1", "2", "3"]) {
      device = await device.restart({ server, online: false });
      await device.sync.start();
      await device.sync.table("documents").update(clientId, { title });
      expect((await device.row("documents", clientId))?.fields).toMatchObject({ title });
    }
    // A restart may be that of a restored backup: what was recorded before it is left as it is.
    expect(await device.ops()).toHaveLength(3);
    device.setOnline(true);
    await settle();
    expect(server.row("documents", clientId)?.fields).toMatchObject({ title: "3" });
    expect(await device.ops()).toEqual([]);
  });

  it("I1 (E2): a write that finds the database busy is refused to the caller, and can be made again", async () => {
    const server = createFakeServer();
    const device = await startDevice({ server });
    let busy = 2;
    device.onCommit = () => {
      if ((busy -= 1) >= 0) throw new Error("SQLITE_BUSY: database is locked");
    };
    const write = () => device.sync.table("tasks").create({ text: "a" });
    await expect(write()).rejects.toThrow("SQLITE_BUSY");
    await expect(write()).rejects.toThrow("SQLITE_BUSY");
    expect([await device.ops(), await device.rows("tasks")]).toEqual([[], {}]);
    await write();
    await settle();
    expect(Object.values(server.rows("tasks"))).toMatchObject([{ text: "a" }]);
    expect(device.sync.getStatus()).toMatchObject({ pendingCount: 0 });
  });

  it.each(["network", "unauthenticated", "server", "lost", "hang"] as const)(
    "I3 (B9): no failure of a call removes an op: %s",
    async (fault) => {
      const server = createFakeServer();
      const device = await startDevice({ server });
      server.faults.push.push(fault, fault);
      const { settled } = await device.sync.table("tasks").create({ text: "a" });
      await settle();
      expect(await device.ops()).toMatchObject([{ state: "sealed" }]);
      await device.time.pass(600_000);
      expect((await settled).outcome).toBe("applied");
      expect(Object.values(server.rows("tasks"))).toMatchObject([{ text: "a" }]);
    },
  );
});
