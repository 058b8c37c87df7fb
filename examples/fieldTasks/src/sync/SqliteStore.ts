// Written by sync-gen 0.1.0 from sync.config.ts (npx sync-gen generate).
// Do not edit, it is overwritten: edit sync.config.ts instead.

import type {
  ChangeSet,
  LocalStore,
  OpChange,
  OpState,
  RowChange,
  SqlDriver,
  SqlStatement,
  StoredRow,
} from "./ports";
import {
  addOps,
  decodeOp,
  inIds,
  removeOps,
  replaceOps,
  sealOps,
  selectOps,
} from "./queueSql";
import type { Registry } from "./registry";
import { createTableSql, type TableSql } from "./tableSql";

/** The device's database behind the `LocalStore` port: one transaction per commit, SQL written once per table. */
export function createSqliteStore(
  registry: Registry,
  driver: SqlDriver,
): LocalStore {
  const tables = new Map<string, TableSql>();
  const listeners = new Set<(tables: ReadonlySet<string>) => void>();

  function sqlOf(name: string): TableSql {
    let table = tables.get(name);
    if (table === undefined) {
      const definition = registry.tables[name];
      if (!definition) throw new Error(`There is no table ${name}.`);
      table = createTableSql(definition, driver.bulk);
      tables.set(name, table);
    }
    return table;
  }

  return {
    readRow: async (table, clientId) => {
      const { select, decode } = sqlOf(table);
      const [row] = await driver.select(`${select} WHERE "clientId" = ?`, [
        clientId,
      ]);
      return row ? decode(row) : null;
    },
    readRows: async (table, clientIds) => {
      const { select, decode } = sqlOf(table);
      const [condition, parameter] = inIds(clientIds);
      const rows = await driver.select(`${select} WHERE ${condition}`, [
        parameter,
      ]);
      return rows.map(decode);
    },
    readOps: async (filter) => {
      const { sql, parameters } = selectOps(filter);
      return (await driver.select(sql, parameters)).map(decodeOp);
    },
    countOps: async (table) => {
      const counts: Record<OpState, number> = {
        waiting: 0,
        sealed: 0,
        failed: 0,
        conflict: 0,
        superseded: 0,
      };
      const rows = await driver.select(
        `SELECT "state", count(*) FROM "sync_queue"${table === undefined ? "" : ` WHERE "tableName" = ?`} GROUP BY "state"`,
        table === undefined ? [] : [table],
      );
      // Only the engine writes the column.
      for (const [state, count] of rows)
        counts[state as OpState] = Number(count);
      return counts;
    },
    latestEdit: async () => {
      const [row] = await driver.select(
        `SELECT max("edited") FROM "sync_queue"`,
        [],
      );
      return typeof row?.[0] === "string" ? row[0] : null;
    },
    readMetadata: async (keys) => {
      const rows = await driver.select(
        `SELECT "key", "value" FROM "sync_metadata" WHERE "key" IN (SELECT value FROM json_each(?))`,
        [JSON.stringify(keys)],
      );
      return Object.fromEntries(
        rows.map(([key, value]) => [String(key), String(value)]),
      );
    },
    commit: async (changes) => {
      const statements = [
        ...joinRows(changes.rows ?? []).map((change) =>
          rowStatement(change, sqlOf),
        ),
        ...joinOps(changes.ops ?? []).map(opStatement),
        ...metadataStatements(changes.metadata ?? {}),
      ].filter(({ rows }) => rows.length > 0);
      if (statements.length === 0) return;
      await driver.transaction(statements);
      const changed = changedTables(changes);
      for (const listener of listeners) listener(changed);
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: () => driver.close(),
  };
}

/** Rows that follow each other into one table make one statement; a driver that crosses a thread is called once for all. */
function joinRows(changes: readonly RowChange[]): readonly RowChange[] {
  const joined: RowChange[] = [];
  let rows: StoredRow[] = [];
  for (const change of changes) {
    const last = joined.at(-1);
    if (change.kind !== "put" || change.deviceFields) joined.push(change);
    else if (
      last?.kind === "put" &&
      last.rows === rows &&
      last.table === change.table &&
      last.guard === change.guard
    )
      for (const row of change.rows) rows.push(row);
    else {
      rows = [...change.rows];
      joined.push({ ...change, rows });
    }
  }
  return joined;
}

/** Likewise for ops that leave the queue one after the other. */
function joinOps(changes: readonly OpChange[]): readonly OpChange[] {
  const joined: OpChange[] = [];
  let seqs: number[] = [];
  for (const change of changes) {
    const last = joined.at(-1);
    if (change.kind !== "remove") joined.push(change);
    else if (last?.kind === "remove")
      for (const seq of change.seqs) seqs.push(seq);
    else {
      seqs = [...change.seqs];
      joined.push({ kind: "remove", seqs });
    }
  }
  return joined;
}

function rowStatement(
  change: RowChange,
  sqlOf: (table: string) => TableSql,
): SqlStatement {
  const table = sqlOf(change.table);
  switch (change.kind) {
    case "put":
      return table.put(change.rows, change.guard, change.deviceFields ?? {});
    case "delete":
      return table.delete(change.clientIds);
    case "forget-versions":
      return table.forgetVersions;
    case "delete-unversioned":
      return table.deleteUnversioned;
  }
}

function opStatement(change: OpChange): SqlStatement {
  switch (change.kind) {
    case "add":
      return addOps([change.op]);
    case "replace":
      return replaceOps([change.op]);
    case "seal":
      return sealOps(change.seqs, change.sealedBy);
    case "remove":
      return removeOps(change.seqs);
  }
}

function metadataStatements(
  metadata: NonNullable<ChangeSet["metadata"]>,
): SqlStatement[] {
  return Object.entries(metadata).map(([key, value]) =>
    value === null
      ? { sql: `DELETE FROM "sync_metadata" WHERE "key" = ?`, rows: [[key]] }
      : {
          sql: `INSERT INTO "sync_metadata" ("key", "value") VALUES (?, ?) ON CONFLICT ("key") DO UPDATE SET "value" = excluded."value"`,
          rows: [[key, value]],
        },
  );
}

/** The tables whose rows `changes` touches; `sync_queue` stands for the ops. */
export function changedTables(changes: ChangeSet): ReadonlySet<string> {
  const tables = new Set((changes.rows ?? []).map(({ table }) => table));
  if ((changes.ops ?? []).length > 0) tables.add("sync_queue");
  return tables;
}
