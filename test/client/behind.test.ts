import { describe, expect, it } from "vitest";
import type { Backend, OpState } from "../../templates/client/sync/ports";
import type { Policy } from "../../templates/shared/policy";
import { manual } from "../../templates/shared/policies/manual";
import { serverWins } from "../../templates/shared/policies/serverWins";
import type { Op, RejectionCode } from "../../templates/shared/protocol";
import { naturalId } from "../../templates/shared/naturalId";
import { createFakeServer, type FakeServer } from "./fakeServer";
import { registry, tables } from "./fixture/registry";
import { settle, startDevice } from "./world";

const task = (text: string) => ({
  text,
  done: false,
  priority: "normal",
  project: null,
  weight: null,
  details: null,
});

/** The fixture with another policy for the table that has a natural key. */
const withReactions = (policy: Policy) => ({
  ...registry,
  tables: { ...tables, reactions: { ...tables.reactions, policy } },
});

const m1 = naturalId("user", "reactions", ["m1"]);

/** A device that is in sync; from then on its calls are answered only when told to. */
async function gatedDevice(server: FakeServer, policy = tables.reactions.policy) {
  const gate = { held: false, rows: true, open: () => undefined as void };
  const passed = async <Reply>(reply: Reply): Promise<Reply> => {
    if (gate.held) await new Promise<void>((resolve) => (gate.open = resolve));
    return reply;
  };
  const backend: Backend = {
    ...server.backend,
    push: async (batch) => {
      const reply = await passed(await server.backend.push(batch));
      if (gate.rows || reply.status !== "ok") return reply;
      return { ...reply, results: reply.results.map((result) => ({ ...result, row: null })) };
    },
    pull: async (request) => passed(await server.backend.pull(request)),
  };
  const device = await startDevice({ server, registry: withReactions(policy), ports: { backend } });
  gate.held = true;
  const release = async () => {
    gate.held = false;
    gate.open();
    await settle();
  };
  return { device, gate, release };
}

/** A device whose ops are all rejected; two fields of its tasks refer to tasks. */
async function refusedDevice(codeOf: (op: Op) => RejectionCode) {
  const { tasks } = tables;
  const task = { kind: "reference", optional: true, references: "tasks" } as const;
  const rules = { ...tasks.rules, fields: { ...tasks.rules.fields, project: task, text: task } };
  const server = createFakeServer();
  let calls = 0;
  const backend: Backend = {
    ...server.backend,
    push: async ({ ops }) => {
      // Who sends the same for ever is to fail here, and not to go on for ever.
      if ((calls += 1) > 5) await new Promise(() => undefined);
      return {
        status: "ok",
        stamp: "1".padStart(19, "0"),
        serverTime: 1,
        epoch: server.epoch,
        results: ops.map((op) => ({
          opId: op.opId,
          outcome: "rejected",
          code: codeOf(op),
          message: null,
          row: null,
        })),
      };
    },
  };
  return startDevice({
    server,
    registry: { ...registry, tables: { ...tables, tasks: { ...tasks, rules } } },
    ports: { backend },
  });
}

