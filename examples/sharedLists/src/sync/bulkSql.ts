// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import type { SqlDriver, SqlStatement, SqlValue } from "./ports";

/** How a driver is given many rows. */
export type Bulk = SqlDriver["bulk"];

/** One statement for any number of rows. */
export interface BulkStatement {
  readonly sql: string;
  readonly rows: SqlValue[][];
  /** All rows go as one JSON text, which the statement reads with `json_each`. */
  readonly isPacked: boolean;
  /** It fails when the database belongs to another writer. */
  readonly isFenced?: boolean;
}

/** Inserts rows of `columns`; `conflict` follows. */
export function insertSql(
  table: string,
  columns: readonly string[],
  bulk: Bulk,
  conflict = "",
): string {
  const values = columns.map((_, position) => valueOf(position, bulk));
  return insertValues(table, columns, values, bulk) + conflict;
}

/** Inserts what `values`, an expression for each of `columns`, make of a row. */
export function insertValues(
  table: string,
  columns: readonly string[],
  values: readonly string[],
  bulk: Bulk,
): string {
  const source =
    bulk === "row"
      ? `VALUES (${values.join(", ")})`
      : // Without a WHERE, the parser takes ON for the start of a join.
        `SELECT ${values.join(", ")} FROM json_each(?) WHERE true`;
  return `INSERT INTO ${quote(table)} (${columns.map(quote).join(", ")}) ${source}`;
}

/** Sets `columns` of rows; a row's last value is that of `key`. */
export function updateSql(
  table: string,
  columns: readonly string[],
  key: string,
  bulk: Bulk,
): string {
  const changes = columns.map(
    (column, position) => `${quote(column)} = ${valueOf(position, bulk)}`,
  );
  const source = bulk === "row" ? "" : " FROM json_each(?)";
  return `UPDATE ${quote(table)} SET ${changes.join(", ")}${source} WHERE ${quote(table)}.${quote(key)} = ${valueOf(columns.length, bulk)}`;
}

/** Deletes rows, each named by its value of `key`. */
export function deleteSql(table: string, key: string): string {
  return `DELETE FROM ${quote(table)} WHERE ${quote(key)} IN (SELECT value ->> 0 FROM json_each(?))`;
}

/** The value of a row at `position`; those of a statement stand in it in the order of their positions. */
export function valueOf(position: number, bulk: Bulk): string {
  return bulk === "row" ? "?" : `json_each.value ->> ${String(position)}`;
}

/** Neighbours that are the same statement become one, as the driver takes it. */
export function joinStatements(
  statements: readonly BulkStatement[],
): SqlStatement[] {
  const joined: BulkStatement[] = [];
  for (const statement of statements) {
    const last = joined.at(-1);
    if (last?.sql === statement.sql)
      for (const row of statement.rows) last.rows.push(row);
    else if (statement.rows.length > 0) joined.push(statement);
  }
  return joined.map(({ sql, rows, isPacked }) =>
    isPacked ? { sql, rows: [[JSON.stringify(rows)]] } : { sql, rows },
  );
}

/** An SQL identifier. */
export function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
