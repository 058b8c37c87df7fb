// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { serverState, type QueuedOp, type RowState } from "./rowState";
import { countedOnly, wholeBase } from "./shared/combining";
import { combines } from "./shared/decision";
import type { WireValue } from "./shared/protocol";
import { SyncError } from "./types";

/**
 * What an op is built on, of whose base nothing was left but what its counters, sets and one-way fields count from: the
 * row as it is here again, by somebody who has not seen what its other fields were. Nothing for every other op. Throws a
 * `SyncError` as long as its author is not back in the scope.
 */
export function countAgain(
  state: RowState,
  op: QueuedOp,
): Partial<Pick<QueuedOp, "base">> {
  if (op.base === null || wholeBase(op.base) !== null) return {};
  if (!state.isReadable)
    throw new SyncError("no-access", "You are not in this scope any more.");
  const row = serverState(state)?.fields;
  if (!row) return { base: null };
  const base: Record<string, WireValue> = { ...row };
  for (const field of Object.keys(op.fields))
    if (!combines(state.table.rules, field)) base[field] = null;
  Object.assign(base, op.base);
  delete base[countedOnly];
  return { base };
}
