import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { api, internal } from "./fixture/convex/_generated/api";
import { newUuid, type Deployment } from "./harness";
import {
  boardOp,
  cardOp,
  openWorkspace,
  pulled,
  pullScope,
  setAccess,
  type Person,
} from "./workspace";

const day = 24 * 60 * 60 * 1000;

beforeEach(() => {
  vi.useFakeTimers();
  vi.setSystemTime(Date.UTC(2026, 0, 1));
});

afterEach(() => {
  vi.useRealTimers();
});

const team = { scope: "workspace", scopeId: "team" };

const run = (deployment: Deployment) => deployment.mutation(internal.sync.forgetScope, team);

const finish = (deployment: Deployment) =>
  deployment.finishAllScheduledFunctions(() => vi.runAllTimers());

const tables = ["boards", "cards", "labels", "chores", "syncMembers", "syncHorizons"] as const;

/** What each table holds of a scope. */
async function countsOf(deployment: Deployment, scopeId: string) {
  const counts = await deployment.run(async ({ db }) =>
    Promise.all(
      tables.map(async (table) => {
        const found: { scopeId?: string | undefined }[] = await db.query(table).collect();
        return [table, found.filter((one) => one.scopeId === scopeId).length] as const;
      }),
    ),
  );
  return Object.fromEntries(counts.filter(([, count]) => count > 0));
}

async function makeBoards({ phone }: Person, count: number, scopeId = "team") {
  for (let made = 0; made < count; made += 100)
    await phone.push(
      ...Array.from({ length: Math.min(100, count - made) }, () => phone.op(boardOp({ scopeId }))),
    );
}

describe("forgetScope", () => {
  it("deletes the members and the rows of one scope, tombstones included, and no other's", async () => {
    const { deployment, ana, bo, cy, board, card, stamp } = await openWorkspace();
    await makeBoards(ana, 1, "other");
    await setAccess(deployment, "ana", "team", "write", "household");
    const chore = { table: "chores", kind: "create", scopeId: "team" } as const;
    await ana.phone.push(
      ana.phone.op({ ...chore, fields: { text: "sweep" } }),
      ana.phone.op(cardOp(board, { kind: "delete", clientId: card, fields: {}, baseStamp: stamp })),
    );
    const other = await countsOf(deployment, "other");

    await run(deployment);
    await finish(deployment);

    expect(await countsOf(deployment, "team")).toEqual({
      // Of a scope of another kind that has the same id.
      ...{ chores: 1, syncMembers: 1 },
      // Of the tables in which there were rows: no trace of what they held.
      syncHorizons: 2,
    });
    expect(await countsOf(deployment, "other")).toEqual(other);
    for (const member of [ana, bo])
      expect(await pullScope(member, "team")).toEqual({ status: "refused", code: "no-access" });
    const { scopes } = await cy.session.query(api.sync.head, {});
    expect(scopes).toMatchObject([{ scopeId: "other" }]);
  });

  it("takes the members out first, then the rest in bounded runs, and what came between them", async () => {
    const { deployment, ana } = await openWorkspace();
    await makeBoards(ana, 600);
    await deployment.run(async ({ db }) => {
      for (let at = 0; at < 600; at += 1)
        await db.insert("syncMembers", { ...team, userId: `user ${at}`, access: "read" });
    });

    await run(deployment);
    expect(await countsOf(deployment, "team")).toMatchObject({
      ...{ syncMembers: 102, boards: 601, cards: 1 },
    });
    await setAccess(deployment, "aa", "team", "write");
    await finish(deployment);

    expect(await countsOf(deployment, "team")).toEqual({ syncHorizons: 2 });
    const runs = await deployment.run((ctx) =>
      ctx.db.system.query("_scheduled_functions").collect(),
    );
    expect(runs.map(({ args }) => (args[0] as { from?: object }).from)).toEqual([
      { table: "syncMembers", stamp: expect.stringMatching(/^user/) as string },
      { table: "boards", stamp: expect.stringMatching(/^\d{19}$/) as string },
      undefined,
    ]);
  });

  it("can run again, or for a scope that never was", async () => {
    const { deployment } = await openWorkspace();
    const none = { ...team, scopeId: "none" };
    for (let time = 0; time < 2; time += 1) {
      await deployment.mutation(internal.sync.forgetScope, none);
      await run(deployment);
    }
    await finish(deployment);
    expect(await countsOf(deployment, "team")).toEqual({ syncHorizons: 2 });
    expect(await countsOf(deployment, "none")).toEqual({});
  });

  it("has a device that missed it fetch a scope of the same id anew", async () => {
    const { deployment, ana, bo } = await openWorkspace();
    const { cursor } = await pulled(bo, "team");
    await run(deployment);
    await finish(deployment);
    await setAccess(deployment, "ana", "team", "write");
    await setAccess(deployment, "bo", "team", "read");
    const board = newUuid();
    await ana.phone.push(ana.phone.op(boardOp({ clientId: board })), ana.phone.op(cardOp(board)));

    expect(await pullScope(bo, "team", cursor)).toMatchObject({ status: "resync" });
    const anew = await pulled(bo, "team");
    expect(anew.rows).toMatchObject([{ fields: { board } }]);
    expect(await pullScope(bo, "team", anew.cursor)).toMatchObject({ status: "ok", rows: [] });
  });

  it("leaves devices nothing of it where the members are the app's own, and stay", async () => {
    const { deployment, ana, bo } = await openWorkspace();
    const { cursor } = await pulled(bo, "team");
    await run(deployment);
    await setAccess(deployment, "bo", "team", "read");
    await finish(deployment);
    await setAccess(deployment, "bo", "team", "read");
    expect(await pullScope(bo, "team", cursor)).toMatchObject({ status: "resync" });
    const { cursor: empty } = await pulled(bo, "team");
    await setAccess(deployment, "ana", "team", "write");
    const clientId = newUuid();
    await ana.phone.pushOne(boardOp({ clientId }));
    const boards = await pulled(bo, "team", empty, api.sync.getBoardChangesSince);
    expect(boards.rows).toMatchObject([{ clientId }]);
  });
});

