import { convexTest } from "convex-test";
import { defineSchema, type GenericMutationCtx } from "convex/server";
import { v } from "convex/values";
import { describe, expect, it } from "vitest";
import type { ServerUpgrade } from "../../templates/server/convex/syncEngine/history";
import { createSyncServer } from "../../templates/server/convex/syncEngine/server";
import { syncedTable, syncSystemTables } from "../../templates/server/convex/syncEngine/tables";
import { createWriters } from "../../templates/server/convex/syncEngine/writers";
import { mobileWins } from "../../templates/shared/policies/mobileWins";
import { getSyncUser } from "./fixture/convex/syncUser";
import {
  accepted,
  Device,
  keyOf,
  modules,
  newUuid,
  signIn,
  userOf,
  type OpDraft,
  type Session,
} from "./harness";

/* Version 1: days { day, note }. Version 2: notes { day, note }. */
const upgrades: readonly ServerUpgrade[] = [
  { id: "a", from: 1, to: 2, tables: { days: { renamedTo: "notes" } } },
];

const project = {
  rules: {
    notes: {
      name: "notes",
      firstName: "days",
      operations: ["create", "update", "delete"],
      uniqueBy: ["day"],
      options: {},
      fields: {
        day: { kind: "text", optional: false },
        note: { kind: "text", optional: false },
      },
    },
  },
  policies: { notes: mobileWins },
  upgrades,
  user: getSyncUser,
} as const;

const schema = defineSchema({
  notes: syncedTable({ day: v.string(), note: v.string() }),
  ...syncSystemTables,
});

const synced = createWriters<Record<never, never>, typeof project.rules>(project);

function start() {
  const deployment = convexTest({ schema, modules, transactionLimits: true });
  const ana = signIn(deployment, "ana");
  const server = createSyncServer({
    ...project,
    schemaVersion: 2,
    accepts: 1,
    retentionDays: 90,
  });
  const device = new Device(ana);
  const send = async (draft: OpDraft) => {
    const batch = device.batch([device.op({ schemaVersion: 2, ...draft })], 2);
    const reply = await ana.mutation(async (ctx) => await server.push(ctx, batch));
    return accepted(reply).results[0];
  };
  const rows = () => deployment.run((ctx) => ctx.db.query("notes").collect());
  return { deployment, ana, send, rows };
}

const insert = (session: Session, values: { day: string; note: string }) =>
  session.mutation((ctx) =>
    synced(ctx as unknown as GenericMutationCtx<Record<never, never>>, "notes").insert(
      // Safe: the rows of a data model that names no table have no fields.
      values as never,
    ),
  );

const monday = keyOf("ana", "days", "mon");

describe("a table with a natural key that was renamed", () => {
  it("makes ids as before: by its first name, for apps of both names and for server code", async () => {
    const { ana, send, rows } = start();
    const fields = { day: "mon", note: "1" };
    const created = await send({
      ...{ table: "days", kind: "create", schemaVersion: 1 },
      ...{ clientId: monday, fields },
    });
    expect(created).toMatchObject({ outcome: "applied" });

    const edit = { table: "notes", kind: "update", clientId: monday } as const;
    expect(await send({ ...edit, fields: { note: "2" }, base: fields })).toMatchObject({
      outcome: "applied",
    });
    expect(await insert(ana, { day: "mon", note: "3" })).toBe(monday);
    expect(await rows()).toMatchObject([{ clientId: monday, day: "mon", note: "3" }]);
  });

  it("takes no row with an id made of its name of today", async () => {
    const { send } = start();
    const clientId = keyOf("ana", "notes", "mon");
    expect(
      await send({ table: "notes", kind: "create", clientId, fields: { day: "mon", note: "1" } }),
    ).toMatchObject({ code: "invalid", message: "clientId is not the one of day" });
  });
});

describe("a row whose id was made under another natural key", () => {
  async function withOldRow() {
    const started = start();
    const clientId = newUuid();
    await started.deployment.run(async (ctx) => {
      await ctx.db.insert("notes", {
        ...{ clientId, userId: userOf("ana"), createdAt: 1, updatedAt: 1, deletedAt: null },
        ...{ edited: "000000000000001-0000-device01", opId: null, clocks: {} },
        ...{ day: "mon", note: "1", changed: ctx.db.vars.commitTs },
      });
    });
    const edit = async (fields: Record<string, string>) =>
      await started.send({
        ...{ table: "notes", kind: "update", clientId, fields },
        base: { day: "mon", note: "1" },
      });
    return { ...started, edit };
  }

  it("can be edited", async () => {
    const { edit, rows } = await withOldRow();
    expect(await edit({ note: "2" })).toMatchObject({ outcome: "applied" });
    expect(await rows()).toMatchObject([{ day: "mon", note: "2" }]);
  });

  it("takes no other key", async () => {
    const { edit, rows } = await withOldRow();
    expect(await edit({ day: "tue" })).toMatchObject({ code: "invalid" });
    expect(await rows()).toMatchObject([{ day: "mon", note: "1" }]);
  });
});
