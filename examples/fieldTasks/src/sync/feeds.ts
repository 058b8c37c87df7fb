// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import type { Registry, TableDefinition } from "./registry";
import type { Scope } from "./shared/protocol";

/** Rows that are fetched with one cursor: the user's own of a table, or those of a table in one scope. */
export interface Feed {
  /** Names it among all feeds. */
  readonly key: string;
  readonly table: TableDefinition;
  readonly scopeId: string | null;
}

/** Names a feed. */
export function feedKey(table: string, scopeId: string | null): string {
  return scopeId === null ? table : `${table}/${scopeId}`;
}

/** What a user in these scopes may read; `null`: nobody has told yet which scopes these are. */
export function feedsOf(
  registry: Pick<Registry, "tables">,
  scopes: readonly Scope[] | null,
): readonly Feed[] {
  return Object.values(registry.tables).flatMap((table) =>
    scopeIdsOf(table, scopes ?? []).map((scopeId) => ({
      key: feedKey(table.name, scopeId),
      table,
      scopeId,
    })),
  );
}

function scopeIdsOf(
  { rules }: TableDefinition,
  scopes: readonly Scope[],
): readonly (string | null)[] {
  return rules.scope === undefined
    ? [null]
    : scopes
        .filter(({ scope }) => scope === rules.scope)
        .map(({ scopeId }) => scopeId);
}
