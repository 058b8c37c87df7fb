// Written by sync-gen 0.1.0 from sync.config.ts (npx sync-gen generate).
// Do not edit, it is overwritten: edit sync.config.ts instead.

import type { Verdict } from "./checkOp";
import type { ReceiptDocument, SystemReader } from "./context";
import type { UncheckedOp } from "./validators";

export type ReceiptResult = ReceiptDocument["results"][number];

/** The verdict that was recorded. */
export function verdictOf(result: ReceiptResult): Verdict {
  return {
    outcome: result.outcome,
    // Safe: receipts are written from verdicts only.
    code: result.code as Verdict["code"],
    message: result.message,
  };
}

/** How many receipts, from the one that an op names, are searched for it. */
const searched = 16;

/**
 * What was recorded for ops that this user sealed under an earlier device id, by op id: they were applied then and
 * are not again. A restored backup may have sent an op a few batches later than the copy believes, so some of the
 * receipts behind the named one are searched, too.
 */
export async function recallOps(
  system: SystemReader,
  userId: string,
  ops: readonly UncheckedOp[],
): Promise<ReadonlyMap<string, ReceiptResult>> {
  const firstSeqs = new Map<string, number>();
  for (const { sealedBy } of ops) {
    if (sealedBy === null) continue;
    const first = firstSeqs.get(sealedBy.deviceId) ?? Infinity;
    firstSeqs.set(sealedBy.deviceId, Math.min(first, sealedBy.batchSeq));
  }
  const recalled = new Map<string, ReceiptResult>();
  // A device changes its id rarely: more than a few earlier ids in one batch is nothing that a device does.
  for (const [deviceId, first] of [...firstSeqs].slice(0, 8)) {
    const receipts = await system
      .query("syncReceipts")
      .withIndex("by_device_and_seq", (q) =>
        q.eq("deviceId", deviceId).gte("batchSeq", first),
      )
      .take(searched);
    for (const receipt of receipts) {
      if (receipt.userId !== userId) continue;
      for (const result of receipt.results) recalled.set(result.opId, result);
    }
  }
  return recalled;
}
