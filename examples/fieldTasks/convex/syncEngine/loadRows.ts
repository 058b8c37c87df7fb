// Written by sync-gen 0.1.0 from sync.config.ts (npx sync-gen generate).
// Do not edit, it is overwritten: edit sync.config.ts instead.

import { getConvexSize } from "convex/values";
import type { CheckedOp } from "./checkOp";
import type { RowReader, SyncedDocument } from "./context";
import { rowKey, type RowKey } from "./rowKey";
import { isUuid } from "./shared/ids";

/** Rows by key. `document: null`: the user has no such row, whoever else may. */
export type LoadedRows = ReadonlyMap<RowKey, LoadedRow>;

export interface LoadedRow {
  readonly table: string;
  readonly document: SyncedDocument | null;
}

export interface RowName {
  readonly table: string;
  readonly clientId: string;
}

/** Half of what Convex lets one mutation read: the other half is for the chunk that crosses the line. */
const maxBytes = 8 * 1024 * 1024;
const chunkRows = 8;
/** Of Convex's 4,096 reads a mutation. */
const maxReads = 3_000;

/** The user's row, deleted or not; another user's row of the same id is not there. */
export async function loadRow(
  rows: RowReader,
  userId: string,
  { table, clientId }: RowName,
): Promise<SyncedDocument | null> {
  return await rows
    .query(table)
    .withIndex("by_client_id", (q) =>
      q.eq("clientId", clientId).eq("userId", userId),
    )
    .first();
}

/** Every row that the ops touch or point to; `null` when that is more than one mutation may read. */
export async function loadRows(
  rows: RowReader,
  userId: string,
  ops: readonly CheckedOp[],
): Promise<LoadedRows | null> {
  const names = [...namesOf(ops)];
  if (names.length > maxReads) return null;
  const loaded = new Map<RowKey, LoadedRow>();
  let bytes = 0;
  for (let start = 0; start < names.length; start += chunkRows) {
    const chunk = names.slice(start, start + chunkRows);
    const documents = await Promise.all(
      chunk.map(([, name]) => loadRow(rows, userId, name)),
    );
    chunk.forEach(([key, { table }], index) => {
      const document = documents[index] ?? null;
      loaded.set(key, { table, document });
      if (document !== null) bytes += getConvexSize(document);
    });
    if (bytes > maxBytes) return null;
  }
  return loaded;
}

/** Each row once. What is no UUID is no row, and is not looked for. */
function namesOf(ops: readonly CheckedOp[]): ReadonlyMap<RowKey, RowName> {
  const names = new Map<RowKey, RowName>();
  for (const op of ops) {
    if (op.table !== null)
      names.set(rowKey(op.table, op.clientId), {
        table: op.table,
        clientId: op.clientId,
      });
    if (op.kind === "settled") continue;
    for (const { key, table, clientId } of [
      ...op.references,
      ...op.baseReferences,
    ])
      if (isUuid(clientId)) names.set(key, { table, clientId });
  }
  return names;
}
