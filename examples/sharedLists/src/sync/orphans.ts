// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { rowOf } from "./batchBuilder";
import type { Engine } from "./engine";
import { referencesOf, unitOf } from "./nextBatch";
import type { StoredOp } from "./ports";
import type { OpResult } from "./shared/protocol";

/**
 * Ops that were rejected only because this very batch failed to create a row that they reference, and what was rejected
 * with them as their group. They wait for it, as they would have, had it failed before. Of creations that were rejected
 * for each other, in a circle, none waits.
 */
export function findOrphans(
  engine: Engine,
  ops: readonly StoredOp[],
  results: ReadonlyMap<string, OpResult>,
): ReadonlySet<string> {
  const failed = ops.filter(({ opId }) => {
    const outcome = results.get(opId)?.outcome;
    return outcome === "rejected" || outcome === "conflict";
  });
  const failedCreates = new Set(
    failed.filter(({ kind }) => kind === "create").map(rowOf),
  );
  const missedBy = (op: StoredOp) =>
    results.get(op.opId)?.code === "missing-reference"
      ? referencesOf(engine, op)
          .map(rowOf)
          .filter((row) => failedCreates.has(row) && row !== rowOf(op))
      : [];
  const isMate = (op: StoredOp) => results.get(op.opId)?.code === "group";
  const missing = new Set(
    failed.filter((op) => missedBy(op).length > 0).map(unitOf),
  );
  /** Units that failed for a reason of their own. */
  const ended = new Set(
    failed
      .filter((op) =>
        isMate(op) ? !missing.has(unitOf(op)) : missedBy(op).length === 0,
      )
      .map(unitOf),
  );
  const found = new Set<string>();
  /** Rows that were not created because of such units. */
  const missed = new Set(
    failed
      .filter((op) => op.kind === "create" && ended.has(unitOf(op)))
      .map(rowOf),
  );
  for (;;) {
    const orphan = failed.find(
      (op) =>
        !found.has(op.opId) && missedBy(op).some((row) => missed.has(row)),
    );
    if (orphan === undefined) return found;
    const unit = unitOf(orphan);
    for (const op of failed)
      if (op === orphan || (isMate(op) && unitOf(op) === unit)) {
        found.add(op.opId);
        missed.add(rowOf(op));
      }
  }
}
