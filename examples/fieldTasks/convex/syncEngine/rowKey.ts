// Written by sync-gen 0.1.0 from sync.config.ts (npx sync-gen generate).
// Change sync.config.ts instead; an edit of this file stays with npx sync-gen generate --keep-edits.

/** Names one row of one user, for maps. */
export type RowKey = string;

/** The key of a row. Table names hold no slash, so that two rows never share one. */
export function rowKey(table: string, clientId: string): RowKey {
  return `${table}/${clientId}`;
}
