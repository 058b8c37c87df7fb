import { describe, expect, it } from "vitest";
import { opUpgrades } from "../../templates/client/sync/opUpgrades";
import { anyTable } from "./anyTable";
import type { FakeServer } from "./fakeServer";
import { scopedRegistry } from "./fixture/scopes";
import { bare, both, club, comeBack, gone, shutOut, unsent } from "./leaving";
import { createMember, idsIn, serverWith, startMember, tell } from "./members";
import { settle } from "./world";

describe("a user who is back in a scope", () => {
  it("holds its rows again, and sends what somebody tries again", async () => {
    const { server, device, created } = await unsent();
    tell(server, club);
    await comeBack(device);
    server.write("boards", "new", { title: "since then" }, "team");
    tell(server, both);
    await settle();
    expect(await device.rows("boards")).toEqual({
      untouched: { title: "untouched by others" },
      edited: { title: "edited by me" },
      other: { title: "elsewhere" },
      new: { title: "since then" },
      [created.clientId]: { title: "mine" },
    });
    expect((await device.sync.issues()).map(({ theirs }) => theirs)).toEqual([
      null,
      { title: "edited by others" },
      { title: "deleted by others" },
    ]);
    await device.sync.retryAll();
    await settle();
    expect(await device.ops()).toEqual([]);
    expect(server.rows("boards")).toMatchObject({
      edited: { title: "edited by me" },
      [created.clientId]: { title: "mine" },
    });
    expect(server.rows("boards")).not.toHaveProperty("deleted");
    expect(await device.rows("boards")).toEqual(server.rows("boards"));
  });

  it("goes back to the server's row with what somebody discards", async () => {
    const { server, device } = await unsent();
    tell(server, club);
    await comeBack(device);
    tell(server, both);
    await settle();
    for (const { opId } of await device.sync.issues()) await device.sync.discard(opId);
    expect(await device.rows("boards")).toEqual(server.rows("boards"));
    expect(await device.row("boards", "deleted")).toMatchObject({ userId: "somebody" });
  });

  it("may try again before the rows are here", async () => {
    const { server, device, created } = await unsent();
    tell(server, club);
    await comeBack(device);
    device.setOnline(false);
    await device.sync.retryAll();
    tell(server, both);
    await comeBack(device);
    expect(await device.ops()).toEqual([]);
    expect(await device.rows("boards")).toEqual(server.rows("boards"));
    expect(server.rows("boards")).toHaveProperty(created.clientId);
  });

  it("fails again, visibly, when it tries again while it is still out", async () => {
    const { server, device, created } = await unsent();
    tell(server, club);
    await comeBack(device);
    await device.sync.retryAll();
    await settle();
    expect((await device.ops()).map(({ state, code }) => [state, code])).toEqual(
      Array(3).fill(["failed", "no-access"]),
    );
    for (const op of await device.ops()) expect(op).toMatchObject({ ...bare, server: gone });
    expect(await idsIn(device, "boards")).toEqual([created.clientId, "other"].sort());
  });

  it("goes on as ever when it was out only while the device was not looking", async () => {
    const { server, device, created } = await unsent();
    tell(server, club);
    tell(server, both);
    await comeBack(device);
    expect(await device.ops()).toEqual([]);
    expect(server.rows("boards")).toMatchObject({ [created.clientId]: { title: "mine" } });
    expect(await device.rows("boards")).toEqual(server.rows("boards"));
  });
});

