import { describe, expect, it } from "vitest";
import type {
  SyncedDocument,
  SyncQueryContext,
} from "../../templates/server/convex/syncEngine/context";
import { ownerOf } from "../../templates/server/convex/syncEngine/feed";
import type { ServerRules, SyncRules } from "../../templates/server/convex/syncEngine/rules";
import { scopeParts } from "../../templates/server/convex/syncEngine/scopes";
import { createSyncServer } from "../../templates/server/convex/syncEngine/server";
import { limits, type Scope } from "../../templates/shared/protocol";
import { api } from "./fixture/convex/_generated/api";
import { syncPolicies, syncRules } from "./fixture/convex/syncTables";
import { getSyncUser } from "./fixture/convex/syncUser";
import { deploy, newUuid, page, pull, signIn } from "./harness";
import {
  boardOp,
  cardOp,
  labelOf,
  openWorkspace,
  person,
  pulled,
  setAccess,
  type Context,
} from "./workspace";

describe("rows of a scope", () => {
  it("are what its members pull, each with the scope and who created it", async () => {
    const { ana, bo, board, card } = await openWorkspace();
    for (const member of [ana, bo]) {
      expect((await pulled(member, "team")).rows).toMatchObject([
        {
          clientId: card,
          scopeId: "team",
          userId: ana.userId,
          fields: { title: "buy bulbs", board, done: false },
        },
      ]);
      const all = await pulled(member, "team", null, api.sync.getAllBoardsForUser);
      expect(all.rows).toMatchObject([{ clientId: board, scopeId: "team" }]);
    }
  });

  it("stay their creator's when another member edits, deletes or brings back", async () => {
    const { deployment, ana, bo, card, stamp } = await openWorkspace();
    await setAccess(deployment, "bo", "team", "write");
    const edit = { table: "cards", scopeId: "team", clientId: card } as const;

    const edited = await bo.phone.pushOne({
      ...{ ...edit, kind: "update", fields: { done: true }, baseStamp: stamp },
    });
    expect(edited).toMatchObject({
      outcome: "applied",
      row: { userId: ana.userId, scopeId: "team", fields: { done: true } },
    });
    const removed = await bo.phone.pushOne({ ...edit, kind: "delete", baseStamp: edited.stamp });
    expect(removed.row).toMatchObject({ userId: ana.userId, scopeId: "team", fields: {} });
    const fields = { title: "again", board: edited.row?.fields["board"] ?? null };
    const back = await bo.phone.pushOne({
      ...{ ...edit, kind: "create", fields, baseStamp: removed.stamp },
    });
    expect(back.row).toMatchObject({ userId: ana.userId, scopeId: "team", fields });
    expect((await pulled(ana, "team")).rows).toMatchObject([{ userId: ana.userId, fields }]);
  });

  it("are pulled as changes behind a cursor of their own, deletions included", async () => {
    const { ana, bo, board, card, stamp } = await openWorkspace();
    const { cursor } = await pulled(bo, "team");
    await ana.phone.push(
      ana.phone.op(boardOp({ scopeId: "other" })),
      ana.phone.op(cardOp(board, { kind: "delete", clientId: card, fields: {}, baseStamp: stamp })),
    );
    expect((await pulled(bo, "team", cursor)).rows).toMatchObject([
      { clientId: card, scopeId: "team", fields: {} },
    ]);
    expect((await pulled(ana, "other")).rows).toEqual([]);
  });

  it("granted later are there from the first, however old (F10)", async () => {
    const { deployment, ana, cy, card } = await openWorkspace();
    await ana.phone.pushOne(boardOp({ scopeId: "other" }));
    await setAccess(deployment, "cy", "team", "read");
    expect((await pulled(cy, "team")).rows).toMatchObject([{ clientId: card }]);
  });

  it("have one id for a natural key in each scope, whoever makes them", async () => {
    const { deployment, ana, bo } = await openWorkspace();
    await setAccess(deployment, "bo", "team", "write");
    const label = (scopeId: string, color: string) => ({
      ...({
        table: "labels",
        kind: "create",
        scopeId,
        clientId: labelOf(scopeId, "urgent"),
      } as const),
      fields: { name: "urgent", color },
    });
    expect(await ana.phone.pushOne(label("team", "red"))).toMatchObject({ outcome: "applied" });
    expect(await ana.phone.pushOne(label("other", "blue"))).toMatchObject({ outcome: "applied" });
    const again = await bo.phone.pushOne(label("team", "red"));
    expect(again).toMatchObject({ outcome: "applied", row: { userId: ana.userId } });
    const all = await pulled(bo, "team", null, api.sync.getAllLabelsForUser);
    expect(all.rows).toHaveLength(1);
  });

  it("are created, changed and removed by the functions of the table, too", async () => {
    const { ana, board } = await openWorkspace();
    const clientId = newUuid();
    const upsert = (fields: { title?: string; board?: string; done?: boolean }) =>
      ana.session.mutation(api.sync.upsertCard, { scopeId: "team", clientId, fields });
    expect(await upsert({ title: "a", board })).toMatchObject({
      outcome: "applied",
      row: { scopeId: "team", userId: ana.userId },
    });
    expect(await upsert({ done: true })).toMatchObject({ row: { fields: { done: true } } });
    const removed = await ana.session.mutation(api.sync.removeCard, { scopeId: "team", clientId });
    expect(removed).toMatchObject({ outcome: "applied", row: { scopeId: "team", fields: {} } });
  });

  it("refer to rows of the same scope, also to one that comes later in the batch", async () => {
    const { ana } = await openWorkspace();
    const board = newUuid();
    const { results } = await ana.phone.push(
      ana.phone.op(cardOp(board)),
      ana.phone.op(boardOp({ clientId: board })),
      ana.phone.op(cardOp(board)),
    );
    expect(results.map(({ outcome }) => outcome)).toEqual(["applied", "applied", "applied"]);
  });
});

