import { describe, expect, it } from "vitest";
import type { SyncRules } from "../../templates/server/convex/syncEngine/rules";
import { scopeParts } from "../../templates/server/convex/syncEngine/scopes";
import { createSyncServer } from "../../templates/server/convex/syncEngine/server";
import { hlcAt } from "../../templates/shared/clock";
import type {
  CurrentRow,
  MergeDecision,
  MergedRow,
  PolicyInput,
} from "../../templates/shared/policy";
import type { Fields } from "../../templates/shared/protocol";
import { api } from "./fixture/convex/_generated/api";
import { accessTo, listScopes } from "./fixture/convex/syncScopes";
import { syncPolicies, syncRules } from "./fixture/convex/syncTables";
import { getSyncUser } from "./fixture/convex/syncUser";
import {
  accepted,
  deploy,
  Device,
  keyOf,
  newUuid,
  page,
  pull,
  pullAll,
  signIn,
  task,
  userOf,
  type OpDraft,
} from "./harness";

describe("push: one batch, one answer an op", () => {
  it("creates a row, complete with defaults, and later ops of the batch build on it (I4)", async () => {
    const ana = signIn(deploy(), "ana");
    const device = new Device(ana);
    const clientId = newUuid();

    const reply = await device.push(
      device.op({ table: "tasks", kind: "create", clientId, fields: task() }),
      device.op({ table: "tasks", kind: "update", clientId, fields: { priority: "high" } }),
    );

    expect(reply.results.map(({ outcome }) => outcome)).toEqual(["applied", "applied"]);
    expect(reply.results[1]?.row).toMatchObject({
      clientId,
      userId: userOf("ana"),
      stamp: null,
      deletedAt: null,
      fields: {
        text: "water the plants",
        isCompleted: false,
        priority: "high",
        estimate: null,
        distance: null,
        checklist: null,
        project: null,
        dueAt: null,
      },
    });
    expect(reply.stamp).toMatch(/^\d{19}$/);
    const { rows } = page(await pull(ana, api.sync.getTaskChangesSince, null));
    expect(rows.map(({ stamp }) => stamp)).toEqual([reply.stamp]);
  });

  it("brings every kind of field back as it was", async () => {
    const ana = signIn(deploy(), "ana");
    const device = new Device(ana);
    const project = newUuid();
    const fields = {
      text: 'naïve 👩🏽‍🌾 "quoted"',
      isCompleted: true,
      priority: "low",
      estimate: -(2 ** 53 - 1),
      distance: 0.1,
      checklist: [{ title: "a", done: false, more: { deep: [1, null, "x"] } }],
      project,
      dueAt: 1767225600000,
    };

    await device.push(
      device.op({
        table: "projects",
        kind: "create",
        clientId: project,
        fields: { name: "garden" },
      }),
      device.op({ table: "tasks", kind: "create", fields }),
    );

    const { rows } = page(await pull(ana, api.sync.getAllTasksForUser, null));
    expect(rows.map((row) => row.fields)).toEqual([fields]);
  });

  it("takes values away with null and keeps what the op does not name", async () => {
    const ana = signIn(deploy(), "ana");
    const device = new Device(ana);
    const clientId = newUuid();
    const fields = task({ estimate: 5, dueAt: 12 });
    const { stamp } = await device.pushOne({ table: "tasks", kind: "create", clientId, fields });

    const { row } = await device.pushOne({
      table: "tasks",
      kind: "update",
      clientId,
      fields: { estimate: null },
      baseStamp: stamp,
    });

    expect(row?.fields).toMatchObject({ estimate: null, dueAt: 12 });
  });

  it("answers every op exactly once and in order, good and bad, and applies the good ones (I3, I16)", async () => {
    const ana = signIn(deploy(), "ana");
    const device = new Device(ana);
    const good = () => device.op({ table: "tasks", kind: "create", fields: task() });
    const ops = [
      good(),
      device.op({ table: "nothing", kind: "create", fields: {} }),
      device.op({ table: "constructor", kind: "create", fields: {} }),
      good(),
      device.op({ table: "tasks", kind: "create", fields: {} }),
      device.op({ table: "tasks", kind: "create", fields: task({ color: "red" }) }),
      device.op({ table: "tasks", kind: "create", fields: task({ priority: "urgent" }) }),
      device.op({ table: "tasks", kind: "update", fields: { text: "who?" } }),
      device.op({ table: "tasks", kind: "delete" }),
      device.op({ table: "tasks", kind: "create", fields: task({ project: newUuid() }) }),
      device.op({ table: "tasks", kind: "create", clientId: "7", fields: task() }),
      device.op({ table: "tasks", kind: "update", fields: {} }),
      device.op({ table: "notes", kind: "delete", fields: { title: "x" } }),
      device.op({ table: "tasks", kind: "create", edited: "now", fields: task() }),
      device.op({ table: "tasks", kind: "create", baseStamp: "5", fields: task() }),
      device.op({ table: "tasks", kind: "create", clocks: { text: "now" }, fields: task() }),
      device.op({ table: "tasks", kind: "create", base: { text: 5 }, fields: task() }),
      good(),
    ];

    const { results } = await device.push(...ops);

    expect(results.map(({ opId }) => opId)).toEqual(ops.map(({ opId }) => opId));
    expect(results.map(({ code, outcome }) => code ?? outcome)).toEqual([
      "applied",
      "unknown-table",
      "unknown-table",
      "applied",
      "invalid",
      "unknown-field",
      "invalid",
      "not-found",
      "operation-not-allowed",
      "missing-reference",
      "invalid",
      "invalid",
      "invalid",
      "invalid",
      "invalid",
      "invalid",
      "applied",
      "applied",
    ]);
    const { rows } = await pullAll(ana, api.sync.getAllTasksForUser, null);
    expect(rows).toHaveLength(4);
  });

  it("answers a kind that does not exist like any bad op", async () => {
    const ana = signIn(deploy(), "ana");
    const device = new Device(ana);
    const batch = device.batch([device.op({ table: "tasks", kind: "create", fields: task() })]);
    const ops = batch.ops.map((op) => ({ ...op, kind: "drop" }));

    const reply = accepted(await ana.mutation(api.sync.push, { ...batch, ops }));

    expect(reply.results[0]).toMatchObject({ outcome: "rejected", code: "invalid", row: null });
  });

  it("rejects the second op of one id", async () => {
    const device = new Device(signIn(deploy(), "ana"));
    const op = device.op({ table: "tasks", kind: "create", fields: task() });

    const { results } = await device.push(op, { ...op, clientId: newUuid() });

    expect(results.map(({ code }) => code)).toEqual([null, "duplicate-op"]);
  });

  it("shows the row as the server has it beside a rejection", async () => {
    const device = new Device(signIn(deploy(), "ana"));
    const clientId = newUuid();
    const { stamp } = await device.pushOne({
      table: "tasks",
      kind: "create",
      clientId,
      fields: task(),
    });

    const result = await device.pushOne({
      table: "tasks",
      kind: "update",
      clientId,
      fields: { estimate: 1.5 },
      baseStamp: stamp,
    });

    expect(result).toMatchObject({ code: "invalid", row: { clientId, stamp } });
    expect(result.message).toContain("estimate");
    expect(result.message).not.toContain("1.5");
  });

  it("an app's own merge that throws costs its op and nothing else (I16)", async () => {
    const device = new Device(signIn(deploy(), "ana"));
    const clientId = keyOf("ana", "settings", "theme");
    const fields = { name: "theme", value: "dark" };
    await device.pushOne({ table: "settings", kind: "create", clientId, fields });

    const { results } = await device.push(
      device.op({ table: "settings", kind: "update", clientId, fields: { value: "explode" } }),
      device.op({ table: "tasks", kind: "create", fields: task() }),
    );

    expect(results.map(({ code, outcome }) => code ?? outcome)).toEqual(["failed", "applied"]);
  });

  it.each<[string, string, (input: PolicyInput) => MergeDecision]>([
    ["a row beside keep", "failed", ({ current }) => ({ kind: "keep", row: live(current, {}) })],
    [
      "clocks of what is no field",
      "failed",
      ({ current }) => ({ kind: "write", row: { ...current, clocks: { é: current.edited } } }),
    ],
    [
      "a reason as long as a document",
      "failed",
      () => ({ kind: "reject", code: "x".repeat(2_000_000) as "failed" }),
    ],
    [
      "text that no device can store",
      "invalid",
      ({ current }) => ({ kind: "write", row: live(current, { value: "a\0b" }) }),
    ],
    [
      "another natural key",
      "invalid",
      ({ current }) => ({ kind: "write", row: live(current, { name: "other" }) }),
    ],
    [
      "half a row",
      "invalid",
      ({ current }) => ({ kind: "write", row: { ...live(current, {}), fields: { value: "a" } } }),
    ],
  ])("an app's own merge that answers %s costs its op and nothing else (I16)", async (...row) => {
    const [, code, merge] = row;
    const settings = { ...syncRules.settings, options: { merge } };
    const { push } = serverWith({ settings });
    const clientId = keyOf("ana", "settings", "theme");
    const fields = { name: "theme", value: "dark" };
    const made = await push({ table: "settings", kind: "create", clientId, fields });

    const { results } = await push(
      { table: "settings", kind: "update", clientId, fields: { value: "light" } },
      { table: "settings", kind: "delete", clientId },
      { table: "tasks", kind: "create", fields: task() },
    );

    expect(results.map((result) => result.code ?? result.outcome)).toEqual([code, code, "applied"]);
    expect(results[0]?.row).toMatchObject({ fields, stamp: made.stamp });
  });
});

