import type { ConvexError } from "convex/values";
import { describe, expect, it } from "vitest";
import { scopeParts } from "../../templates/server/convex/syncEngine/scopes";
import { createSyncServer } from "../../templates/server/convex/syncEngine/server";
import { limits, type Op, type OpResult } from "../../templates/shared/protocol";
import { api } from "./fixture/convex/_generated/api";
import * as functions from "./fixture/convex/sync";
import { accessTo, listScopes } from "./fixture/convex/syncScopes";
import { syncPolicies, syncRules } from "./fixture/convex/syncTables";
import { getSyncUser } from "./fixture/convex/syncUser";
import { accepted, Device, newUuid } from "./harness";
import {
  boardOp,
  cardOp,
  labelOf,
  openWorkspace,
  pulled,
  pullScope,
  setAccess,
  type Person,
} from "./workspace";

const refused = { status: "refused", code: "no-access" };
const noAccess = { outcome: "rejected", code: "no-access", message: null, row: null };

/** Everything that somebody may try with a row of "team", by push and by the functions of the table. */
async function attempts({ session, phone }: Person, board: string, clientId: string) {
  const edit = { table: "cards", scopeId: "team", clientId } as const;
  const base = { title: "buy bulbs", board, done: false };
  const { results } = await phone.push(
    phone.op({ ...edit, kind: "update", fields: { title: "taken" } }),
    phone.op({ ...edit, kind: "update", fields: { title: "taken" }, base }),
    phone.op({ ...edit, kind: "delete" }),
    phone.op(cardOp(board, { clientId })),
    phone.op(cardOp(board)),
  );
  const named = { scopeId: "team", clientId };
  return [
    ...results,
    await session.mutation(api.sync.upsertCard, { ...named, fields: { title: "taken" } }),
    await session.mutation(api.sync.upsertCard, { ...named, fields: { title: "taken", board } }),
    await session.mutation(api.sync.removeCard, named),
  ].map(({ outcome, code, message, row }: OpResult) => ({ outcome, code, message, row }));
}

const titlesOf = async (member: Person, scopeId = "team") =>
  (await pulled(member, scopeId)).rows.map(({ fields }) => fields["title"]);

