// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { ConvexError } from "convex/values";
import type { SyncMutationContext, SyncQueryContext } from "./context";
import {
  memberReader,
  memberWriter,
  syncMemberTables,
  type MemberReader,
} from "./memberTables";
import { limits, type Scope, type ScopeAccess } from "./shared/protocol";
import { isScopeId, scopeIdRule } from "./shared/scopeId";
import type { ScopeKind } from "./shared/scopeKind";

export { syncMemberTables };

/** Names a scope. */
export interface ScopeName {
  /** Which of the project's scopes it is one of: what tables name with `scope`. */
  readonly scope: ScopeKind;
  /** Made by your own server code, 1 to 100 of the characters `A-Z a-z 0-9 _ -`; never used for another one again. */
  readonly scopeId: string;
}

/** A user in a scope. */
export interface Member {
  /** As `getSyncUser` names them. */
  readonly userId: string;
  /** Who may write may read. */
  readonly access: ScopeAccess;
}

/**
 * Makes the user a member of a scope, or changes what a member may do. Nobody is asked: your own function decides who
 * may call it for whom. Throws a `ConvexError` with the code `invalid` for a `scopeId` that can be none, and
 * `too-many-scopes` when the user is in `limits.scopes` already.
 */
export async function setMember(
  ctx: SyncMutationContext,
  { scope, scopeId, userId, access }: ScopeName & Member,
): Promise<void> {
  if (!isScopeId(scopeId))
    throw new ConvexError({
      code: "invalid",
      message: `A scopeId is ${scopeIdRule}`,
    });
  const db = memberWriter(ctx);
  const [member, ...others] = await findMember(db, userId, { scope, scopeId });
  if (member !== undefined) {
    if (member.access !== access)
      await db.patch("syncMembers", member._id, { access });
    for (const { _id } of others) await db.delete("syncMembers", _id);
    return;
  }
  if ((await scopesOfMember(ctx, userId)).length >= limits.scopes)
    throw new ConvexError({
      code: "too-many-scopes",
      message: `A user is in ${limits.scopes} scopes at most`,
    });
  await db.insert("syncMembers", { scope, scopeId, userId, access });
}

/**
 * Takes the user out of a scope, if they are in it: from this mutation on they read and write nothing of it, and their
 * devices delete what they have of it once they hear of that.
 */
export async function removeMember(
  ctx: SyncMutationContext,
  { scope, scopeId, userId }: ScopeName & Pick<Member, "userId">,
): Promise<void> {
  const db = memberWriter(ctx);
  for (const { _id } of await findMember(db, userId, { scope, scopeId }))
    await db.delete("syncMembers", _id);
}

/** Everybody in a scope, by user. All of them are read at once: some thousands are too many. */
export async function membersOf(
  ctx: SyncQueryContext,
  { scope, scopeId }: ScopeName,
): Promise<readonly Member[]> {
  const members = await memberReader(ctx)
    .query("syncMembers")
    .withIndex("by_scope", (q) => q.eq("scope", scope).eq("scopeId", scopeId))
    .collect();
  return members.map(({ userId, access }) => ({ userId, access }));
}

/** Every scope that the user is in. */
export async function scopesOfMember(
  ctx: SyncQueryContext,
  userId: string,
): Promise<readonly Scope<ScopeKind>[]> {
  const found = await memberReader(ctx)
    .query("syncMembers")
    .withIndex("by_user", (q) => q.eq("userId", userId))
    // One more, so that too many are an error and not a part: devices delete what is left out.
    .take(limits.scopes + 1);
  return found.map(({ scope, scopeId, access }) => {
    // Safe: `setMember` names no other. One that no table has any more is told to no device.
    const kind = scope as ScopeKind;
    return { scope: kind, scopeId, access };
  });
}

/** What the user may do in a scope; `null`: they are not in it, or there is none. */
export async function accessOfMember(
  ctx: SyncQueryContext,
  userId: string,
  scope: ScopeKind,
  scopeId: string,
): Promise<ScopeAccess | null> {
  const [member] = await findMember(memberReader(ctx), userId, {
    scope,
    scopeId,
  });
  return member?.access ?? null;
}

/** One document, unless something else than `setMember` wrote more. */
async function findMember(
  db: MemberReader,
  userId: string,
  { scope, scopeId }: ScopeName,
) {
  return await db
    .query("syncMembers")
    .withIndex("by_user", (q) =>
      q.eq("userId", userId).eq("scope", scope).eq("scopeId", scopeId),
    )
    .collect();
}
