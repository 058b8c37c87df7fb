// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import type { SyncedDocument } from "./context";
import { currentRow } from "./documents";
import { scopeIdOf } from "./feed";
import type { ServerRules } from "./rules";
import type { CurrentRow } from "./shared/policy";

/** A row as the merge sees it, and where it is. */
export interface PlacedRow extends CurrentRow {
  /** The scope that it is in; `null`: it is its user's own. */
  readonly scopeId: string | null;
}

/** The row of a document. */
export function placedRow(
  document: SyncedDocument,
  rules: ServerRules,
): PlacedRow {
  const scopeId = scopeIdOf(document, rules);
  return { ...currentRow(document, rules), scopeId };
}

/** The row if it is there for whoever names this scope: an id that another scope has names nothing. */
export function inScope<Row extends Pick<PlacedRow, "scopeId">>(
  row: Row | null | undefined,
  scopeId: string | null,
): Row | null {
  return row?.scopeId === scopeId ? row : null;
}