describe("crashes and other runners", () => {
  it("I1, I6, I22: a crash at any commit leaves a scope that was left, or one that was not", async () => {
    for (let crash = 1; ; crash += 1) {
      const { server, device, created } = await unsent();
      tell(server, { ...club, "household home": "read" });
      server.write("chores", "c", { title: "dishes" }, "home");
      const leaving = await device.restart({ server, online: true });
      let commits = 0;
      leaving.onCommit = () => {
        if ((commits += 1) >= crash) throw new Error("crash");
      };
      await leaving.sync.start().catch(() => undefined);
      await settle();
      const isOver = commits < crash;
      const { scopes } = await leaving.store.readMetadata(["scopes"]);
      const rows = await idsIn(leaving, "boards");
      const ops = await leaving.ops();
      if (scopes?.includes("team")) {
        expect(rows).toContain("untouched");
        for (const { state } of ops) expect(["waiting", "sealed"]).toContain(state);
      } else {
        expect(rows).toEqual([created.clientId, "other"].sort());
        expect(ops).toMatchObject([shutOut, shutOut, shutOut]);
      }

      const again = await leaving.restart({ server });
      await again.sync.start();
      await settle();
      expect(await again.ops()).toMatchObject([shutOut, shutOut, shutOut]);
      expect(await idsIn(again, "boards")).toEqual([created.clientId, "other"].sort());
      expect(await idsIn(again, "chores")).toEqual(["c"]);
      expect(server.batches).toEqual([]);
      if (isOver) break;
    }
  });

  it("F19: another tab that left the scope first has done it for this one, too", async () => {
    const { server, device, created } = await unsent();
    const beside = await device.beside({ server, online: true });
    tell(server, club);
    await beside.sync.start();
    await settle();
    const changed = new Set<string>();
    device.sync.onRowsChanged((tables) => {
      for (const table of tables) changed.add(table);
    });
    await comeBack(device);
    expect(changed).toContain("boards");
    expect(device.sync.scopes?.get()).toMatchObject([{ scopeId: "club" }]);
    expect(await device.ops()).toMatchObject([shutOut, shutOut, shutOut]);
    expect(await idsIn(device, "boards")).toEqual([created.clientId, "other"].sort());
    expect(device.sync.getStatus()).toMatchObject({ phase: "idle", failedCount: 3 });
  });

  it("F19: a page that arrives after another tab has left the scope does not land", async () => {
    const server = serverWith(both);
    const device = await createMember({ server });
    let isHeld = true;
    let release: () => void = () => undefined;
    const { pull } = server.backend;
    const snapshot: typeof server.backend.snapshot = async (request) => {
      const reply = await server.backend.snapshot(request);
      if (isHeld && request.scopeId === "team")
        await new Promise<void>((resolve) => (release = resolve));
      return reply;
    };
    server.write("boards", "b", { title: "by others" }, "team");
    const slow = await device.beside({
      server,
      ports: { backend: { ...server.backend, pull, snapshot } },
    });
    await slow.sync.start();
    await settle();
    tell(server, club);
    await device.sync.start();
    await settle();
    isHeld = false;
    release();
    await settle();
    expect(await idsIn(device, "boards")).toEqual([]);
    expect(slow.sync.scopes?.get()).toMatchObject([{ scopeId: "club" }]);
    expect(slow.sync.getStatus()).toMatchObject({ phase: "idle", error: null });
  });
});

describe("a scope that is left during its first download", () => {
  it("is not waited for: the rest is complete", async () => {
    const server = serverWith({ "workspace team": "write" });
    server.pageRows = 1;
    for (const id of ["b1", "b2", "b3"]) server.write("boards", id, { title: id }, "team");
    const { backend } = server;
    let pages = 0;
    const snapshot: typeof backend.snapshot = async (request) => {
      const reply = await backend.snapshot(request);
      if (request.table === "boards" && (pages += 1) === 2) tell(server, {});
      return reply;
    };
    const device = await startMember({ server, ports: { backend: { ...backend, snapshot } } });
    expect(await idsIn(device, "boards")).toEqual([]);
    expect(device.sync.getStatus()).toMatchObject({
      phase: "idle",
      error: null,
      initialSync: { complete: true, tablesTotal: 1, tablesDone: 1 },
    });
    expect((await device.store.readMetadata(["initialSync"])).initialSync).toBe("complete");
  });

  it("leaves a feed alone that is refused, and goes on with the others", async () => {
    const server = serverWith(both);
    server.write("boards", "b", { title: "by others" }, "club");
    const { backend } = server;
    const snapshot: typeof backend.snapshot = async (request) =>
      request.scopeId === "team"
        ? { status: "refused", code: "no-access" }
        : backend.snapshot(request);
    const device = await startMember({ server, ports: { backend: { ...backend, snapshot } } });
    expect(await idsIn(device, "boards")).toEqual(["b"]);
    expect(device.sync.getStatus()).toMatchObject({
      error: null,
      initialSync: { complete: false, table: "boards" },
    });
    tell(server, club);
    await settle();
    expect(device.sync.getStatus().initialSync.complete).toBe(true);
  });
});

describe("a doorbell that fails", () => {
  it("takes nobody out of a scope", async () => {
    const { server, device } = await unsent();
    device.setOnline(true);
    server.breakHead("server");
    await device.time.pass(60_000);
    expect(device.sync.scopes?.get()).toHaveLength(2);
    expect(await device.ops()).toEqual([]);
  });
});

