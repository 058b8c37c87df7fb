import { defineTable } from "convex/server";
import { v } from "convex/values";
import {
  accessOfMember,
  removeMember,
  scopesOfMember,
  setMember,
} from "../../templates/server/convex/syncEngine/members";
import type {
  SyncMutationContext,
  SyncQueryContext,
} from "../../templates/server/convex/syncEngine/context";
import type { Scope, ScopeAccess } from "../../templates/shared/protocol";

/** A table of the project's own: who is in which room. Teams are kept by the sync. */
export const staffTable = defineTable({ user: v.string(), place: v.string(), isGuest: v.boolean() })
  .index("by_user", ["user", "place"])
  .index("by_place", ["place"]);

/** A document of the table. */
interface Job {
  readonly _id: string;
  readonly user: string;
  readonly place: string;
  readonly isGuest: boolean;
}

/** The part of a database that this file uses. */
interface Jobs {
  query(table: "staff"): {
    withIndex(
      index: "by_user" | "by_place",
      range: (q: Range) => Range,
    ): { collect(): Promise<readonly Job[]> };
  };
  insert(table: "staff", job: Omit<Job, "_id">): Promise<string>;
  delete(table: "staff", id: string): Promise<void>;
}

interface Range {
  eq(field: "user" | "place", value: string): Range;
}

type Reading = Pick<SyncQueryContext, "db">;

// Safe: the table is in the schema, of which the sync's own types know nothing.
const jobsOf = ({ db }: Reading) => db as unknown as Jobs;

const jobs = (ctx: Reading, user: string, place?: string) =>
  jobsOf(ctx)
    .query("staff")
    .withIndex("by_user", (q) => {
      const own = q.eq("user", user);
      return place === undefined ? own : own.eq("place", place);
    })
    .collect();

const accessOf = ({ isGuest }: Job): ScopeAccess => (isGuest ? "read" : "write");

/** As `listScopes` of a project's own `syncScopes.ts`. */
export async function listScopes(ctx: SyncQueryContext, userId: string): Promise<readonly Scope[]> {
  const rooms = await jobs(ctx, userId);
  return [
    ...(await scopesOfMember(ctx, userId)),
    ...rooms.map((job) => ({ scope: "room", scopeId: job.place, access: accessOf(job) })),
  ];
}

/** As `accessTo` of a project's own `syncScopes.ts`. */
export async function accessTo(
  ctx: SyncQueryContext,
  userId: string,
  scope: string,
  scopeId: string,
): Promise<ScopeAccess | null> {
  if (scope !== "room") return accessOfMember(ctx, userId, scope, scopeId);
  const [job] = await jobs(ctx, userId, scopeId);
  return job === undefined ? null : accessOf(job);
}

/** Somebody comes into a scope, may do something else there, or leaves it (`null`). */
export async function placeUser(
  ctx: SyncMutationContext,
  member: { readonly userId: string; readonly scope: string; readonly scopeId: string },
  access: ScopeAccess | null,
): Promise<void> {
  const { userId, scope, scopeId } = member;
  if (scope !== "room")
    return access === null ? removeMember(ctx, member) : setMember(ctx, { ...member, access });
  await remove(ctx, await jobs(ctx, userId, scopeId));
  if (access !== null)
    await jobsOf(ctx).insert("staff", {
      user: userId,
      place: scopeId,
      isGuest: access === "read",
    });
}

/** The user is in no room any more. */
export async function leaveAll(ctx: Reading, user: string): Promise<void> {
  await remove(ctx, await jobs(ctx, user));
}

/** Nobody is in the room any more. */
export async function closePlace(ctx: Reading, place: string): Promise<void> {
  const found = jobsOf(ctx)
    .query("staff")
    .withIndex("by_place", (q) => q.eq("place", place));
  await remove(ctx, await found.collect());
}

async function remove(ctx: Reading, found: readonly Job[]): Promise<void> {
  for (const { _id } of found) await jobsOf(ctx).delete("staff", _id);
}
