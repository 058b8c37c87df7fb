// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { limits, type Op } from "./protocol";

/** Room for what surrounds the ops of a batch. */
const frameBytes = 4 * 1024;

/** What the ops of a batch may have together, in bytes, when the batch could also be sent as several. */
export const opsBudget = limits.batchBytes - frameBytes;

/**
 * What a whole batch of `ops` may have, in bytes. One that cannot be sent as several, an op or a group, may have more:
 * since it was written it may have grown, by the defaults of new fields or by the name of an earlier batch.
 */
export function batchBudget(ops: readonly Pick<Op, "group">[]): number {
  const [first] = ops;
  const isOneUnit =
    ops.length === 1 ||
    (first?.group != null && ops.every(({ group }) => group === first.group));
  return isOneUnit ? limits.opBytes : limits.batchBytes;
}