describe("an edit behind an op in flight", () => {
  it("I16: stays when that is rejected, waits for it, and goes out when it is given up", async () => {
    const server = createFakeServer();
    server.write("tasks", "t1", task("one"));
    server.invalid = ({ fields }) => fields.text === "bad";
    const { device, release } = await gatedDevice(server);
    await device.sync.table("tasks").update("t1", { text: "bad" });
    await settle();
    await device.sync.table("tasks").update("t1", { done: true });
    await release();
    expect((await device.ops()).map(({ state }) => state)).toEqual(["failed", "waiting"]);
    expect(await device.row("tasks", "t1")).toMatchObject({
      syncStatus: "failed",
      fields: { text: "bad", done: true },
    });
    const [issue] = await device.sync.issues();
    await device.sync.discard(issue?.opId ?? "");
    await settle();
    expect(server.rows("tasks").t1).toMatchObject({ text: "one", done: true });
    expect(await device.ops()).toEqual([]);
  });

  it.each<[string, RejectionCode, OpState[]]>([
    ["waits for a row that failed for a reason of its own", "invalid", ["waiting", "failed"]],
    // Sent again, they would be rejected again: somebody has to see it.
    ["fails with a row that was rejected for it alone", "missing-reference", ["failed", "failed"]],
  ])("I16: in a circle, an op %s", async (_name, code, states) => {
    const device = await refusedDevice(({ fields: { text } }) =>
      text === "b" ? code : "missing-reference",
    );
    device.setOnline(false);
    const a = await device.sync.table("tasks").create({ text: "a" });
    const b = await device.sync.table("tasks").create({ text: "b", project: a.clientId });
    await device.sync.table("tasks").update(a.clientId, { project: b.clientId });
    device.setOnline(true);
    await settle();
    expect((await device.ops()).map(({ state }) => state)).toEqual(states);
  });

  it("I16: in a circle, an op fails with its group when that was rejected for it alone", async () => {
    const device = await refusedDevice(({ fields }) =>
      fields.project === null ? "group" : "missing-reference",
    );
    device.setOnline(false);
    const b = await device.sync.table("tasks").create({ text: "nothing" });
    const [a, mate] = await device.sync.batch(({ tasks }) => {
      tasks.create({ text: "nothing", project: b.clientId });
      tasks.create({ text: "nothing" });
    });
    await device.sync
      .table("tasks")
      .update(b.clientId, { project: a?.clientId ?? "", text: mate?.clientId ?? "" });
    device.setOnline(true);
    await settle();
    expect((await device.ops()).map(({ state }) => state)).toEqual(["failed", "failed", "failed"]);
  });

  it("is told what became of it when that waits again, for a row that it references, and takes it along", async () => {
    const server = createFakeServer();
    server.invalid = ({ fields }) => fields.name === "bad";
    const { device, release } = await gatedDevice(server);
    device.setOnline(false);
    const project = await device.sync.table("projects").create({ name: "bad" });
    const child = await device.sync
      .table("tasks")
      .create({ text: "child", project: project.clientId });
    device.setOnline(true);
    await settle();
    const edit = await device.sync.table("tasks").update(child.clientId, { done: true });
    await release();
    expect(await edit.settled).toMatchObject({ outcome: "merged-away" });
    expect((await device.ops()).map(({ table, state }) => [table, state])).toEqual([
      ["projects", "failed"],
      ["tasks", "waiting"],
    ]);
  });

  it("I16: stays when the server throws at that, whatever becomes of it", async () => {
    const server = createFakeServer();
    server.write("tasks", "t1", task("one"));
    const device = await startDevice({ server });
    server.poison = ({ fields }) => fields.text === "bad";
    await device.sync.table("tasks").update("t1", { text: "bad" });
    await settle();
    await device.sync.table("tasks").update("t1", { done: true });
    await device.time.pass(600_000);
    expect((await device.ops()).map(({ state }) => state)).toEqual(["failed", "waiting"]);
    const [issue] = await device.sync.issues();
    await device.sync.discard(issue?.opId ?? "");
    await settle();
    expect(server.rows("tasks").t1).toMatchObject({ text: "one", done: true });
  });

  it("I8: of a natural key that is deleted and made again twice, makes the row and does not edit the deleted one", async () => {
    const server = createFakeServer(withReactions(serverWins));
    server.write("reactions", m1, { message: "m1", emoji: "old" });
    const { device, release } = await gatedDevice(server, serverWins);
    const { create, remove } = device.sync.table("reactions");
    await remove(m1);
    await settle();
    await create({ message: "m1", emoji: "first" });
    await remove(m1);
    await create({ message: "m1", emoji: "second" });
    expect((await device.ops()).map(({ kind }) => kind)).toEqual(["delete", "create"]);
    expect(await device.row("reactions", m1)).toMatchObject({ fields: { emoji: "second" } });
    await release();
    expect(server.rows("reactions")[m1]).toMatchObject({ emoji: "second" });
    expect(await device.ops()).toEqual([]);
  });

  it("I3 (C17): of a natural key that is taken, builds on what the create had made of the row", async () => {
    const server = createFakeServer(withReactions(serverWins));
    const { device, release } = await gatedDevice(server, serverWins);
    device.setOnline(false);
    await device.sync.table("reactions").create({ message: "m1", emoji: "mine" });
    server.write("reactions", m1, { message: "m1", emoji: "theirs" });
    device.setOnline(true);
    await settle();
    await device.sync.table("reactions").update(m1, { emoji: "edited" });
    await release();
    expect(await device.sync.issues()).toMatchObject([
      { kind: "create", state: "superseded" },
      { kind: "update", state: "superseded", base: { message: "m1", emoji: "mine" } },
    ]);
    expect(await device.row("reactions", m1)).toMatchObject({
      syncStatus: "synced",
      fields: { emoji: "theirs" },
    });
  });

  it("I8: shows what it was made on when the row is nowhere any more as the answer comes", async () => {
    const server = createFakeServer(withReactions(serverWins));
    const { device, gate, release } = await gatedDevice(server, serverWins);
    device.setOnline(false);
    await device.sync.table("reactions").create({ message: "m1", emoji: "mine" });
    server.write("reactions", m1, { message: "m1", emoji: "theirs" });
    device.setOnline(true);
    await settle();
    await device.sync.table("reactions").update(m1, { emoji: "edited" });
    gate.rows = false;
    device.setOnline(false);
    server.forgetRow("reactions", m1);
    server.invalid = () => true;
    await release();
    expect((await device.row("reactions", m1))?.fields).toEqual({ message: "m1", emoji: "edited" });
    const [, edit] = await device.ops();
    await device.sync.discard(edit?.opId ?? "");
    expect((await device.row("reactions", m1))?.fields).toEqual({ message: "m1", emoji: "mine" });
  });

  it("shows no row when the server's, which it was an edit of in the end, is deleted", async () => {
    const server = createFakeServer(withReactions(manual));
    const { device, release } = await gatedDevice(server, manual);
    device.setOnline(false);
    await device.sync.table("reactions").create({ message: "m1", emoji: "mine" });
    server.write("reactions", m1, { message: "m1", emoji: "theirs" });
    device.setOnline(true);
    await settle();
    await device.sync.table("reactions").update(m1, { emoji: "edited" });
    await release();
    server.invalid = () => true;
    const [conflict] = await device.sync.issues();
    await device.sync.resolve(conflict?.opId ?? "", "theirs");
    await settle();
    expect((await device.row("reactions", m1))?.fields.emoji).toBe("edited");
    server.write("reactions", m1, null);
    await settle();
    expect(await device.row("reactions", m1)).toBeNull();
    expect(await device.sync.issues()).toMatchObject([{ state: "failed", theirs: null }]);
  });
});

