import { ConvexError } from "convex/values";
import { describe, expect, expectTypeOf, it } from "vitest";
import { appendOnly } from "../../templates/shared/policies/appendOnly";
import { createWriters } from "../../templates/server/convex/syncEngine/writers";
import { api } from "./fixture/convex/_generated/api";
import type { DataModel } from "./fixture/convex/_generated/dataModel";
import { syncPolicies, syncRules } from "./fixture/convex/syncTables";
import { getSyncUser } from "./fixture/convex/syncUser";
import { readRow, synced } from "./fixture/convex/syncWriters";
import { newUuid, userOf } from "./harness";
import { boardOp, labelOf, openWorkspace, pulled, type Context } from "./workspace";

const codeOf = async (call: Promise<unknown>) => {
  const error = await call.then(
    () => null,
    (reason: unknown) => reason,
  );
  return error instanceof ConvexError ? (error.data as { code: string }).code : error;
};

async function start() {
  const opened = await openWorkspace();
  const { ana, deployment } = opened;
  return {
    ...opened,
    asAna: <Result>(work: (ctx: Context) => Promise<Result>) => ana.session.mutation(work),
    asNobody: <Result>(work: (ctx: Context) => Promise<Result>) => deployment.run(work),
  };
}

const cards = (ctx: Context, scopeId = "team", userId?: string) =>
  synced(ctx, "cards", userId === undefined ? { scopeId } : { scopeId, userId });

describe("synced(ctx, table, { scopeId })", () => {
  it("inserts, patches and removes rows that the scope's members pull", async () => {
    const { asAna, ana, bo, board } = await start();
    const { cursor } = await pulled(bo, "team");
    const clientId = await asAna((ctx) => cards(ctx).insert({ title: "a", board }));
    const inserted = await pulled(bo, "team", cursor);
    expect(inserted.rows).toMatchObject([
      { clientId, scopeId: "team", userId: ana.userId, fields: { title: "a", done: false } },
    ]);
    expect(await asAna((ctx) => cards(ctx).patch(clientId, { done: true }))).toBe("applied");
    const patched = await pulled(bo, "team", inserted.cursor);
    expect(patched.rows).toMatchObject([{ clientId, fields: { done: true } }]);
    await asAna((ctx) => cards(ctx).remove(clientId));
    const removed = await pulled(bo, "team", patched.cursor);
    expect(removed.rows).toMatchObject([{ clientId, scopeId: "team", fields: {} }]);
    expect(await asAna((ctx) => cards(ctx).get(clientId))).toBeNull();
  });

  it("changes what is there without anybody signed in; who creates a row is the user, or is said", async () => {
    const { asNobody, bo, ana, card, board } = await start();
    await asNobody((ctx) => cards(ctx).patch(card, { title: "patched", hiddenNote: "mine" }));
    expect(await asNobody((ctx) => cards(ctx).get(card))).toMatchObject({
      ...{ title: "patched", hiddenNote: "mine", scopeId: "team", userId: ana.userId },
    });
    const insert = (userId?: string) =>
      asNobody((ctx) => cards(ctx, "team", userId).insert({ title: "new", board }));
    expect(await codeOf(insert())).toBe("unauthenticated");
    const clientId = await insert(userOf("robot"));
    await asNobody((ctx) => cards(ctx, "team", userOf("ana")).patch(clientId, { done: true }));
    expect(await asNobody((ctx) => cards(ctx).get(clientId))).toMatchObject({
      ...{ userId: userOf("robot"), done: true },
    });
    await asNobody((ctx) => cards(ctx).remove(card));
    const found = await pulled(bo, "team");
    expect(found.rows.map((row) => row.clientId)).toEqual([clientId]);
  });

  it("finds no row of another scope, and takes no reference to one", async () => {
    const { asAna, card, board } = await start();
    const elsewhere = (ctx: Context) => cards(ctx, "other");
    expect(await asAna((ctx) => elsewhere(ctx).get(card))).toBeNull();
    expect(await codeOf(asAna((ctx) => elsewhere(ctx).patch(card, { title: "x" })))).toBe(
      "not-found",
    );
    await asAna((ctx) => elsewhere(ctx).remove(card));
    expect(await asAna((ctx) => cards(ctx).get(card))).toMatchObject({ title: "buy bulbs" });
    expect(await codeOf(asAna((ctx) => elsewhere(ctx).insert({ title: "x", board })))).toBe(
      "missing-reference",
    );
  });

  it("makes ids of natural keys, and of copies, in each scope its own", async () => {
    const { asAna } = await start();
    const label = (scopeId: string) =>
      asAna((ctx) => synced(ctx, "labels", { scopeId }).insert({ name: "urgent", color: "red" }));
    expect(await label("team")).toBe(labelOf("team", "urgent"));
    expect(await label("team")).toBe(labelOf("team", "urgent"));
    expect(await label("other")).toBe(labelOf("other", "urgent"));

    const copy = (scopeId: string, userId: string) =>
      asAna((ctx) =>
        synced(ctx, "boards", { scopeId, userId }).insert({ name: "old" }, { copyOf: "old 1" }),
      );
    const first = await copy("team", "ana");
    expect(await copy("team", "bo")).toBe(first);
    expect(await copy("other", "ana")).not.toBe(first);
    const id = await asAna((ctx) => synced(ctx, "boards", { scopeId: "team" }).idOfCopy("old 1"));
    expect(id).toBe(first);
  });

  it("does not take what somebody else has made under the id of a copy for the copy", async () => {
    const { asAna, cy } = await start();
    const boards = (ctx: Context) => synced(ctx, "boards", { scopeId: "team" });
    const copy = () => asAna((ctx) => boards(ctx).insert({ name: "old" }, { copyOf: "old 1" }));
    // Who knows both ids, as somebody who was in the scope does, can work out the third.
    const clientId = await asAna((ctx) => boards(ctx).idOfCopy("old 1"));
    const taken = await cy.phone.pushOne(boardOp({ clientId, scopeId: "other" }));
    expect(taken).toMatchObject({ outcome: "applied" });
    expect(await codeOf(copy())).toBe("invalid");
    expect(await asAna((ctx) => boards(ctx).get(clientId))).toBeNull();
    await cy.phone.pushOne({ table: "boards", kind: "delete", scopeId: "other", clientId });
    expect(await codeOf(copy())).toBe("invalid");
  });

  it("wants a scope that can be one, and none for a table without", async () => {
    const { asAna } = await start();
    for (const owner of [{ scopeId: "" }, { scopeId: "a/b" }, {}])
      await expect(
        asAna(async (ctx) => synced(ctx, "cards", owner as { scopeId: string }).get(newUuid())),
      ).rejects.toThrow("cards: scopeId is missing, or is no id of a workspace");
    const unscoped = { scopeId: "team" } as { userId?: string };
    await expect(
      asAna(async (ctx) => synced(ctx, "notes", unscoped).get(newUuid())),
    ).rejects.toThrow("notes: the table has no scope");
  });

  it("keeps a row in its scope also where a policy brings it back", async () => {
    const { asAna, card } = await start();
    await asAna((ctx) => cards(ctx).remove(card));
    const writers = createWriters<DataModel, typeof syncRules>({
      ...{ rules: syncRules, user: getSyncUser },
      policies: { ...syncPolicies, labels: appendOnly },
    });
    const label = (ctx: Context, scopeId: string) => writers(ctx, "labels", { scopeId });
    const values = { name: "urgent", color: "red" };
    const clientId = await asAna((ctx) => label(ctx, "team").insert(values));
    await asAna((ctx) => label(ctx, "team").remove(clientId));
    expect(await codeOf(asAna((ctx) => label(ctx, "team").insert(values)))).toBe("already-deleted");
    expect(await asAna((ctx) => label(ctx, "other").insert(values))).not.toBe(clientId);
  });
});

