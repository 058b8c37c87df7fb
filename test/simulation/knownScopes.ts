import type { Scope } from "../../templates/shared/protocol";
import type { Chance } from "./chance";
import type { Process, Store } from "./phone";
import { scopeIds, scopeOf } from "./scopedTables";

/** The scopes that a database has been told of; `null`: none was told. */
export function scopesIn(metadata: ReadonlyMap<string, string>): readonly Scope[] | null {
  const text = metadata.get("scopes");
  // Safe: written by the engine.
  return text === undefined ? null : (JSON.parse(text) as readonly Scope[]);
}

/** True for what is in a scope that the database knows, or in none. */
export function isKnownScope(
  known: readonly Scope[] | null,
  at: { readonly table: string; readonly scopeId: string | null } | undefined,
): boolean {
  if (at === undefined || at.scopeId === null) return true;
  const { table, scopeId } = at;
  return known?.some((it) => it.scope === scopeOf(table) && it.scopeId === scopeId) === true;
}

/** The scopes that an app knows. */
export function knownScopes({ database }: Store): readonly Scope[] {
  const sql = `SELECT "key", "value" FROM "sync_metadata" WHERE "key" = 'scopes'`;
  // Safe: two text columns.
  return scopesIn(new Map(database.select(sql) as [string, string][])) ?? [];
}

/** Where a person adds a row: mostly where the app says that they may; `undefined` where rows are their user's own. */
export function scopeForNew(
  { store }: Process,
  table: string,
  chance: Chance | null,
): string | undefined {
  const scope = scopeOf(table);
  if (scope === null) return undefined;
  const known = knownScopes(store)
    .filter((it) => it.scope === scope && it.access === "write")
    .map(({ scopeId }) => scopeId);
  // One that was made a moment ago, of which the app has not heard, or one that is not theirs.
  const isAny = known.length === 0 || chance?.happens(0.12) === true;
  const from = isAny ? scopeIds[scope] : known;
  return chance === null ? from[0] : chance.pick(from);
}
