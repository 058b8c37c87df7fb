import { describe, expect, it } from "vitest";
import { opUpgrades } from "../../templates/client/sync/opUpgrades";
import { anyTable } from "./anyTable";
import type { FakeServer } from "./fakeServer";
import { scopedRegistry } from "./fixture/scopes";
import { createMember, idsIn, serverWith, startMember, tell } from "./members";
import { settle, type Device } from "./world";

const both = { "workspace team": "write", "workspace club": "write" } as const;
const club = { "workspace club": "write" } as const;

const shutOut = {
  state: "failed",
  outcome: "rejected",
  code: "no-access",
  message: "You are not in this scope any more.",
};

/** Nothing of what others wrote. */
const bare = { base: null, baseStamp: null, baseUpdatedAt: null };
const gone = { fields: null, stamp: null, serverId: null, userId: null };

/** A device with an edit of each kind that it has not sent, in a scope with rows of others. */
async function unsent() {
  const server = serverWith(both);
  for (const id of ["edited", "deleted", "untouched"])
    server.write("boards", id, { title: `${id} by others` }, "team");
  server.write("boards", "other", { title: "elsewhere" }, "club");
  server.write("cards", "card", { title: "by others", board: "untouched" }, "team");
  const device = await startMember({ server });
  device.setOnline(false);
  const boards = anyTable(device, "boards");
  const created = await boards.create({ scopeId: "team", title: "mine" });
  const edited = await boards.update("edited", { title: "edited by me" });
  const deleted = await boards.remove("deleted");
  return { server, device, boards, created, edited, deleted };
}

async function comeBack(device: Device): Promise<void> {
  device.setOnline(true);
  await settle();
}