describe("the head", () => {
  it("lists the scopes of the user with the newest marks of their tables", async () => {
    const { ana, bo, cy, stamp } = await openWorkspace();
    const scopes = async (session: typeof ana.session) =>
      (await session.query(api.sync.head, {})).scopes;
    const none = { boards: null, cards: null, labels: null };
    const team = {
      ...{ scope: "workspace", scopeId: "team" },
      marks: { boards: stamp, cards: stamp, labels: null },
    };
    const other = { scope: "workspace", scopeId: "other", marks: none };
    expect(await scopes(bo.session)).toEqual([{ ...team, access: "read" }]);
    expect(await scopes(cy.session)).toEqual([{ ...other, access: "write" }]);
    expect(await scopes(ana.session)).toEqual([
      { ...other, access: "write" },
      { ...team, access: "write" },
    ]);
    const { marks } = await ana.session.query(api.sync.head, {});
    expect(Object.keys(marks)).not.toContain("cards");
    expect(Object.keys(marks)).toContain("tasks");
  });

  it("says at once who is in a scope no more, and what a member may do now", async () => {
    const { deployment, bo } = await openWorkspace();
    const scopes = async () =>
      ((await bo.session.query(api.sync.head, {})).scopes ?? []).map(({ access }) => access);
    expect(await scopes()).toEqual(["read"]);
    await setAccess(deployment, "bo", "team", "write");
    expect(await scopes()).toEqual(["write"]);
    await setAccess(deployment, "bo", "team", null);
    expect(await scopes()).toEqual([]);
  });

  it("tells each kind of scope of its own tables", async () => {
    const { deployment, bo } = await openWorkspace();
    await setAccess(deployment, "bo", "home", "write", "household");
    await setAccess(deployment, "bo", "x", "write", "no such scope");
    const { scopes } = await bo.session.query(api.sync.head, {});
    expect(scopes).toMatchObject([
      { scope: "household", scopeId: "home", marks: { chores: null } },
      { scope: "workspace", scopeId: "team" },
    ]);
    expect(Object.keys(scopes?.[0]?.marks ?? {})).toEqual(["chores"]);
  });

  it("is read within Convex's limits by somebody in as many scopes as there may be", async () => {
    const deployment = deploy();
    const dee = person(deployment, "dee");
    await deployment.run(async ({ db }: Context) => {
      for (let at = 0; at < limits.scopes; at += 1)
        await db.insert("syncMembers", {
          ...{ scope: "workspace", scopeId: `w${at}`, userId: dee.userId, access: "write" },
        });
    });
    const { scopes } = await dee.session.query(api.sync.head, {});
    expect(scopes).toHaveLength(limits.scopes);
    expect(scopes?.at(-1)?.marks).toEqual({ boards: null, cards: null, labels: null });
  });

  it("leaves out marks of tables that would be more than a query may look up, and no scope", async () => {
    const scopeIds = Array.from({ length: limits.scopes }, (_, at) => `w${at}`);
    const names = manyTables("boards", "workspace");
    const server = serverOf(names, async (ctx) => {
      // An app that keeps members in tables of its own may look up some of them one by one.
      const { db } = ctx as Context;
      for (let read = 0; read < 3 * limits.scopes; read += 1) await db.query("syncEpochs").first();
      return scopeIds;
    });
    const ana = signIn(deploy({ limits: true }), "ana");
    const { scopes = [] } = await ana.query((ctx) => server.head(ctx, {}));
    expect(scopes).toHaveLength(limits.scopes);
    expect(Object.keys(scopes[0]?.marks ?? {})).toEqual(Object.keys(names));
    expect(scopes.at(-1)?.marks).toEqual({});
  });

  it("is read within Convex's limits whatever others write beside the user's own huge rows", async () => {
    const { deployment, ana, bo } = await openWorkspace({ limits: true });
    const text = "x".repeat(850 * 1024);
    await bo.phone.pushOne({ table: "drafts", kind: "create", fields: { text } });
    const scopeIds = ["empty", "full", "fuller"];
    for (const scopeId of scopeIds.slice(1)) {
      await setAccess(deployment, "ana", scopeId, "write");
      await ana.phone.pushOne(boardOp({ scopeId, fields: { name: text } }));
    }
    const [own, shared] = [manyTables("drafts"), manyTables("boards", "workspace")];
    const server = serverOf({ ...own, ...shared }, async () => scopeIds);
    const { marks, scopes = [] } = await bo.session.query((ctx) => server.head(ctx, {}));
    expect(Object.keys(marks)).toEqual(Object.keys(own));
    expect(scopes.map(({ scopeId }) => scopeId)).toEqual(scopeIds);
    expect(Object.keys(scopes[0]?.marks ?? {})).toEqual(Object.keys(shared));
    expect(scopes.at(-1)?.marks).toEqual({});
  });

  it("goes on telling of every scope when another member fills them with huge rows", async () => {
    const { deployment, ana, bo } = await openWorkspace({ limits: true });
    const ids = Array.from({ length: 20 }, (_, at) => `big${String(at).padStart(2, "0")}`);
    const name = "x".repeat(800 * 1024);
    for (const scopeId of ids) {
      await setAccess(deployment, "ana", scopeId, "write");
      await setAccess(deployment, "bo", scopeId, "read");
      await ana.phone.pushOne(boardOp({ scopeId, fields: { name } }));
    }
    const { scopes = [] } = await bo.session.query(api.sync.head, {});
    expect(scopes.map(({ scopeId }) => scopeId)).toEqual([...ids, "team"]);
    expect(scopes[0]?.marks["boards"]).toMatch(/^\d{19}$/);
    // What is not told is not told to be empty.
    expect(scopes.at(-1)?.marks).toEqual({});
  });

  it.each<[string, readonly Scope[], RegExp]>([
    [
      "more scopes than there may be",
      Array.from({ length: limits.scopes + 1 }, (_, at) => ({
        ...{ scope: "workspace", scopeId: `w${at}`, access: "read" },
      })),
      /^listScopes of syncScopes.ts says that \S+ana is in 501 scopes, and a user is in 500 at most$/,
    ],
    [
      "an id that can be none",
      [{ scope: "workspace", scopeId: "a/b", access: "read" }],
      /^listScopes of syncScopes.ts says that \S+ana is in the workspace "a\/b", and a scopeId is 1 to 100 of/,
    ],
  ])("tells nothing rather than a part, of %s", async (_, listed, message) => {
    const server = createSyncServer({
      ...{ rules: syncRules, policies: syncPolicies, user: getSyncUser, upgrades: [] },
      ...{ schemaVersion: 1, accepts: 0, retentionDays: 90 },
      scopes: scopeParts({ list: async () => listed, access: async () => "read" }),
    });
    const ana = signIn(deploy(), "ana");
    await expect(ana.query((ctx) => server.head(ctx, {}))).rejects.toThrow(message);
  });
});

