// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { getConvexSize } from "convex/values";
import type { RowReader, SyncedDocument } from "./context";
import type { RowKey } from "./rowKey";
import { isUuid } from "./shared/ids";

/**
 * Rows by key. `document: null`: there is no such row in any scope, or, of a table without, the user has none, whoever
 * else may. A row that is absent was not read.
 */
export type LoadedRows = ReadonlyMap<RowKey, LoadedRow>;

/** A row that was read. */
export interface LoadedRow {
  readonly table: string;
  readonly document: SyncedDocument | null;
}

/** What names a row. */
export interface RowName {
  readonly table: string;
  readonly clientId: string;
}

/**
 * Of the 16 MiB that Convex lets one mutation read. A row that is written counts twice, because `patch` and `replace`
 * read it again; the rest is for the chunk that crosses the line, and for receipts.
 */
const maxBytes = 6 * 1024 * 1024;
const chunkRows = 8;
/** Of the 4,096 index ranges that Convex lets one mutation read; each row that is written takes another. */
const maxReads = 3_000;

/**
 * The row, deleted or not. Of a table without a scope only the user's own: another user's of the same id is not there.
 * Of one with a scope the row may be in any, and who asks has to see which one that is.
 */
export async function loadRow(
  rows: RowReader,
  userId: string,
  { table, clientId }: RowName,
): Promise<SyncedDocument | null> {
  // What is no UUID is no row, and no text to look for in an index.
  if (!isUuid(clientId)) return null;
  return await rows
    .query(table)
    .withIndex("by_client_id", (q) => {
      const ofId = q.eq("clientId", clientId);
      return rows.isScoped(table) ? ofId : ofId.eq("userId", userId);
    })
    .first();
}

/**
 * The named rows, or the first of them when all are more than one mutation may read. Those of `known` were read already,
 * and nobody wrote them since.
 */
export async function loadRows(
  rows: RowReader,
  userId: string,
  named: ReadonlyMap<RowKey, RowName>,
  known: LoadedRows = new Map(),
): Promise<LoadedRows> {
  const names = [...named].slice(0, maxReads);
  const loaded = new Map<RowKey, LoadedRow>();
  let bytes = 0;
  for (let start = 0; start < names.length; start += chunkRows) {
    const chunk = names.slice(start, start + chunkRows);
    const documents = await Promise.all(
      chunk.map(async ([key, name]) => {
        const row = known.get(key);
        return row === undefined
          ? await loadRow(rows, userId, name)
          : row.document;
      }),
    );
    for (const [index, [key, { table }]] of chunk.entries()) {
      const document = documents[index] ?? null;
      if (document !== null) bytes += getConvexSize(document);
      if (bytes > maxBytes) return loaded;
      loaded.set(key, { table, document });
    }
  }
  return loaded;
}
