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
/** Of the batches that ops name; nearly always there is one, because a device seals the rest of a batch together. */
const maxBatches = 8;

/**
 * What was recorded for ops that this user sealed under an earlier device id, by op id: they were applied then and
 * are not again. A restored backup may have sent an op a few batches later than the copy believes, so some of the
 * receipts behind the named one are searched, too; those before it tell of an attempt that was answered and is over.
 */
export async function recallOps(
  system: SystemReader,
  userId: string,
  ops: readonly UncheckedOp[],
): Promise<ReadonlyMap<string, ReceiptResult>> {
  const recalled = new Map<string, ReceiptResult>();
  for (const [{ deviceId, batchSeq }, opIds] of sealings(ops)) {
    const receipts = await system
      .query("syncReceipts")
      .withIndex("by_device_and_seq", (q) =>
        q.eq("deviceId", deviceId).gte("batchSeq", batchSeq),
      )
      .take(searched);
    for (const receipt of receipts) {
      if (receipt.userId !== userId) continue;
      for (const result of receipt.results)
        if (opIds.has(result.opId)) recalled.set(result.opId, result);
    }
  }
  return recalled;
}

/** The batches that ops name as the one that carried them, each with its ops. */
function sealings(
  ops: readonly UncheckedOp[],
): readonly (readonly [BatchName, ReadonlySet<string>])[] {
  const batches = new Map<string, readonly [BatchName, Set<string>]>();
  for (const { opId, sealedBy } of ops) {
    if (sealedBy === null) continue;
    const key = `${sealedBy.batchSeq}/${sealedBy.deviceId}`;
    const batch = batches.get(key) ?? [sealedBy, new Set<string>()];
    batch[1].add(opId);
    batches.set(key, batch);
  }
  return [...batches.values()].slice(0, maxBatches);
}

type BatchName = NonNullable<UncheckedOp["sealedBy"]>;
