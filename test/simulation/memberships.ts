import type { Scope, ScopeAccess } from "../../templates/shared/protocol";
import { scopeOf } from "./scopedTables";

/** Who may read and write which scope, in true time. */
export interface Memberships {
  /** What the user may do in the scope; `null`: not even know of it. */
  accessTo(userId: string, scope: string, scopeId: string): ScopeAccess | null;
  /** Every scope that the user may read. */
  scopesOf(userId: string): readonly Scope[];
  set(userId: string, scope: string, scopeId: string, access: ScopeAccess | null): void;
  /** Nobody is in the scope any more. */
  clear(scope: string, scopeId: string): void;
  /** The user is in no scope any more. */
  forgetUser(userId: string): void;
  /** As `History.snapshot`. */
  snapshot(): () => void;
}

/** Nobody is in any scope. */
export function createMemberships(): Memberships {
  let members = new Map<string, Scope & { readonly userId: string }>();
  const keyOf = (userId: string, scope: string, scopeId: string) => `${userId} ${scope} ${scopeId}`;
  return {
    accessTo: (userId, scope, scopeId) =>
      members.get(keyOf(userId, scope, scopeId))?.access ?? null,
    scopesOf: (userId) =>
      [...members.values()]
        .filter((member) => member.userId === userId)
        .map(({ scope, scopeId, access }) => ({ scope, scopeId, access })),
    set: (userId, scope, scopeId, access) => {
      const key = keyOf(userId, scope, scopeId);
      if (access === null) members.delete(key);
      else members.set(key, { userId, scope, scopeId, access });
    },
    clear: (scope, scopeId) => {
      for (const [key, member] of members)
        if (member.scope === scope && member.scopeId === scopeId) members.delete(key);
    },
    forgetUser: (userId) => {
      for (const [key, member] of members) if (member.userId === userId) members.delete(key);
    },
    snapshot: () => {
      const kept = new Map(members);
      return () => {
        members = new Map(kept);
      };
    },
  };
}

/** Whose the row is: `owner` is its user, or the scope of its table that it is in. */
export interface Owned {
  readonly table: string;
  readonly owner: string;
}

/** True when the user may read the row. */
export function mayRead(
  memberships: Memberships,
  userId: string,
  { table, owner }: Owned,
): boolean {
  const scope = scopeOf(table);
  return scope === null ? owner === userId : memberships.accessTo(userId, scope, owner) !== null;
}

/** True when the user may write the row. */
export function mayWrite(
  memberships: Memberships,
  userId: string,
  { table, owner }: Owned,
): boolean {
  const scope = scopeOf(table);
  return scope === null ? owner === userId : memberships.accessTo(userId, scope, owner) === "write";
}
