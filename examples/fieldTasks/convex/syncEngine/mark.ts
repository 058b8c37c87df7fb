// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { getConvexSize } from "convex/values";
import type { RowReader, SyncedDocument, SystemReader } from "./context";
import type { Owner } from "./feed";
import { readHorizons } from "./horizon";
import { newestRow, positionOf } from "./page";
import { storedName, type SyncRules } from "./rules";
import type { Head, Stamp } from "./shared/protocol";

/** Whose feeds they are, and of which tables. */
export interface OwnedTables {
  readonly owner: Owner;
  readonly tables: readonly string[];
}

/**
 * What the marks of one head are read with, of the 4,096 index ranges and the 16 MiB that Convex lets one query read. The
 * rest is for horizons, one range an owner, and for what says in which scopes the user is, which may be code of the app's own.
 */
const most = { ranges: 2_000, bytes: 10 * 1024 * 1024 };
const chunkRows = 8;
/** What a row may have at most, as Convex stores it. */
const rowBytes = 1024 * 1024;

/**
 * The marks of each one's tables, in their order. Those that would be more than one query may read, as when somebody
 * fills scopes with huge rows, are left out, the last first: devices fetch these tables when they start, and by the
 * timer, but are not woken for them.
 *
 * @param nameOf what the app calls a table
 */
export async function readMarks(
  { rows, system }: { readonly rows: RowReader; readonly system: SystemReader },
  rules: SyncRules,
  owned: readonly OwnedTables[],
  nameOf: (table: string) => string,
): Promise<readonly Head["marks"][]> {
  const told = await Promise.all(
    owned.map(async ({ owner, tables }) => {
      const horizons = await readHorizons(system, owner);
      const marks: Record<string, string | null> = {};
      return { owner, tables, horizons, marks };
    }),
  );
  const feeds = told
    .flatMap(({ tables, ...rest }) =>
      tables.map((table) => ({ ...rest, table })),
    )
    .slice(0, most.ranges);
  let { bytes } = most;
  for (let at = 0; at < feeds.length && bytes > 0;) {
    // As many as there is room for, however large they are.
    const room = Math.max(1, Math.floor(bytes / rowBytes));
    const chunk = feeds.slice(at, at + Math.min(room, chunkRows));
    const newest = await Promise.all(
      chunk.map((feed) => newestRow(rows, feed)),
    );
    for (const [index, { table, horizons, marks }] of chunk.entries()) {
      const row = newest[index] ?? null;
      if (row !== null) bytes -= getConvexSize(row);
      const horizon = horizons.get(storedName(rules, table));
      marks[nameOf(table)] = markOf(row, horizon);
    }
    at += chunk.length;
  }
  return told.map(({ marks }) => marks);
}

/**
 * What the head says of a feed: another text than before whenever something changed. The newest stamp alone does not do:
 * the mark of a row that was deleted last is removed some day, and with it goes its stamp.
 */
function markOf(
  newest: SyncedDocument | null,
  horizon: Stamp | undefined,
): string | null {
  const stamp = newest === null ? null : positionOf(newest).stamp;
  return horizon === undefined ? stamp : `${stamp ?? ""}/${horizon}`;
}
