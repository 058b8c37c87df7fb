// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import type { SyncServerConfig } from "./config";
import {
  readerOf,
  type RowReader,
  type SyncedDocument,
  type SyncQueryContext,
} from "./context";
import { isLive, wireRow } from "./documents";
import { rowsAsOf, versionProblem } from "./earlierApps";
import { readEpoch } from "./epoch";
import type { Feed, Owner } from "./feed";
import { readHorizon } from "./horizon";
import { newestPosition, positionOf, readPage } from "./page";
import {
  behindCommit,
  comparePositions,
  firstPosition,
  latestPosition,
  type Position,
} from "./positions";
import { entryOf, ownEntry, storedName, type ServerRules } from "./rules";
import type { PullReply } from "./shared/protocol";
import {
  decodeCursor,
  encodeCursor,
  type CursorPosition,
} from "./shared/stamp";
import { tableToday } from "./shared/upgrade";
import { requireUser } from "./user";
import type { MaybeInScope, PullArgs } from "./validators";

/**
 * A page of changes behind the cursor, deletions included. Without a cursor there is nothing on the device that could
 * have been deleted: then, and while such a first download goes on, the pages are those of `all`.
 */
export async function changesSince(
  ctx: SyncQueryContext,
  config: SyncServerConfig,
  table: string,
  args: MaybeInScope<PullArgs>,
): Promise<PullReply> {
  const { cursor } = args;
  const reader = await readerFor(ctx, config, table, args);
  if ("status" in reader) return reader;
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
  args: MaybeInScope<PullArgs>,
): Promise<PullReply> {
  const { cursor } = args;
  const reader = await readerFor(ctx, config, table, args);
  if ("status" in reader) return reader;
  if (cursor === null) return await readSnapshot(reader, null);
  const position = decodeCursor(cursor);
  if (position === null) return reader.resync;
  return position.until === null
    ? okReply(reader, [], position, false)
    : await readSnapshot(reader, position);
}

/** What the pages of one feed are read with. */
interface Reader {
  readonly rows: RowReader;
  readonly feed: Feed;
  readonly rules: ServerRules;
  readonly limit: number | undefined;
  readonly epoch: string;
  readonly horizon: Position;
  readonly resync: PullReply;
  readonly asOf: ReturnType<typeof rowsAsOf>;
}

/** What a page is read with, or the whole answer to an app that no page can be read for. `name`: as the app knows it. */
async function readerFor(
  ctx: SyncQueryContext,
  config: SyncServerConfig,
  name: string,
  args: MaybeInScope<PullArgs>,
): Promise<Reader | PullReply> {
  const { cursor, limit, forUser } = args;
  const { schemaVersion = config.schemaVersion } = args;
  const userId = await requireUser(ctx, config, forUser);
  const code = versionProblem(config, schemaVersion);
  if (code !== null) return { status: "refused", code };
  const { rows, system } = readerOf(ctx, config.rules);
  const epoch = await readEpoch(system);
  const table = tableToday(config.upgrades, name, schemaVersion);
  if (table === null) return nothingNew(cursor, epoch);
  // The function of that name is another table's now, whose rows are all that it may return.
  if (table !== name && ownEntry(config.rules, name) !== undefined)
    return { status: "refused", code: "schema-too-old" };
  const rules = entryOf(config.rules, table);
  let owner: Owner = { userId };
  if (rules.scope !== undefined) {
    const { scopeId = "" } = args;
    const accessIn = config.scopes?.accessOf(ctx, config.rules, userId);
    const access = (await accessIn?.(table, scopeId)) ?? null;
    if (access === null) return { status: "refused", code: "no-access" };
    owner = { scopeId };
  }
  const stored = storedName(config.rules, table);
  return {
    rows,
    feed: { table, owner },
    rules,
    limit,
    epoch,
    horizon: await readHorizon(system, owner, stored),
    resync: { status: "resync", epoch },
    asOf: rowsAsOf(config, schemaVersion),
  };
}

/** For a table that was removed: apps that have it keep their rows; there are no changes any more. */
function nothingNew(cursor: PullArgs["cursor"], epoch: string): PullReply {
  return {
    status: "ok",
    rows: [],
    cursor: cursor ?? encodeCursor({ ...firstPosition, until: null }),
    hasMore: false,
    serverTime: Date.now(),
    epoch,
  };
}

async function readChanges(
  reader: Reader,
  after: CursorPosition,
): Promise<PullReply> {
  const { rows, feed, horizon, resync } = reader;
  if (comparePositions(after, horizon) < 0) return resync;
  const page = await readPage(rows, { ...reader, after, until: null });
  const last = page.documents.at(-1);
  if (last !== undefined)
    return okReply(reader, page.documents, positionOf(last), page.hasMore);
  const newest = await newestPosition(rows, feed);
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
  const { rows, feed, horizon, resync } = reader;
  const newest = await newestPosition(rows, feed);
  const bound =
    after?.until ?? latestPosition(newest ?? firstPosition, horizon).stamp;
  const end = behindCommit(bound);
  if (comparePositions(end, horizon) < 0) return resync;
  if (after !== null && isFromTheFuture(end, newest, horizon)) return resync;

  const start = after ?? firstPosition;
  const page = await readPage(rows, { ...reader, after: start, until: bound });
  const live = page.documents.filter(isLive);
  const last = page.documents.at(-1);
  return page.hasMore && last !== undefined
    ? okReply(reader, live, { ...positionOf(last), until: bound }, true)
    : okReply(reader, live, end, false);
}

/** A cursor behind the newest change there ever was: this deployment was set back to a backup. */
function isFromTheFuture(
  cursor: Position,
  newest: Position | null,
  horizon: Position,
): boolean {
  return cursor.stamp > latestPosition(newest ?? firstPosition, horizon).stamp;
}

function okReply(
  { feed, rules, epoch, asOf }: Reader,
  documents: readonly SyncedDocument[],
  position: Position & { readonly until?: string | null },
  hasMore: boolean,
): PullReply {
  const { stamp, clientId, until = null } = position;
  return {
    status: "ok",
    rows: documents.map((document) =>
      asOf(feed.table, wireRow(document, rules)),
    ),
    cursor: encodeCursor({ stamp, clientId, until }),
    hasMore,
    serverTime: Date.now(),
    epoch,
  };
}
