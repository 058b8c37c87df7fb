import { convexTest } from "convex-test";
import { defineSchema, type GenericMutationCtx } from "convex/server";
import { v } from "convex/values";
import { describe, expect, it } from "vitest";
import { fieldsOf } from "../../templates/server/convex/syncEngine/documents";
import { rowsAsOf } from "../../templates/server/convex/syncEngine/earlierApps";
import {
  historyOf,
  unknownSince,
  type ServerUpgrade,
} from "../../templates/server/convex/syncEngine/history";
import { createSyncServer } from "../../templates/server/convex/syncEngine/server";
import { syncedTable, syncSystemTables } from "../../templates/server/convex/syncEngine/tables";
import { withoutUnknown } from "../../templates/server/convex/syncEngine/withoutUnknown";
import { createWriters } from "../../templates/server/convex/syncEngine/writers";
import { mobileWins } from "../../templates/shared/policies/mobileWins";
import type { Op } from "../../templates/shared/protocol";
import type { Upgrade } from "../../templates/shared/upgrade";
import type { PushArgs } from "../../templates/server/convex/syncEngine/validators";
import { getSyncUser } from "./fixture/convex/syncUser";
import { accepted, Device, modules, newUuid, signIn, userOf, type Session } from "./harness";

/*
 * Version 1: todos { title, color, level: low | mid | high, owner? }.
 * Version 2: tasks { label, level: low | high, owner = nobody, done = false }.
 * Version 3: tasks { text, level: low | high, owner, done = false, note? }.
 */
const upgrades: readonly ServerUpgrade[] = [
  {
    id: "to 2",
    from: 1,
    to: 2,
    tables: {
      todos: {
        renamedTo: "tasks",
        fields: {
          title: { renamedTo: "label" },
          color: { dropped: true },
          level: { choices: ["low", "high"] },
        },
        added: { done: false },
        filled: { owner: "nobody" },
      },
      lists: { removed: true },
    },
  },
  {
    id: "to 3",
    from: 2,
    to: 3,
    tables: {
      tasks: { fields: { label: { renamedTo: "text" } }, added: { note: null } },
    },
  },
];

const fields = {
  text: v.string(),
  level: v.union(v.literal("low"), v.literal("high")),
  owner: v.string(),
  done: v.boolean(),
  note: v.optional(v.string()),
};

const rules = {
  tasks: {
    name: "tasks",
    operations: ["create", "update", "delete"],
    uniqueBy: [],
    options: {},
    fields: {
      text: { kind: "text", optional: false },
      level: { kind: "choice", optional: false, choices: ["low", "high"] },
      owner: { kind: "text", optional: false },
      done: { kind: "boolean", optional: false, default: false },
      note: { kind: "text", optional: true },
    },
  },
} as const;

const schema = defineSchema({
  tasks: syncedTable(fields, {}, historyOf(upgrades, "tasks")),
  ...syncSystemTables,
});

function start(accepts: number) {
  const deployment = convexTest({ schema, modules, transactionLimits: true });
  const ana = signIn(deployment, "ana");
  const server = createSyncServer({
    rules,
    policies: { tasks: mobileWins },
    schemaVersion: 3,
    accepts,
    upgrades,
    retentionDays: 90,
    user: getSyncUser,
  });
  const device = new Device(ana);
  const send = (batch: PushArgs) => ana.mutation(async (ctx) => await server.push(ctx, batch));
  const pull = async () => {
    const reply = await ana.query(
      async (ctx) => await server.changesSince(ctx, "tasks", { cursor: null }),
    );
    return reply.status === "ok" ? reply.rows : [];
  };
  return { deployment, ana, device, send, pull };
}

const old = (device: Device, draft: Partial<Op>) =>
  device.op({ table: "todos", kind: "create", schemaVersion: 1, ...draft });

const synced = createWriters<Record<never, never>, typeof rules>({
  rules,
  policies: { tasks: mobileWins },
  upgrades,
  user: getSyncUser,
});