describe("a superseded edit", () => {
  it("I3: stays until it is dismissed, whatever becomes of later edits of its row", async () => {
    const server = createFakeServer();
    server.write("notes", "n1", { body: "one" });
    const device = await startDevice({ server });
    device.setOnline(false);
    await device.sync.table("notes").update("n1", { body: "lost" });
    server.write("notes", "n1", { body: "theirs" });
    device.setOnline(true);
    await settle();
    await device.sync.table("notes").update("n1", { body: "again" });
    await settle();
    expect(server.rows("notes").n1).toEqual({ body: "again" });
    server.invalid = ({ fields }) => fields.body === "bad";
    await device.sync.table("notes").update("n1", { body: "bad" });
    await settle();
    server.write("notes", "n1", { body: "newer" });
    await settle();
    // Fetching everything again changes nothing about it.
    server.horizon = server.write("notes", "n2", { body: "other" });
    await settle();
    await device.sync.syncNow();
    expect(await device.sync.issues()).toMatchObject([
      { state: "superseded", mine: { body: "lost" }, theirs: { body: "theirs" } },
      { state: "failed", mine: { body: "bad" }, theirs: { body: "newer" } },
    ]);
    const [lost, failed] = await device.sync.issues();
    await device.sync.discard(failed?.opId ?? "");
    expect((await device.row("notes", "n1"))?.fields.body).toBe("newer");
    await device.sync.dismiss(lost?.opId ?? "");
    expect(await device.ops()).toEqual([]);
  });
});