describe("the types of a table in scopes", () => {
  it("want its scope where it is written, show it where it is read, and let nobody set it", () => {
    type Synced = typeof synced;
    const use = (write: Synced, ctx: Context) => {
      // @ts-expect-error A table in scopes is written in one.
      void write(ctx, "cards");
      // @ts-expect-error The creator alone does not say where.
      void write(ctx, "cards", { userId: "ana" });
      // @ts-expect-error A table of users' own rows has no scope.
      void write(ctx, "notes", { scopeId: "team" });
      const rows = write(ctx, "cards", { scopeId: "team" });
      // @ts-expect-error A row stays in its scope.
      void rows.patch("id", { scopeId: "other" });
      // @ts-expect-error So it does from the first.
      void rows.insert({ title: "a", board: "b", scopeId: "other" });
      return rows.get("id");
    };
    type Card = NonNullable<Awaited<ReturnType<typeof use>>>;
    expectTypeOf(use).toBeFunction();
    expectTypeOf<Card["scopeId"]>().toEqualTypeOf<string>();
    expectTypeOf<Card["title"]>().toEqualTypeOf<string>();
  });

  it("hold for rows that the app's own queries read, by its indexes", async () => {
    const { deployment, board, card } = await start();
    const titles = await deployment.run(async (ctx: Context) => {
      const rows = await ctx.db
        .query("cards")
        .withIndex("by_board", (q) => q.eq("board", board))
        .collect();
      return rows.flatMap((row) => {
        const shown = readRow("cards", row);
        return shown === null ? [] : [[shown.clientId, shown.scopeId, shown.title]];
      });
    });
    expect(titles).toEqual([[card, "team", "buy bulbs"]]);
    const { ana } = await openWorkspace();
    const upserted = await ana.session.mutation(api.sync.upsertBoard, {
      ...{ scopeId: "team", clientId: newUuid(), fields: { name: "x" } },
    });
    expect(upserted.row?.scopeId).toBe("team");
  });
});
