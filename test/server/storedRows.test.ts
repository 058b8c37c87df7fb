import { convexTest } from "convex-test";
import { defineSchema } from "convex/server";
import { v } from "convex/values";
import { describe, expect, it } from "vitest";
import { currentRow, fieldsOf, liveRow } from "../../templates/server/convex/syncEngine/documents";
import { historyOf, type ServerUpgrade } from "../../templates/server/convex/syncEngine/history";
import { jsonProblem } from "../../templates/shared/jsonProblem";
import type { ServerRules } from "../../templates/server/convex/syncEngine/rules";
import { createSyncServer } from "../../templates/server/convex/syncEngine/server";
import { syncedTable, syncSystemTables } from "../../templates/server/convex/syncEngine/tables";
import { createWriters } from "../../templates/server/convex/syncEngine/writers";
import { hlcAt } from "../../templates/shared/clock";
import { mobileWins } from "../../templates/shared/policies/mobileWins";
import type { FieldRules } from "../../templates/shared/policy";
import type { Fields, Op } from "../../templates/shared/protocol";
import type { TableUpgrade } from "../../templates/shared/upgrade";
import { getSyncUser } from "./fixture/convex/syncUser";
import { accepted, Device, modules, newUuid, signIn, userOf, type Deployment } from "./harness";

const text = { kind: "text", optional: true } as const;
const integer = { kind: "integer", optional: true } as const;

/** One upgrade of the table a step, oldest first. */
const upgradesOf = (...steps: readonly TableUpgrade[]): readonly ServerUpgrade[] =>
  steps.map((step, index) => ({
    id: `to ${index + 2}`,
    from: index + 1,
    to: index + 2,
    tables: { people: step },
  }));

const rulesOf = (
  upgrades: readonly ServerUpgrade[],
  fields: Readonly<Record<string, FieldRules>>,
  serverFields: Readonly<Record<string, FieldRules>> = {},
): ServerRules => ({
  name: "people",
  operations: ["create", "update", "delete"],
  uniqueBy: [],
  options: {},
  fields,
  serverFields,
  history: historyOf(upgrades, "people"),
});

const stored = (content: object, upgradedTo?: string | number) =>
  // Safe: the columns that are read.
  ({
    deletedAt: null,
    clocks: {},
    ...content,
    ...(upgradedTo === undefined ? {} : { upgradedTo }),
  }) as never;

