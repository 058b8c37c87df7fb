import { describe, expect, it } from "vitest";
import { BackendError } from "../../templates/client/sync/ports";
import { createFakeServer } from "./fakeServer";
import { createDevice, settle, startDevice, type Device } from "./world";

const task = (text: string) => ({
  text,
  done: false,
  priority: "normal",
  project: null,
  weight: null,
  details: null,
});

describe("the first sync", () => {
  it("I5, I6: fetches every table page by page and is complete only after the last", async () => {
    const server = createFakeServer();
    server.pageRows = 10;
    for (let index = 0; index < 35; index += 1)
      server.write("tasks", `t${String(index)}`, task(String(index)));
    const device = await createDevice({ server });
    const seen: (readonly [boolean, number, string | null])[] = [];
    device.sync.subscribe(() => {
      const { complete, rows, table } = device.sync.getStatus().initialSync;
      seen.push([complete, rows, table]);
    });
    await device.sync.start();
    await settle();
    expect(await device.rows("tasks")).toEqual(server.rows("tasks"));
    expect(device.sync.getStatus().initialSync).toEqual({
      complete: true,
      tablesDone: 7,
      tablesTotal: 7,
      table: null,
      rows: 35,
    });
    expect(
      seen.filter(([complete, , table]) => !complete && table === "tasks").map(([, rows]) => rows),
    ).toEqual(expect.arrayContaining([10, 20, 30]));
  });

  it("looks for rows that are gone only where some were before: it takes a look at every row", async () => {
    const server = createFakeServer();
    server.write("tasks", "t1", task("here"));
    const searched = (device: Device) => {
      const tables: string[] = [];
      device.onCommit = ({ rows = [] }) => {
        for (const { kind, table } of rows) if (kind === "delete-unversioned") tables.push(table);
      };
      return tables;
    };
    const device = await createDevice({ server });
    const first = searched(device);
    await device.sync.start();
    await settle();
    expect(first).toEqual([]);

    server.write("tasks", "t2", task("another history"));
    server.epoch = "epoch-2";
    server.forgetRow("tasks", "t1");
    const again = await device.restart({ server });
    const second = searched(again);
    await again.sync.start();
    await settle();
    expect(second).toEqual(["tasks"]);
    expect(Object.keys(await again.rows("tasks"))).toEqual(["t2"]);
  });

  it("I6 (A11): goes on at the page where it was interrupted, and was not complete before", async () => {
    const server = createFakeServer();
    server.pageRows = 10;
    for (let index = 0; index < 35; index += 1)
      server.write("tasks", `t${String(index)}`, task(String(index)));
    // The page of projects, what changed of them meanwhile, then two pages of tasks arrive.
    server.faults.pull.push(null, null, null, null, "network");
    const device = await startDevice({ server });
    expect(device.sync.getStatus().initialSync).toMatchObject({
      complete: false,
      rows: 20,
      table: "tasks",
    });
    const before = server.pulls.length;
    const again = await device.restart({ server });
    expect(again.sync.getStatus().initialSync.complete).toBe(false);
    await again.sync.start();
    await settle();
    const resumed = server.pulls.slice(before).find(({ table }) => table === "tasks");
    expect(resumed?.kind).toBe("snapshot");
    expect(resumed?.cursor).not.toBeNull();
    expect(await again.rows("tasks")).toEqual(server.rows("tasks"));
    expect(again.sync.getStatus().initialSync).toMatchObject({ complete: true, rows: 35 });
  });

  it("fetches parents before children", async () => {
    const server = createFakeServer();
    await startDevice({ server });
    const order = server.pulls.map(({ table }) => table);
    expect(order.indexOf("projects")).toBeLessThan(order.indexOf("tasks"));
  });

  it("does not start over when it was complete once, offline included", async () => {
    const server = createFakeServer();
    const device = await startDevice({ server });
    const again = await device.restart({ server, online: false });
    await again.sync.start();
    expect(again.sync.getStatus()).toMatchObject({
      phase: "offline",
      initialSync: { complete: true },
    });
  });
});

