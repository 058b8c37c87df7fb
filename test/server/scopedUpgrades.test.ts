import { convexTest } from "convex-test";
import { defineSchema } from "convex/server";
import { v } from "convex/values";
import { describe, expect, it } from "vitest";
import { historyOf, type ServerUpgrade } from "../../templates/server/convex/syncEngine/history";
import {
  accessOfMember,
  scopesOfMember,
  setMember,
  syncMemberTables,
} from "../../templates/server/convex/syncEngine/members";
import { scopedTable } from "../../templates/server/convex/syncEngine/scopedTable";
import { scopeParts } from "../../templates/server/convex/syncEngine/scopes";
import { createSyncServer } from "../../templates/server/convex/syncEngine/server";
import { syncSystemTables } from "../../templates/server/convex/syncEngine/tables";
import { naturalId } from "../../templates/shared/naturalId";
import { mobileWins } from "../../templates/shared/policies/mobileWins";
import { getSyncUser } from "./fixture/convex/syncUser";
import {
  accepted,
  Device,
  keyOf,
  modules,
  newUuid,
  page,
  signIn,
  userOf,
  type Deployment,
} from "./harness";

/*
 * Version 1: cards { title }, marks { name } by their names, and polls. Version 2: tickets { text }, stamps { name }.
 * All of them are in workspaces; Convex holds the rows where they were.
 */
const upgrades: readonly ServerUpgrade[] = [
  {
    id: "to 2",
    from: 1,
    to: 2,
    tables: {
      cards: { renamedTo: "tickets", fields: { title: { renamedTo: "text" } } },
      marks: { renamedTo: "stamps" },
      polls: { removed: true },
    },
  },
];

const common = { scope: "workspace", operations: ["create", "update", "delete"], options: {} };
const rules = {
  tickets: {
    ...{ ...common, name: "tickets", firstName: "cards", storedAs: "cards", uniqueBy: [] },
    fields: { text: { kind: "text", optional: false } },
  },
  stamps: {
    ...{ ...common, name: "stamps", firstName: "marks", storedAs: "marks", uniqueBy: ["name"] },
    fields: { name: { kind: "text", optional: false } },
  },
} as const;

const schema = defineSchema({
  cards: scopedTable({ text: v.string() }, {}, historyOf(upgrades, "tickets")),
  marks: scopedTable({ name: v.string() }),
  ...syncSystemTables,
  ...syncMemberTables,
});

async function start() {
  const deployment = convexTest({ schema, modules, transactionLimits: true });
  // Safe: only the functions of this file are called, with the tables that it has.
  const ana = signIn(deployment as unknown as Deployment, "ana");
  const server = createSyncServer({
    ...{ rules, upgrades, schemaVersion: 2, accepts: 1, retentionDays: 90, user: getSyncUser },
    policies: { tickets: mobileWins, stamps: mobileWins },
    scopes: scopeParts({ list: scopesOfMember, access: accessOfMember }),
  } as Parameters<typeof createSyncServer>[0]);
  const member = { scope: "workspace", scopeId: "team", userId: userOf("ana") } as const;
  await ana.mutation((ctx) => setMember(ctx, { ...member, access: "write" }));
  const asked = { cursor: null, scopeId: "team", schemaVersion: 1 };
  return { ana, server, phone: new Device(ana), asked };
}

describe("an app of an earlier version, and tables in scopes", () => {
  it("pulls, pushes and is woken under the names that it knows (I20)", async () => {
    const { ana, server, phone, asked } = await start();
    const op = phone.op({
      ...{ table: "cards", kind: "create", scopeId: "team", schemaVersion: 1 },
      fields: { title: "buy bulbs" },
    });
    const reply = await ana.mutation((ctx) => server.push(ctx, phone.batch([op], 1)));
    const { results, stamp } = accepted(reply);
    expect(results).toMatchObject([
      { outcome: "applied", row: { scopeId: "team", fields: { title: "buy bulbs" } } },
    ]);
    const pulled = await ana.query((ctx) => server.all(ctx, "cards", asked));
    expect(page(pulled).rows).toMatchObject([{ scopeId: "team", fields: { title: "buy bulbs" } }]);
    const old = await ana.query((ctx) => server.head(ctx, { schemaVersion: 1 }));
    expect(old.scopes).toMatchObject([{ marks: { cards: stamp, marks: null } }]);
    const today = await ana.query((ctx) => server.head(ctx, {}));
    expect(today.scopes).toMatchObject([{ marks: { tickets: stamp, stamps: null } }]);
  });

  it("has ids of natural keys by the first name of the table, in each scope", async () => {
    const { ana, server, phone } = await start();
    const create = (clientId: string) =>
      phone.op({
        ...{ table: "marks", kind: "create", scopeId: "team", schemaVersion: 1, clientId },
        fields: { name: "urgent" },
      });
    const ops = [
      create(keyOf("ana", "marks", "urgent")),
      create(naturalId("team", "stamps", ["urgent"])),
      create(naturalId("team", "marks", ["urgent"])),
    ];
    const reply = await ana.mutation((ctx) => server.push(ctx, phone.batch(ops, 1)));
    expect(accepted(reply).results.map(({ code }) => code)).toEqual(["invalid", "invalid", null]);
  });

  it("is shown and changes nothing where it is not a member", async () => {
    const { ana, server, phone, asked } = await start();
    const elsewhere = { ...asked, scopeId: "other" };
    expect(await ana.query((ctx) => server.all(ctx, "cards", elsewhere))).toEqual({
      ...{ status: "refused", code: "no-access" },
    });
    const op = phone.op({
      ...{ table: "cards", kind: "update", scopeId: "other", schemaVersion: 1 },
      ...{ clientId: newUuid(), fields: { title: "x" } },
    });
    const reply = await ana.mutation((ctx) => server.push(ctx, phone.batch([op], 1)));
    expect(accepted(reply).results).toMatchObject([{ code: "no-access", row: null }]);
  });

  it("is told nothing new of a table that was removed, whatever the scope", async () => {
    const { ana, server, asked } = await start();
    const gone = await ana.query((ctx) => server.changesSince(ctx, "polls", asked));
    expect(gone).toMatchObject({ status: "ok", rows: [], hasMore: false });
  });
});