/** As many tables as most projects have, which are all the same one in Convex. */
function manyTables(table: "boards" | "drafts", scope?: string): SyncRules {
  const names = Array.from({ length: 9 }, (_, at) => `${table}${at}`);
  const { scope: _, ...rules }: ServerRules = syncRules[table];
  const placed = scope === undefined ? rules : { ...rules, scope };
  return Object.fromEntries(names.map((name) => [name, { ...placed, name, storedAs: table }]));
}

/** A server of these tables, whose users are in the workspaces that `list` says. */
function serverOf(rules: SyncRules, list: (ctx: SyncQueryContext) => Promise<readonly string[]>) {
  return createSyncServer({
    ...{ rules, policies: {}, user: getSyncUser, upgrades: [] },
    ...{ schemaVersion: 1, accepts: 0, retentionDays: 90 },
    scopes: scopeParts({
      list: async (ctx) =>
        (await list(ctx)).map((scopeId) => ({ scope: "workspace", scopeId, access: "read" })),
      access: async () => "read",
    }),
  });
}

describe("tables without a scope", () => {
  it("may have a field of that name, which says nothing of where a row is", () => {
    const document = { scopeId: "team", userId: "ana" } as unknown as SyncedDocument;
    expect(ownerOf(document, syncRules.notes)).toEqual({ userId: "ana" });
    expect(ownerOf(document, syncRules.boards)).toEqual({ scopeId: "team" });
  });

  it("are the user's own as before: their rows name no scope, and an op has none", async () => {
    const { ana } = await openWorkspace();
    const fields = { title: "mine" };
    const own = await ana.phone.pushOne({ table: "notes", kind: "create", fields });
    expect(own.row).not.toHaveProperty("scopeId");
    const [row] = page(await pull(ana.session, api.sync.getAllNotesForUser, null)).rows;
    expect(row).not.toHaveProperty("scopeId");
    const scoped = { table: "notes", kind: "create", fields, scopeId: "team" } as const;
    expect(await ana.phone.pushOne(scoped)).toMatchObject({ code: "invalid", row: null });
    expect(page(await pull(ana.session, api.sync.getAllNotesForUser, null)).rows).toHaveLength(1);
  });

  it("are all that there may be where nothing says who is in a scope", () => {
    const project = {
      ...{ rules: syncRules, policies: syncPolicies, user: getSyncUser, upgrades: [] },
      ...{ schemaVersion: 1, accepts: 0, retentionDays: 90 },
    };
    expect(() => createSyncServer(project)).toThrow(
      "sync.ts: boards has a scope, and nothing says who is in one: give createSyncServer its `scopes`",
    );
    const { drafts } = syncRules;
    expect(() => createSyncServer({ ...project, rules: { drafts } })).not.toThrow();
  });
});