describe("changes", () => {
  it("I5: arrive by the doorbell, without a timer, and only the tables that changed are asked for", async () => {
    const server = createFakeServer();
    const device = await startDevice({ server });
    const before = server.pulls.length;
    server.write("notes", "n1", { body: "hello" });
    await settle();
    expect(await device.rows("notes")).toEqual({ n1: { body: "hello" } });
    expect(server.pulls.slice(before).map(({ table, kind }) => [table, kind])).toEqual([
      ["notes", "pull"],
    ]);
    server.write("notes", "n1", null);
    await settle();
    expect(await device.rows("notes")).toEqual({});
  });

  it("A2: rows that share one stamp all arrive, whatever the page size", async () => {
    const server = createFakeServer();
    server.pageRows = 2;
    const [writer, reader] = [await startDevice({ server }), await startDevice({ server })];
    await writer.sync.batch(({ tasks }) => {
      for (let index = 0; index < 7; index += 1) tasks.create({ text: String(index) });
    });
    await settle();
    expect(Object.keys(await reader.rows("tasks"))).toHaveLength(7);
  });

  it("D8: that the server does not give to so old an app are asked for again when it is newer", async () => {
    const server = createFakeServer();
    const device = await startDevice({ server });
    const { pull } = server.backend;
    server.backend.pull = async () => ({ status: "refused", code: "schema-too-old" });
    server.write("notes", "n1", { body: "a" });
    await settle();
    expect(device.sync.getStatus()).toMatchObject({
      phase: "upgrade-required",
      error: { code: "upgrade-required" },
    });
    server.backend.pull = pull;
    await device.sync.syncNow();
    expect(await device.rows("notes")).toEqual({ n1: { body: "a" } });
    expect(device.sync.getStatus().phase).toBe("idle");
  });

  it("I17: a table that the server fails on keeps no other one waiting", async () => {
    const server = createFakeServer();
    const device = await startDevice({ server });
    const pull = server.backend.pull;
    let broken = "projects";
    Object.assign(server.backend, {
      pull: async (request: Parameters<typeof pull>[0]) => {
        if (request.table === broken) throw new BackendError("server", "broken");
        return pull(request);
      },
    });
    server.write("projects", "p1", { name: "a" });
    server.write("notes", "n1", { body: "b" });
    await settle();
    await device.sync.syncNow();
    expect(await device.rows("notes")).toEqual({ n1: { body: "b" } });
    expect(await device.rows("projects")).toEqual({});
    expect(device.sync.getStatus()).toMatchObject({ phase: "retrying", error: { code: "server" } });

    broken = "";
    await device.sync.syncNow();
    expect(await device.rows("projects")).toEqual({ p1: { name: "a" } });
    expect(device.sync.getStatus()).toMatchObject({ phase: "idle", error: null });
  });

  it("I17: a row that the device cannot store keeps no other table waiting, and is told of", async () => {
    const server = createFakeServer();
    server.write("projects", "p1", { name: null });
    server.write("notes", "n1", { body: "b" });
    const device = await startDevice({ server });
    await device.sync.syncNow();
    expect(await device.rows("notes")).toEqual({ n1: { body: "b" } });
    expect(await device.rows("projects")).toEqual({});
    expect(device.sync.getStatus()).toMatchObject({
      phase: "retrying",
      error: { code: "storage" },
      initialSync: { complete: false },
    });

    server.write("projects", "p1", { name: "a" });
    await device.sync.syncNow();
    expect(await device.rows("projects")).toEqual({ p1: { name: "a" } });
    expect(device.sync.getStatus()).toMatchObject({ phase: "idle", error: null });
  });

  it("tell their event in numbers", async () => {
    const server = createFakeServer();
    const device = await startDevice({ server });
    const heard: unknown[] = [];
    device.sync.on("sync.pull:action:received", (detail) => heard.push(detail));
    device.setOnline(false);
    server.write("notes", "n1", { body: "a" });
    server.write("notes", "n2", { body: "b" });
    server.write("notes", "n2", null);
    device.setOnline(true);
    await settle();
    expect(heard).toEqual([{ table: "notes", rows: 1, deleted: 1 }]);
  });

  it("I7: a page that is answered twice does not take a row back", async () => {
    const server = createFakeServer();
    const device = await startDevice({ server });
    server.write("notes", "n1", { body: "one" });
    await settle();
    const stale = structuredClone(
      await server.backend.pull({ table: "notes", cursor: null, limit: 10 }),
    );
    server.write("notes", "n1", { body: "two" });
    await settle();
    const shown = await device.row("notes", "n1");
    if (stale.status !== "ok") throw new Error("no page");
    const { pull } = server.backend;
    Object.assign(server.backend, { pull: async () => stale });
    await device.sync.syncNow();
    Object.assign(server.backend, { pull });
    expect(await device.row("notes", "n1")).toEqual(shown);
  });
});

