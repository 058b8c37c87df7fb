// Written by sync-gen 0.1.0 from sync.config.ts (npx sync-gen generate).
// Do not edit, it is overwritten: edit sync.config.ts instead.

import type { SqlStatement, SqlValue, StoredRow } from "./ports";
import type { TableDefinition } from "./registry";
import type { FieldRules } from "./shared/policy";
import type { Fields, WireValue } from "./shared/protocol";

/** The SQL of one synced table, written once, and its values between SQLite and the engine. */
export interface TableSql {
  /** Selects whole rows; a condition follows. */
  readonly select: string;
  readonly decode: (values: readonly SqlValue[]) => StoredRow;
  /** Inserts or updates rows, all with the same device-only values. */
  readonly put: (
    rows: readonly StoredRow[],
    guard: boolean,
    deviceFields: Fields,
  ) => SqlStatement;
  readonly delete: (clientIds: readonly string[]) => SqlStatement;
  readonly forgetVersions: SqlStatement;
  readonly deleteUnversioned: SqlStatement;
}

const syncColumns = [
  "clientId",
  "serverId",
  "userId",
  "createdAt",
  "updatedAt",
  "syncStatus",
  "changed",
] as const;

/** Writes the SQL of `table`; `bulk` as in `SqlDriver`. */
export function createTableSql(
  table: TableDefinition,
  bulk: "row" | "json",
): TableSql {
  const name = quote(table.name);
  const fields = Object.entries(table.rules.fields).map(([field, rules]) => ({
    field,
    encode: encoderOf(rules),
    /** What a row gets that came without the field, from a server of an earlier version. */
    initial: rules.default ?? null,
    decode: decoderOf(rules),
  }));
  const columns = [...syncColumns, ...fields.map(({ field }) => field)];
  const puts = new Map<string, string>();

  function putSql(guard: boolean, deviceColumns: readonly string[]): string {
    const key = `${String(guard)} ${deviceColumns.join()}`;
    let sql = puts.get(key);
    if (sql === undefined) {
      sql = upsert(name, [...columns, ...deviceColumns], guard, bulk);
      puts.set(key, sql);
    }
    return sql;
  }

  // The first download runs through here row by row: one array of known length, no closure, no spread.
  function encode(row: StoredRow, device: readonly SqlValue[]): SqlValue[] {
    const values: SqlValue[] = [
      row.clientId,
      row.serverId,
      row.userId,
      row.createdAt,
      row.updatedAt,
      row.syncStatus,
      row.changed,
    ];
    for (const { field, encode: encodeField, initial } of fields) {
      const value = row.fields[field];
      const given = value === undefined ? initial : value;
      values.push(
        encodeField === null ? (given as SqlValue) : encodeField(given),
      );
    }
    for (const value of device) values.push(value);
    return values;
  }

  return {
    select: `SELECT ${columns.map(quote).join(", ")} FROM ${name}`,
    decode: (values) => {
      const decoded: Record<string, WireValue> = {};
      fields.forEach(({ field, decode }, position) => {
        decoded[field] = decode(values[syncColumns.length + position] ?? null);
      });
      // The columns were selected in this order and are declared with these types.
      const [
        clientId,
        serverId,
        userId,
        createdAt,
        updatedAt,
        syncStatus,
        changed,
      ] = values as [
        string,
        string | null,
        string,
        number,
        number,
        StoredRow["syncStatus"],
        string | null,
      ];
      return {
        clientId,
        serverId,
        userId,
        createdAt,
        updatedAt,
        syncStatus,
        changed,
        fields: decoded,
      };
    },
    put: (rows, guard, deviceFields) => {
      const names = Object.keys(deviceFields);
      const device = names.map((field) => {
        const rules = table.deviceFields[field];
        const value = deviceFields[field] ?? null;
        const encodeField = rules ? encoderOf(rules) : null;
        // As in `encode`.
        return encodeField === null ? (value as SqlValue) : encodeField(value);
      });
      const encoded = rows.map((row) => encode(row, device));
      return {
        sql: putSql(guard, names),
        rows: bulk === "row" ? encoded : [[JSON.stringify(encoded)]],
      };
    },
    delete: (clientIds) => ({
      sql: `DELETE FROM ${name} WHERE "clientId" IN (SELECT value FROM json_each(?))`,
      rows: [[JSON.stringify(clientIds)]],
    }),
    forgetVersions: {
      sql: `UPDATE ${name} SET "changed" = NULL WHERE "changed" IS NOT NULL`,
      rows: [[]],
    },
    deleteUnversioned: {
      sql: `DELETE FROM ${name} WHERE "changed" IS NULL AND NOT EXISTS (SELECT 1 FROM "sync_queue" WHERE "tableName" = ? AND "sync_queue"."clientId" = ${name}."clientId" AND "state" <> 'superseded')`,
      rows: [[table.name]],
    },
  };
}

/**
 * `guard`: a row whose stored version is later stays (I7). In the statement's own `WHERE`,
 * so that it costs no second look at the row.
 */
function upsert(
  table: string,
  columns: readonly string[],
  guard: boolean,
  bulk: "row" | "json",
): string {
  const source =
    bulk === "row"
      ? `VALUES (${columns.map(() => "?").join(", ")})`
      : // Without a WHERE, the parser takes ON for the start of a join.
        `SELECT ${columns.map((_, position) => `value ->> ${String(position)}`).join(", ")} FROM json_each(?) WHERE true`;
  const updates = columns
    .filter((column) => column !== "clientId")
    .map((column) => `${quote(column)} = excluded.${quote(column)}`);
  const condition = guard
    ? ` WHERE ${table}."changed" IS NULL OR excluded."changed" >= ${table}."changed"`
    : "";
  return `INSERT INTO ${table} (${columns.map(quote).join(", ")}) ${source} ON CONFLICT ("clientId") DO UPDATE SET ${updates.join(", ")}${condition}`;
}

/** `null`: the value is text or a number and stays as it is; it was checked against the table's rules before. */
function encoderOf(rules: FieldRules): ((value: WireValue) => SqlValue) | null {
  if (rules.kind === "json")
    return (value) => (value === null ? null : JSON.stringify(value));
  if (rules.kind === "boolean")
    return (value) => (value === null ? null : Number(value));
  return null;
}

function decoderOf(rules: FieldRules): (value: SqlValue) => WireValue {
  if (rules.kind === "json")
    // Only `encoderOf` writes the column, so it holds what JSON can carry.
    return (value) =>
      value === null ? null : (JSON.parse(String(value)) as WireValue);
  if (rules.kind === "boolean")
    return (value) => (value === null ? null : value !== 0);
  return (value) => value;
}

/** An SQL identifier. */
function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
