import { describe, expect, it } from "vitest";
import { anyTable } from "./anyTable";
import { bare, both, club, comeBack, gone, shutOut, unsent } from "./leaving";
import { idsIn, serverWith, startMember, tell } from "./members";
import { settle } from "./world";

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
