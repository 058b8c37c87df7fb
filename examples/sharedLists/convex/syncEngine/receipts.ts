// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import type { Verdict } from "./checkOp";
import type { ReceiptDocument, SystemReader, SystemWriter } from "./context";
import { isUuid } from "./shared/ids";
import type { UncheckedOp } from "./validators";

/** What a receipt says of one op. */
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

/** How much of what an original sent since its copy was made is searched; a result takes about 200 bytes, a rejected one up to 500. */
const most = { receipts: 1_000, results: 6_400 };
/** Earlier ids that the ops of a batch name; nearly always there is one. */
const maxDevices = 8;

/**
 * What was recorded for ops that this user sealed under an earlier device id, by op id: they were decided then and
 * are not again. The original may have sent an op some batches later than the copy believes, so the receipts behind
 * the named one are searched, too; those before it tell of an attempt that was answered and is over. Another copy may
 * have sent it under an id of its own.
 */
export async function recallOps(
  system: SystemReader,
  userId: string,
  ops: readonly UncheckedOp[],
): Promise<ReadonlyMap<string, ReceiptResult>> {
  const recalled = new Map<string, ReceiptResult>();
  let { receipts, results } = most;
  for (const [deviceId, named] of firstBatches(ops)) {
    const first = Math.min(...named.values());
    const sent = system
      .query("syncReceipts")
      .withIndex("by_device_and_seq", (q) =>
        q.eq("deviceId", deviceId).gte("batchSeq", first),
      );
    for await (const receipt of sent) {
      if (receipt.userId !== userId) break;
      for (const result of receipt.results)
        if (receipt.batchSeq >= (named.get(result.opId) ?? Infinity))
          recalled.set(result.opId, result);
      receipts -= 1;
      results -= receipt.results.length;
      if (receipts <= 0 || results <= 0) break;
    }
  }
  // Last, because these count: a receipt may tell of an attempt before, which was rejected.
  for (const { opId, carriedBy } of ops) {
    if (carriedBy === null) continue;
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

/** By earlier device id: the batch that each op names as the first that may have carried it. */
export function firstBatches(
  ops: readonly UncheckedOp[],
): ReadonlyMap<string, ReadonlyMap<string, number>> {
  const devices = new Map<string, Map<string, number>>();
  for (const { opId, carriedBy } of ops) {
    if (carriedBy === null || !isUuid(carriedBy.deviceId)) continue;
    const named = devices.get(carriedBy.deviceId);
    if (named !== undefined) named.set(opId, carriedBy.batchSeq);
    else if (devices.size < maxDevices)
      devices.set(carriedBy.deviceId, new Map([[opId, carriedBy.batchSeq]]));
  }
  return devices;
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
