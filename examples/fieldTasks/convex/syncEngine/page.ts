// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { getConvexSize } from "convex/values";
import type { RowReader, SyncedDocument } from "./context";
import { stampOf, unresolvedStamp } from "./documents";
import { changesOf, type Feed } from "./feed";
import type { Position } from "./positions";
import { limits, type Stamp } from "./shared/protocol";

/** What to read: rows of one feed, changed after `after` and no later than `until`. */
export interface PageRequest {
  readonly feed: Feed;
  readonly after: Position;
  /** `null`: no bound. */
  readonly until: Stamp | null;
  /** As asked for, and not to be trusted. */
  readonly limit: number | undefined;
}

/** Rows in the order of the stamps. */
export interface Page {
  /** In the order of their changes, tombstones included. */
  readonly documents: readonly SyncedDocument[];
  readonly hasMore: boolean;
}

/** One page, bounded by rows and by bytes; the first row is in it however big it is, so that there is progress. */
export async function readPage(
  rows: RowReader,
  request: PageRequest,
): Promise<Page> {
  const limit = pageLimit(request.limit);
  const documents: SyncedDocument[] = [];
  let bytes = 0;
  for (const range of rangesOf(rows, request)) {
    for await (const document of range) {
      bytes += getConvexSize(document);
      const isFull = documents.length >= limit || bytes > limits.pageBytes;
      if (isFull && documents.length > 0) return { documents, hasMore: true };
      documents.push(document);
    }
  }
  return { documents, hasMore: false };
}

/** Where the reading of a document leaves off. */
export function positionOf(document: SyncedDocument): Position {
  return {
    stamp: stampOf(document) ?? unresolvedStamp,
    clientId: document.clientId,
  };
}

/** The newest change in a feed; `null`: there never was one, or its tombstone was removed. */
export async function newestPosition(
  rows: RowReader,
  feed: Feed,
): Promise<Position | null> {
  const newest = await newestRow(rows, feed);
  return newest === null ? null : positionOf(newest);
}

/** The row of the newest change in a feed. */
export async function newestRow(
  rows: RowReader,
  feed: Feed,
): Promise<SyncedDocument | null> {
  return await changesOf(rows, feed).order("desc").first();
}

/**
 * First the rest of the commit that the last page ended in, then the later ones. Read row by row and not with
 * `paginate`, which a Convex function may call only once, and not with `take`, which has no bound in bytes.
 */
function rangesOf(rows: RowReader, { feed, after, until }: PageRequest) {
  const stamp = BigInt(after.stamp);
  const sameCommit = changesOf(rows, feed, (own) =>
    own.eq("changed", stamp).gt("clientId", after.clientId),
  );
  const laterCommits = changesOf(rows, feed, (own) => {
    const later = own.gt("changed", stamp);
    return until === null ? later : later.lte("changed", BigInt(until));
  });
  return [sameCommit, laterCommits];
}

function pageLimit(asked: number | undefined): number {
  if (asked === undefined || !(asked >= 1)) return limits.pageRows;
  return Math.min(Math.floor(asked), limits.pageRows);
}
