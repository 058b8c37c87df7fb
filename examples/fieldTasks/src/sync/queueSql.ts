// Written by sync-gen 0.1.0 from sync.config.ts (npx sync-gen generate).
// Do not edit, it is overwritten: edit sync.config.ts instead.

import type {
  BatchName,
  NewOp,
  OpFilter,
  SqlStatement,
  SqlValue,
  StoredOp,
} from "./ports";

/** How each property of an op is kept in `sync_queue`, in the order of the columns after `seq`. */
const columns = [
  ["opId", "opId", "plain"],
  ["table", "tableName", "plain"],
  ["clientId", "clientId", "plain"],
  ["kind", "kind", "plain"],
  ["fields", "fields", "json"],
  ["base", "base", "json"],
  ["baseStamp", "baseStamp", "plain"],
  ["baseUpdatedAt", "baseUpdatedAt", "plain"],
  ["edited", "edited", "plain"],
  ["clocks", "clocks", "json"],
  ["schemaVersion", "schemaVersion", "plain"],
  ["group", "groupId", "plain"],
  ["userId", "userId", "plain"],
  ["state", "state", "plain"],
  ["server", "server", "json"],
  ["sealedBy", "sealedBy", "json"],
  ["carriedBy", "carriedBy", "json"],
  ["attempts", "attempts", "plain"],
  ["lastAttemptAt", "lastAttemptAt", "plain"],
  ["outcome", "outcome", "plain"],
  ["code", "code", "plain"],
  ["message", "message", "plain"],
  ["createdAt", "createdAt", "plain"],
] as const satisfies readonly (readonly [
  keyof NewOp,
  string,
  "plain" | "json",
])[];

const names = columns.map(([, column]) => `"${column}"`);
const insert = `INSERT INTO "sync_queue" (${names.join(", ")}) VALUES (${names.map(() => "?").join(", ")})`;
const update = `UPDATE "sync_queue" SET ${names.map((name) => `${name} = ?`).join(", ")} WHERE "seq" = ?`;
const inList = `IN (SELECT value FROM json_each(?))`;

/** Inserts ops, in this order. */
export function addOps(ops: readonly NewOp[]): SqlStatement {
  return { sql: insert, rows: ops.map(encode) };
}

/** Overwrites ops, found by their `seq`. */
export function replaceOps(ops: readonly StoredOp[]): SqlStatement {
  return { sql: update, rows: ops.map((op) => [...encode(op), op.seq]) };
}

/** Marks ops as part of a batch. */
export function sealOps(
  opIds: readonly string[],
  sealedBy: BatchName,
): SqlStatement {
  return {
    sql: `UPDATE "sync_queue" SET "state" = 'sealed', "sealedBy" = ? WHERE "opId" ${inList}`,
    rows: [[JSON.stringify(sealedBy), JSON.stringify(opIds)]],
  };
}

/** Deletes ops. */
export function removeOps(opIds: readonly string[]): SqlStatement {
  return {
    sql: `DELETE FROM "sync_queue" WHERE "opId" ${inList}`,
    rows: [[JSON.stringify(opIds)]],
  };
}

/** The query for `filter`, in the order of `seq`. */
export function selectOps(filter: OpFilter): {
  readonly sql: string;
  readonly parameters: readonly SqlValue[];
} {
  const conditions: string[] = [];
  const parameters: SqlValue[] = [];
  const where = (condition: string, parameter: SqlValue) => {
    conditions.push(condition);
    parameters.push(parameter);
  };
  if (filter.opIds) where(`"opId" ${inList}`, JSON.stringify(filter.opIds));
  if (filter.table !== undefined) where(`"tableName" = ?`, filter.table);
  if (filter.clientIds)
    where(`"clientId" ${inList}`, JSON.stringify(filter.clientIds));
  if (filter.states)
    // A row has few ops: its own index serves better, and `+` keeps SQLite from the index on states.
    where(
      `${filter.clientIds ? "+" : ""}"state" ${inList}`,
      JSON.stringify(filter.states),
    );
  if (filter.afterSeq !== undefined) where(`"seq" > ?`, filter.afterSeq);
  let sql = `SELECT "seq", ${names.join(", ")} FROM "sync_queue"`;
  if (conditions.length > 0) sql += ` WHERE ${conditions.join(" AND ")}`;
  sql += ` ORDER BY "seq"`;
  if (filter.limit !== undefined) {
    sql += " LIMIT ?";
    parameters.push(filter.limit);
  }
  return { sql, parameters };
}

/** Reads an op from the columns of `selectOps`. */
export function decodeOp(values: readonly SqlValue[]): StoredOp {
  const op: Record<string, unknown> = { seq: values[0] };
  columns.forEach(([property, , form], position) => {
    const value = values[position + 1] ?? null;
    op[property] =
      form === "json" && value !== null ? JSON.parse(String(value)) : value;
  });
  // Every property of an op is in `columns`, and only `encode` writes them.
  return op as unknown as StoredOp;
}

function encode(op: NewOp): SqlValue[] {
  return columns.map(([property, , form]) => {
    const value = op[property];
    if (form === "json" && value !== null) return JSON.stringify(value);
    // Plain properties are text, numbers or null.
    return value as SqlValue;
  });
}
