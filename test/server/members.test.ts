import { ConvexError } from "convex/values";
import { describe, expect, it } from "vitest";
import {
  accessOfMember,
  membersOf,
  removeMember,
  scopesOfMember,
  setMember,
} from "../../templates/server/convex/syncEngine/members";
import { limits } from "../../templates/shared/protocol";
import { api } from "./fixture/convex/_generated/api";
import { deploy, signIn, userOf } from "./harness";
import type { Context } from "./workspace";

const team = { scope: "workspace", scopeId: "team" };

function start() {
  const deployment = deploy();
  return <Result>(work: (ctx: Context) => Promise<Result>) => deployment.run(work);
}

const codeOf = async (call: Promise<unknown>) => {
  const error = await call.then(
    () => null,
    (reason: unknown) => reason,
  );
  return error instanceof ConvexError ? (error.data as { code: string }).code : error;
};

describe("members", () => {
  it("are set, changed and removed, each for one scope", async () => {
    const run = start();
    await run(async (ctx) => {
      await setMember(ctx, { ...team, userId: "ana", access: "write" });
      await setMember(ctx, { ...team, userId: "bo", access: "read" });
      await setMember(ctx, { ...team, scopeId: "other", userId: "ana", access: "read" });
      await setMember(ctx, { scope: "household", scopeId: "team", userId: "cy", access: "read" });
    });
    expect(await run((ctx) => membersOf(ctx, team))).toEqual([
      { userId: "ana", access: "write" },
      { userId: "bo", access: "read" },
    ]);
    expect(await run((ctx) => scopesOfMember(ctx, "ana"))).toEqual([
      { scope: "workspace", scopeId: "other", access: "read" },
      { ...team, access: "write" },
    ]);

    await run((ctx) => setMember(ctx, { ...team, userId: "bo", access: "write" }));
    await run((ctx) => removeMember(ctx, { ...team, userId: "ana" }));

    expect(await run((ctx) => membersOf(ctx, team))).toEqual([{ userId: "bo", access: "write" }]);
    const access = (userId: string, scope: string) =>
      run((ctx) => accessOfMember(ctx, userId, scope, "team"));
    expect(await access("bo", "workspace")).toBe("write");
    expect(await access("ana", "workspace")).toBeNull();
    expect(await access("bo", "household")).toBeNull();
    expect(await access("cy", "household")).toBe("read");
  });

  it("are one document each, however often they are set, and none once removed", async () => {
    const run = start();
    const ana = { ...team, userId: "ana" };
    const all = () => run((ctx) => ctx.db.query("syncMembers").collect());
    await run((ctx) => setMember(ctx, { ...ana, access: "read" }));
    const [before] = await all();
    await run((ctx) => setMember(ctx, { ...ana, access: "read" }));
    await run((ctx) => setMember(ctx, { ...ana, access: "write" }));
    expect(await all()).toEqual([{ ...before, access: "write" }]);
    await run((ctx) => removeMember(ctx, ana));
    await run((ctx) => removeMember(ctx, ana));
    expect(await all()).toEqual([]);
  });

  it("are out once they are removed, also where something else wrote them twice", async () => {
    const run = start();
    const ana = { ...team, userId: "ana" };
    await run(async ({ db }) => {
      await db.insert("syncMembers", { ...ana, access: "read" });
      await db.insert("syncMembers", { ...ana, access: "write" });
    });
    await run((ctx) => setMember(ctx, { ...ana, access: "read" }));
    expect(await run((ctx) => membersOf(ctx, team))).toEqual([{ userId: "ana", access: "read" }]);
    await run(({ db }) => db.insert("syncMembers", { ...ana, access: "write" }));
    await run((ctx) => removeMember(ctx, ana));
    expect(await run((ctx) => accessOfMember(ctx, "ana", "workspace", "team"))).toBeNull();
  });

  it.each(["", "a b", "a/b", "ä", "x".repeat(limits.scopeIdLength + 1)])(
    "are in no scope with the id %j",
    async (scopeId) => {
      const run = start();
      const member = { ...team, scopeId, userId: "ana", access: "read" } as const;
      expect(await codeOf(run((ctx) => setMember(ctx, member)))).toBe("invalid");
      expect(await run((ctx) => scopesOfMember(ctx, "ana"))).toEqual([]);
    },
  );

  it("are in as many scopes as there may be, and no more", async () => {
    const run = start();
    const member = (at: number) =>
      ({ scope: "workspace", scopeId: `w${at}`, userId: "ana", access: "read" }) as const;
    await run(async ({ db }) => {
      for (let at = 1; at < limits.scopes; at += 1) await db.insert("syncMembers", member(at));
    });
    await run((ctx) => setMember(ctx, member(limits.scopes)));
    const next = member(limits.scopes + 1);
    expect(await codeOf(run((ctx) => setMember(ctx, next)))).toBe("too-many-scopes");
    // Who is in already may be changed, and somebody else added.
    await run((ctx) => setMember(ctx, { ...member(1), access: "write" }));
    await run((ctx) => setMember(ctx, { ...next, userId: "bo" }));
    expect(await run((ctx) => scopesOfMember(ctx, "ana"))).toHaveLength(limits.scopes);
  });

  it("are told nothing rather than a part where something else put them into more", async () => {
    const deployment = deploy();
    await deployment.run(async ({ db }: Context) => {
      const dee = { scope: "workspace", userId: userOf("dee"), access: "read" } as const;
      for (let at = 0; at <= limits.scopes; at += 1)
        await db.insert("syncMembers", { ...dee, scopeId: `w${at}` });
    });
    const dee = signIn(deployment, "dee");
    await expect(dee.query(api.sync.head, {})).rejects.toThrow(/501/);
  });
});
