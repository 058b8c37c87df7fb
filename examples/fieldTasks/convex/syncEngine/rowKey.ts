// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

/** Names one row of one user, or one of a table in scopes, where an id is one row's whatever the scope. For maps. */
export type RowKey = string;

/** The key of a row. Table names hold no slash, so that two rows never share one. */
export function rowKey(table: string, clientId: string): RowKey {
  return `${table}/${clientId}`;
}
