import { describe, expect, it } from "vitest";
import { naturalId } from "../../templates/shared/naturalId";
import { anyTable } from "./anyTable";
import { idsIn, serverWith, startMember, tell } from "./members";
import { settle } from "./world";

const writable = { "workspace team": "write", "workspace club": "write" } as const;

describe("writing where several people write", () => {
  it("creates a row in the scope that is named, and sends the scope with every op of it", async () => {
    const server = serverWith(writable);
    const device = await startMember({ server });
    const boards = anyTable(device, "boards");
    const { clientId } = await boards.create({ scopeId: "team", title: "new" });
    expect(await device.row("boards", clientId)).toMatchObject({
      scopeId: "team",
      userId: "user",
      syncStatus: "pending",
    });
    await settle();
    expect(await device.row("boards", clientId)).toMatchObject({
      scopeId: "team",
      syncStatus: "synced",
    });
    await boards.update(clientId, { title: "edited" });
    await settle();
    await boards.remove(clientId);
    await settle();
    const sent = server.batches.flatMap(({ ops }) => ops);
    expect(sent).toMatchObject([
      { kind: "create", scopeId: "team", fields: { title: "new" } },
      { kind: "update", scopeId: "team" },
      { kind: "delete", scopeId: "team" },
    ]);
    expect(server.row("boards", clientId)).toMatchObject({ scopeId: "team", deleted: true });
  });

  it("says nothing of scopes in ops of the user's own rows", async () => {
    const server = serverWith(writable);
    const device = await startMember({ server });
    await device.sync.table("notes").create({ body: "mine" });
    await settle();
    expect(server.batches[0]?.ops[0]).not.toHaveProperty("scopeId");
  });

  it("edits and deletes what others created, which stays theirs also when the delete is taken back", async () => {
    const server = serverWith(writable);
    server.write("boards", "b1", { title: "theirs" }, "team");
    const device = await startMember({ server });
    device.setOnline(false);
    await anyTable(device, "boards").update("b1", { title: "edited" });
    expect(await device.row("boards", "b1")).toMatchObject({ userId: "somebody" });
    await anyTable(device, "boards").remove("b1");
    expect(await device.row("boards", "b1")).toBeNull();
    const [op] = await device.ops();
    await device.sync.discard(op?.opId ?? "");
    expect(await device.row("boards", "b1")).toMatchObject({
      scopeId: "team",
      userId: "somebody",
      fields: { title: "theirs" },
    });
  });

  it("refuses a new row without a scope, or in what can be none", async () => {
    const device = await startMember({ server: serverWith(writable) });
    const boards = anyTable(device, "boards");
    for (const scopeId of [undefined, null, "", "a b", "x".repeat(101)])
      await expect(boards.create({ scopeId, title: "t" })).rejects.toMatchObject({
        code: "invalid-value",
        field: "boards.scopeId",
        message:
          "boards.scopeId: a new row needs the id of the workspace that it is in, 1 to 100 of the characters A-Z a-z 0-9 _ -",
      });
    expect(await device.ops()).toEqual([]);
  });

  it("moves no row to another scope, and gives none to a row of one's own", async () => {
    const server = serverWith(writable);
    server.write("boards", "b1", { title: "ours" }, "team");
    const device = await startMember({ server });
    const refused = { code: "invalid-value" };
    await expect(
      anyTable(device, "boards").update("b1", { scopeId: "club" }),
    ).rejects.toMatchObject(refused);
    await expect(
      anyTable(device, "notes").create({ body: "mine", scopeId: "team" }),
    ).rejects.toMatchObject(refused);
  });

  it("makes the same row of the same key in one scope, and two rows in two", async () => {
    const server = serverWith(writable);
    const device = await startMember({ server });
    const labels = anyTable(device, "labels");
    const first = await labels.create({ scopeId: "team", name: "urgent", color: "red" });
    const again = await labels.create({ scopeId: "team", name: "urgent", color: "blue" });
    const other = await labels.create({ scopeId: "club", name: "urgent", color: "green" });
    expect(first.clientId).toBe(naturalId("team", "labels", ["urgent"]));
    expect(again.clientId).toBe(first.clientId);
    expect(other.clientId).toBe(naturalId("club", "labels", ["urgent"]));
    await settle();
    expect(server.rows("labels")).toEqual({
      [first.clientId]: { name: "urgent", color: "blue" },
      [other.clientId]: { name: "urgent", color: "green" },
    });
  });

  it("I1: writes rows of several scopes together, each into its own", async () => {
    const server = serverWith(writable);
    const device = await startMember({ server });
    const written = await device.sync.batch((tables) => {
      const { boards, cards, notes } = tables as unknown as Record<
        string,
        { create: (values: object) => string }
      >;
      const board = boards?.create({ scopeId: "team", title: "board" });
      cards?.create({ scopeId: "team", title: "card", board });
      boards?.create({ scopeId: "club", title: "other" });
      notes?.create({ body: "mine" });
    });
    await settle();
    const scopes = await Promise.all(
      written.map(async ({ clientId }, position) => {
        const table = ["boards", "cards", "boards", "notes"][position] ?? "";
        return (await device.row(table, clientId))?.scopeId;
      }),
    );
    expect(scopes).toEqual(["team", "team", "club", null]);
    expect(device.sync.getStatus()).toMatchObject({ pendingCount: 0, failedCount: 0 });
  });
});