describe("forgetUser", () => {
  it("takes the user out of their scopes, and leaves to the members what was made there", async () => {
    const { deployment, ana, bo, cy, card } = await openWorkspace();
    await ana.phone.pushOne({ table: "notes", kind: "create", fields: { title: "own" } });
    await deployment.mutation(internal.sync.forgetUser, { userId: ana.userId });
    await finish(deployment);

    const members = await deployment.run(({ db }) => db.query("syncMembers").collect());
    expect(members.map(({ userId }) => userId).sort()).toEqual([bo.userId, cy.userId]);
    expect((await pulled(bo, "team")).rows).toMatchObject([{ clientId: card }]);
    expect(await deployment.run(({ db }) => db.query("notes").collect())).toEqual([]);
    expect(await pullScope(ana, "team")).toMatchObject({ code: "no-access" });
  });
});

describe("tombstones of a scope", () => {
  const collect = async (deployment: Deployment) => {
    await deployment.mutation(internal.sync.collectGarbage, {});
    await finish(deployment);
  };

  it("keep the scope and nothing of the content, and move its horizon when they are collected", async () => {
    const { deployment, ana, bo, cy, card, board, stamp } = await openWorkspace();
    const { cursor } = await pulled(bo, "team");
    const other = await pulled(cy, "other");
    await ana.phone.push(
      ana.phone.op(cardOp(board, { kind: "delete", clientId: card, fields: {}, baseStamp: stamp })),
      ana.phone.op(boardOp()),
    );
    const [tombstone] = await deployment.run(({ db }) => db.query("cards").collect());
    expect(tombstone).toMatchObject({ scopeId: "team", userId: ana.userId });
    expect(tombstone).not.toHaveProperty("title");
    const boards = await pulled(bo, "team", null, api.sync.getBoardChangesSince);

    vi.setSystemTime(Date.now() + 91 * day);
    await collect(deployment);

    const horizons = await deployment.run(({ db }) => db.query("syncHorizons").collect());
    expect(horizons).toMatchObject([{ scopeId: "team", table: "cards", clientId: card }]);
    expect(horizons[0]).not.toHaveProperty("userId");
    expect(await pullScope(bo, "team", cursor)).toMatchObject({ status: "resync" });
    expect(await pulled(bo, "team")).toMatchObject({ rows: [] });
    // Neither another table, nor another scope: whoever deleted what is in both.
    const unchanged = await pullScope(bo, "team", boards.cursor, api.sync.getBoardChangesSince);
    expect(unchanged).toMatchObject({ status: "ok", rows: [] });
    expect(await pullScope(cy, "other", other.cursor)).toMatchObject({ status: "ok", rows: [] });
  });

  it("of several scopes and users that go in one run move a horizon each", async () => {
    const { deployment, ana } = await openWorkspace();
    const [here, there, own] = [newUuid(), newUuid(), newUuid()];
    const note = { table: "notes", clientId: own } as const;
    const { stamp } = await ana.phone.push(
      ana.phone.op(boardOp({ clientId: here })),
      ana.phone.op(boardOp({ clientId: there, scopeId: "other" })),
      ana.phone.op({ ...note, kind: "create", fields: { title: "x" } }),
    );
    const gone = { kind: "delete", fields: {}, baseStamp: stamp } as const;
    await ana.phone.push(
      ana.phone.op(boardOp({ ...gone, clientId: here })),
      ana.phone.op(boardOp({ ...gone, clientId: there, scopeId: "other" })),
      ana.phone.op({ ...note, ...gone }),
    );
    vi.setSystemTime(Date.now() + 91 * day);
    await collect(deployment);
    const horizons = await deployment.run(({ db }) => db.query("syncHorizons").collect());
    expect(
      horizons.map(({ userId, scopeId, table, clientId }) => [table, userId, scopeId, clientId]),
    ).toEqual(
      expect.arrayContaining([
        ["boards", undefined, "team", here],
        ["boards", undefined, "other", there],
        ["notes", ana.userId, undefined, own],
      ]),
    );
    expect(horizons).toHaveLength(3);
  });
});