describe("whoever is not in a scope", () => {
  it("14: pulls nothing of it, with any cursor, and learns nothing of whether there is one (I14)", async () => {
    const { ana, cy } = await openWorkspace();
    const { cursor } = await pulled(ana, "team");
    for (const query of [api.sync.getCardChangesSince, api.sync.getAllCardsForUser])
      for (const scopeId of ["team", "no such scope", "", "x".repeat(1000), "constructor"])
        for (const from of [null, cursor, "", "nonsense"])
          expect(await pullScope(cy, scopeId, from, query)).toEqual(refused);
  });

  it("writes nothing in it, and is answered for a row there as for none (I14)", async () => {
    const { ana, cy, board, card } = await openWorkspace();
    const [known, unknown] = [
      await attempts(cy, board, card),
      await attempts(cy, newUuid(), newUuid()),
    ];
    expect(known).toEqual(known.map(() => noAccess));
    expect(unknown).toEqual(known);
    expect(await titlesOf(ana)).toEqual(["buy bulbs"]);
  });

  it("finds none of its rows by naming a scope of their own (5, I14)", async () => {
    const { ana, cy, card } = await openWorkspace();
    const answers = async (clientId: string) => {
      const own = { table: "cards", scopeId: "other", clientId } as const;
      const { results } = await cy.phone.push(
        cy.phone.op({ ...own, kind: "update", fields: { title: "taken" } }),
        cy.phone.op({ ...own, kind: "delete" }),
      );
      const { session } = cy;
      const named = { scopeId: "other", clientId };
      return [
        ...results,
        await session.mutation(api.sync.upsertCard, { ...named, fields: { title: "taken" } }),
        await session.mutation(api.sync.removeCard, named),
      ].map(({ outcome, code, row }) => ({ outcome, code, row }));
    };
    const known = await answers(card);
    expect(known[0]).toEqual({ outcome: "rejected", code: "not-found", row: null });
    expect(known.every(({ row }) => row === null)).toBe(true);
    expect(known).toEqual(await answers(newUuid()));
    expect(await titlesOf(ana)).toEqual(["buy bulbs"]);
    expect(await titlesOf(cy, "other")).toEqual([]);
  });

  it("4: makes no second row of an id, which devices of both scopes would mix up", async () => {
    const { deployment, ana, cy, board, card } = await openWorkspace();
    const own = newUuid();
    await cy.phone.pushOne(boardOp({ scopeId: "other", clientId: own }));
    const base = { title: "mine", board: own, done: false };
    const taken = await cy.phone.push(
      cy.phone.op(cardOp(own, { scopeId: "other", clientId: card })),
      cy.phone.op({
        ...cardOp(own, { scopeId: "other", clientId: card }),
        ...{ kind: "update", fields: { title: "mine" }, base },
      }),
      cy.phone.op(boardOp({ scopeId: "other", clientId: board })),
    );
    expect(taken.results.map(({ code, row }) => ({ code, row }))).toEqual([
      { code: "invalid", row: null },
      { code: "not-found", row: null },
      { code: "invalid", row: null },
    ]);
    const args = { scopeId: "other", clientId: card, fields: { title: "mine", board: own } };
    expect(await cy.session.mutation(api.sync.upsertCard, args)).toMatchObject({
      ...{ code: "invalid", row: null },
    });
    const cards = await deployment.run((ctx) => ctx.db.query("cards").collect());
    expect(cards).toMatchObject([{ clientId: card, scopeId: "team", userId: ana.userId }]);
  });

  it("takes no id twice in one batch either, for two scopes", async () => {
    const { ana, deployment } = await openWorkspace();
    const clientId = newUuid();
    const { results } = await ana.phone.push(
      ana.phone.op(boardOp({ clientId })),
      ana.phone.op(boardOp({ clientId, scopeId: "other" })),
      ana.phone.op(boardOp({ clientId, scopeId: "other", kind: "update" })),
      ana.phone.op(boardOp({ clientId, scopeId: "other", kind: "delete", fields: {} })),
    );
    expect(results.map(({ code, row }) => [code, row?.scopeId])).toEqual([
      [null, "team"],
      ["invalid", undefined],
      ["not-found", undefined],
      [null, undefined],
    ]);
    const found = await deployment.run((ctx) =>
      ctx.db
        .query("boards")
        .withIndex("by_client_id", (q) => q.eq("clientId", clientId))
        .collect(),
    );
    expect(found).toMatchObject([{ scopeId: "team", deletedAt: null }]);
  });

  it("24: cannot squat a natural key of it, nor learn which keys it has", async () => {
    const { ana, cy } = await openWorkspace();
    const label = (scopeId: string, name: string): Op =>
      cy.phone.op({
        ...{ table: "labels", kind: "create", scopeId: "other", fields: { name, color: "red" } },
        clientId: labelOf(scopeId, name),
      });
    await ana.phone.pushOne({
      ...{ table: "labels", kind: "create", scopeId: "team", clientId: labelOf("team", "secret") },
      fields: { name: "secret", color: "red" },
    });
    const { results } = await cy.phone.push(label("team", "secret"), label("team", "free"));
    const answers = results.map(({ opId: _, ...answer }) => answer);
    expect(answers[0]).toMatchObject({ code: "invalid", row: null });
    expect(answers[1]).toEqual(answers[0]);
  });

  it("25: refers to no row of it, and nobody refers from it to another scope's", async () => {
    const { ana, cy, board } = await openWorkspace();
    const missing = { code: "missing-reference", row: null };
    expect(await cy.phone.pushOne(cardOp(board, { scopeId: "other" }))).toMatchObject(missing);
    // Ana is in both.
    expect(await ana.phone.pushOne(cardOp(board, { scopeId: "other" }))).toMatchObject(missing);
    const created = newUuid();
    const { results } = await ana.phone.push(
      ana.phone.op(cardOp(created)),
      ana.phone.op(boardOp({ scopeId: "other", clientId: created })),
    );
    expect(results.map(({ code }) => code)).toEqual(["missing-reference", null]);
    const args = { scopeId: "other", clientId: newUuid(), fields: { title: "x", board } };
    expect(await ana.session.mutation(api.sync.upsertCard, args)).toMatchObject(missing);
  });

  it("brings back no row whose base leads to another scope's", async () => {
    const { ana, board, card, stamp } = await openWorkspace();
    const own = newUuid();
    const { stamp: later } = await ana.phone.push(
      ana.phone.op(boardOp({ scopeId: "other", clientId: own })),
      ana.phone.op(cardOp(board, { kind: "delete", clientId: card, fields: {}, baseStamp: stamp })),
    );
    const back = await ana.phone.pushOne({
      ...cardOp(board, { clientId: card, kind: "update", fields: { title: "back" } }),
      ...{ base: { title: "buy bulbs", board: own, done: false }, baseStamp: later },
    });
    expect(back).toMatchObject({ code: "missing-reference" });
    expect(await titlesOf(ana)).toEqual([]);
  });
});

