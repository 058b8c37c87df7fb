import { makeFunctionReference } from "convex/server";
import type { SyncServerConfig } from "./config";
import {
  writerOf,
  type RowWriter,
  type SyncedDocument,
  type SyncMutationContext,
  type SystemWriter,
} from "./context";
import { moveHorizon } from "./horizon";
import { positionOf } from "./page";
import { latestPosition, type Position } from "./positions";
import { storedName } from "./rules";

/** Tombstones removed by one run: small documents, two or three operations each. */
const maxTombstones = 500;
/** Receipts removed by one run: up to 50 KiB each. */
const maxReceipts = 100;
/** Copied ops removed by one run: small documents. */
const maxCopiedOps = 500;
const day = 24 * 60 * 60 * 1000;

/** By name and not through the generated `internal`, whose type would depend on this function's own. */
const itself = makeFunctionReference<"mutation", Record<string, never>>(
  "sync:collectGarbage",
);

/**
 * Removes tombstones, receipts and copied ops older than the retention, a bounded number a run, and runs again as long
 * as there are more. Every removed tombstone moves its user's horizon in the same mutation.
 */
export async function collectGarbage(
  ctx: SyncMutationContext,
  config: SyncServerConfig,
): Promise<null> {
  const { rows, system } = writerOf(ctx, config.rules);
  const before = Date.now() - config.retentionDays * day;
  let left = maxTombstones;
  for (const table of Object.keys(config.rules)) {
    if (left === 0) break;
    const tombstones = await oldTombstones(rows, table, before, left);
    left -= tombstones.length;
    const stored = storedName(config.rules, table);
    for (const [userId, position] of lastOfUsers(tombstones))
      await moveHorizon(system, userId, stored, position);
    for (const { _id } of tombstones) await rows.delete(table, _id);
  }
  const receipts = await removeReceipts(system, before);
  const copiedOps = await removeCopiedOps(system, before);
  const isCut =
    left === 0 || receipts === maxReceipts || copiedOps === maxCopiedOps;
  if (isCut) await ctx.scheduler.runAfter(0, itself, {});
  return null;
}

async function oldTombstones(
  rows: RowWriter,
  table: string,
  before: number,
  most: number,
): Promise<readonly SyncedDocument[]> {
  return await rows
    .query(table)
    .withIndex("by_deleted", (q) =>
      q.gt("deletedAt", 0).lt("deletedAt", before),
    )
    .take(most);
}

/** By user, the position of the latest of the rows. */
function lastOfUsers(
  rows: readonly SyncedDocument[],
): ReadonlyMap<string, Position> {
  const last = new Map<string, Position>();
  for (const row of rows) {
    const position = positionOf(row);
    const known = last.get(row.userId) ?? position;
    last.set(row.userId, latestPosition(known, position));
  }
  return last;
}

async function removeReceipts(
  system: SystemWriter,
  before: number,
): Promise<number> {
  const receipts = await system
    .query("syncReceipts")
    .withIndex("by_retired", (q) =>
      q.gt("retiredAt", 0).lt("retiredAt", before),
    )
    .take(maxReceipts);
  for (const { _id } of receipts) await system.delete("syncReceipts", _id);
  return receipts.length;
}

async function removeCopiedOps(
  system: SystemWriter,
  before: number,
): Promise<number> {
  const ops = await system
    .query("syncCopiedOps")
    .withIndex("by_decided", (q) => q.lt("decidedAt", before))
    .take(maxCopiedOps);
  for (const { _id } of ops) await system.delete("syncCopiedOps", _id);
  return ops.length;
}