describe("what a user may do in a scope", () => {
  it("refuses a write of somebody who may only read, and changes nothing", async () => {
    const server = serverWith({ "workspace team": "read", "workspace club": "write" });
    server.write("boards", "b1", { title: "ours" }, "team");
    const device = await startMember({ server });
    const boards = anyTable(device, "boards");
    const refused = {
      code: "no-access",
      message: "You may read this workspace, and change nothing in it.",
    };
    await expect(boards.create({ scopeId: "team", title: "x" })).rejects.toMatchObject(refused);
    await expect(boards.update("b1", { title: "x" })).rejects.toMatchObject(refused);
    await expect(boards.remove("b1")).rejects.toMatchObject(refused);
    const both = device.sync.batch((tables) => {
      const { boards: writer } = tables as unknown as Record<
        string,
        { create: (values: object) => string }
      >;
      writer?.create({ scopeId: "club", title: "fine" });
      writer?.create({ scopeId: "team", title: "not" });
    });
    await expect(both).rejects.toMatchObject(refused);
    expect(await device.ops()).toEqual([]);
    expect(await idsIn(device, "boards")).toEqual(["b1"]);
    await boards.create({ scopeId: "club", title: "fine" });
  });

  it("takes the same id in another kind of scope for another one", async () => {
    const server = serverWith({ "workspace x": "write", "household x": "read" });
    const device = await startMember({ server });
    const refused = anyTable(device, "chores").create({ scopeId: "x", title: "dishes" });
    await expect(refused).rejects.toMatchObject({ code: "no-access" });
    await anyTable(device, "boards").create({ scopeId: "x", title: "board" });
    await settle();
    expect(await idsIn(device, "chores")).toEqual([]);
    expect(await idsIn(device, "boards")).toHaveLength(1);
  });

  it("learns at once that it may write, or no more", async () => {
    const server = serverWith({ "workspace team": "read" });
    const device = await startMember({ server });
    const create = () => anyTable(device, "boards").create({ scopeId: "team", title: "x" });
    await expect(create()).rejects.toMatchObject({ code: "no-access" });
    tell(server, { "workspace team": "write" });
    await settle();
    await create();
    await settle();
    tell(server, { "workspace team": "read" });
    await settle();
    await expect(create()).rejects.toMatchObject({ code: "no-access" });
    expect(await idsIn(device, "boards")).toHaveLength(1);
  });

  it("I3: surfaces what was written before it heard that it may only read, over the row of the server", async () => {
    const server = serverWith({ "workspace team": "write" });
    server.write("boards", "b1", { title: "theirs" }, "team");
    const device = await startMember({ server });
    device.setOnline(false);
    const { settled } = await anyTable(device, "boards").update("b1", { title: "mine" });
    tell(server, { "workspace team": "read" });
    device.setOnline(true);
    expect(await settled).toMatchObject({ outcome: "rejected", code: "no-access" });
    const [issue] = await device.sync.issues();
    expect(issue).toMatchObject({
      scopeId: "team",
      mine: { title: "mine" },
      theirs: { title: "theirs" },
    });
    await device.sync.discard(issue?.opId ?? "");
    expect(await device.rows("boards")).toEqual({ b1: { title: "theirs" } });
  });
});

