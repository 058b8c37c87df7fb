import type { Verdict } from "./checkOp";
import type { ReceiptDocument, SystemReader, SystemWriter } from "./context";
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

/** How many receipts are searched, up to 30 KiB each: 6,400 ops that an original sent since its copy was made. */
const searched = 64;
/** Of the batches that ops name; nearly always there is one, because a device seals the rest of a batch together. */
const maxBatches = 8;

/**
 * What was recorded for ops that this user sealed under an earlier device id, by op id: they were applied then and
 * are not again. The original may have sent an op some batches later than the copy believes, so some of the
 * receipts behind the named one are searched, too; those before it tell of an attempt that was answered and is over.
 * Another copy may have sent it under an id of its own.
 */
export async function recallOps(
  system: SystemReader,
  userId: string,
  ops: readonly UncheckedOp[],
): Promise<ReadonlyMap<string, ReceiptResult>> {
  const recalled = new Map<string, ReceiptResult>();
  const batches = sealings(ops);
  for (const [{ deviceId, batchSeq }, opIds] of batches) {
    const receipts = await system
      .query("syncReceipts")
      .withIndex("by_device_and_seq", (q) =>
        q.eq("deviceId", deviceId).gte("batchSeq", batchSeq),
      )
      .take(Math.floor(searched / batches.length));
    for (const receipt of receipts) {
      if (receipt.userId !== userId) continue;
      for (const result of receipt.results)
        if (opIds.has(result.opId)) recalled.set(result.opId, result);
    }
  }
  // Last, because these took effect: a receipt may tell of an attempt before, which was rejected.
  for (const { opId, sealedBy } of ops) {
    if (sealedBy === null) continue;
    const copied = await system
      .query("syncCopiedOps")
      .withIndex("by_user_and_op", (q) =>
        q.eq("userId", userId).eq("opId", opId),
      )
      .first();
    if (copied !== null) recalled.set(opId, copied);
  }
  return recalled;
}

/**
 * Records what became of ops that came under another device id than they were sealed under first. Not of those
 * that were rejected: they had no effect, and may be sent again as they are.
 */
export async function recordCopied(
  system: SystemWriter,
  userId: string,
  results: readonly ReceiptResult[],
  decidedAt: number,
): Promise<void> {
  for (const result of results)
    if (result.outcome !== "rejected")
      await system.insert("syncCopiedOps", { userId, ...result, decidedAt });
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