describe("who may only read", () => {
  it("writes nothing, and is shown the row as it is", async () => {
    const { ana, bo, board, card } = await openWorkspace();
    const results = await attempts(bo, board, card);
    expect(results.map(({ code }) => code)).toEqual(results.map(() => "no-access"));
    expect(results[0]?.row).toMatchObject({ clientId: card, fields: { title: "buy bulbs" } });
    expect(await titlesOf(ana)).toEqual(["buy bulbs"]);
    expect(await titlesOf(bo)).toEqual(["buy bulbs"]);
  });

  it("takes the rest of a group along, in whatever scope it is", async () => {
    const { ana, bo, board, deployment } = await openWorkspace();
    await setAccess(deployment, "bo", "own", "write");
    const group = newUuid();
    const { results } = await bo.phone.push(
      bo.phone.op(boardOp({ scopeId: "own", group })),
      bo.phone.op(cardOp(board, { group })),
      bo.phone.op(boardOp({ scopeId: "own" })),
    );
    expect(results.map(({ code }) => code)).toEqual(["group", "no-access", null]);
    expect(await titlesOf(ana)).toEqual(["buy bulbs"]);
  });
});

describe("whoever was taken out", () => {
  it("reads and writes nothing from that moment on, also what they created (14, I14)", async () => {
    const { deployment, ana, bo, board } = await openWorkspace();
    await setAccess(deployment, "bo", "team", "write");
    const clientId = newUuid();
    await bo.phone.pushOne(cardOp(board, { clientId, fields: { title: "bos", board } }));
    const { cursor } = await pulled(bo, "team");

    await setAccess(deployment, "bo", "team", null);

    expect(await pullScope(bo, "team", cursor)).toEqual(refused);
    expect(await pullScope(bo, "team", null)).toEqual(refused);
    const results = await attempts(bo, board, clientId);
    expect(results).toEqual(results.map(() => noAccess));
    expect(await titlesOf(ana)).toEqual(["buy bulbs", "bos"]);
  });

  it("is answered a batch again without its rows", async () => {
    const { deployment, bo, board } = await openWorkspace();
    await setAccess(deployment, "bo", "team", "write");
    const batch = bo.phone.batch([bo.phone.op(cardOp(board))]);
    const first = accepted(await bo.phone.send(batch));
    expect(first.results[0]).toMatchObject({ outcome: "applied", row: { scopeId: "team" } });
    expect(accepted(await bo.phone.send(batch)).results).toMatchObject([
      { outcome: "applied", row: { scopeId: "team", fields: { title: "buy bulbs" } } },
    ]);

    await setAccess(deployment, "bo", "team", "read");
    expect(accepted(await bo.phone.send(batch)).results[0]?.row).toMatchObject({ scopeId: "team" });
    await setAccess(deployment, "bo", "team", null);
    expect(accepted(await bo.phone.send(batch)).results).toMatchObject([
      { outcome: "applied", row: null },
    ]);
  });

  it("is shown the row with the same answer once they are in", async () => {
    const { deployment, bo, board, card } = await openWorkspace();
    await setAccess(deployment, "bo", "team", null);
    const edit = { kind: "update", clientId: card, fields: { title: "bos" } } as const;
    const batch = bo.phone.batch([bo.phone.op(cardOp(board, edit))]);
    expect(accepted(await bo.phone.send(batch)).results).toMatchObject([noAccess]);
    await setAccess(deployment, "bo", "team", "read");
    expect(accepted(await bo.phone.send(batch)).results).toMatchObject([
      { code: "no-access", row: { scopeId: "team", fields: { title: "buy bulbs" } } },
    ]);
  });

  it("gets no row by a batch again that names another scope, or none", async () => {
    const { deployment, bo, board } = await openWorkspace();
    await setAccess(deployment, "bo", "team", "write");
    await setAccess(deployment, "bo", "own", "write");
    const batch = bo.phone.batch([bo.phone.op(cardOp(board))]);
    await bo.phone.send(batch);
    await setAccess(deployment, "bo", "team", null);
    const [op] = batch.ops;
    if (op === undefined) throw new Error("a batch without an op");
    const { scopeId: _, ...none } = op;
    for (const forged of [{ ...op, scopeId: "own" }, none])
      expect(
        accepted(await bo.phone.send({ ...batch, ops: [forged] })).results.map(({ row }) => row),
      ).toEqual([null]);
    expect(accepted(await bo.phone.send({ ...batch, ops: [] })).results[0]?.row).toBeNull();
  });

  it("gets no row for ops that another of their devices sent", async () => {
    const { deployment, bo, board } = await openWorkspace();
    await setAccess(deployment, "bo", "team", "write");
    const op = bo.phone.op(cardOp(board));
    await bo.phone.push(op);
    await setAccess(deployment, "bo", "team", null);
    const copy = new Device(bo.session);
    const carriedBy = { deviceId: bo.phone.deviceId, batchSeq: 1 };
    const { results } = await copy.push({ ...op, carriedBy }, { ...op, carriedBy });
    expect(results).toMatchObject([
      { outcome: "applied", row: null },
      { code: "duplicate-op", row: null },
    ]);
  });

  it("may go on where they were once they are in again, and an op is tried anew", async () => {
    const { deployment, bo, ana, board } = await openWorkspace();
    await setAccess(deployment, "bo", "team", "write");
    const { cursor } = await pulled(bo, "team");
    await setAccess(deployment, "bo", "team", null);
    const op = bo.phone.op(cardOp(board, { fields: { title: "bos", board } }));
    expect((await bo.phone.push(op)).results).toMatchObject([noAccess]);
    await setAccess(deployment, "bo", "team", "write");
    expect((await bo.phone.push(op)).results).toMatchObject([
      { outcome: "applied", row: { scopeId: "team" } },
    ]);
    expect((await pulled(bo, "team", cursor)).rows).toMatchObject([{ fields: { title: "bos" } }]);
    expect(await titlesOf(ana)).toEqual(["buy bulbs", "bos"]);
  });
});

