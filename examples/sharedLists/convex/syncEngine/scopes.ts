// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { accessBy, withinAccess } from "./access";
import type { ScopeParts } from "./config";
import type { SyncMutationContext, SyncQueryContext } from "./context";
import { forgetScope } from "./forgetScope";
import { memberWriter } from "./memberTables";
import { each, type Found } from "./removal";
import type { SyncRules } from "./rules";
import type { ForgetScopeArgs } from "./scopedValidators";
import { limits, type Scope, type ScopeAccess } from "./shared/protocol";
import { isScopeId, scopeIdRule } from "./shared/scopeId";

/**
 * Who may see and change the rows of a scope: asked of every call, in the same transaction as the rows, so that whoever
 * is removed sees nothing from then on. The user is who is signed in; nothing of it is taken from a device's word.
 */
export interface ScopesConfig {
  /** Every scope that the user may read, `limits.scopes` at most: what devices are told to hold. */
  list(ctx: SyncQueryContext, userId: string): Promise<readonly Scope[]>;
  /** What the user may do in one; `null` for nothing, or where there is no such scope. Says the same as `list`. */
  access(
    ctx: SyncQueryContext,
    userId: string,
    scope: string,
    scopeId: string,
  ): Promise<ScopeAccess | null>;
}

/** What the engine does for rows that several people share, and what only a project with scopes has a function for. */
export function scopeParts(config: ScopesConfig): ScopeParts & {
  readonly forget: (
    ctx: SyncMutationContext,
    rules: SyncRules,
    args: ForgetScopeArgs,
  ) => Promise<null>;
} {
  return {
    list: async (ctx, rules, userId) =>
      checked(rules, userId, await config.list(ctx, userId)),
    accessOf: accessBy(config),
    within: withinAccess,
    membershipsOf,
    forget: forgetScope,
  };
}

/**
 * The listed scopes as far as tables have them. Throws when the app's own code lists what devices could not be told whole:
 * for those that were left out they would delete what they have.
 */
function checked(
  rules: SyncRules,
  userId: string,
  given: readonly Scope[],
): readonly Scope[] {
  const kinds = new Set(Object.values(rules).map(({ scope }) => scope));
  const source = `listScopes of syncScopes.ts says that ${userId} is in`;
  const listed = new Map<string, Scope>();
  for (const { scope, scopeId, access } of given) {
    if (!kinds.has(scope)) continue;
    if (!isScopeId(scopeId))
      throw new Error(
        `${source} the ${scope} ${JSON.stringify(scopeId)}, and a scopeId is ${scopeIdRule}`,
      );
    listed.set(`${scope}/${scopeId}`, { scope, scopeId, access });
  }
  if (listed.size > limits.scopes)
    throw new Error(
      `${source} ${listed.size} scopes, and a user is in ${limits.scopes} at most`,
    );
  return [...listed.values()];
}

function membershipsOf<Place>(
  ctx: SyncMutationContext,
  userId: string,
  place: Place,
): AsyncGenerator<Found<Place>> {
  const db = memberWriter(ctx);
  const memberships = db
    .query("syncMembers")
    .withIndex("by_user", (q) => q.eq("userId", userId));
  return each(
    memberships,
    () => place,
    ({ _id }) => db.delete("syncMembers", _id),
  );
}
