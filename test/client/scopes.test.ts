import { describe, expect, expectTypeOf, it } from "vitest";
import type { LiveScopes, Sync } from "../../templates/client/sync/types";
import { anyTable } from "./anyTable";
import { createFakeServer } from "./fakeServer";
import { scopedRegistry } from "./fixture/scopes";
import { createMember, idsIn, serverWith, startMember, tell } from "./members";
import { settle, type Device } from "./world";

const feedsAsked = (pulls: ReturnType<typeof serverWith>["pulls"]) =>
  pulls.map(({ table, scopeId }) => (scopeId === undefined ? table : `${table}/${scopeId}`));

const progressOf = async (device: Device, feed: string) =>
  (await device.store.readMetadata([`table:${feed}`]))[`table:${feed}`];

describe("reading what several people share", () => {
  it("I9, I14: holds the rows of the scopes that the server names, each by whoever created it", async () => {
    const server = serverWith({ "workspace team": "write", "household home": "read" });
    server.write("boards", "b1", { title: "ours" }, "team");
    server.write("boards", "b2", { title: "theirs" }, "others");
    server.write("chores", "c1", { title: "dishes" }, "home");
    server.write("notes", "n1", { body: "mine" });
    const device = await startMember({ server });
    expect(await idsIn(device, "boards")).toEqual(["b1"]);
    expect(await device.row("boards", "b1")).toMatchObject({ scopeId: "team", userId: "somebody" });
    expect(await device.row("chores", "c1")).toMatchObject({ scopeId: "home" });
    expect(await device.row("notes", "n1")).toMatchObject({ scopeId: null, userId: "user" });
  });

  it("I5: has a cursor for each table in each scope, and asks for no scope of another kind", async () => {
    const server = serverWith({ "workspace team": "write", "workspace club": "write" });
    await startMember({ server });
    const asked = new Set(feedsAsked(server.pulls));
    expect([...asked].sort()).toEqual(
      ["boards", "cards", "labels", "plans"]
        .flatMap((table) => [`${table}/club`, `${table}/team`])
        .concat("notes")
        .sort(),
    );
  });

  it("fetches parents before children in each scope", async () => {
    const server = serverWith({ "workspace team": "write", "workspace club": "write" });
    await startMember({ server });
    const order = feedsAsked(server.pulls);
    for (const scopeId of ["team", "club"])
      expect(order.indexOf(`boards/${scopeId}`)).toBeLessThan(order.indexOf(`cards/${scopeId}`));
  });

  it("A04: asks for the scope alone that something changed in", async () => {
    const server = serverWith({ "workspace team": "write", "workspace club": "write" });
    const device = await startMember({ server });
    const before = server.pulls.length;
    server.write("cards", "c1", { title: "card", board: null }, "club");
    await settle();
    expect(feedsAsked(server.pulls.slice(before))).toEqual(["cards/club"]);
    expect(await idsIn(device, "cards")).toEqual(["c1"]);
  });

  it("fetches one scope again without looking at another, when only its cursor is too old", async () => {
    const server = serverWith({ "workspace team": "write", "workspace club": "write" });
    server.write("boards", "t1", { title: "team" }, "team");
    server.write("boards", "c1", { title: "club" }, "club");
    server.write("boards", "c2", { title: "club" }, "club");
    const device = await startMember({ server });
    server.forgetRow("boards", "c1");
    const before = server.pulls.length;
    server.horizon = server.write("boards", "c3", { title: "club" }, "club");
    await settle();
    expect(new Set(feedsAsked(server.pulls.slice(before)))).toEqual(new Set(["boards/club"]));
    expect(await idsIn(device, "boards")).toEqual(["c2", "c3", "t1"]);
  });

  it("I3: what is pending in another scope stays as it is meanwhile", async () => {
    const server = serverWith({ "workspace team": "write", "workspace club": "write" });
    server.write("boards", "t1", { title: "team" }, "team");
    server.write("boards", "c1", { title: "club" }, "club");
    server.invalid = () => true;
    const device = await startMember({ server });
    await anyTable(device, "boards").update("t1", { title: "mine" });
    await settle();
    const [before] = await device.ops();
    server.horizon = server.write("boards", "c2", { title: "club" }, "club");
    await settle();
    expect(await device.ops()).toEqual([before]);
    await device.sync.discard(before?.opId ?? "");
    expect((await device.row("boards", "t1"))?.fields).toEqual({ title: "team" });
  });

  it("A11: is complete once every scope that it knew at first is here; later ones do not take it back", async () => {
    const server = serverWith({ "workspace team": "write" });
    server.write("boards", "b1", { title: "ours" }, "team");
    server.faults.pull.push(null, null, "network");
    const device = await startMember({ server });
    const { initialSync } = device.sync.getStatus();
    expect(initialSync).toMatchObject({ complete: false, tablesTotal: 5, table: "boards" });
    const again = await device.restart();
    await again.sync.start();
    await settle();
    expect(again.sync.getStatus().initialSync).toMatchObject({
      complete: true,
      tablesDone: 5,
      rows: 1,
    });
    server.faults.pull.push("network");
    tell(server, { "workspace team": "write", "household home": "read" });
    await settle();
    expect(again.sync.getStatus().initialSync).toMatchObject({ complete: true, tablesTotal: 6 });
  });

  it("A11: is not complete before the server has said which scopes there are", async () => {
    const server = serverWith({});
    const device = await createMember({ server, online: false });
    expect(device.sync.scopes?.get()).toBeNull();
    await device.sync.start();
    expect(device.sync.scopes?.get()).toBeNull();
    expect(device.sync.getStatus().initialSync).toMatchObject({ complete: false, tablesTotal: 1 });
    device.setOnline(true);
    await settle();
    expect(device.sync.getStatus().initialSync.complete).toBe(true);
  });

  it("A11: is complete for somebody in no scope, where nothing else is to be downloaded", async () => {
    const { boards } = scopedRegistry.tables;
    const registry = { ...scopedRegistry, tables: { boards } };
    const server = createFakeServer(registry);
    const device = await startMember({ server, registry, online: false });
    expect(device.sync.getStatus().initialSync).toMatchObject({ complete: false, tablesTotal: 0 });
    device.setOnline(true);
    await settle();
    expect(device.sync.getStatus()).toMatchObject({
      phase: "idle",
      initialSync: { complete: true },
    });
    const again = await device.restart({ server, online: false });
    await again.sync.start();
    expect(again.sync.getStatus().initialSync.complete).toBe(true);
  });

  it("knows its scopes after a start without a connection", async () => {
    const server = serverWith({ "workspace team": "read" });
    server.write("boards", "b1", { title: "ours" }, "team");
    const device = await startMember({ server });
    const again = await device.restart({ server, online: false });
    await again.sync.start();
    expect(again.sync.scopes?.get()).toEqual([
      { scope: "workspace", scopeId: "team", access: "read" },
    ]);
    expect(await idsIn(again, "boards")).toEqual(["b1"]);
    expect(again.sync.getStatus().initialSync.complete).toBe(true);
  });

  it("I5: goes on with every scope where it was, and starts at the beginning of a new one", async () => {
    const server = serverWith({ "workspace team": "write" });
    server.write("boards", "b1", { title: "ours" }, "team");
    const device = await startMember({ server });
    const cursor = await progressOf(device, "boards/team");
    const before = server.pulls.length;
    tell(server, { "workspace team": "write", "workspace club": "write" });
    await settle();
    const { pulls } = server;
    expect(pulls.slice(before)).toMatchObject(
      ["boards", "cards", "labels", "plans"].flatMap((table) => [
        { kind: "snapshot", table, scopeId: "club", cursor: null },
        { kind: "pull", table, scopeId: "club" },
      ]),
    );
    expect(await progressOf(device, "boards/team")).toBe(cursor);
    expect(await progressOf(device, "boards/club")).toContain('"complete":true');
  });

  it("F18: fetches everything of every scope again when the server has another history", async () => {
    const server = serverWith({ "workspace team": "write", "household home": "write" });
    server.write("boards", "b1", { title: "ours" }, "team");
    server.write("chores", "c1", { title: "dishes" }, "home");
    const device = await startMember({ server });
    server.epoch = "epoch-2";
    server.forgetRow("boards", "b1");
    server.forgetRow("chores", "c1");
    server.write("chores", "c2", { title: "floor" }, "home");
    await settle();
    expect(await idsIn(device, "boards")).toEqual([]);
    expect(await idsIn(device, "chores")).toEqual(["c2"]);
  });

  it("reads an answer with an access that this app has never heard of as none", async () => {
    const server = serverWith({ "workspace team": "write" });
    const device = await startMember({ server });
    // A server that is newer than the app.
    tell(server, { "workspace team": "own" as "write" });
    await device.sync.syncNow();
    expect(device.sync.getStatus().error?.code).toBe("server");
    expect(device.sync.scopes?.get()).toMatchObject([{ access: "write" }]);
  });

  it("keeps what its user may do in a scope, however often and in whatever order the server names it", async () => {
    const server = serverWith({ "workspace team": "write", "workspace club": "read" });
    const device = await startMember({ server });
    const scopes = device.sync.scopes?.get();
    expect(scopes?.map(({ scopeId }) => scopeId)).toEqual(["club", "team"]);
    let commits = 0;
    device.onCommit = ({ metadata = {} }) => void ("scopes" in metadata && (commits += 1));
    server.scopes = [...(server.scopes ?? []), ...(server.scopes ?? [])].reverse();
    server.ringAll();
    await device.sync.syncNow();
    expect(device.sync.scopes?.get()).toBe(scopes);
    expect(commits).toBe(0);
  });

  it("tells whoever shows the scopes when they change, and gives the same while they do not", async () => {
    const server = serverWith({ "workspace team": "write" });
    const device = await startMember({ server });
    const heard = new Set<unknown>();
    const stop = device.sync.scopes?.subscribe(() => heard.add(device.sync.scopes?.get()));
    server.write("boards", "b1", { title: "ours" }, "team");
    await settle();
    expect([...heard]).toEqual([device.sync.scopes?.get()]);
    // Whatever comes after that.
    server.faults.pull.push("network");
    tell(server, { "workspace team": "read" });
    await settle();
    expect([...heard].at(-1)).toMatchObject([{ scopeId: "team", access: "read" }]);
    stop?.();
    const { size } = heard;
    tell(server, {});
    await settle();
    expect(heard.size).toBe(size);
    expect(device.sync.scopes?.get()).toEqual([]);
  });

  it("F7: gives the same scopes when another tab has had the database meanwhile", async () => {
    const server = serverWith({ "workspace team": "write" });
    const device = await startMember({ server });
    const scopes = device.sync.scopes?.get();
    const beside = await device.beside();
    await beside.sync.start();
    await settle();
    await device.sync.syncNow();
    expect(device.sync.scopes?.get()).toBe(scopes);
  });

  it("has its scopes by the type of the engine, which may have none only where no table has one", () => {
    expectTypeOf<Sync<typeof scopedRegistry>["scopes"]>().toEqualTypeOf<LiveScopes>();
    expectTypeOf<Sync["scopes"]>().toEqualTypeOf<LiveScopes | null>();
  });
});