describe("a scope in an op", () => {
  it.each([
    ["none", undefined],
    ["an empty one", ""],
    ["one that can be none", "a/b"],
    ["one that is too long", "x".repeat(limits.scopeIdLength + 1)],
  ])("%s is invalid, whoever asks, and shows no row", async (_, scopeId) => {
    const { ana, bo, card } = await openWorkspace();
    const { scopeId: __, ...draft } = cardOp(newUuid(), { clientId: card, kind: "update" });
    const op = scopeId === undefined ? draft : { ...draft, scopeId };
    for (const { phone } of [ana, bo])
      expect(await phone.pushOne(op)).toMatchObject({ code: "invalid", row: null });
  });

  it("is none of another kind: each kind has its own members", async () => {
    const { deployment, ana, cy } = await openWorkspace();
    await setAccess(deployment, "cy", "team", "write", "household");
    const chore = { table: "chores", kind: "create", scopeId: "team" } as const;
    expect(await cy.phone.pushOne({ ...chore, fields: { text: "x" } })).toMatchObject({
      outcome: "applied",
    });
    expect(await cy.phone.pushOne(boardOp())).toMatchObject(noAccess);
    expect(await pullScope(cy, "team")).toEqual(refused);
    expect(await ana.phone.pushOne({ ...chore, fields: { text: "x" } })).toMatchObject(noAccess);
    const chores = await pullScope(ana, "team", null, api.sync.getChoreChangesSince);
    expect(chores).toEqual(refused);
    const both = [boardOp(), { ...chore, fields: { text: "x" } }, boardOp()] as const;
    for (const { phone } of [ana, cy]) {
      const { results } = await phone.push(...both.map((draft) => phone.op(draft)));
      const [board, its, other] = results.map(({ outcome }) => outcome === "applied");
      expect([board, other]).toEqual([phone === ana.phone, phone === ana.phone]);
      expect(its).toBe(phone === cy.phone);
    }
  });

  it("comes from no field, and server-only fields leave in no reply (6, 29)", async () => {
    const { ana, bo, board, card } = await openWorkspace();
    for (const name of ["scopeId", "scope", "userId", "hiddenNote"]) {
      const fields = { title: "x", board, [name]: "other" };
      expect(await ana.phone.pushOne(cardOp(board, { fields }))).toMatchObject({
        code: "unknown-field",
      });
      const args = { scopeId: "team", clientId: newUuid(), fields };
      await expect(ana.session.mutation(api.sync.upsertCard, args)).rejects.toThrow(name);
    }
    const { rows } = await pulled(bo, "team");
    expect(rows.map(({ clientId }) => clientId)).toEqual([card]);
    expect(Object.keys(rows[0] ?? {}).sort()).toEqual([
      ...["clientId", "createdAt", "deletedAt", "fields", "scopeId", "serverId", "stamp"],
      ...["updatedAt", "userId"],
    ]);
  });

  it("is looked up once, however many ops of a batch name it", async () => {
    const { ana, board } = await openWorkspace();
    const asked: string[] = [];
    const server = createSyncServer({
      ...{ rules: syncRules, policies: syncPolicies, user: getSyncUser, upgrades: [] },
      ...{ schemaVersion: 1, accepts: 0, retentionDays: 90 },
      scopes: scopeParts({
        list: listScopes,
        access: (...args) => {
          asked.push(`${args[2]}/${args[3]}`);
          return accessTo(...(args as Parameters<typeof accessTo>));
        },
      }),
    });
    const ops = Array.from({ length: 30 }, () => ana.phone.op(cardOp(board)));
    const far = Array.from({ length: 3 }, () => ana.phone.op(cardOp(board, { scopeId: "far" })));
    const huge = ana.phone.op(cardOp(board, { scopeId: "x".repeat(1000) }));
    const batch = ana.phone.batch([...ops, ...far, huge]);
    await ana.session.mutation((ctx) => server.push(ctx, batch));
    expect(asked).toEqual(["workspace/team", "workspace/far"]);
    await ana.session.mutation((ctx) => server.push(ctx, batch));
    // Who was refused may be in by now.
    expect(asked.slice(2)).toEqual(["workspace/team", "workspace/far"]);
  });

  it("in every op another one: a batch stays within Convex's limits", async () => {
    const { ana, deployment } = await openWorkspace({ limits: true });
    const ops = Array.from({ length: limits.batchOps }, (_, at) =>
      ana.phone.op(boardOp({ scopeId: `w${at}` })),
    );
    const { results } = await ana.phone.push(...ops);
    expect(results.every(({ code }) => code === "no-access")).toBe(true);
    for (const { scopeId = "" } of ops) await setAccess(deployment, "ana", scopeId, "write");
    const batch = ana.phone.batch(ops);
    for (let time = 0; time < 2; time += 1) {
      const answered = accepted(await ana.phone.send(batch)).results;
      expect(answered.every(({ row }, at) => row?.scopeId === `w${at}`)).toBe(true);
    }
  });

  // As an app's own code in JavaScript might say it.
  it.each(["admin", undefined, true, ["write"]])(
    "to which access is %j is closed",
    async (word) => {
      const { ana } = await openWorkspace();
      const server = createSyncServer({
        ...{ rules: syncRules, policies: syncPolicies, user: getSyncUser, upgrades: [] },
        ...{ schemaVersion: 1, accepts: 0, retentionDays: 90 },
        scopes: scopeParts({ list: listScopes, access: async () => word as "write" }),
      });
      const batch = ana.phone.batch([ana.phone.op(boardOp())]);
      const reply = await ana.session.mutation((ctx) => server.push(ctx, batch));
      expect(accepted(reply).results).toMatchObject([noAccess]);
      const asked = { cursor: null, scopeId: "team" };
      expect(await ana.session.query((ctx) => server.all(ctx, "boards", asked))).toEqual(refused);
    },
  );
});

describe("the functions of a table in scopes", () => {
  it("take a scope and no user, and nothing without an identity", async () => {
    const { deployment, ana, card } = await openWorkspace();
    const page = { cursor: null, scopeId: "team" };
    const call = deployment.query(api.sync.getCardChangesSince, page);
    const error: unknown = await call.catch((reason: unknown) => reason);
    expect((error as ConvexError<{ code: string }>).data.code).toBe("unauthenticated");
    const named = { scopeId: "team", clientId: card };
    await expect(deployment.mutation(api.sync.removeCard, named)).rejects.toThrow(
      /unauthenticated/,
    );
    const forged = { ...page, userId: ana.userId } as typeof page;
    await expect(ana.session.query(api.sync.getCardChangesSince, forged)).rejects.toThrow(/userId/);
    const unscoped = { cursor: null } as typeof page;
    await expect(ana.session.query(api.sync.getCardChangesSince, unscoped)).rejects.toThrow(
      /scopeId/,
    );
  });

  it("leave the deletion of a scope to the server", () => {
    expect(functions.forgetScope).toHaveProperty("isInternal", true);
    expect(functions.forgetScope).not.toHaveProperty("isPublic");
  });
});
