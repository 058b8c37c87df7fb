// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import {
  insertSql,
  insertValues,
  quote,
  updateSql,
  valueOf,
  type Bulk,
  type BulkStatement,
} from "./bulkSql";
import { ifWriter } from "./metadataSql";
import type {
  BatchName,
  NewOp,
  OpFilter,
  OpName,
  SqlValue,
  StoredOp,
} from "./ports";

/** How each property of an op is kept in `sync_queue`, in the order of the columns after `seq`. */
const columns = [
  ["opId", "opId", "plain"],
  ["table", "tableName", "plain"],
  ["clientId", "clientId", "plain"],
  ["scopeId", "scopeId", "plain"],
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

const table = "sync_queue";
const names = columns.map(([, column]) => column);
const inList = `IN (SELECT value FROM json_each(?))`;

/** The statements that change the queue; `bulk` as in `SqlDriver`. */
export interface QueueSql {
  /** Inserts an op; breaks a constraint when the database does not belong to `writer`. */
  add(op: NewOp, writer: string | undefined): BulkStatement;
  /** Writes what differs from the op as it is stored. */
  replace(before: StoredOp, op: StoredOp): BulkStatement;
  /** Marks ops as part of a batch. */
  seal(seqs: readonly number[], sealedBy: BatchName): BulkStatement;
  remove(seqs: readonly number[]): BulkStatement;
}

/** Writes the SQL of the queue. */
export function createQueueSql(bulk: Bulk): QueueSql {
  const insert = insertSql(table, names, bulk);
  const insertAs = insertAsSql(bulk);
  const updates = new Map<string, string>();
  const isPacked = bulk === "json";
  return {
    add: (op, writer) =>
      writer === undefined
        ? { sql: insert, rows: [encodeOp(op)], isPacked }
        : {
            sql: insertAs,
            rows: [[writer, ...encodeOp(op)]],
            isPacked,
            isFenced: true,
          },
    replace: (before, op) => {
      const changed = columns.filter(
        ([property]) => op[property] !== before[property],
      );
      if (changed.length === 0) return { sql: "", rows: [], isPacked };
      const own = changed.map(([, column]) => column);
      const key = own.join();
      const sql = updates.get(key) ?? updateSql(table, own, "seq", bulk);
      updates.set(key, sql);
      const values = changed.map(([property, , form]) =>
        encode(op[property], form),
      );
      return { sql, rows: [[...values, op.seq]], isPacked };
    },
    seal: (seqs, sealedBy) => {
      const [condition, values] = inSeqs(seqs);
      return {
        sql: `UPDATE "sync_queue" SET "state" = 'sealed', "sealedBy" = ? WHERE ${condition}`,
        rows: [[JSON.stringify(sealedBy), ...values]],
        isPacked: false,
      };
    },
    remove: (seqs) => {
      const [condition, values] = inSeqs(seqs);
      return {
        sql: `DELETE FROM "sync_queue" WHERE ${condition}`,
        rows: [values],
        isPacked: false,
      };
    },
  };
}

/**
 * Inserts an op, the writer standing before its values. The check is part of the statement, because every statement of a local
 * write is a call into another language, or another thread: without the writer, the op has no id.
 */
function insertAsSql(bulk: Bulk): string {
  const [opId, ...others] = names.map((_, position) =>
    valueOf(position + 1, bulk),
  );
  const ownId = ifWriter(valueOf(0, bulk), String(opId));
  return insertValues(table, names, [ownId, ...others], bulk);
}

/** The predicates of the two partial indexes on rows, word for word: SQLite uses an index only where it reads the same. */
const rowIndexes = [
  `"state" = 'waiting' AND "groupId" IS NULL`,
  `("state" <> 'waiting' OR "groupId" IS NOT NULL)`,
];

const queries = new Map<string, string>();

/** The query for `filter`, in the order of `seq`: whole ops, or their names alone. */
export function selectOps(
  filter: OpFilter,
  content: "whole" | "name",
): {
  readonly sql: string;
  readonly parameters: readonly SqlValue[];
} {
  const { opIds, table, scopeId, clientIds, states, groups } = filter;
  const { afterSeq, exceptSeqs, limit } = filter;
  const conditions: string[] = [];
  const parameters: SqlValue[] = [];
  const where = (condition: string, ...values: SqlValue[]) => {
    conditions.push(condition);
    parameters.push(...values);
  };
  if (opIds) where(`"opId" ${inList}`, JSON.stringify(opIds));
  if (table !== undefined) where(`"tableName" = ?`, table);
  if (typeof scopeId === "string") where(`"scopeId" = ?`, scopeId);
  if (clientIds) where(...inIds(clientIds));
  if (states) {
    where(`"state" IN (${states.map((state) => `'${state}'`).join(", ")})`);
    if (!states.includes("waiting")) where(`"state" <> 'waiting'`);
  }
  if (groups) where(`"groupId" ${inList}`, JSON.stringify(groups));
  if (afterSeq !== undefined) where(`"seq" > ?`, afterSeq);
  if (exceptSeqs) where(`"seq" NOT ${inList}`, JSON.stringify(exceptSeqs));
  const condition = conditions.join(" AND ");
  const key = `${content} ${String(clientIds !== undefined)} ${condition} ${String(limit)}`;
  const sql = queries.get(key) ?? writeQuery(content, conditions, filter);
  // The same text each time: drivers find their prepared statements by it.
  queries.set(key, sql);
  return {
    sql,
    parameters: clientIds ? [...parameters, ...parameters] : parameters,
  };
}

function writeQuery(
  content: "whole" | "name",
  conditions: readonly string[],
  { clientIds, limit }: OpFilter,
): string {
  // In the text: SQLite plans a query with a bound limit anew each time it runs.
  const atMost = limit === undefined ? "" : ` LIMIT ${String(limit)}`;
  const selected = content === "whole" ? names : nameColumns;
  const select = `SELECT "seq", ${selected.map(quote).join(", ")} FROM "sync_queue"`;
  return `${(clientIds
    ? rowIndexes.map((predicate) => [...conditions, predicate])
    : [conditions]
  )
    .map((all) =>
      all.length > 0 ? `${select} WHERE ${all.join(" AND ")}` : select,
    )
    .join(" UNION ALL ")} ORDER BY "seq"${atMost}`;
}

/** The condition that a row is one of these; for a single one without the detour over a list. */
function inIds(clientIds: readonly string[]): [string, SqlValue] {
  const [first] = clientIds;
  return first !== undefined && clientIds.length === 1
    ? [`"clientId" = ?`, first]
    : [`"clientId" ${inList}`, JSON.stringify(clientIds)];
}

/** The condition that an op is one of these; for a run of numbers, which most batches are, its ends say as much. */
function inSeqs(seqs: readonly number[]): [string, SqlValue[]] {
  const [first = 0] = seqs;
  const last = first + seqs.length - 1;
  return seqs.every((seq, position) => seq === first + position)
    ? [`"seq" BETWEEN ? AND ?`, [first, last]]
    : [`"seq" ${inList}`, [JSON.stringify(seqs)]];
}

/** The values of `columns`; written out, because every local write runs through here. */
function encodeOp(op: NewOp): SqlValue[] {
  return [
    op.opId,
    op.table,
    op.clientId,
    op.scopeId,
    op.kind,
    JSON.stringify(op.fields),
    text(op.base),
    op.baseStamp,
    op.baseUpdatedAt,
    op.edited,
    text(op.clocks),
    op.schemaVersion,
    op.group,
    op.userId,
    op.state,
    text(op.server),
    text(op.sealedBy),
    text(op.carriedBy),
    op.attempts,
    op.lastAttemptAt,
    op.outcome,
    op.code,
    op.message,
    op.createdAt,
  ];
}

/** Reads an op from the columns of `selectOps`. */
export function decodeOp(values: readonly SqlValue[]): StoredOp {
  // Each cast is the type that `encode` wrote; written out, so that all ops are objects of one shape.
  return {
    seq: values[0] as number,
    opId: values[1] as string,
    table: values[2] as string,
    clientId: values[3] as string,
    scopeId: values[4] as StoredOp["scopeId"],
    kind: values[5] as StoredOp["kind"],
    fields: parse(values[6]) as StoredOp["fields"],
    base: parse(values[7]) as StoredOp["base"],
    baseStamp: values[8] as StoredOp["baseStamp"],
    baseUpdatedAt: values[9] as StoredOp["baseUpdatedAt"],
    edited: values[10] as string,
    clocks: parse(values[11]) as StoredOp["clocks"],
    schemaVersion: values[12] as number,
    group: values[13] as StoredOp["group"],
    userId: values[14] as string,
    state: values[15] as StoredOp["state"],
    server: parse(values[16]) as StoredOp["server"],
    sealedBy: parse(values[17]) as StoredOp["sealedBy"],
    carriedBy: parse(values[18]) as StoredOp["carriedBy"],
    attempts: values[19] as number,
    lastAttemptAt: values[20] as StoredOp["lastAttemptAt"],
    outcome: values[21] as StoredOp["outcome"],
    code: values[22] as StoredOp["code"],
    message: values[23] as StoredOp["message"],
    createdAt: values[24] as number,
  };
}

function parse(value: SqlValue | undefined): unknown {
  return typeof value === "string" ? JSON.parse(value) : null;
}

const nameColumns = ["tableName", "clientId", "kind"];

/** Reads the name of an op. */
export function decodeName(values: readonly SqlValue[]): OpName {
  // `selectOps` selects them in this order, and only `encode` writes them.
  const [, table, clientId, kind] = values as [
    number,
    string,
    string,
    OpName["kind"],
  ];
  return { table, clientId, kind };
}

function encode(value: NewOp[keyof NewOp], form: "plain" | "json"): SqlValue {
  // Plain properties are text, numbers or null.
  return form === "json" ? text(value) : (value as SqlValue);
}

function text(value: unknown): string | null {
  return value === null ? null : JSON.stringify(value);
}