/** The reference project with other rules, and a device of Ana's that sends to it. */
function serverWith(rules: SyncRules) {
  const ana = signIn(deploy(), "ana");
  const device = new Device(ana);
  const server = createSyncServer({
    rules: { ...syncRules, ...rules },
    policies: syncPolicies,
    schemaVersion: 1,
    accepts: 0,
    upgrades: [],
    retentionDays: 90,
    user: getSyncUser,
    scopes: scopeParts({ list: listScopes, access: accessTo }),
  });
  const push = async (...drafts: OpDraft[]) => {
    const batch = device.batch(drafts.map((draft) => device.op(draft)));
    return accepted(await ana.mutation(async (ctx) => await server.push(ctx, batch)));
  };
  return { ana, push };
}

/** The row of the merge's input with other values. */
const live = ({ fields, edited }: CurrentRow, changes: Fields): MergedRow => ({
  fields: { ...fields, ...changes },
  deleted: false,
  edited,
  clocks: {},
});

describe("push: when a row was edited", () => {
  it("an edit of nothing but a counter moves updatedAt, and an older one does not move it back", async () => {
    const device = new Device(signIn(deploy(), "ana"));
    const at = (time: number) => hlcAt(time, "phone");
    const start = Date.now() - 3_600_000;
    const contact = { table: "contacts", clientId: newUuid() } as const;
    const fields = { name: "Jo", visits: 0 };
    await device.pushOne({ ...contact, kind: "create", fields, edited: at(start) });
    const visit = async (visits: number, time: number) =>
      await device.pushOne({
        ...contact,
        kind: "update",
        fields: { visits },
        base: { ...fields, visits: visits - 1 },
        edited: at(time),
      });

    const later = await visit(1, start + 2_000);
    const earlier = await visit(2, start + 1_000);

    expect(later.row).toMatchObject({ createdAt: start, updatedAt: start + 2_000 });
    expect(earlier.row).toMatchObject({ fields: { visits: 2 }, updatedAt: start + 2_000 });
  });

  it("the latest edit of a batch counts, in whatever order they stand", async () => {
    const device = new Device(signIn(deploy(), "ana"));
    const start = Date.now() - 3_600_000;
    const contact = { table: "contacts", clientId: newUuid() } as const;
    const op = (kind: "create" | "update", fields: Fields, time: number) =>
      device.op({ ...contact, kind, fields, edited: hlcAt(time, "phone") });

    const { results } = await device.push(
      op("create", { name: "Jo", visits: 0 }, start),
      op("update", { visits: 1 }, start + 2_000),
      op("update", { visits: 2 }, start + 1_000),
    );

    expect(results[2]?.row).toMatchObject({ createdAt: start, updatedAt: start + 2_000 });
  });
});

