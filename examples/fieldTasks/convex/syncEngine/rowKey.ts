// Written by sync-gen 0.1.0 from sync.config.ts (npx sync-gen generate).
// Edit sync.config.ts instead: an edit here stays, and stops the run that would change this file.

/** Names one row of one user, for maps. */
export type RowKey = string;

/** The key of a row. Table names hold no slash, so that two rows never share one. */
export function rowKey(table: string, clientId: string): RowKey {
  return `${table}/${clientId}`;
}