describe("ops of earlier schema versions (I20)", () => {
  it("are translated step by step, or visibly rejected (D7, D8)", async () => {
    const { device, send, pull } = start(2);
    const clientId = newUuid();
    const batch = device.batch(
      [
        old(device, { clientId, fields: { title: "a", color: "red", level: "low", owner: null } }),
        old(device, {
          kind: "update",
          clientId,
          fields: { title: "b" },
          base: { title: "a", color: "red", level: "low", owner: null },
        }),
        old(device, { kind: "update", clientId, fields: { color: "blue" } }),
        old(device, { fields: { title: "c", level: "mid" } }),
        old(device, { table: "lists", fields: {} }),
        device.op({
          table: "tasks",
          kind: "update",
          schemaVersion: 2,
          clientId,
          fields: { done: true },
        }),
      ],
      2,
    );

    const { results } = accepted(await send(batch));

    expect(results.map(({ code, outcome }) => code ?? outcome)).toEqual([
      "applied",
      "applied",
      "unknown-field",
      "invalid",
      "unknown-table",
      "applied",
    ]);
    expect((await pull()).map((row) => row.fields)).toEqual([
      { text: "b", level: "low", owner: "nobody", done: true, note: null },
    ]);
  });

  it("are rejected one by one when older than what is accepted, and the batch when the app is", async () => {
    const { device, send } = start(1);
    const ops = [old(device, { fields: { title: "a", level: "low" } })];

    const fromNewApp = accepted(await send(device.batch(ops, 2)));
    expect(fromNewApp.results.map(({ code }) => code)).toEqual(["schema-too-old"]);
    expect(await send(device.batch(ops, 1))).toEqual({
      status: "refused",
      code: "schema-too-old",
      retryAfter: null,
    });
  });
});

const step = { t: { added: { a: 1 } } };

describe("rows stored by earlier schema versions", () => {
  const oldRow = (level: string) => ({
    clientId: newUuid(),
    userId: userOf("ana"),
    createdAt: 1,
    updatedAt: 1,
    deletedAt: null,
    edited: "000000000000001-0000-a",
    opId: null,
    clocks: {},
    title: "written under 1",
    color: "red",
    level,
  });

  async function withRow(level: string) {
    const started = start(2);
    const row = oldRow(level);
    await started.deployment.run(async (ctx) => {
      // Safe: what version 1 stored, which today's types do not know.
      const document = { ...row, changed: ctx.db.vars.commitTs } as never;
      await ctx.db.insert("tasks", document);
    });
    return { ...started, clientId: row.clientId };
  }

  it("are read under the names of today, with defaults, and with a choice that still exists (D9)", async () => {
    const { pull } = await withRow("mid");
    expect((await pull()).map((row) => row.fields)).toEqual([
      { text: "written under 1", level: "low", owner: "nobody", done: false, note: null },
    ]);
  });

  it("keep what an edit does not name, and lose what is left over", async () => {
    const { deployment, device, send, pull, clientId } = await withRow("high");
    const [row] = await pull();
    const update = { table: "tasks", kind: "update", schemaVersion: 3, clientId } as const;
    const edit = device.op({ ...update, fields: { done: true }, baseStamp: row?.stamp ?? null });
    accepted(await send(device.batch([edit], 3)));

    const [document] = await deployment.run((ctx) => ctx.db.query("tasks").collect());
    expect(document).toMatchObject({ text: "written under 1", level: "high", done: true });
    expect(document).not.toHaveProperty("title");
    expect(document).not.toHaveProperty("color");
  });

  it("are read without fractions where there must be none", () => {
    const steps: readonly ServerUpgrade[] = [
      { id: "to 2", from: 1, to: 2, tables: { t: { fields: { size: { rounded: true } } } } },
    ];
    const size = { kind: "integer", optional: false } as const;
    const sized = { ...rules.tasks, fields: { size }, history: historyOf(steps, "t") };
    const read = (content: Record<string, number>) =>
      // Safe: the columns that `fieldsOf` reads.
      fieldsOf({ deletedAt: null, ...content } as never, sized);
    expect(read({ size: 1.5 })).toEqual({ size: 2 });
    expect(read({ size: 7 })).toEqual({ size: 7 });
  });

  it("hold what a choice that went left to devices, also when it is back", () => {
    const level = { kind: "choice", optional: false, default: "low" } as const;
    const steps: readonly ServerUpgrade[] = [
      {
        id: "to 2",
        from: 1,
        to: 2,
        tables: { t: { fields: { level: { choices: ["low"], instead: "low" } } } },
      },
      { id: "to 3", from: 2, to: 3, tables: {} },
    ];
    const fields = { level: { ...level, choices: ["low", "mid"] } };
    const leveled = { ...rules.tasks, fields, history: historyOf(steps, "t") };
    const read = (content: Record<string, string | number>) =>
      // Safe: the columns that `fieldsOf` reads.
      fieldsOf({ deletedAt: null, ...content } as never, leveled);
    expect(read({ level: "mid" })).toEqual({ level: "low" });
    expect(read({ level: "mid", upgradedTo: "to 2" })).toEqual({ level: "mid" });
  });

  it("are whole for server code, too", async () => {
    const { ana, clientId } = await withRow("high");
    const read = (session: Session) =>
      session.mutation((ctx) =>
        synced(ctx as unknown as GenericMutationCtx<Record<never, never>>, "tasks").get(clientId),
      );
    expect(await read(ana)).toMatchObject({ text: "written under 1", done: false });
  });

  it("are found however a table and its fields were renamed", () => {
    const { steps, changed } = historyOf(upgrades, "tasks");
    expect(steps.map(({ id, fields: moved, added }) => [id, Object.keys(moved), added])).toEqual([
      ["to 2", ["title", "color", "level"], { done: false, owner: "nobody" }],
      ["to 3", ["label"], { note: null }],
    ]);
    expect([...changed].sort()).toEqual([
      ...["color", "done", "label", "level", "note", "owner", "text", "title"],
    ]);
    expect(historyOf(upgrades, "todos").steps).toEqual([]);
  });

  it.each<[string, readonly Upgrade["tables"][], readonly string[]]>([
    ["of before it, which has another name now", [step, { t: { renamedTo: "u" } }, step], ["to 4"]],
    ["of before it, which went", [step, { t: { removed: true } }, step], ["to 4"]],
    [
      "that it was itself before it came back",
      [step, { t: { removed: true } }, { t: { returned: true, ...step.t } }, step],
      ["to 2", "to 4", "to 5"],
    ],
    [
      "of before it, and not those of before it came back",
      [step, { t: { renamedTo: "u" } }, step, { t: { removed: true } }, { t: { returned: true } }],
      ["to 4"],
    ],
  ])("are not changed by what was done to a table of the name %s", (_, tables, ids) => {
    const steps = tables.map((one, index) => ({
      id: `to ${index + 2}`,
      from: index + 1,
      to: index + 2,
      tables: one,
    }));
    expect(historyOf(steps, "t").steps.map(({ id }) => id)).toEqual(ids);
  });
});

