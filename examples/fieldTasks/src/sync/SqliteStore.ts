// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { joinStatements, type BulkStatement } from "./bulkSql";
import { createCommitNews } from "./commitNews";
import { fence, isWriter, metadataStatements } from "./metadataSql";
import { noOps } from "./opCounts";
import {
  TakenOver,
  type LocalStore,
  type OpChange,
  type OpState,
  type RowChange,
  type SqlDriver,
  type SqlStatement,
} from "./ports";
import {
  createQueueSql,
  decodeName,
  decodeOp,
  selectOps,
  type QueueSql,
} from "./queueSql";
import type { Registry } from "./registry";
import { createTableSql, type TableSql } from "./tableSql";

/** The device's database behind the `LocalStore` port: one transaction per commit, SQL written once per table. */
export function createSqliteStore(
  registry: Registry,
  driver: SqlDriver,
): LocalStore {
  const tables = new Map<string, TableSql>();
  const queue = createQueueSql(driver.bulk);
  const news = createCommitNews();

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
    isSynchronous: driver.bulk === "row",
    readRows: async (table, clientIds) => {
      const { selectOne, selectMany, decode } = sqlOf(table);
      const rows =
        clientIds.length === 1
          ? await driver.select(selectOne, clientIds)
          : await driver.select(selectMany, [JSON.stringify(clientIds)]);
      return rows.map(decode);
    },
    hasRows: async ({ table, scopeId }) => {
      const { sql, parameters } = sqlOf(table).selectAny(scopeId);
      return (await driver.select(sql, parameters)).length > 0;
    },
    readOps: async (filter) => {
      const { sql, parameters } = selectOps(filter, "whole");
      return (await driver.select(sql, parameters)).map(decodeOp);
    },
    readOpNames: async (filter) => {
      const { sql, parameters } = selectOps(filter, "name");
      return (await driver.select(sql, parameters)).map(decodeName);
    },
    countOps: async (table) => {
      const counts = { ...noOps };
      const rows = await driver.select(
        `SELECT "state", count(*) FROM "sync_queue"${table === undefined ? "" : ` WHERE "tableName" = ?`} GROUP BY "state"`,
        table === undefined ? [] : [table],
      );
      // Only the engine writes the column.
      for (const [state, count] of rows)
        counts[state as OpState] = Number(count);
      return counts;
    },
    latest: async () => {
      const [[seq, edited] = []] = await driver.select(
        `SELECT max("seq"), max("edited") FROM "sync_queue"`,
        [],
      );
      return typeof seq === "number" && typeof edited === "string"
        ? { seq, edited }
        : null;
    },
    readMetadata: async <Key extends string>(keys: readonly Key[]) => {
      const rows = await driver.select(
        `SELECT "key", "value" FROM "sync_metadata" WHERE "key" IN (SELECT value FROM json_each(?))`,
        [JSON.stringify(keys)],
      );
      // Safe: only these keys were asked for.
      return Object.fromEntries(
        rows.map(([key, value]) => [String(key), String(value)]),
      ) as { [Name in Key]?: string };
    },
    commit: async (changes) => {
      const { rows = [], ops = [], metadata = {} } = changes;
      const all: BulkStatement[] = [];
      for (const change of rows) all.push(rowStatement(change, sqlOf));
      const { writer } = changes;
      for (const change of joinRemovals(ops))
        all.push(opStatement(change, queue, writer));
      all.push(...metadataStatements(metadata, writer));
      const statements = joinStatements(all);
      if (statements.length === 0) return;
      const isFenced = all.some((it) => it.isFenced && it.rows.length > 0);
      if (writer === undefined) await driver.transaction(statements);
      else if (isFenced) await commitAs(driver, writer, statements);
      else
        await commitAs(driver, writer, [
          { sql: fence, rows: [[writer]] },
          ...statements,
        ]);
      news.tell(changes);
    },
    subscribe: news.subscribe,
    announce: news.announce,
    close: () => driver.close(),
  };
}

/** `statements` break a constraint, too, when it does. */
async function commitAs(
  driver: SqlDriver,
  writer: string,
  statements: readonly SqlStatement[],
): Promise<void> {
  try {
    await driver.transaction(statements);
  } catch (error) {
    const [row] = await driver.select(isWriter("?"), [writer]);
    throw row === undefined ? new TakenOver() : error;
  }
}

function rowStatement(
  change: RowChange,
  sqlOf: (table: string) => TableSql,
): BulkStatement {
  const table = sqlOf(change.table);
  switch (change.kind) {
    case "put":
      return table.put(change.rows, change.guard, change.deviceFields ?? {});
    case "update":
      return table.update(change.before, change.row, change.deviceFields ?? {});
    case "delete":
      return table.delete(change.clientIds);
    case "forget-versions":
      return table.forgetVersions(change.scopeId);
    case "delete-unversioned":
      return table.deleteUnversioned(change.scopeId);
  }
}

/** Ops that are removed one after the other go together: a batch leaves the queue by one statement. */
function joinRemovals(changes: readonly OpChange[]): OpChange[] {
  const joined: OpChange[] = [];
  let seqs: number[] | null = null;
  for (const change of changes) {
    if (change.kind !== "remove") {
      joined.push(change);
      seqs = null;
    } else if (seqs === null) {
      seqs = [...change.seqs];
      joined.push({ kind: "remove", seqs });
    } else seqs.push(...change.seqs);
  }
  return joined;
}

function opStatement(
  change: OpChange,
  queue: QueueSql,
  writer: string | undefined,
): BulkStatement {
  switch (change.kind) {
    case "add":
      return queue.add(change.op, writer);
    case "replace":
      return queue.replace(change.before, change.op);
    case "seal":
      return queue.seal(change.seqs, change.sealedBy);
    case "remove":
      return queue.remove(change.seqs);
  }
}