describe("a scope that the device has not heard of", () => {
  it("takes writes, which land where the server knows it", async () => {
    const server = serverWith({});
    const device = await startMember({ server });
    // It was made a moment ago: the doorbell has not rung.
    server.scopes = [{ scope: "workspace", scopeId: "new", access: "write" }];
    const { settled, clientId } = await anyTable(device, "boards").create({
      scopeId: "new",
      title: "first",
    });
    expect((await settled).outcome).toBe("applied");
    await settle();
    expect(await device.row("boards", clientId)).toMatchObject({
      scopeId: "new",
      syncStatus: "synced",
    });
  });

  it("I14: keeps no row of it that no op is pending on, in case nobody ever tells of it", async () => {
    const server = serverWith({});
    const device = await startMember({ server });
    server.ringAll = () => undefined;
    server.scopes = [{ scope: "workspace", scopeId: "new", access: "write" }];
    const boards = anyTable(device, "boards");
    const { settled, clientId } = await boards.create({ scopeId: "new", title: "first" });
    expect(await device.row("boards", clientId)).not.toBeNull();
    await settled;
    await settle();
    expect(server.rows("boards")).toEqual({ [clientId]: { title: "first" } });
    expect(await device.row("boards", clientId)).toBeNull();
  });

  it("B1: shows what was written behind an answer, as it would anywhere", async () => {
    const server = serverWith({});
    const device = await startMember({ server });
    server.ringAll = () => undefined;
    server.scopes = [{ scope: "workspace", scopeId: "new", access: "write" }];
    device.setOnline(false);
    const boards = anyTable(device, "boards");
    const { clientId } = await boards.create({ scopeId: "new", title: "first" });
    server.faults.push.push("lost", null, "network");
    device.setOnline(true);
    await settle();
    await boards.update(clientId, { title: "second" });
    await device.time.pass(3_000);
    expect(await device.row("boards", clientId)).toMatchObject({
      fields: { title: "second" },
      syncStatus: "pending",
    });
    expect(await device.ops()).toMatchObject([
      { kind: "update", scopeId: "new", base: { title: "first" } },
    ]);
    await device.time.pass(60_000);
    expect(server.rows("boards")).toEqual({ [clientId]: { title: "second" } });
  });

  it("I3: surfaces what the server takes from nobody, and can give it up", async () => {
    const server = serverWith({});
    const device = await startMember({ server });
    const { settled, clientId } = await anyTable(device, "boards").create({
      scopeId: "nowhere",
      title: "typed",
    });
    expect(await settled).toMatchObject({ outcome: "rejected", code: "no-access" });
    expect(await device.row("boards", clientId)).toMatchObject({
      syncStatus: "failed",
      fields: { title: "typed" },
    });
    const [issue] = await device.sync.issues();
    expect(issue).toMatchObject({ code: "no-access", scopeId: "nowhere", theirs: null });
    await device.sync.discard(issue?.opId ?? "");
    expect(await idsIn(device, "boards")).toEqual([]);
    expect(await device.ops()).toEqual([]);
  });
});
