import { describe, expect, it } from "vitest";
import { opUpgrades } from "../../templates/client/sync/opUpgrades";
import type { Registry } from "../../templates/client/sync/registry";
import type { Upgrade } from "../../templates/shared/upgrade";
import { registry, tables } from "./fixture/registry";
import { createFakeServer } from "./fakeServer";
import { settle, startDevice } from "./world";

/** The fixture after an update of the app. */
function updated(upgrade: Upgrade["tables"], change: Registry["tables"] = {}): Registry {
  return {
    ...registry,
    schemaVersion: 2,
    upgrades: opUpgrades([{ from: 1, to: 2, tables: upgrade }], 2),
    tables: { ...tables, ...change },
  };
}

const returned = { returned: true } as const;

const task = { text: "a", isCompleted: false, priority: "normal", project: null, dueAt: null };

async function queued() {
  const server = createFakeServer();
  server.write("projects", "p0", { name: "zero" });
  const device = await startDevice({ server });
  device.setOnline(false);
  const project = await device.sync.table("projects").create({ name: "one" });
  await device.sync.table("projects").update("p0", { name: "edited" });
  const task = await device.sync.table("tasks").create({ text: "a", priority: "low" });
  return { server, device, project, task };
}

describe("I20: after an update of the app", () => {
  it("queued ops are of the new schema, in values, base and version", async () => {
    const { server, device } = await queued();
    const next = updated({ projects: { added: { colour: "blue" } } });
    const again = await device.restart({ server, registry: next });
    await again.sync.pendingCount("projects");
    const ops = await again.ops();
    expect(ops.map(({ schemaVersion }) => schemaVersion)).toEqual([2, 2, 2]);
    expect(ops[0]).toMatchObject({ fields: { name: "one", colour: "blue" } });
    expect(ops[1]).toMatchObject({
      fields: { name: "edited" },
      base: { name: "zero", colour: "blue" },
    });
  });

  it("what the server has beside an op is of the new schema, too", async () => {
    const server = createFakeServer();
    server.write("documents", "d1", { title: "base", body: null });
    const device = await startDevice({ server });
    device.setOnline(false);
    await device.sync.table("documents").update("d1", { title: "mine" });
    server.write("documents", "d1", { title: "theirs" });
    device.setOnline(true);
    await settle();
    const next = updated({ documents: { added: { colour: "blue" } } });
    const again = await device.restart({ server, registry: next, online: false });
    expect(await again.sync.issues()).toMatchObject([
      { state: "conflict", theirs: { title: "theirs", colour: "blue" } },
    ]);
  });

  it("what cannot be translated fails visibly, and nothing else does", async () => {
    const { server, device, task } = await queued();
    const next = updated({ tasks: { fields: { priority: { choices: ["normal", "high"] } } } });
    const again = await device.restart({ server, registry: next });
    await again.sync.start();
    again.setOnline(true);
    await settle();
    expect(await again.sync.issues()).toMatchObject([
      { table: "tasks", clientId: task.clientId, state: "failed", code: "invalid" },
    ]);
    expect(Object.values(server.rows("projects"))).toEqual([{ name: "edited" }, { name: "one" }]);
    expect(again.sync.getStatus()).toMatchObject({ failedCount: 1, pendingCount: 0 });
  });

  it("a row whose required choice is gone everywhere but in its edit is shown, not refused by the database", async () => {
    const server = createFakeServer();
    const row = { text: "a", isCompleted: false, priority: "low", project: null, dueAt: null };
    server.write("tasks", "t0", row);
    const device = await startDevice({ server });
    device.setOnline(false);
    await device.sync.table("tasks").update("t0", { text: "edited" });
    const { default: _, ...priority } = tables.tasks.rules.fields["priority"] ?? {
      kind: "choice",
      optional: false,
    };
    const choices = ["normal", "high"];
    const fields = { ...tables.tasks.rules.fields, priority: { ...priority, choices } };
    const next = updated(
      { tasks: { fields: { priority: { choices } } } },
      { tasks: { ...tables.tasks, rules: { ...tables.tasks.rules, fields } } },
    );
    const again = await device.restart({ server, registry: next });
    await again.sync.table("tasks").update("t0", { text: "edited again" });
    expect((await again.row("tasks", "t0"))?.fields).toMatchObject({
      text: "edited again",
      priority: "normal",
    });
  });

  it("a field that must have a value now gets one in what was queued without", async () => {
    const server = createFakeServer();
    const row = { text: "a", isCompleted: false, priority: "low", project: "p0", dueAt: null };
    server.write("tasks", "t0", row);
    const device = await startDevice({ server });
    device.setOnline(false);
    await device.sync.table("tasks").update("t0", { project: null });
    const { clientId } = await device.sync.table("tasks").create({ text: "b", priority: "low" });
    const project = { kind: "text", optional: false, default: "none" } as const;
    const rules = { ...tables.tasks.rules, fields: { ...tables.tasks.rules.fields, project } };
    const next = updated(
      { tasks: { filled: { project: "none" } } },
      { tasks: { ...tables.tasks, rules } },
    );
    const again = await device.restart({ server, registry: next });
    await again.sync.pendingCount("tasks");
    expect(await again.ops()).toMatchObject([
      { fields: { project: "none" }, base: { project: "p0" } },
      { fields: { text: "b", project: "none" } },
    ]);
    for (const id of ["t0", clientId])
      await again.sync.table("tasks").update(id, { text: "edited" });
    expect(await again.rows("tasks")).toMatchObject({
      t0: { project: "none" },
      [clientId]: { project: "none" },
    });
  });

  it("an op that makes no row which the database could hold fails, and keeps nothing from starting", async () => {
    const { server, device, task } = await queued();
    const next = updated({
      tasks: {
        fields: {
          text: { dropped: true },
          project: { renamedTo: "text" },
          priority: { choices: ["normal"] },
        },
      },
    });
    const again = await device.restart({ server, registry: next });
    await again.sync.start();
    expect(await again.sync.issues()).toMatchObject([
      { table: "tasks", clientId: task.clientId, state: "failed", mine: { text: null } },
    ]);
    expect((await again.row("tasks", task.clientId))?.fields).toMatchObject({ text: "a" });
    again.setOnline(true);
    await settle();
    expect(Object.values(server.rows("projects"))).toEqual([{ name: "edited" }, { name: "one" }]);
  });

  it("I3: a superseded edit stays one when its field is gone, and its row as the server last said", async () => {
    const server = createFakeServer();
    server.write("notes", "n1", { body: "one" });
    const device = await startDevice({ server });
    device.setOnline(false);
    await device.sync.table("notes").update("n1", { body: "lost" });
    server.write("notes", "n1", { body: "theirs" });
    device.setOnline(true);
    await settle();
    server.write("notes", "n1", { body: "newer" });
    await settle();
    const next = updated({ notes: { fields: { body: { dropped: true } }, added: { text: "" } } });
    const again = await device.restart({ server, registry: next, online: false });
    await again.sync.start();
    expect(await again.sync.issues()).toMatchObject([{ state: "superseded", code: null }]);
    expect(await again.row("notes", "n1")).toMatchObject({
      syncStatus: "synced",
      fields: { body: "newer" },
    });
    expect(again.sync.getStatus()).toMatchObject({ supersededCount: 1, failedCount: 0 });
  });

  it("what was queued before the app was set back to an earlier version is sent as it is", async () => {
    const server = createFakeServer();
    const device = await startDevice({ server, registry: updated({}) });
    device.setOnline(false);
    const { clientId } = await device.sync.table("projects").create({ name: "one" });
    const again = await device.restart({ server, registry });
    await again.sync.start();
    again.setOnline(true);
    await settle();
    expect(await again.sync.issues()).toEqual([]);
    expect(server.rows("projects")).toEqual({ [clientId]: { name: "one" } });
    expect(server.batches.at(-1)?.ops).toMatchObject([{ schemaVersion: 2 }]);
  });

  it("I20: what failed before that, retried, takes in nothing that the earlier version has written", async () => {
    const server = createFakeServer();
    server.invalid = () => true;
    const device = await startDevice({ server, registry: updated({}) });
    const { clientId } = await device.sync.table("projects").create({ name: "one" });
    await settle();
    const again = await device.restart({ server, registry, online: false });
    await again.sync.table("projects").update(clientId, { name: "two" });
    await again.sync.retryAll();
    expect(await again.ops()).toMatchObject([
      { kind: "create", state: "waiting", schemaVersion: 2, fields: { name: "one" } },
      { kind: "update", state: "waiting", schemaVersion: 1, fields: { name: "two" } },
    ]);
    server.invalid = () => false;
    await again.sync.start();
    again.setOnline(true);
    await settle();
    expect(server.rows("projects")).toEqual({ [clientId]: { name: "two" } });
    expect(await again.ops()).toEqual([]);
  });

  it("I20: what failed before that, retried first, takes in no edit of the earlier version either", async () => {
    const server = createFakeServer();
    server.invalid = ({ table }) => table === "projects";
    const device = await startDevice({ server, registry: updated({}) });
    const { clientId } = await device.sync.table("projects").create({ name: "one" });
    await settle();
    const again = await device.restart({ server, registry });
    await again.sync.start();
    await again.sync.table("tasks").create({ text: "sent" });
    await settle();
    again.setOnline(false);
    await again.sync.retryAll();
    await again.sync.table("projects").update(clientId, { name: "two" });
    expect(await again.ops()).toMatchObject([
      { kind: "create", schemaVersion: 2, fields: { name: "one" } },
      { kind: "update", schemaVersion: 1, fields: { name: "two" } },
    ]);
  });

  it("I16: ops of a table that the app set back does not have wait for the newer one, and hold up nothing", async () => {
    const server = createFakeServer();
    const newer = updated({});
    const { notes: _notYet, ...others } = tables;
    const device = await startDevice({ server, registry: newer });
    device.setOnline(false);
    const project = await device.sync.table("projects").create({ name: "sent" });
    const note = await device.sync.table("notes").create({ body: "alone" });
    const [together, apart] = await device.sync.batch(({ tasks, notes }) => {
      tasks.create({ text: "together" });
      notes.create({ body: "together" });
    });
    server.faults.push.push("network");
    device.setOnline(true);
    await settle();
    const back = await device.restart({
      server,
      registry: { ...registry, tables: others },
      online: false,
    });
    await back.sync.start();
    const later = await back.sync.table("projects").create({ name: "later" });
    back.setOnline(true);
    await settle();
    expect(server.rows("projects")).toEqual({
      [project.clientId]: { name: "sent" },
      [later.clientId]: { name: "later" },
    });
    expect(server.rows("tasks")).toEqual({});
    expect(await back.ops()).toMatchObject([
      { table: "notes", state: "waiting" },
      { table: "tasks", state: "waiting" },
      { table: "notes", state: "waiting" },
    ]);
    expect(back.sync.getStatus()).toMatchObject({ phase: "idle", pendingCount: 3 });

    const again = await back.restart({ server, registry: newer });
    await again.sync.start();
    await settle();
    expect(server.rows("notes")).toEqual({
      [note.clientId]: { body: "alone" },
      [apart?.clientId ?? ""]: { body: "together" },
    });
    expect(Object.keys(server.rows("tasks"))).toEqual([together?.clientId]);
    expect(await again.ops()).toEqual([]);
  });

  it("ops of a table that is gone are kept, shown, exported, and can be given up", async () => {
    const { server, device } = await queued();
    const next = updated({ tasks: { removed: true } });
    const { tasks: _gone, ...rest } = tables;
    const again = await device.restart({ server, registry: { ...next, tables: rest } });
    const [issue] = await again.sync.issues();
    expect(issue).toMatchObject({ table: "tasks", code: "unknown-table", mine: { text: "a" } });
    expect(await again.sync.export()).toContain('"text": "a"');
    await again.sync.discard(issue?.opId ?? "");
    expect(await again.sync.issues()).toEqual([]);
  });

  it("I16: ops of a table that is gone hold up no retry of the others; of their group, until they are given up", async () => {
    const server = createFakeServer();
    server.invalid = () => true;
    const device = await startDevice({ server });
    await device.sync.table("notes").create({ body: "first" });
    await device.sync.table("tasks").create({ text: "alone" });
    await device.sync.batch(({ notes, tasks }) => {
      notes.create({ body: "together" });
      tasks.create({ text: "together" });
    });
    await settle();
    const next = updated({ notes: { removed: true } });
    const { notes: _gone, ...rest } = tables;
    const again = await device.restart({ server, registry: { ...next, tables: rest } });
    await again.sync.start();
    server.invalid = () => false;
    expect(await again.sync.issues()).toHaveLength(4);
    await again.sync.retryAll();
    await settle();
    const texts = () => Object.values(server.rows("tasks")).map(({ text }) => text);
    expect(texts()).toEqual(["alone"]);
    const issues = await again.sync.issues();
    expect(issues).toMatchObject([
      { table: "notes", state: "failed" },
      { table: "notes", state: "failed" },
    ]);
    for (const { opId } of issues)
      await expect(again.sync.retry(opId)).rejects.toMatchObject({ code: "not-allowed" });
    for (const { opId } of issues) await again.sync.discard(opId);
    await settle();
    expect(texts()).toEqual(["alone", "together"]);
  });

  it("D9: changed tables are fetched again, because their new columns are empty", async () => {
    const { server, device } = await queued();
    const again = await device.restart({
      server,
      registry: updated({ projects: { added: { colour: "blue" } } }),
    });
    const before = server.pulls.length;
    again.setOnline(true);
    await again.sync.start();
    await settle();
    const first = server.pulls.slice(before).reverse();
    const kinds = new Map(first.map(({ table, kind }) => [table, kind]));
    expect(kinds.get("projects")).toBe("snapshot");
    expect(kinds.get("tasks")).toBe("pull");
    expect(again.sync.getStatus().initialSync.complete).toBe(true);
    expect(await again.rows("projects")).toEqual(server.rows("projects"));
  });

  it("a table that went and is back is fetched from the start, also where no field is another", async () => {
    const server = createFakeServer();
    server.write("notes", "n0", { body: "kept" });
    const device = await startDevice({ server });
    const { notes: _gone, ...rest } = tables;
    const without = updated({ notes: { removed: true } });
    const between = await device.restart({ server, registry: { ...without, tables: rest } });
    await between.sync.start();
    await settle();
    const steps = [
      { from: 1, to: 2, tables: { notes: { removed: true } } },
      { from: 2, to: 3, tables: { notes: returned } },
    ] as const;
    const again = await between.restart({
      server,
      registry: { ...registry, schemaVersion: 3, upgrades: opUpgrades(steps, 3) },
    });
    const before = server.pulls.length;
    await again.sync.start();
    await settle();
    const first = server.pulls.slice(before).find(({ table }) => table === "notes");
    expect(first?.kind).toBe("snapshot");
  });

  it("I17: the first sync is complete when the table that was still to come is gone", async () => {
    const server = createFakeServer();
    const { snapshot } = server.backend;
    server.backend.snapshot = (request) => {
      if (request.table === "reactions") server.faults.pull.push("network");
      return snapshot(request);
    };
    const device = await startDevice({ server });
    expect(device.sync.getStatus().initialSync).toMatchObject({ complete: false, tablesDone: 6 });
    const { reactions: _gone, ...rest } = tables;
    const next = updated({ reactions: { removed: true } });
    const again = await device.restart({ server, registry: { ...next, tables: rest } });
    await again.sync.start();
    await settle();
    expect(again.sync.getStatus()).toMatchObject({
      phase: "idle",
      initialSync: { complete: true, tablesDone: 6, tablesTotal: 6, table: null },
    });
  });

  it("I2: an op that was in flight is not applied twice, though its batch reads otherwise now", async () => {
    const server = createFakeServer();
    const device = await startDevice({ server });
    server.faults.push.push("lost");
    const { clientId } = await device.sync.table("projects").create({ name: "one" });
    await settle();
    const stamp = server.row("projects", clientId)?.stamp;
    const again = await device.restart({
      server,
      registry: updated({ projects: { added: { colour: "blue" } } }),
    });
    await again.sync.start();
    await again.time.pass(60_000);
    expect(server.row("projects", clientId)?.stamp).toBe(stamp);
    expect(await again.ops()).toEqual([]);
    expect(again.sync.getStatus()).toMatchObject({ failedCount: 0, pendingCount: 0 });
  });

  it.each(["retried", "edited"])(
    "I2: an op that was in flight and can not be sent any more takes effect once, though it is %s",
    async (how) => {
      const server = createFakeServer();
      server.write("tasks", "t0", task);
      const device = await startDevice({ server });
      server.faults.push.push("lost");
      await device.sync.table("tasks").update("t0", { priority: "low" });
      await settle();
      const stamp = server.row("tasks", "t0")?.stamp;
      const again = await device.restart({
        server,
        registry: updated({ tasks: { fields: { priority: { choices: ["normal", "high"] } } } }),
      });
      await again.sync.pendingCount("tasks");
      const [op] = await again.ops();
      expect(op).toMatchObject({ state: "failed", code: "invalid" });
      if (how === "retried") await again.sync.retry(op?.opId ?? "");
      else await again.sync.edit(op?.opId ?? "", { priority: "high" });
      await again.sync.start();
      await again.time.pass(60_000);
      expect(server.row("tasks", "t0")?.stamp).toBe(stamp);
      expect(server.batches.at(-1)?.ops.map(({ opId }) => opId)).toEqual([op?.opId]);
    },
  );

  it.each([1, 2, 3])(
    "I22: an upgrade that was interrupted after commit %i is finished by the next start",
    async (survived) => {
      const { server, device } = await queued();
      const next = updated({ projects: { added: { colour: "blue" } } });
      const first = await device.restart({ server, registry: next });
      let commits = 0;
      first.onCommit = () => {
        commits += 1;
        if (commits > survived) throw new Error("the app was killed");
      };
      await expect(first.sync.start()).rejects.toThrow("the app was killed");
      const second = await first.restart({ server, registry: next });
      await second.sync.pendingCount("projects");
      const ops = await second.ops();
      expect(ops.map(({ schemaVersion }) => schemaVersion)).toEqual([2, 2, 2]);
      expect(ops[0]?.fields).toEqual({ name: "one", colour: "blue" });
    },
  );
});