describe("push: references and natural keys", () => {
  it("finds a parent that an earlier op of the batch created (I4)", async () => {
    const device = new Device(signIn(deploy(), "ana"));
    const project = newUuid();

    const { results } = await device.push(
      device.op({ table: "projects", kind: "create", clientId: project, fields: { name: "a" } }),
      device.op({ table: "tasks", kind: "create", fields: task({ project }) }),
    );

    expect(results.map(({ outcome }) => outcome)).toEqual(["applied", "applied"]);
  });

  it("brings a row back that refers to itself", async () => {
    const project = { kind: "reference", optional: true, references: "tasks" } as const;
    const { ana, push } = serverWith({
      tasks: { ...syncRules.tasks, fields: { ...syncRules.tasks.fields, project } },
    });
    const row = { table: "tasks", clientId: newUuid() } as const;
    const fields = task({ project: row.clientId });
    const { stamp, results } = await push({ ...row, kind: "create", fields });
    await ana.mutation(api.web.deleteTask, { clientId: row.clientId });

    const base = results[0]?.row?.fields ?? null;
    const edit = { ...row, kind: "update", fields: { text: "b" }, base, baseStamp: stamp } as const;
    const elsewhere = { ...edit, base: { ...base, project: newUuid() } };
    const revived = await push(elsewhere, edit);

    expect(revived.results.map(({ code, outcome }) => code ?? outcome)).toEqual([
      "missing-reference",
      "applied",
    ]);
    expect(revived.results[1]?.row?.fields).toEqual({ ...base, text: "b" });
  });

  it("does not find a parent that was deleted or was rejected, wherever in the batch", async () => {
    const device = new Device(signIn(deploy(), "ana"));
    const [deleted, refused, refusedLater] = [newUuid(), newUuid(), newUuid()];
    const create = (clientId: string, name: string | null) =>
      device.op({ table: "projects", kind: "create", clientId, fields: { name } });
    const child = (project: string) =>
      device.op({ table: "tasks", kind: "create", fields: task({ project }) });
    const { stamp } = await device.push(create(deleted, "b"));

    const { results } = await device.push(
      device.op({ table: "projects", kind: "delete", clientId: deleted, baseStamp: stamp }),
      child(deleted),
      create(refused, null),
      child(refused),
      child(refusedLater),
      create(refusedLater, null),
    );

    expect(results.map(({ code, outcome }) => code ?? outcome)).toEqual([
      "applied",
      "missing-reference",
      "invalid",
      "missing-reference",
      "missing-reference",
      "invalid",
    ]);
  });

  it("takes rows that point to each other, which no order of their ops could create", async () => {
    const project = { kind: "reference", optional: true, references: "tasks" } as const;
    const { push } = serverWith({
      tasks: { ...syncRules.tasks, fields: { ...syncRules.tasks.fields, project } },
    });
    const [a, b, c, d, e] = [newUuid(), newUuid(), newUuid(), newUuid(), newUuid()];
    const create = (clientId: string, to: string | null, more: Partial<OpDraft> = {}) =>
      ({
        table: "tasks",
        kind: "create",
        clientId,
        fields: task({ project: to }),
        ...more,
      }) as const;

    const { results } = await push(
      create(a, b),
      create(b, a),
      // In a circle with one that is refused, none is left, nor what landed together with one.
      create(c, d, { group: "together" }),
      create(e, null, { group: "together" }),
      create(d, c, { fields: { ...task({ project: c }), priority: "unknown" } }),
    );

    expect(results.map(({ code, outcome }) => code ?? outcome)).toEqual([
      "applied",
      "applied",
      "missing-reference",
      "group",
      "invalid",
    ]);
  });

  it("two devices that create the same natural key have one row (D1)", async () => {
    const deployment = deploy();
    const [phone, tablet] = [
      new Device(signIn(deployment, "ana")),
      new Device(signIn(deployment, "ana")),
    ];
    const clientId = keyOf("ana", "scores", "moon");
    const create = (points: number) =>
      ({ table: "scores", kind: "create", clientId, fields: { level: "moon", points } }) as const;

    await phone.pushOne(create(10));
    const second = await tablet.pushOne(create(30));

    expect(second.row?.fields).toEqual({ level: "moon", points: 30 });
    const { rows } = await pullAll(signIn(deployment, "ana"), api.sync.getAllScoresForUser, null);
    expect(rows).toHaveLength(1);
  });

  it("refuses an id that is not the one of the natural key, on create and on update", async () => {
    const device = new Device(signIn(deploy(), "ana"));
    const clientId = keyOf("ana", "scores", "moon");
    const fields = { level: "moon", points: 1 };
    await device.pushOne({ table: "scores", kind: "create", clientId, fields });

    const wrongId = await device.pushOne({ table: "scores", kind: "create", fields });
    const moved = await device.pushOne({
      table: "scores",
      kind: "update",
      clientId,
      fields: { level: "mars", points: 2 },
    });

    expect([wrongId.code, moved.code]).toEqual(["invalid", "invalid"]);
    expect(moved.row?.fields).toEqual(fields);
  });
});

