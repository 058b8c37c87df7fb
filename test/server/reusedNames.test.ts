import { convexTest } from "convex-test";
import { defineSchema } from "convex/server";
import { v } from "convex/values";
import { describe, expect, it } from "vitest";
import { fieldsOf } from "../../templates/server/convex/syncEngine/documents";
import { historyOf, type ServerUpgrade } from "../../templates/server/convex/syncEngine/history";
import { createSyncServer } from "../../templates/server/convex/syncEngine/server";
import { syncedTable, syncSystemTables } from "../../templates/server/convex/syncEngine/tables";
import { mobileWins } from "../../templates/shared/policies/mobileWins";
import { getSyncUser } from "./fixture/convex/syncUser";
import { accepted, Device, modules, newUuid, signIn, userOf } from "./harness";

/*
 * Version 1: tasks { title, name, count: integer, note?: text, when?: text }.
 * Version 2: tasks { title (was name), count: text = "none", when?: text }.
 * Version 3: tasks { title, count, note?: integer, when?: text }, `when` being another field by then.
 */
const upgrades: readonly ServerUpgrade[] = [
  {
    id: "to 2",
    from: 1,
    to: 2,
    tables: {
      tasks: {
        fields: {
          title: { dropped: true },
          name: { renamedTo: "title" },
          count: { dropped: true },
          note: { dropped: true },
        },
        added: { count: "none" },
      },
    },
  },
  { id: "to 3", from: 2, to: 3, tables: { tasks: { added: { note: null } } } },
];

const fields = {
  title: v.string(),
  count: v.string(),
  note: v.optional(v.number()),
};
const history = historyOf(upgrades, "tasks");
const rules = {
  tasks: {
    name: "tasks",
    operations: ["create", "update", "delete"],
    uniqueBy: [],
    options: {},
    fields: {
      title: { kind: "text", optional: false },
      count: { kind: "text", optional: false, default: "none" },
      note: { kind: "integer", optional: true },
    },
  },
} as const;

const schema = defineSchema({
  tasks: syncedTable(fields, {}, history),
  ...syncSystemTables,
});

/** A deployment with a document that an app of version 1 wrote, as Convex keeps it. */
async function startWithOld(content: Record<string, unknown>) {
  const deployment = convexTest({ schema, modules, transactionLimits: true });
  const ana = signIn(deployment, "ana");
  const server = createSyncServer({
    rules,
    policies: { tasks: mobileWins },
    schemaVersion: 3,
    accepts: 1,
    upgrades,
    retentionDays: 90,
    user: getSyncUser,
  });
  const clientId = newUuid();
  await deployment.run(async (ctx) => {
    const columns = {
      ...{
        clientId,
        userId: userOf("ana"),
        createdAt: 1,
        updatedAt: 1,
        deletedAt: null,
      },
      ...{ edited: "000000000000001-0000-device01", opId: null, clocks: {} },
      changed: ctx.db.vars.commitTs,
    };
    await ctx.db.insert("tasks", { ...columns, ...content } as never);
  });
  const pull = () =>
    ana.query(async (ctx) => await server.changesSince(ctx, "tasks", { cursor: null }));
  const rows = async () => {
    const reply = await pull();
    return reply.status === "ok" ? reply.rows : [];
  };
  const device = new Device(ana);
  const update = async (changed: Record<string, string | number>) => {
    const op = device.op({
      table: "tasks",
      kind: "update",
      clientId,
      fields: changed,
      schemaVersion: 3,
    });
    const reply = await ana.mutation(async (ctx) => await server.push(ctx, device.batch([op], 3)));
    expect(accepted(reply).results).toMatchObject([{ outcome: "applied" }]);
  };
  return { deployment, rows, update };
}

const ofVersion1 = {
  title: "dropped",
  name: "the name",
  count: 5,
  note: "call back",
};

describe("a field that has the name of an earlier one", () => {
  it("does not take its value where that is of another kind", async () => {
    const { rows } = await startWithOld(ofVersion1);
    expect(await rows()).toMatchObject([{ fields: { count: "none", note: null } }]);
  });

  it("keeps what was renamed to it, and not what was dropped to make room", async () => {
    const { rows, update } = await startWithOld(ofVersion1);
    expect(await rows()).toMatchObject([{ fields: { title: "the name" } }]);
    await update({ title: "anew" });
    expect(await rows()).toMatchObject([{ fields: { title: "anew" } }]);
  });

  it("does not take what another field of today holds under a name that it once had", () => {
    // Version 1: { a, b }; then `a` went and `b` became `a`; then another `b` came.
    const steps: readonly ServerUpgrade[] = [
      {
        id: "to 2",
        from: 1,
        to: 2,
        tables: {
          t: { fields: { a: { dropped: true }, b: { renamedTo: "a" } } },
        },
      },
      { id: "to 3", from: 2, to: 3, tables: { t: { added: { b: null } } } },
    ];
    const text = { kind: "text", optional: true } as const;
    const columns = { ...rules.tasks, fields: { a: text, b: text } };
    const read = (content: Record<string, string>, upgradedTo?: string) =>
      fieldsOf({ deletedAt: null, ...content, upgradedTo } as never, {
        ...columns,
        history: historyOf(steps, "t"),
      });
    expect(read({ a: "was b", b: "new" }, "to 3")).toEqual({ a: "was b", b: "new" });
    expect(read({ a: "dropped", b: "became a" })).toEqual({ a: "became a", b: null });
  });

  it("leaves nothing of the earlier one in a document that is written again", async () => {
    const { deployment, update } = await startWithOld(ofVersion1);
    await update({ count: "six" });
    const [document] = await deployment.run((ctx) => ctx.db.query("tasks").collect());
    expect(document).toMatchObject({ title: "the name", count: "six" });
    expect(document).not.toHaveProperty("note");
    expect(document).not.toHaveProperty("name");
  });
});