describe("I14: a user who is taken out of a scope", () => {
  it("holds none of its rows any more, and all of the others", async () => {
    const { server, device, created } = await unsent();
    tell(server, club);
    await comeBack(device);
    expect(await device.rows("boards")).toEqual({
      other: { title: "elsewhere" },
      [created.clientId]: { title: "mine" },
    });
    expect(await device.rows("cards")).toEqual({});
    expect(await device.row("boards", created.clientId)).toMatchObject({
      syncStatus: "failed",
      scopeId: "team",
      userId: "user",
    });
    expect(device.sync.getStatus()).toMatchObject({ pendingCount: 0, failedCount: 3, error: null });
    const keys = ["table:boards/team", "table:cards/team", "table:boards/club"] as const;
    expect(Object.keys(await device.store.readMetadata(keys))).toEqual(["table:boards/club"]);
  });

  it("I3: finds what was not sent among the issues, without what others wrote; nothing of it is sent", async () => {
    const { server, device, created } = await unsent();
    tell(server, club);
    await comeBack(device);
    expect(await device.ops()).toMatchObject([
      { ...shutOut, ...bare, kind: "create", fields: { title: "mine" }, server: gone },
      { ...shutOut, ...bare, kind: "update", fields: { title: "edited by me" }, server: gone },
      { ...shutOut, ...bare, kind: "delete", server: gone },
    ]);
    expect((await device.sync.issues()).map(({ mine, theirs }) => [mine, theirs])).toEqual([
      [{ title: "mine" }, null],
      [{ title: "edited by me" }, null],
      [{}, null],
    ]);
    expect(server.batches).toEqual([]);
    for (const { opId } of await device.sync.issues()) await device.sync.discard(opId);
    expect(await idsIn(device, "boards")).toEqual(["other"]);
    expect(await device.row("boards", created.clientId)).toBeNull();
    expect(await device.ops()).toEqual([]);
  });

  it("tells whoever waits for the answers", async () => {
    const { server, device, created, edited, deleted } = await unsent();
    tell(server, club);
    await comeBack(device);
    const { outcome, code, message } = shutOut;
    for (const { settled } of [created, edited, deleted])
      expect(await settled).toEqual({ outcome, code, message });
  });

  it("F4: finds out without writing or asking for anything", async () => {
    const server = serverWith(both);
    server.write("boards", "b1", { title: "by others" }, "team");
    const device = await startMember({ server });
    const changed: string[][] = [];
    device.sync.onRowsChanged((tables) => changed.push([...tables]));
    tell(server, club);
    await settle();
    expect(await idsIn(device, "boards")).toEqual([]);
    expect(changed.flat()).toContain("boards");
  });

  it("is in no scope any more where the server is one that knows of none", async () => {
    const { server, device } = await unsent();
    server.scopes = null;
    await comeBack(device);
    expect(device.sync.scopes.get()).toEqual([]);
    expect(await idsIn(device, "boards")).toHaveLength(1);
    expect(device.sync.getStatus().failedCount).toBe(3);
  });

  it("keeps an edit that lost as one that lost, and one that waits for a choice as failed", async () => {
    const server = serverWith(both);
    server.write("cards", "c", { title: "0", board: null }, "team");
    server.write("plans", "p", { title: "0" }, "team");
    const device = await startMember({ server });
    device.setOnline(false);
    await anyTable(device, "cards").update("c", { title: "my card" });
    await anyTable(device, "plans").update("p", { title: "my plan" });
    server.write("cards", "c", { title: "their card" }, "team");
    server.write("plans", "p", { title: "their plan" }, "team");
    await comeBack(device);
    expect((await device.ops()).map(({ state }) => state)).toEqual(["superseded", "conflict"]);
    tell(server, club);
    await settle();
    expect(await device.ops()).toMatchObject([
      { state: "superseded", ...bare, fields: { title: "my card" }, server: gone },
      { ...shutOut, ...bare, fields: { title: "my plan" }, server: gone },
    ]);
    expect([await device.rows("cards"), await device.rows("plans")]).toEqual([{}, {}]);
    const [lost, failed] = await device.sync.issues();
    await device.sync.dismiss(lost?.opId ?? "");
    await device.sync.discard(failed?.opId ?? "");
    expect(await device.ops()).toEqual([]);
  });

  it("leaves an op that had failed before with its own reason", async () => {
    const server = serverWith(both);
    server.write("boards", "b", { title: "by others" }, "team");
    server.invalid = () => true;
    const device = await startMember({ server });
    await anyTable(device, "boards").update("b", { title: "mine" });
    await settle();
    tell(server, club);
    await settle();
    expect(await device.ops()).toMatchObject([{ code: "invalid", ...bare, server: gone }]);
    expect(await device.rows("boards")).toEqual({});
  });

  it("holds a row that others have created, too, as its user created it", async () => {
    const server = serverWith(both);
    server.invalid = () => true;
    const device = await startMember({ server });
    device.setOnline(false);
    const values = { scopeId: "team", name: "urgent" };
    const { clientId } = await anyTable(device, "labels").create({ ...values, color: "red" });
    server.write("labels", clientId, { name: "urgent", color: "blue" }, "team");
    await comeBack(device);
    expect(await device.row("labels", clientId)).toMatchObject({
      userId: "somebody",
      serverId: `server-${clientId}`,
    });
    tell(server, club);
    await settle();
    expect(await device.row("labels", clientId)).toMatchObject({
      userId: "user",
      serverId: null,
      fields: { name: "urgent", color: "red" },
    });
  });

  it("I16: sends the rest of a batch over two scopes once what failed of it is given up", async () => {
    const server = serverWith(both);
    const device = await startMember({ server });
    device.setOnline(false);
    await device.sync.batch((tables) => {
      const { boards } = tables as unknown as Record<
        string,
        { create: (values: object) => string }
      >;
      boards?.create({ scopeId: "team", title: "team" });
      boards?.create({ scopeId: "club", title: "club" });
    });
    tell(server, club);
    await comeBack(device);
    expect((await device.ops()).map(({ state }) => state)).toEqual(["failed", "waiting"]);
    expect(server.batches).toEqual([]);
    const [issue] = await device.sync.issues();
    await device.sync.discard(issue?.opId ?? "");
    await settle();
    expect(Object.values(server.rows("boards"))).toEqual([{ title: "club" }]);
    expect(await device.ops()).toEqual([]);
  });
});

