// Written by sync-gen 0.1.0 from sync.config.ts (npx sync-gen generate).
// Do not edit, it is overwritten: edit sync.config.ts instead.

import type { SyncServerConfig } from "./config";
import {
  readerOf,
  type SyncedDocument,
  type SyncQueryContext,
} from "./context";
import { isLive, wireRow } from "./documents";
import { readEpoch } from "./epoch";
import { readHorizon } from "./horizon";
import { newestPosition, positionOf, readPage } from "./page";
import {
  behindCommit,
  comparePositions,
  firstPosition,
  latestPosition,
  type Position,
} from "./positions";
import { entryOf } from "./rules";
import type { PullReply } from "./shared/protocol";
import {
  decodeCursor,
  encodeCursor,
  type CursorPosition,
} from "./shared/stamp";
import { requireUser } from "./user";
import type { PullArgs } from "./validators";

/**
 * A page of changes behind the cursor, deletions included. Without a cursor there is nothing on the device that could
 * have been deleted: then, and while such a first download goes on, the pages are those of `all`.
 */
export async function changesSince(
  ctx: SyncQueryContext,
  config: SyncServerConfig,
  table: string,
  args: PullArgs,
): Promise<PullReply> {
  const { cursor } = args;
  const reader = await readerFor(ctx, config, table, args);
  if (cursor === null) return await readSnapshot(reader, null);
  const position = decodeCursor(cursor);
  if (position === null) return reader.resync;
  return position.until === null
    ? await readChanges(reader, position)
    : await readSnapshot(reader, position);
}

/** A page of all live rows; the cursor of the last page continues with `changesSince`. */
export async function all(
  ctx: SyncQueryContext,
  config: SyncServerConfig,
  table: string,
  args: PullArgs,
): Promise<PullReply> {
  const { cursor } = args;
  const reader = await readerFor(ctx, config, table, args);
  if (cursor === null) return await readSnapshot(reader, null);
  const position = decodeCursor(cursor);
  if (position === null) return reader.resync;
  return position.until === null
    ? okReply(reader, [], position, false)
    : await readSnapshot(reader, position);
}

type Reader = Awaited<ReturnType<typeof readerFor>>;

async function readerFor(
  ctx: SyncQueryContext,
  config: SyncServerConfig,
  table: string,
  { limit, forUser }: PullArgs,
) {
  const userId = await requireUser(ctx, config, forUser);
  const rules = entryOf(config.rules, table);
  const { rows, system } = readerOf(ctx);
  const epoch = await readEpoch(system);
  const horizon = await readHorizon(system, userId, table);
  const resync: PullReply = { status: "resync", epoch };
  return { rows, userId, table, rules, limit, epoch, horizon, resync };
}

async function readChanges(
  reader: Reader,
  after: CursorPosition,
): Promise<PullReply> {
  const { rows, userId, table, horizon, resync } = reader;
  if (comparePositions(after, horizon) < 0) return resync;
  const page = await readPage(rows, { ...reader, after, until: null });
  const last = page.documents.at(-1);
  if (last !== undefined)
    return okReply(reader, page.documents, positionOf(last), page.hasMore);
  const newest = await newestPosition(rows, userId, table);
  return isFromTheFuture(after, newest, horizon)
    ? resync
    : okReply(reader, [], after, false);
}

/**
 * A page of the rows that were there when the snapshot began. Its bound is what makes deletes safe: a row that is
 * deleted while pages are read moves behind the bound, and arrives as a deletion with the first changes after it.
 */
async function readSnapshot(
  reader: Reader,
  after: CursorPosition | null,
): Promise<PullReply> {
  const { rows, userId, table, horizon, resync } = reader;
  const newest = await newestPosition(rows, userId, table);
  const bound =
    after?.until ?? latestPosition(newest ?? firstPosition, horizon).stamp;
  const end = behindCommit(bound);
  if (comparePositions(end, horizon) < 0) return resync;
  if (after !== null && isFromTheFuture(behindCommit(bound), newest, horizon))
    return resync;

  const start = after ?? firstPosition;
  const page = await readPage(rows, { ...reader, after: start, until: bound });
  const live = page.documents.filter(isLive);
  const last = page.documents.at(-1);
  return page.hasMore && last !== undefined
    ? okReply(reader, live, { ...positionOf(last), until: bound }, true)
    : okReply(reader, live, end, false);
}

/** A cursor behind the newest change there ever was: this deployment was set back to a backup (I21). */
function isFromTheFuture(
  cursor: Position,
  newest: Position | null,
  horizon: Position,
): boolean {
  return cursor.stamp > latestPosition(newest ?? firstPosition, horizon).stamp;
}

function okReply(
  { rules, epoch }: Reader,
  documents: readonly SyncedDocument[],
  position: Position & { readonly until?: string | null },
  hasMore: boolean,
): PullReply {
  const { stamp, clientId, until = null } = position;
  return {
    status: "ok",
    rows: documents.map((document) => wireRow(document, rules)),
    cursor: encodeCursor({ stamp, clientId, until }),
    hasMore,
    serverTime: Date.now(),
    epoch,
  };
}