describe("push: groups", () => {
  it("lands a group as a whole, or not at all, whichever member is bad", async () => {
    const ana = signIn(deploy(), "ana");
    const device = new Device(ana);
    const inGroup = (group: string, fields: Record<string, string | null>) =>
      device.op({ table: "projects", kind: "create", group, fields });

    const { results } = await device.push(
      inGroup("good", { name: "a" }),
      inGroup("bad", { name: "b" }),
      inGroup("good", { name: "c" }),
      inGroup("bad", { name: null }),
      inGroup("bad", { name: "d" }),
      device.op({ table: "projects", kind: "create", fields: { name: "e" } }),
    );

    expect(results.map(({ code, outcome }) => code ?? outcome)).toEqual([
      "applied",
      "group",
      "applied",
      "invalid",
      "group",
      "applied",
    ]);
    const { rows } = await pullAll(ana, api.sync.getAllProjectsForUser, null);
    expect(rows.map(({ fields }) => fields["name"]).sort()).toEqual(["a", "c", "e"]);
  });

  it("lets nothing build on a group that did not land, however long the chain", async () => {
    const device = new Device(signIn(deploy(), "ana"));
    const [first, second] = [newUuid(), newUuid()];

    const { results } = await device.push(
      device.op({
        table: "projects",
        kind: "create",
        clientId: first,
        group: "1",
        fields: { name: "a" },
      }),
      device.op({
        table: "projects",
        kind: "create",
        clientId: second,
        group: "2",
        fields: { name: "b" },
      }),
      device.op({ table: "tasks", kind: "create", group: "2", fields: task({ project: first }) }),
      device.op({ table: "tasks", kind: "create", fields: task({ project: second }) }),
      device.op({ table: "tasks", kind: "create", group: "1", fields: {} }),
    );

    expect(results.map(({ code }) => code)).toEqual([
      "group",
      "group",
      "missing-reference",
      "missing-reference",
      "invalid",
    ]);
  });

  it("an op that needs a person holds its group back", async () => {
    const deployment = deploy();
    const ana = signIn(deployment, "ana");
    const [device, other] = [new Device(ana), new Device(ana)];
    const clientId = newUuid();
    const { stamp } = await device.pushOne({
      table: "drafts",
      kind: "create",
      clientId,
      fields: { text: "a" },
    });
    const base = { text: "a" };
    await other.pushOne({
      table: "drafts",
      kind: "update",
      clientId,
      fields: { text: "b" },
      base,
      baseStamp: stamp,
    });

    const { results } = await device.push(
      device.op({
        table: "drafts",
        kind: "update",
        clientId,
        group: "g",
        fields: { text: "c" },
        base,
        baseStamp: stamp,
      }),
      device.op({ table: "tasks", kind: "create", group: "g", fields: task() }),
    );

    expect(results.map(({ code, outcome }) => code ?? outcome)).toEqual(["conflict", "group"]);
  });
});
