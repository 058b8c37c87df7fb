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
  seqs: readonly number[],
  sealedBy: BatchName,
): SqlStatement {
  return {
    sql: `UPDATE "sync_queue" SET "state" = 'sealed', "sealedBy" = ? WHERE "seq" ${inList}`,
    rows: [[JSON.stringify(sealedBy), JSON.stringify(seqs)]],
  };
}

/** Deletes ops. */
export function removeOps(seqs: readonly number[]): SqlStatement {
  return {
    sql: `DELETE FROM "sync_queue" WHERE "seq" ${inList}`,
    rows: [[JSON.stringify(seqs)]],
  };
}

/** The predicates of the two partial indexes on rows, word for word: SQLite uses an index only where it reads the same. */
const rowIndexes = [
  `"state" = 'waiting' AND "groupId" IS NULL`,
  `("state" <> 'waiting' OR "groupId" IS NOT NULL)`,
];

/** The query for `filter`, in the order of `seq`. */
export function selectOps(filter: OpFilter): {
  readonly sql: string;
  readonly parameters: readonly SqlValue[];
} {
  const { opIds, table, clientIds, states, afterSeq, limit } = filter;
  const conditions: string[] = [];
  const parameters: SqlValue[] = [];
  const where = (condition: string, ...values: SqlValue[]) => {
    conditions.push(condition);
    parameters.push(...values);
  };
  if (opIds) where(`"opId" ${inList}`, JSON.stringify(opIds));
  if (table !== undefined) where(`"tableName" = ?`, table);
  if (clientIds) where(...inIds(clientIds));
  if (states) {
    where(`"state" IN (${states.map((state) => `'${state}'`).join(", ")})`);
    if (!states.includes("waiting")) where(`"state" <> 'waiting'`);
  }
  if (afterSeq !== undefined) where(`"seq" > ?`, afterSeq);
  const select = `SELECT "seq", ${names.join(", ")} FROM "sync_queue"`;
  const parts = (clientIds ? rowIndexes : [])
    .map((predicate) => [...conditions, predicate])
    .concat(clientIds ? [] : [conditions])
    .map((all) =>
      all.length > 0 ? `${select} WHERE ${all.join(" AND ")}` : select,
    );
  return {
    sql: `${parts.join(" UNION ALL ")} ORDER BY "seq"${limit === undefined ? "" : ` LIMIT ${String(limit)}`}`,
    parameters: parts.flatMap(() => parameters),
  };
}

/** The condition that a row is one of these; for a single one without the detour over a list. */
export function inIds(clientIds: readonly string[]): [string, SqlValue] {
  const [first] = clientIds;
  return first !== undefined && clientIds.length === 1
    ? [`"clientId" = ?`, first]
    : [`"clientId" ${inList}`, JSON.stringify(clientIds)];
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
