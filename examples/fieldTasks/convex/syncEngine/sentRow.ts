// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { wireRow } from "./documents";
import type { LoadedRow } from "./loadRows";
import { entryOf, type SyncRules } from "./rules";
import type { WireRow } from "./shared/protocol";

/** A row that was read, as it travels; `null`: there is none. */
export function sentRow(
  rules: SyncRules,
  row: LoadedRow | undefined,
): WireRow | null {
  return row === undefined || row.document === null
    ? null
    : wireRow(row.document, entryOf(rules, row.table));
}

/** The row, for an op that names this scope; `null`: it is in another one, which the caller may not be in. */
export function rowIn(
  scopeId: string | null,
  row: WireRow | null,
): WireRow | null {
  return row !== null && (row.scopeId ?? null) === scopeId ? row : null;
}
