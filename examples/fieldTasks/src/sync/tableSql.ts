// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import {
  deleteSql,
  insertSql,
  quote,
  updateSql,
  type Bulk,
  type BulkStatement,
} from "./bulkSql";
import type { SqlValue, StoredRow } from "./ports";
import type { TableDefinition } from "./registry";
import type { FieldRules } from "./shared/policy";
import type { Fields, WireValue } from "./shared/protocol";

/** The SQL of one synced table, written once, and its values between SQLite and the engine. */
export interface TableSql {
  /** Selects a row of the scope, whichever; `null`: of the whole table. Likewise below. */
  readonly selectAny: (scopeId: string | null) => {
    readonly sql: string;
    readonly parameters: readonly SqlValue[];
  };
  /** Selects the row with an id. */
  readonly selectOne: string;
  /** Selects the rows with the ids of a JSON list. */
  readonly selectMany: string;
  readonly decode: (values: readonly SqlValue[]) => StoredRow;
  /** Inserts or updates rows, all with the same device-only values. */
  readonly put: (
    rows: readonly StoredRow[],
    guard: boolean,
    deviceFields: Fields,
  ) => BulkStatement;
  /** Updates the row that is stored as `before`. */
  readonly update: (
    before: StoredRow,
    row: StoredRow,
    deviceFields: Fields,
  ) => BulkStatement;
  readonly delete: (clientIds: readonly string[]) => BulkStatement;
  readonly forgetVersions: (scopeId: string | null) => BulkStatement;
  readonly deleteUnversioned: (scopeId: string | null) => BulkStatement;
}

const syncColumns = [
  "serverId",
  "userId",
  "createdAt",
  "updatedAt",
  "syncStatus",
  "changed",
] as const;

/** Writes the SQL of `table`; `bulk` as in `SqlDriver`. */
export function createTableSql(table: TableDefinition, bulk: Bulk): TableSql {
  const { name } = table;
  const fields = Object.entries(table.rules.fields).map(([field, rules]) => ({
    field,
    encode: encoderOf(rules),
    /** What a row gets that came without the field, from a server of an earlier version. */
    initial: rules.default ?? firstChoice(rules),
    decode: decoderOf(rules),
  }));
  const deviceRules = Object.entries(table.deviceFields);
  const isScoped = table.rules.scope !== undefined;
  const columns = [
    "clientId",
    ...syncColumns,
    ...(isScoped ? ["scopeId"] : []),
    ...fields.map((it) => it.field),
  ];
  const firstField = columns.length - fields.length;
  const select = `SELECT ${columns.map(quote).join(", ")} FROM ${quote(name)}`;
  const isPacked = bulk === "json";
  const upsert = (guard: boolean) =>
    remember((device) => upsertSql(name, [...columns, ...device], guard, bulk));
  const putFreely = upsert(false);
  const putGuarded = upsert(true);
  const patch = remember((changed) =>
    updateSql(name, [...syncColumns, ...changed], "clientId", bulk),
  );

  // The first download runs through here row by row: no closure, no spread.
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
    if (isScoped) values.push(row.scopeId);
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

  /** The device-only columns among `values`, each with what it is to hold. */
  function deviceColumns(values: Fields): [string, SqlValue][] {
    return deviceRules.flatMap(([field, rules]) => {
      const value = values[field];
      if (value === undefined) return [];
      const encodeField = encoderOf(rules);
      // As in `encode`.
      const encoded =
        encodeField === null ? (value as SqlValue) : encodeField(value);
      return [[field, encoded]];
    });
  }

  return {
    selectAny: (scopeId) => ({
      sql: `SELECT 1 FROM ${quote(name)} WHERE ${ofScope(scopeId)} LIMIT 1`,
      parameters: parametersOf(scopeId),
    }),
    selectOne: `${select} WHERE "clientId" = ?`,
    selectMany: `${select} WHERE "clientId" IN (SELECT value FROM json_each(?))`,
    decode: (values) => {
      const decoded: Record<string, WireValue> = {};
      let position = firstField;
      for (const { field, decode } of fields) {
        const value = values[position] ?? null;
        decoded[field] = decode === null ? value : decode(value);
        position += 1;
      }
      // The columns were selected in this order and are declared with these types.
      const [
        clientId,
        serverId,
        userId,
        createdAt,
        updatedAt,
        syncStatus,
        changed,
        scopeId,
      ] = values as [
        string,
        string | null,
        string,
        number,
        number,
        StoredRow["syncStatus"],
        string | null,
        string,
      ];
      return {
        clientId,
        serverId,
        scopeId: isScoped ? scopeId : null,
        userId,
        createdAt,
        updatedAt,
        syncStatus,
        changed,
        fields: decoded,
      };
    },
    put: (rows, guard, deviceFields) => {
      const device = deviceColumns(deviceFields);
      const values = device.map(([, value]) => value);
      return {
        sql: (guard ? putGuarded : putFreely)(device.map(([field]) => field)),
        rows: rows.map((row) => encode(row, values)),
        isPacked,
      };
    },
    update: (before, row, deviceFields) => {
      const changed: string[] = [];
      const values: SqlValue[] = [
        row.serverId,
        row.userId,
        row.createdAt,
        row.updatedAt,
        row.syncStatus,
        // Always: the same step may have made every row forget its version.
        row.changed,
      ];
      // A field that stays leaves its index alone.
      for (const { field, encode: encodeField, initial } of fields) {
        const value = row.fields[field];
        if (value === before.fields[field]) continue;
        const given = value === undefined ? initial : value;
        changed.push(field);
        values.push(
          encodeField === null ? (given as SqlValue) : encodeField(given),
        );
      }
      for (const [field, value] of deviceColumns(deviceFields)) {
        changed.push(field);
        values.push(value);
      }
      values.push(row.clientId);
      return { sql: patch(changed), rows: [values], isPacked };
    },
    delete: (clientIds) => ({
      sql: deleteSql(name, "clientId"),
      rows: clientIds.map((clientId) => [clientId]),
      isPacked: true,
    }),
    forgetVersions: (scopeId) => ({
      sql: `UPDATE ${quote(name)} SET "changed" = NULL WHERE "changed" IS NOT NULL AND ${ofScope(scopeId)}`,
      rows: [parametersOf(scopeId)],
      isPacked: false,
    }),
    deleteUnversioned: (scopeId) => ({
      sql: `DELETE FROM ${quote(name)} WHERE ${ofScope(scopeId)} AND "changed" IS NULL AND NOT EXISTS (SELECT 1 FROM "sync_queue" WHERE "tableName" = ? AND "sync_queue"."clientId" = ${quote(name)}."clientId" AND "state" <> 'superseded')`,
      rows: [[...parametersOf(scopeId), name]],
      isPacked: false,
    }),
  };
}

