// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import type { Engine } from "./engine";
import type { StoredOp } from "./ports";
import type { QueuedOp, RowState } from "./rowState";
import type { Step } from "./step";

/** An op that is not in the queue any more. */
export interface GoneOp {
  readonly opId: string;
  /** The op that was moved has its values now. */
  readonly isTakenAlong: boolean;
}

/**
 * Adds to `step` what `move` makes of the row of each of `ops`: no two on one row, all as they are stored now. Resolves
 * with the ops of these rows that are gone by it.
 */
export async function moveRows(
  engine: Engine,
  ops: readonly StoredOp[],
  step: Step,
  move: (state: RowState, op: QueuedOp) => RowState,
): Promise<readonly GoneOp[]> {
  const gone: GoneOp[] = [];
  const opsByTable = new Map<string, Map<string, StoredOp>>();
  for (const op of ops) {
    const own = opsByTable.get(op.table) ?? new Map<string, StoredOp>();
    opsByTable.set(op.table, own.set(op.clientId, op));
  }
  for (const [table, own] of opsByTable)
    for (const state of await engine.readStates(
      engine.table(table),
      [...own.keys()],
      "all",
      [...own.values()],
    )) {
      // Safe: the states are those of the keys.
      const moved = own.get(state.clientId) as StoredOp;
      const after = move(state, moved);
      step.move(state, after);
      const kept = new Set(after.ops.map(({ seq }) => seq));
      for (const { seq, opId } of state.ops)
        if (!kept.has(seq))
          gone.push({ opId, isTakenAlong: kept.has(moved.seq) });
    }
  return gone;
}
