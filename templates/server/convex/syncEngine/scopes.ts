import type { SyncServerConfig } from "./config";
import type { SyncQueryContext } from "./context";
import { limits, type Scope } from "./shared/protocol";
import { isScopeId, scopeIdRule } from "./shared/scopeId";

/**
 * The scopes that the user may read, as far as tables have them; `null` in a project without any. Throws when the app's own
 * code lists what devices could not be told whole: for those that were left out they would delete what they have.
 */
export async function listedScopes(
  ctx: SyncQueryContext,
  { rules, scopes }: SyncServerConfig,
  userId: string,
): Promise<readonly Scope[] | null> {
  const kinds = new Set(Object.values(rules).map(({ scope }) => scope));
  kinds.delete(undefined);
  if (kinds.size === 0) return null;
  const given = (await scopes?.list(ctx, userId)) ?? [];
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