describe("rows with ops", () => {
  it("I8 (C16): an edit stays on top of what the server changed, and of what it deleted", async () => {
    const server = createFakeServer();
    for (const id of ["t1", "t2"]) server.write("tasks", id, task("one"));
    const device = await startDevice({ server });
    server.poison = () => true;
    await device.sync.table("tasks").update("t1", { text: "mine" });
    await device.sync.table("tasks").update("t2", { text: "mine" });
    await settle();
    for (let cycle = 0; cycle < 4; cycle += 1) await device.sync.syncNow();
    const stamp = server.write("tasks", "t1", { done: true });
    server.write("tasks", "t2", null);
    await settle();
    expect(await device.row("tasks", "t1")).toMatchObject({
      syncStatus: "failed",
      changed: stamp,
      fields: { text: "mine" },
    });
    expect(await device.row("tasks", "t2")).toMatchObject({ fields: { text: "mine" } });
    for (const { opId } of await device.sync.issues()) await device.sync.discard(opId);
    expect(await device.row("tasks", "t1")).toMatchObject({
      syncStatus: "synced",
      changed: stamp,
      fields: { text: "one", done: true },
    });
    expect(await device.row("tasks", "t2")).toBeNull();
  });

  it("a row that was deleted here does not come back by a pull", async () => {
    const server = createFakeServer();
    server.write("tasks", "t1", task("one"));
    const device = await startDevice({ server });
    server.poison = () => true;
    await device.sync.table("tasks").remove("t1");
    for (let cycle = 0; cycle < 4; cycle += 1) await device.sync.syncNow();
    server.write("tasks", "t1", { text: "two" });
    await settle();
    expect(await device.row("tasks", "t1")).toBeNull();
    const [issue] = await device.sync.issues();
    await device.sync.discard(issue?.opId ?? "");
    expect(await device.row("tasks", "t1")).toMatchObject({
      serverId: "server-t1",
      fields: { text: "two" },
    });
  });

  it("I7: a page that is older than what lies under an edit does not take that back", async () => {
    const server = createFakeServer();
    server.write("tasks", "t1", task("one"));
    const device = await startDevice({ server });
    server.invalid = () => true;
    await device.sync.table("tasks").update("t1", { done: true });
    const stale = await server.backend.pull({ table: "tasks", cursor: null, limit: 10 });
    server.write("tasks", "t1", { text: "two" });
    await settle();
    const { pull } = server.backend;
    server.backend.pull = async (request) => (request.table === "tasks" ? stale : pull(request));
    await device.sync.syncNow();
    const [issue] = await device.sync.issues();
    expect(issue?.theirs).toMatchObject({ text: "two" });
    await device.sync.discard(issue?.opId ?? "");
    expect((await device.row("tasks", "t1"))?.fields).toMatchObject({ text: "two", done: false });
  });

  it("field policies show the server's other fields under the edit", async () => {
    const server = createFakeServer();
    server.write("pages", "p1", { title: "title", body: "body" });
    const device = await startDevice({ server });
    server.poison = () => true;
    await device.sync.table("pages").update("p1", { title: "mine" });
    for (let cycle = 0; cycle < 4; cycle += 1) await device.sync.syncNow();
    server.write("pages", "p1", { title: "theirs", body: "new body" });
    await settle();
    expect((await device.row("pages", "p1"))?.fields).toEqual({ title: "mine", body: "new body" });
  });
});