describe("other versions, other servers", () => {
  it("F13: fetches every scope of a table again that an update of the app has changed", async () => {
    const server = serverWith({ ...both, "household home": "write" });
    server.write("boards", "t", { title: "team" }, "team");
    server.write("boards", "c", { title: "club" }, "club");
    const device = await startMember({ server });
    const change = { renamedFields: {}, dropped: [], added: {}, choices: {} };
    const steps = [{ from: 1, tables: { boards: change } }] as unknown as Parameters<
      typeof opUpgrades
    >[0];
    const before = server.pulls.length;
    const again = await device.restart({
      server,
      registry: { ...scopedRegistry, schemaVersion: 2, upgrades: opUpgrades(steps, 2) },
    });
    await again.sync.start();
    await settle();
    const anew = server.pulls
      .slice(before)
      .filter(({ kind }) => kind === "snapshot")
      .map(({ table, scopeId }) => `${table}/${String(scopeId)}`);
    expect(anew).toEqual(["boards/club", "boards/team"]);
  });

  it("I21: holds the scopes of the deployment that it is connected to", async () => {
    const preview = serverWith(both);
    preview.epoch = "preview.1";
    preview.write("boards", "b", { title: "preview" }, "team");
    preview.write("boards", "c", { title: "preview" }, "club");
    const device = await startMember({ server: preview });
    device.setOnline(false);
    await anyTable(device, "boards").update("c", { title: "mine" });
    const production = serverWith({ "workspace team": "write", "household home": "write" });
    production.epoch = "production.1";
    production.write("boards", "p", { title: "production" }, "team");
    const moved = await device.restart({ server: production, online: true });
    await moved.sync.start();
    await settle();
    expect(await moved.rows("boards")).toEqual({ p: { title: "production" } });
    expect(await moved.sync.issues()).toMatchObject([{ mine: { title: "mine" }, theirs: null }]);
    expect(moved.sync.getStatus().initialSync.complete).toBe(true);
  });

  it("I3: keeps everything while the server is set back to a version that knows of no scopes", async () => {
    const { server, device } = await unsent();
    const before = await device.rows("boards");
    const { scopes } = server;
    const pulls = server.pulls.length;
    server.scopes = null;
    server.faults.push.push("server", "server");
    await comeBack(device);
    expect(device.sync.scopes?.get()).toHaveLength(2);
    expect(await device.rows("boards")).toEqual(before);
    expect((await device.ops()).map(({ state }) => state)).toEqual(Array(3).fill("sealed"));
    expect(server.pulls.slice(pulls).map(({ table }) => table)).not.toContain("boards");
    server.scopes = scopes;
    server.ringAll();
    await device.time.pass(60_000);
    expect(await device.ops()).toEqual([]);
    expect(await device.rows("boards")).toEqual(server.rows("boards"));
  });

  it("I21: has nothing to wait for at another deployment that knows of no scopes", async () => {
    const preview = only(serverWith(both), "preview.1");
    const device = await startMember({ server: preview });
    device.setOnline(false);
    const production = only(serverWith({}), "production.1");
    production.scopes = null;
    const moved = await device.restart({ server: production, online: true });
    await moved.sync.start();
    await settle();
    expect(moved.sync.scopes?.get()).toEqual([]);
    expect(moved.sync.getStatus().initialSync.complete).toBe(true);
  });

  it("I21: has nothing to wait for at another deployment that knows it in no scope", async () => {
    const { boards } = scopedRegistry.tables;
    const registry = { ...scopedRegistry, tables: { boards } };
    const preview = only(serverWith({ "workspace team": "write" }), "preview.1");
    const device = await startMember({ server: preview, registry });
    device.setOnline(false);
    const production = only(serverWith({}), "production.1");
    // A scope that nobody has told of.
    await anyTable(device, "boards").create({ scopeId: "other", title: "mine" });
    const moved = await device.restart({ server: production, online: true });
    await moved.sync.start();
    await settle();
    expect(moved.sync.getSyncStats().cycles).toBe(1);
    expect(moved.sync.getStatus()).toMatchObject({
      failedCount: 1,
      initialSync: { complete: true },
    });
  });
});

function only(server: FakeServer, epoch: string): FakeServer {
  server.epoch = epoch;
  return server;
}