describe("a failed op that waits again", () => {
  it("joins the edit of a synced row that was made since", async () => {
    const server = createFakeServer();
    server.write("tasks", "t1", task("one"));
    server.invalid = ({ fields }) => fields.text === "bad";
    const device = await startDevice({ server });
    await device.sync.table("tasks").update("t1", { text: "bad" });
    await settle();
    await device.sync.table("tasks").update("t1", { done: true });
    server.invalid = () => false;
    await device.sync.retryAll();
    await settle();
    expect(server.batches.at(-1)?.ops).toMatchObject([{ fields: { text: "bad", done: true } }]);
    expect(server.rows("tasks").t1).toMatchObject({ text: "bad", done: true });
    expect(await device.ops()).toEqual([]);
  });

  it("ends with the removal of a row that the server never had", async () => {
    const server = createFakeServer();
    server.invalid = () => true;
    const device = await startDevice({ server });
    const { clientId } = await device.sync.table("tasks").create({ text: "a" });
    await settle();
    await device.sync.table("tasks").remove(clientId);
    expect((await device.ops()).map(({ kind }) => kind)).toEqual(["create", "delete"]);
    await device.sync.retryAll();
    await settle();
    expect(await device.ops()).toEqual([]);
    expect(await device.row("tasks", clientId)).toBeNull();
    expect(server.row("tasks", clientId)).toBeUndefined();
  });

  it("I3: deletes the row of its natural key that came from elsewhere, as was asked since", async () => {
    const server = createFakeServer();
    server.invalid = ({ fields }) => fields.emoji === "mine";
    const device = await startDevice({ server });
    await device.sync.table("reactions").create({ message: "m1", emoji: "mine" });
    await settle();
    server.write("reactions", m1, { message: "m1", emoji: "theirs" });
    await settle();
    await device.sync.table("reactions").remove(m1);
    const [issue] = await device.sync.issues();
    await device.sync.retry(issue?.opId ?? "");
    await settle();
    expect(server.row("reactions", m1)?.deleted).toBe(true);
    expect([await device.rows("reactions"), await device.ops()]).toEqual([{}, []]);
  });

  it("has the time of its correction for a field that it did not hold (C11)", async () => {
    const server = createFakeServer();
    server.write("pages", "p1", { title: "t", body: "b" });
    server.invalid = () => true;
    const device = await startDevice({ server });
    await device.sync.table("pages").update("p1", { title: "bad" });
    await settle();
    device.setOnline(false);
    device.time.now += 1_000;
    const [failed] = await device.ops();
    await device.sync.edit(failed?.opId ?? "", { body: "new" });
    const [again] = await device.ops();
    expect(again?.clocks).toEqual({ title: failed?.edited, body: again?.edited });
    expect(again?.edited).not.toBe(failed?.edited);
  });
});

describe("a create that waits", () => {
  it("I3: and a removal delete the row of the natural key that came from elsewhere meanwhile", async () => {
    const server = createFakeServer();
    const { device, release } = await gatedDevice(server);
    server.write("reactions", m1, { message: "m1", emoji: "theirs" });
    await settle();
    await device.sync.table("reactions").create({ message: "m1", emoji: "mine" });
    device.setOnline(false);
    await release();
    await device.sync.table("reactions").remove(m1);
    expect(await device.ops()).toMatchObject([
      { kind: "delete", fields: {}, base: { emoji: "theirs" } },
    ]);
    device.setOnline(true);
    await settle();
    expect(server.row("reactions", m1)?.deleted).toBe(true);
    expect([await device.rows("reactions"), await device.ops()]).toEqual([{}, []]);
  });
});