describe("fetching again", () => {
  it("I13 (D10): behind the horizon, rows that the server no longer has go, ops stay", async () => {
    const server = createFakeServer();
    for (const id of ["t1", "t2", "t3"]) server.write("tasks", id, task(id));
    const device = await startDevice({ server });
    device.setOnline(false);
    await device.sync.table("tasks").update("t2", { text: "edited" });
    const mine = await device.sync.table("tasks").create({ text: "new" });
    server.forgetRow("tasks", "t1");
    server.horizon = server.write("tasks", "t3", { text: "changed" });
    server.faults.push.push("network");
    device.setOnline(true);
    await settle();
    await device.time.pass(600_000);
    expect(await device.rows("tasks")).toEqual(server.rows("tasks"));
    expect(Object.keys(await device.rows("tasks")).sort()).toEqual(
      ["t2", "t3", mine.clientId].sort(),
    );
    expect(server.rows("tasks").t2).toMatchObject({ text: "edited" });
  });

  it("I21 (D11): another epoch means fetching everything again, with versions that count anew", async () => {
    const server = createFakeServer();
    const restore = server.snapshot();
    server.write("notes", "n1", { body: "lost by the restore" });
    server.write("notes", "n1", { body: "lost too" });
    const device = await startDevice({ server });
    restore();
    server.epoch = "epoch-2";
    server.write("notes", "n2", { body: "after" });
    await settle();
    await device.sync.syncNow();
    expect(await device.rows("notes")).toEqual({ n2: { body: "after" } });
    await device.sync.table("notes").update("n2", { body: "mine" });
    await settle();
    expect(server.rows("notes").n2).toEqual({ body: "mine" });
  });

  it("a row whose server side vanished is discarded to nothing", async () => {
    const server = createFakeServer();
    server.write("tasks", "t1", task("one"));
    const device = await startDevice({ server });
    server.invalid = () => true;
    await device.sync.table("tasks").update("t1", { text: "mine" });
    await settle();
    server.forgetRow("tasks", "t1");
    server.horizon = server.write("tasks", "t2", task("two"));
    await settle();
    await device.sync.syncNow();
    expect((await device.row("tasks", "t1"))?.fields.text).toBe("mine");
    const [issue] = await device.sync.issues();
    expect(issue?.theirs).toBeNull();
    await device.sync.discard(issue?.opId ?? "");
    expect(await device.row("tasks", "t1")).toBeNull();
  });

  it("I5, I8: a row that changes meanwhile never vanishes, and keeps its device-only fields", async () => {
    const server = createFakeServer();
    for (const id of ["a", "b", "c", "d"]) server.write("tasks", id, task(id));
    const device = await startDevice({ server });
    for (const id of ["a", "d"]) await device.sync.table("tasks").update(id, { draft: "not sent" });
    server.pageRows = 2;
    server.forgetRow("tasks", "b");
    server.horizon = server.write("tasks", "a", { text: "changed" });
    const { snapshot } = server.backend;
    let bound = "";
    let pages = 0;
    // Pages hold what was there when the first one was read, as the real server's do.
    server.backend.snapshot = async (request) => {
      const reply = await snapshot(request);
      if (request.table !== "tasks" || reply.status !== "ok") return reply;
      if (request.cursor === null) bound = server.row("tasks", "d")?.stamp ?? "";
      const rows = reply.rows.filter(({ stamp }) => (stamp ?? "") <= bound);
      const end = JSON.stringify({ stamp: bound, id: "~", epoch: server.epoch });
      if ((pages += 1) === 1) {
        server.horizon = null;
        server.write("tasks", "d", { text: "edited elsewhere" });
        server.write("tasks", "a", { text: "edited after that" });
        // The connection is lost behind the last page.
        server.faults.pull.push(null, "network");
      }
      // What changed meanwhile comes on pages of its own.
      if (!reply.hasMore) server.pageRows = 1;
      return { ...reply, rows, cursor: reply.hasMore ? reply.cursor : end };
    };
    await device.sync.syncNow();
    await settle();
    expect(Object.keys(await device.rows("tasks")).sort()).toEqual(["a", "b", "c", "d"]);
    await device.time.pass(600_000);
    expect(pages).toBe(2);
    expect(await device.rows("tasks")).toEqual(server.rows("tasks"));
    for (const id of ["a", "d"])
      expect(device.columns("tasks", id)).toMatchObject({ draft: "not sent" });
  });

  it("I5: a row that is there again keeps what its pending op goes back to, whichever page it is on", async () => {
    const server = createFakeServer();
    for (const id of ["a", "b", "c", "d"]) server.write("tasks", id, task(id));
    const device = await startDevice({ server });
    server.invalid = () => true;
    for (const id of ["a", "c"]) await device.sync.table("tasks").update(id, { text: "mine" });
    await device.sync.table("tasks").remove("b");
    await device.sync.table("tasks").remove("d");
    await settle();
    server.pageRows = 1;
    server.forgetRow("tasks", "d");
    server.horizon = server.write("tasks", "e", task("e"));
    await settle();
    await device.sync.syncNow();
    for (const { opId } of await device.sync.issues()) await device.sync.discard(opId);
    expect(await device.rows("tasks")).toEqual(server.rows("tasks"));
  });

  it("I17: a server that goes on asking for a table to be fetched again is a failure, not a loop", async () => {
    const server = createFakeServer();
    const device = await startDevice({ server });
    server.horizon = "9".repeat(19);
    server.write("tasks", "t1", task("one"));
    await settle();
    expect(device.sync.getStatus()).toMatchObject({ phase: "retrying", error: { code: "server" } });
  });

  it("I17: a server that answers the very first page with resync is a failure, not a loop", async () => {
    const server = createFakeServer();
    Object.assign(server.backend, {
      snapshot: async () => ({ status: "resync", epoch: "epoch-1" }),
    });
    const device = await startDevice({ server });
    expect(device.sync.getStatus()).toMatchObject({ phase: "retrying", error: { code: "server" } });
  });
});
