import { makeFunctionReference } from "convex/server";
import { getConvexSize, type Value } from "convex/values";
import type { SyncServerConfig } from "./config";
import {
  writerOf,
  type RowWriter,
  type SyncMutationContext,
  type SystemWriter,
} from "./context";
import type { ForgetUserArgs } from "./validators";

/**
 * What one run deletes. Of the 16 MiB that Convex lets one mutation read, a document that is deleted takes its size
 * twice, because `delete` reads it again.
 */
const most = { documents: 500, bytes: 4 * 1024 * 1024 };

/** By name, as in `collect.ts`. */
const itself = makeFunctionReference<"mutation", ForgetUserArgs>(
  "sync:forgetUser",
);

/**
 * Deletes everything that the sync holds of a user, a bounded part a run, and runs again as long as there is more. Rows
 * leave no tombstones: these would name the user, and no device of theirs is answered any more.
 */
export async function forgetUser(
  ctx: SyncMutationContext,
  config: SyncServerConfig,
  { userId }: ForgetUserArgs,
): Promise<null> {
  const { rows, system } = writerOf(ctx, config.rules);
  const tables = Object.keys(config.rules);
  let { documents, bytes } = most;
  for (const found of [
    rowsOf(rows, tables, userId),
    recordsOf(system, userId),
  ]) {
    for await (const { size, remove } of found) {
      if (documents <= 0 || bytes <= 0) {
        await ctx.scheduler.runAfter(0, itself, { userId });
        return null;
      }
      await remove();
      documents -= 1;
      bytes -= size;
    }
  }
  await config.resetRateLimit?.(ctx, userId);
  return null;
}

/** A document that names the user. */
interface Found {
  readonly size: number;
  readonly remove: () => Promise<void>;
}

/** Each of the documents, none of which has to be there any more when the next is asked for. */
async function* each<Document extends Value & { readonly _id: Value }>(
  documents: AsyncIterable<Document> | readonly Document[],
  remove: (id: Document["_id"]) => Promise<void>,
): AsyncGenerator<Found> {
  for await (const document of documents)
    yield {
      size: getConvexSize(document),
      remove: () => remove(document._id),
    };
}

/** The user's rows of every table, tombstones included. */
async function* rowsOf(
  rows: RowWriter,
  tables: readonly string[],
  userId: string,
): AsyncGenerator<Found> {
  for (const table of tables) {
    const own = rows
      .query(table)
      .withIndex("by_user_and_updated", (q) => q.eq("userId", userId));
    yield* each(own, (id) => rows.delete(table, id));
  }
}

/** What the sync's own tables hold of the user. Horizons last: as long as there are tombstones, there may be new ones. */
async function* recordsOf(
  system: SystemWriter,
  userId: string,
): AsyncGenerator<Found> {
  const devices = system
    .query("syncDevices")
    .withIndex("by_user", (q) => q.eq("userId", userId));
  for await (const device of devices) {
    const receipts = system
      .query("syncReceipts")
      .withIndex("by_device_and_seq", (q) => q.eq("deviceId", device.deviceId));
    yield* each(receipts, (id) => system.delete("syncReceipts", id));
    // After its receipts: they are found by it.
    yield* each([device], (id) => system.delete("syncDevices", id));
  }
  const copiedOps = system
    .query("syncCopiedOps")
    .withIndex("by_user_and_op", (q) => q.eq("userId", userId));
  yield* each(copiedOps, (id) => system.delete("syncCopiedOps", id));
  const horizons = system
    .query("syncHorizons")
    .withIndex("by_user_and_table", (q) => q.eq("userId", userId));
  yield* each(horizons, (id) => system.delete("syncHorizons", id));
}