describe("a scope that is left while a batch is in flight", () => {
  /** The answer to an edit and to a create is lost; `fault`: whether they landed. */
  async function inFlight(fault: "lost" | "network") {
    const server = serverWith(both);
    server.write("boards", "b", { title: "by others" }, "team");
    const device = await startMember({ server });
    const boards = anyTable(device, "boards");
    device.setOnline(false);
    const edited = await boards.update("b", { title: "edited by me" });
    const created = await boards.create({ scopeId: "team", title: "mine" });
    server.faults.push.push(fault, "network");
    await comeBack(device);
    tell(server, club);
    // The second try fails, too, after the device has heard that it is out.
    await settle();
    return { server, device, boards, edited, created };
  }

  it("I2, I14: sends the batch as it was, and shows nothing of others until it is answered", async () => {
    const { server, device, created } = await inFlight("network");
    expect(await device.ops()).toMatchObject([
      { state: "sealed", base: { title: "by others" } },
      { state: "sealed", base: null },
    ]);
    expect(await device.rows("boards")).toEqual({ [created.clientId]: { title: "mine" } });
    await device.time.pass(60_000);
    const [first, ...others] = server.batches;
    expect(others.length).toBeGreaterThan(0);
    for (const batch of others) expect(batch).toEqual(first);
  });

  it("I3: surfaces what did not land", async () => {
    const { device, edited, created } = await inFlight("network");
    await device.time.pass(60_000);
    expect(await edited.settled).toMatchObject({ outcome: "rejected", code: "no-access" });
    expect(await device.ops()).toMatchObject([
      { state: "failed", code: "no-access", ...bare, fields: { title: "edited by me" } },
      { state: "failed", code: "no-access", ...bare, fields: { title: "mine" } },
    ]);
    expect(await device.rows("boards")).toEqual({ [created.clientId]: { title: "mine" } });
  });

  it("I2: learns of what landed that it did, and holds it no longer", async () => {
    const { server, device, edited, created } = await inFlight("lost");
    await device.time.pass(60_000);
    expect((await edited.settled).outcome).toBe("applied");
    expect((await created.settled).outcome).toBe("applied");
    expect(server.rows("boards")).toMatchObject({ b: { title: "edited by me" } });
    expect(await device.ops()).toEqual([]);
    expect(await device.rows("boards")).toEqual({});
  });

  it("I3: keeps what was written behind it, which fails by itself", async () => {
    const server = serverWith(both);
    server.write("boards", "b", { title: "by others" }, "team");
    const device = await startMember({ server });
    const boards = anyTable(device, "boards");
    device.setOnline(false);
    const { clientId } = await boards.create({ scopeId: "team", title: "first" });
    await boards.update("b", { title: "one" });
    server.faults.push.push("lost", "network");
    await comeBack(device);
    await boards.update(clientId, { title: "second" });
    await boards.update("b", { title: "two" });
    tell(server, club);
    await settle();
    expect(await device.row("boards", clientId)).toMatchObject({
      fields: { title: "second" },
      syncStatus: "failed",
    });
    await device.time.pass(60_000);
    expect(await device.ops()).toMatchObject([
      { ...shutOut, ...bare, fields: { title: "second" } },
      { ...shutOut, ...bare, fields: { title: "two" } },
    ]);
    expect(await device.rows("boards")).toEqual({});
  });

  it("I14: keeps nothing of an answer that was on its way while another tab left the scope", async () => {
    const server = serverWith(both);
    server.write("boards", "b", { title: "by others" }, "team");
    const { backend } = server;
    let release: () => void = () => undefined;
    const push: typeof backend.push = async (batch) => {
      const reply = await backend.push(batch);
      await new Promise<void>((resolve) => (release = resolve));
      return reply;
    };
    const device = await startMember({ server, ports: { backend: { ...backend, push } } });
    const boards = anyTable(device, "boards");
    const first = await boards.update("b", { title: "one" });
    await settle();
    await boards.update("b", { title: "two" });
    const beside = await device.beside({ server, online: true, ports: {} });
    server.faults.push.push("network");
    tell(server, club);
    await beside.sync.start();
    await settle();
    release();
    await settle();
    expect((await first.settled).outcome).toBe("applied");
    expect(await device.ops()).toMatchObject([
      { ...shutOut, ...bare, fields: { title: "two" }, server: gone },
    ]);
    expect(await device.rows("boards")).toEqual({});
  });

  it("I14: keeps nothing of others in an op that the server fails on", async () => {
    const { server, device } = await inFlight("network");
    server.poison = (op) => op.clientId === "b";
    await device.time.pass(10 * 60_000);
    const ops = await device.ops();
    expect(ops.map(({ code }) => code).sort()).toEqual(["failed", "no-access"]);
    for (const op of ops) expect(op).toMatchObject({ ...bare, server: gone });
    expect(await device.row("boards", "b")).toBeNull();
  });
});

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
    expect(device.sync.scopes.get()).toMatchObject([{ scopeId: "club" }]);
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
    expect(slow.sync.scopes.get()).toMatchObject([{ scopeId: "club" }]);
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
    expect(device.sync.scopes.get()).toHaveLength(2);
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
