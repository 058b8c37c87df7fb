// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import {
  deleteSql,
  insertSql,
  insertValues,
  valueOf,
  type BulkStatement,
} from "./bulkSql";

const table = "sync_metadata";
const columns = ["key", "value"];

/** Finds a row when the database belongs to the writer that `value`, an SQL expression, names. */
export function isWriter(value: string): string {
  return `SELECT 1 FROM "sync_metadata" WHERE "key" = 'writer' AND "value" = ${value}`;
}

/**
 * Breaks a constraint, and with it the transaction, when the database belongs to another writer. Only for commits whose other
 * statements do not: each statement is a call into another language, or another thread.
 */
export const fence = `INSERT INTO "sync_metadata" ("key", "value") SELECT 'writer', NULL WHERE NOT EXISTS (${isWriter("?")})`;

/** `value`, where the database belongs to the writer; else nothing, which a column that needs a value refuses. Both are SQL expressions. */
export function ifWriter(writer: string, value: string): string {
  return `CASE WHEN EXISTS (${isWriter(writer)}) THEN ${value} END`;
}

const conflict = ` ON CONFLICT ("key") DO UPDATE SET "value" = excluded."value"`;
const set = insertSql(table, columns, "json", conflict);
const setAs =
  insertValues(table, columns, [at(0), ifWriter(at(2), at(1))], "json") +
  conflict;
const remove = deleteSql(table, "key");

function at(position: number): string {
  return valueOf(position, "json");
}

/** Sets what has a value and removes the rest; what sets also breaks a constraint when the database does not belong to `writer`. */
export function metadataStatements(
  metadata: Readonly<Record<string, string | null>>,
  writer: string | undefined,
): BulkStatement[] {
  const kept: string[][] = [];
  const removed: string[][] = [];
  for (const [key, value] of Object.entries(metadata))
    if (value === null) removed.push([key]);
    else kept.push(writer === undefined ? [key, value] : [key, value, writer]);
  return [
    writer === undefined
      ? { sql: set, rows: kept, isPacked: true }
      : { sql: setAs, rows: kept, isPacked: true, isFenced: true },
    { sql: remove, rows: removed, isPacked: true },
  ];
}