describe("a conflict", () => {
  it("whose row vanished from the server is settled by mine, which makes the row anew", async () => {
    const server = createFakeServer();
    server.write("documents", "d1", { title: "base", body: "body" });
    const device = await startDevice({ server });
    device.setOnline(false);
    await device.sync.table("documents").update("d1", { title: "mine" });
    server.write("documents", "d1", { title: "theirs" });
    device.setOnline(true);
    await settle();
    server.forgetRow("documents", "d1");
    server.horizon = server.write("documents", "d2", { title: "other", body: null });
    await settle();
    await device.sync.syncNow();
    const [issue] = await device.sync.issues();
    expect(issue?.theirs).toBeNull();
    await device.sync.resolve(issue?.opId ?? "", "mine");
    await settle();
    expect(server.rows("documents").d1).toEqual({ title: "mine", body: "body" });
    expect(await device.ops()).toEqual([]);
  });
});

describe("a row by its natural key, of which only a failed edit is left", () => {
  /** The server deleted the row, and rejected the edit of it. */
  async function failedEdit() {
    const server = createFakeServer();
    server.write("reactions", m1, { message: "m1", emoji: "old" });
    const device = await startDevice({ server });
    device.setOnline(false);
    const { create, update } = device.sync.table("reactions");
    await update(m1, { emoji: "mine" });
    server.write("reactions", m1, null);
    server.invalid = ({ kind }) => kind === "update";
    device.setOnline(true);
    await settle();
    device.setOnline(false);
    const [failed] = await device.ops();
    expect(failed).toMatchObject({ state: "failed", server: { fields: null } });
    const discard = () => device.sync.discard(failed?.opId ?? "");
    const shown = async () => (await device.row("reactions", m1))?.fields.emoji;
    return { server, device, create, update, discard, shown };
  }

  it("I8: is made anew by a create, not edited", async () => {
    const { server, device, create, discard, shown } = await failedEdit();
    await create({ message: "m1", emoji: "again" });
    expect(await shown()).toBe("again");
    await discard();
    expect(await shown()).toBe("again");
    device.setOnline(true);
    await settle();
    expect(server.rows("reactions")[m1]).toEqual({ message: "m1", emoji: "again" });
    expect(await device.ops()).toEqual([]);
  });

  it("I8: is made anew by a create that joins an edit", async () => {
    const { server, device, create, update, discard, shown } = await failedEdit();
    await update(m1, { emoji: "later" });
    await discard();
    expect(await shown()).toBeUndefined();
    await create({ message: "m1", emoji: "again" });
    expect(await shown()).toBe("again");
    expect(await device.ops()).toMatchObject([{ kind: "create", base: null }]);
    device.setOnline(true);
    await settle();
    expect(server.rows("reactions")[m1]).toEqual({ message: "m1", emoji: "again" });
  });

  it("I3: made anew and deleted again, is deleted on the server too, where an edit in flight brings it back", async () => {
    const server = createFakeServer();
    const device = await startDevice({ server });
    const { create, update, remove } = device.sync.table("reactions");
    await create({ message: "m1", emoji: "one" });
    await settle();
    device.setOnline(false);
    await update(m1, { emoji: "two" });
    server.write("reactions", m1, null);
    server.faults.push.push("server");
    device.setOnline(true);
    await settle();
    device.setOnline(false);
    expect(await device.ops()).toMatchObject([{ state: "sealed", server: { fields: null } }]);
    await create({ message: "m1", emoji: "again" });
    await remove(m1);
    expect((await device.ops()).map(({ kind, state }) => [kind, state])).toEqual([
      ["update", "sealed"],
      ["delete", "waiting"],
    ]);
    device.setOnline(true);
    await settle();
    expect(server.rows("reactions")).toEqual({});
    expect(await device.ops()).toEqual([]);
  });
});
