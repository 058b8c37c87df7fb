// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import type { RowWriter, SyncedDocument } from "./context";
import { scopeColumn, scopeIdOf } from "./feed";
import type { ServerRules } from "./rules";
import { tickHlc } from "./shared/clock";

/**
 * Turns a row into a tombstone, whatever the table's policy: what server code deletes is gone, also where devices may
 * only add. `now` in ms since 1970.
 */
export async function removeRow(
  rows: RowWriter,
  table: string,
  document: SyncedDocument,
  rules: ServerRules,
  now: number,
): Promise<void> {
  const { _id, clientId, userId, createdAt, edited } = document;
  await rows.replace(table, _id, {
    clientId,
    ...scopeColumn(scopeIdOf(document, rules)),
    userId,
    createdAt,
    updatedAt: now,
    deletedAt: now,
    changed: rows.vars.commitTs,
    edited: tickHlc(edited, now, "server"),
    opId: null,
    clocks: {},
  });
}