describe("a stored row is read as what every upgrade since it was written makes of it", () => {
  // Version 1: phone. Version 2: mobile, which is the phone of before. Version 3: mobile, and another phone.
  const reused = upgradesOf(
    { fields: { phone: { renamedTo: "mobile" } } },
    { added: { phone: null } },
  );
  const reusedRules = rulesOf(reused, { mobile: text, phone: text });

  it.each([
    ["of version 1", { phone: "1" }, undefined, { mobile: "1", phone: null }],
    ["of version 2", { mobile: "1" }, "to 2", { mobile: "1", phone: null }],
    ["of today, with the first field empty", { phone: "1" }, "to 3", { mobile: null, phone: "1" }],
    ["of another branch", { mobile: "1", phone: "2" }, "elsewhere", { mobile: "1", phone: null }],
    ["that names the upgrade by its place", { mobile: "1" }, 1, { mobile: "1", phone: null }],
    ["that names the newest by its place", { phone: "1" }, 2, { mobile: null, phone: "1" }],
  ])("%s", (_, content, upgradedTo, fields) => {
    expect(fieldsOf(stored(content, upgradedTo), reusedRules)).toEqual(fields);
  });

  it("and not as what a server-only field of today holds under a name of before", () => {
    const renamed = upgradesOf({ fields: { score: { renamedTo: "rating" } } });
    const rules = rulesOf(renamed, { rating: integer }, { score: integer });
    expect(fieldsOf(stored({ score: 5 }, "to 2"), rules)).toEqual({ rating: null });
    expect(fieldsOf(stored({ score: 5 }), rules)).toEqual({ rating: 5 });
    expect(liveRow(stored({ score: 5 }), rules)).not.toHaveProperty("score");
  });

  it("and not with what a removed field left under the name", () => {
    const steps = upgradesOf(
      { fields: { x: { dropped: true } } },
      { fields: { y: { renamedTo: "x" } } },
      { fields: { x: { renamedTo: "z" } } },
    );
    expect(fieldsOf(stored({ x: "dead", y: "live" }), rulesOf(steps, { z: text }))).toEqual({
      z: "live",
    });
  });

  it("and not with a value of the kind that the field was before it was renamed", () => {
    const steps = upgradesOf(
      { fields: { a: { dropped: true } }, added: { a: 1 } },
      { fields: { a: { renamedTo: "b" } } },
    );
    const count = { kind: "integer", optional: false, default: 1 } as const;
    expect(fieldsOf(stored({ a: "hello" }), rulesOf(steps, { b: count }))).toEqual({ b: 1 });
  });

  it("with the default that a field was added with, whatever became of that", () => {
    const added = upgradesOf({ added: { count: 7 } });
    const fieldsWith = (rule: FieldRules) => fieldsOf(stored({}), rulesOf(added, { count: rule }));
    expect(fieldsWith({ kind: "integer", optional: false, default: 9 })).toEqual({ count: 7 });
    expect(fieldsWith({ kind: "integer", optional: false })).toEqual({ count: 7 });
    expect(fieldsWith(integer)).toEqual({ count: 7 });
  });

  it.each<[FieldRules, string | number | boolean | null]>([
    [{ kind: "text", optional: false }, ""],
    [{ kind: "text", optional: false, default: "none" }, "none"],
    [{ kind: "integer", optional: false }, 0],
    [{ kind: "real", optional: false }, 0],
    [{ kind: "timestamp", optional: false }, 0],
    [{ kind: "boolean", optional: false }, false],
    [{ kind: "choice", optional: false, choices: ["low", "high"] }, "low"],
    [{ kind: "choice", optional: false }, null],
    [{ kind: "json", optional: false, problemOf: jsonProblem }, null],
    [{ kind: "reference", optional: false, references: "people" }, null],
    [{ kind: "text", optional: true }, null],
  ])("with a value that devices can hold where it lacks one: %j", (rule, value) => {
    expect(fieldsOf(stored({}), rulesOf([], { a: rule }))).toEqual({ a: value });
  });

  it("with what stood for a removed choice at the time", () => {
    const narrowed = upgradesOf({ fields: { level: { choices: ["low"], instead: "low" } } });
    const level = {
      kind: "choice",
      optional: true,
      default: "high",
      choices: ["low", "high"],
    } as const;
    const rules = rulesOf(narrowed, { level });
    expect(fieldsOf(stored({ level: "mid" }), rules)).toEqual({ level: "low" });
    expect(fieldsOf(stored({}), rules)).toEqual({ level: null });
  });

  it("with the times of its edits under today's names", () => {
    const renamed = upgradesOf({
      fields: { title: { renamedTo: "headline" }, old: { dropped: true } },
    });
    const document = stored({ title: "a", clocks: { title: "1", old: "2", body: "3" } });
    const { clocks } = currentRow(document, rulesOf(renamed, { headline: text, body: text }));
    expect(clocks).toEqual({ headline: "1", body: "3" });
  });
});

