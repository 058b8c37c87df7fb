// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import type { Engine } from "./engine";
import type { QueuedOp, RowState } from "./rowState";
import { requeue } from "./SyncQueue";

/**
 * `op`, which is one of the row's and was given up or waits for a person, waits again, on what there is of its row to build
 * on. `change` is what a person made of it. Throws a `SyncError` where they may not see enough of the row.
 */
export function waitAgain(
  engine: Engine,
  state: RowState,
  op: QueuedOp,
  change?: Parameters<typeof requeue>[3],
): RowState {
  const counted = engine.registry.scopes?.countAgain(state, op);
  return requeue(state, op, engine.newId(), { ...counted, ...change });
}