/** The condition that a row is in the scope; `null`: in any. */
function ofScope(scopeId: string | null): string {
  return scopeId === null ? "true" : `"scopeId" = ?`;
}

/** What `ofScope` leaves open. */
function parametersOf(scopeId: string | null): SqlValue[] {
  return scopeId === null ? [] : [scopeId];
}

/** Writes each text once: drivers find their prepared statements by it. */
function remember(
  write: (columns: readonly string[]) => string,
): (columns: readonly string[]) => string {
  const texts = new Map<string, string>();
  return (columns) => {
    const key = columns.join();
    let text = texts.get(key);
    if (text === undefined) texts.set(key, (text = write(columns)));
    return text;
  };
}

/**
 * `guard`: a row whose stored version is later stays. In the statement's own `WHERE`,
 * so that it costs no second look at the row.
 */
function upsertSql(
  table: string,
  columns: readonly string[],
  guard: boolean,
  bulk: Bulk,
): string {
  const updates = columns
    .slice(1)
    .map((column) => `${quote(column)} = excluded.${quote(column)}`);
  const condition = guard
    ? ` WHERE ${quote(table)}."changed" IS NULL OR excluded."changed" >= ${quote(table)}."changed"`
    : "";
  const conflict = ` ON CONFLICT ("clientId") DO UPDATE SET ${updates.join(", ")}${condition}`;
  return insertSql(table, columns, bulk, conflict);
}

/** What the server makes of a required choice that is no more, too. */
function firstChoice({ optional, choices }: FieldRules): WireValue {
  return optional ? null : (choices?.[0] ?? null);
}

/** `null`: the value is text or a number and stays as it is; it was checked against the table's rules before. */
function encoderOf(rules: FieldRules): ((value: WireValue) => SqlValue) | null {
  if (rules.kind === "json")
    return (value) => (value === null ? null : JSON.stringify(value));
  if (rules.kind === "boolean")
    return (value) => (value === null ? null : Number(value));
  if (rules.kind === "real")
    // On Android expo-sqlite makes 64-bit integers of whole numbers, also of larger ones. The column makes a real of text.
    return (value) =>
      typeof value === "number" && Math.abs(value) >= 2 ** 63
        ? String(value)
        : (value as SqlValue);
  return null;
}

/** `null`: the value stays as it is. */
function decoderOf(rules: FieldRules): ((value: SqlValue) => WireValue) | null {
  if (rules.kind === "json")
    // Only `encoderOf` writes the column, so it holds what JSON can carry.
    return (value) =>
      value === null ? null : (JSON.parse(String(value)) as WireValue);
  if (rules.kind === "boolean")
    return (value) => (value === null ? null : value !== 0);
  return null;
}
