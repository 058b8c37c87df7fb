// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { makeFunctionReference } from "convex/server";
import type { SyncServerConfig } from "./config";
import {
  writerOf,
  type RowWriter,
  type SyncedDocument,
  type SyncMutationContext,
  type SystemWriter,
} from "./context";
import { ownerOf, type Owner } from "./feed";
import { moveHorizon } from "./horizon";
import { positionOf } from "./page";
import { latestPosition, type Position } from "./positions";
import { each, removeSome, type Found } from "./removal";
import { entryOf, storedName, type ServerRules } from "./rules";
import type { CollectArgs } from "./validators";

const day = 24 * 60 * 60 * 1000;

/** By name and not through the generated `internal`, whose type would depend on this function's own. */
const itself = makeFunctionReference<"mutation", CollectArgs>(
  "sync:collectGarbage",
);

/**
 * Removes tombstones, receipts and copied ops older than the retention, a bounded part a run, and runs again as long as
 * there are more. Every removed tombstone moves the horizon of its user, or of its scope, in the same mutation.
 */
export async function collectGarbage(
  ctx: SyncMutationContext,
  config: SyncServerConfig,
  { from }: CollectArgs,
): Promise<null> {
  const { rules } = config;
  const { rows, system } = writerOf(ctx, rules);
  const before = Date.now() - config.retentionDays * day;
  const removed = new Map<string, SyncedDocument[]>();
  const tombstones = Object.keys(rules).map((table): Source => {
    const gone: SyncedDocument[] = [];
    removed.set(table, gone);
    return [table, (since) => oldTombstones(rows, table, since, before, gone)];
  });
  const sources: readonly Source[] = [
    ...tombstones,
    ["syncReceipts", (since) => oldReceipts(system, since, before)],
    ["syncCopiedOps", (since) => oldCopiedOps(system, since, before)],
  ];
  const next = await removeSome(inOrder(sources, from));
  for (const [table, gone] of removed) {
    const stored = storedName(rules, table);
    for (const { owner, position } of lastOfOwners(gone, entryOf(rules, table)))
      await moveHorizon(system, owner, stored, position);
  }
  if (next !== null) await ctx.scheduler.runAfter(0, itself, { from: next });
  return null;
}

/** Where a run begins: a table, and the time since which something in it may have expired. */
type Place = NonNullable<CollectArgs["from"]>;

/** A table, and what has expired in it since a time, oldest first. */
type Source = readonly [
  table: string,
  expired: (since: number) => AsyncIterable<Found<Place>>,
];

/** What has expired in each table after the other, from `from` on. */
async function* inOrder(
  sources: readonly Source[],
  from: Place | undefined,
): AsyncGenerator<Found<Place>> {
  const first = sources.findIndex(([table]) => table === from?.table);
  for (const [table, expired] of sources.slice(Math.max(first, 0)))
    yield* expired(table === from?.table ? from.time : 0);
}

/** Those that are removed are kept in `removed`. */
function oldTombstones(
  rows: RowWriter,
  table: string,
  since: number,
  before: number,
  removed: SyncedDocument[],
) {
  const tombstones = rows
    .query(table)
    .withIndex("by_deleted", (q) =>
      q.gte("deletedAt", since).lt("deletedAt", before),
    );
  return each(
    tombstones,
    ({ deletedAt }) => ({ table, time: deletedAt ?? 0 }),
    async (row) => {
      removed.push(row);
      await rows.delete(table, row._id);
    },
  );
}

function oldReceipts(system: SystemWriter, since: number, before: number) {
  const table = "syncReceipts";
  const receipts = system
    .query(table)
    .withIndex("by_retired", (q) =>
      q.gte("retiredAt", since).lt("retiredAt", before),
    );
  return each(
    receipts,
    ({ retiredAt }) => ({ table, time: retiredAt ?? 0 }),
    ({ _id }) => system.delete(table, _id),
  );
}

function oldCopiedOps(system: SystemWriter, since: number, before: number) {
  const table = "syncCopiedOps";
  const ops = system
    .query(table)
    .withIndex("by_decided", (q) =>
      q.gte("decidedAt", since).lt("decidedAt", before),
    );
  return each(
    ops,
    ({ decidedAt }) => ({ table, time: decidedAt }),
    ({ _id }) => system.delete(table, _id),
  );
}

/** The last of the rows of each owner. */
interface LastOfOwner {
  readonly owner: Owner;
  readonly position: Position;
}

/** The position of the latest of the rows, of each owner. */
function lastOfOwners(
  rows: readonly SyncedDocument[],
  rules: ServerRules,
): Iterable<LastOfOwner> {
  const last = new Map<string, LastOfOwner>();
  for (const row of rows) {
    const owner = ownerOf(row, rules);
    // Of one table, so that ids of users and of scopes do not meet.
    const key = "scopeId" in owner ? owner.scopeId : owner.userId;
    const known = last.get(key)?.position ?? positionOf(row);
    const position = latestPosition(known, positionOf(row));
    last.set(key, { owner, position });
  }
  return last.values();
}