/** A deployment whose table has a name, a rating, and a score that no device knows. */
function start(upgrade: TableUpgrade) {
  const upgrades = upgradesOf(upgrade);
  const fields = { name: v.string(), rating: v.optional(v.number()) };
  const history = historyOf(upgrades, "people");
  const schema = defineSchema({
    people: syncedTable({ ...fields, score: v.optional(v.number()) }, {}, history),
    ...syncSystemTables,
  });
  const { history: _, ...people } = rulesOf(
    upgrades,
    { name: { kind: "text", optional: false }, rating: integer },
    { score: integer },
  );
  const config = { rules: { people }, policies: { people: mobileWins }, upgrades };
  const user = getSyncUser;
  const server = createSyncServer({
    ...config,
    user,
    schemaVersion: 2,
    accepts: 1,
    retentionDays: 90,
  });
  const synced = createWriters<Record<never, never>, typeof config.rules>({ ...config, user });
  const deployment = convexTest({ schema, modules, transactionLimits: true });
  // Safe: signing in looks at no table.
  const ana = signIn(deployment as unknown as Deployment, "ana");
  const device = new Device(ana);
  const clientId = newUuid();
  const send = async (kind: Op["kind"], values: Fields) => {
    const op = device.op({
      table: "people",
      kind,
      clientId,
      fields: values,
      schemaVersion: 2,
    });
    const reply = await ana.mutation(async (ctx) => await server.push(ctx, device.batch([op], 2)));
    expect(accepted(reply).results).toMatchObject([{ outcome: "applied" }]);
  };
  const setScore = (score: number) =>
    ana.mutation((ctx) => synced(ctx as never, "people").patch(clientId, { score } as never));
  const get = () => ana.mutation((ctx) => synced(ctx as never, "people").get(clientId));
  const pulled = async () => {
    const reply = await ana.query((ctx) => server.changesSince(ctx, "people", { cursor: null }));
    return reply.status === "ok" ? reply.rows.map((row) => row.fields) : [];
  };
  const document = () => deployment.run((ctx) => ctx.db.query("people").first());
  /** A row as version 1 stored it. */
  const insertOld = (content: object) =>
    deployment.run(async (ctx) => {
      const times = { createdAt: 1, updatedAt: 1, deletedAt: null, edited: hlcAt(1, "old") };
      const row = { clientId, userId: userOf("ana"), ...times, opId: null, clocks: {} };
      // Safe: what today's types do not know is what the schema is to let in.
      const old = { ...row, changed: ctx.db.vars.commitTs, ...content } as never;
      await ctx.db.insert("people", old);
    });
  return { insertOld, send, setScore, get, pulled, document };
}

describe("a field that only server code knows", () => {
  it("reaches no device under the name that a synced field took from it", async () => {
    const { send, setScore, pulled, document } = start({
      fields: { score: { renamedTo: "rating" } },
    });
    await send("create", { name: "Ben", rating: null });
    await setScore(5);
    expect(await pulled()).toEqual([{ name: "Ben", rating: null }]);
    await send("update", { name: "Benno" });
    expect(await document()).toMatchObject({ name: "Benno", score: 5 });
    expect(await document()).not.toHaveProperty("rating");
  });

  it("outlives the edits of devices, although they once knew it", async () => {
    const { send, setScore, get, document } = start({
      fields: { score: { dropped: true } },
      server: { fields: { score: { renamedTo: "score" } } },
    });
    await send("create", { name: "Ben", rating: null });
    await setScore(5);
    expect(await get()).toMatchObject({ score: 5 });
    await send("update", { name: "Benno" });
    expect(await document()).toMatchObject({ name: "Benno", score: 5 });
  });

  it("is let in and read as it was before it was renamed, with the default that it was added with", async () => {
    const { insertOld, get, setScore, document } = start({
      server: { fields: { points: { renamedTo: "score" } }, added: { score: 1 } },
    });
    await insertOld({ name: "Ben", points: 5 });
    expect(await get()).toMatchObject({ score: 5 });
    expect(await get()).not.toHaveProperty("points");
    await setScore(6);
    expect(await document()).toMatchObject({ name: "Ben", score: 6 });
    expect(await document()).not.toHaveProperty("points");
    const { insertOld: insertEmpty, get: getEmpty } = start({ server: { added: { score: 1 } } });
    await insertEmpty({ name: "Ben" });
    expect(await getEmpty()).toMatchObject({ score: 1 });
  });
});
