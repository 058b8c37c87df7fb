// Written by sync-gen 0.1.0 from sync.config.ts (npx sync-gen generate).
// Do not edit, it is overwritten: edit sync.config.ts instead.

import type { Engine } from "./engine";
import type { StoredOp } from "./ports";
import type { QueuedOp, RowState } from "./rowState";
import type { Step } from "./step";

/** Adds to `step` what `move` makes of the row of each of `ops`, no two of which are on one row. */
export async function moveRows(
  engine: Engine,
  ops: readonly StoredOp[],
  step: Step,
  move: (state: RowState, op: QueuedOp) => RowState,
): Promise<void> {
  const idsByTable = new Map<string, string[]>();
  for (const { table, clientId } of ops)
    idsByTable.set(table, [...(idsByTable.get(table) ?? []), clientId]);
  const moved = new Set(ops.map(({ opId }) => opId));
  for (const [table, ids] of idsByTable)
    for (const state of await engine.readStates(engine.table(table), ids))
      for (const op of state.ops.filter(({ opId }) => moved.has(opId)))
        step.move(state, move(state, op));
}