describe("a field that has fractions, which apps of before cannot hold", () => {
  const steps: readonly ServerUpgrade[] = [
    { id: "to 2", from: 1, to: 2, tables: { tasks: { wholeOnly: ["hours"] } } },
    { id: "to 3", from: 2, to: 3, tables: { tasks: { fields: { hours: { renamedTo: "time" } } } } },
  ];
  const versions = { schemaVersion: 3, accepts: 2, upgrades: steps };
  const seenBy = (version: number, time: number) =>
    // Safe: all that is read of a row.
    rowsAsOf(versions, version)("tasks", { deletedAt: null, fields: { time } } as never).fields;

  it("is a whole number for them, that fits", () => {
    expect(seenBy(1, 1.5)).toEqual({ hours: 2 });
    expect(seenBy(2, 1.5)).toEqual({ hours: 1.5 });
    expect(seenBy(1, 1e300)).toEqual({ hours: Number.MAX_SAFE_INTEGER });
  });

  it("keeps its value where they win the row as a whole, and takes the one that they set", () => {
    const current = { deleted: false, fields: { text: "a", time: 1.5 } };
    const meets = (op: object) =>
      // Safe: all that is read of an op, and of a row.
      withoutUnknown(op as never, unknownSince(steps, "tasks", 1), current as never);
    expect(meets({ fields: { text: "b" }, base: { text: "a", time: 2 } }).base).toEqual({
      text: "a",
      time: 1.5,
    });
    expect(meets({ fields: { time: 3 }, base: { text: "a", time: 2 } }).fields).toEqual({
      time: 3,
    });
  });
});
