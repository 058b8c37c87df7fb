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
import { changesOf, type Feed } from "./feed";
import { positionOf } from "./page";
import { firstPosition } from "./positions";
import { each, removeSome, type Found } from "./removal";
import type { Stamp } from "./shared/protocol";
import { latestStamp } from "./shared/stamp";
import type { ForgetUserArgs } from "./validators";

/** By name, as in `collect.ts`. */
const itself = makeFunctionReference<"mutation", ForgetUserArgs>(
  "sync:forgetUser",
);

/**
 * Deletes everything that the sync holds of a user, a bounded part a run, and runs again as long as there is more. Rows
 * leave no tombstones: these would name the user, and no device of theirs is answered any more. Rows in scopes stay: they
 * are the members' who are left.
 */
export async function forgetUser(
  ctx: SyncMutationContext,
  config: SyncServerConfig,
  { userId, from }: ForgetUserArgs,
): Promise<null> {
  const next = await removeSome(everythingOf(ctx, config, userId, from));
  if (next !== null)
    await ctx.scheduler.runAfter(0, itself, { userId, from: next });
  // What came between the runs, in a table that they had left behind, is found from the start.
  else if (from !== undefined)
    await ctx.scheduler.runAfter(0, itself, { userId });
  else await config.resetRateLimit?.(ctx, userId);
  return null;
}

/** Where a run begins: a table, and the stamp since which a row of it may be left. */
type Place = NonNullable<ForgetUserArgs["from"]>;

async function* everythingOf(
  ctx: SyncMutationContext,
  { rules, scopes }: SyncServerConfig,
  userId: string,
  from: Place | undefined,
): AsyncGenerator<Found<Place>> {
  const { rows, system } = writerOf(ctx, rules);
  const tables = Object.keys(rules).filter((table) => !rows.isScoped(table));
  const first = tables.findIndex((table) => table === from?.table);
  for (const table of tables.slice(Math.max(first, 0))) {
    const isBegun = table === from?.table;
    const stamp = isBegun ? from.stamp : firstPosition.stamp;
    const feed = { table, owner: { userId } };
    yield* rowsOf(rows, feed, stamp, ({ _id }) => rows.delete(table, _id));
  }
  const behindRows = { table: tables.at(-1) ?? "", stamp: latestStamp };
  yield* recordsOf(system, userId, behindRows);
  if (scopes !== undefined)
    yield* scopes.membershipsOf(ctx, userId, behindRows);
}

/** The rows of a feed that changed since `stamp`, tombstones included. */
export function rowsOf(
  rows: RowWriter,
  feed: Feed,
  stamp: Stamp,
  remove: (row: SyncedDocument) => Promise<void>,
): AsyncGenerator<Found<Place>> {
  const { table } = feed;
  const found = changesOf(rows, feed, (own) =>
    own.gte("changed", BigInt(stamp)),
  );
  return each(
    found,
    (row) => ({ table, stamp: positionOf(row).stamp }),
    remove,
  );
}

/** What the sync's own tables hold of the user. Horizons last: as long as there are tombstones, there may be new ones. */
async function* recordsOf(
  system: SystemWriter,
  userId: string,
  place: Place,
): AsyncGenerator<Found<Place>> {
  const placeOf = () => place;
  const devices = system
    .query("syncDevices")
    .withIndex("by_user", (q) => q.eq("userId", userId));
  for await (const device of devices) {
    const receipts = system
      .query("syncReceipts")
      .withIndex("by_device_and_seq", (q) => q.eq("deviceId", device.deviceId));
    yield* each(receipts, placeOf, ({ _id }) =>
      system.delete("syncReceipts", _id),
    );
    // After its receipts: they are found by it.
    yield* each([device], placeOf, ({ _id }) =>
      system.delete("syncDevices", _id),
    );
  }
  const copiedOps = system
    .query("syncCopiedOps")
    .withIndex("by_user_and_op", (q) => q.eq("userId", userId));
  yield* each(copiedOps, placeOf, ({ _id }) =>
    system.delete("syncCopiedOps", _id),
  );
  const horizons = system
    .query("syncHorizons")
    .withIndex("by_user_and_table", (q) => q.eq("userId", userId));
  yield* each(horizons, placeOf, ({ _id }) =>
    system.delete("syncHorizons", _id),
  );
}
