// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { useEffect, useRef } from "react";
import { queryKey, type Statement } from "./queryKey";
import type { SyncSession } from "./syncContext";
import { useDriftWarning } from "./useDriftWarning";
import { useLatest, type Latest } from "./useLatest";

/** A query of Drizzle's: what `select` and the methods after it make. */
export interface LiveQuery<Row> {
  all(): Promise<readonly Row[]>;
  toSQL(): Statement;
}

/** What was read, and what this render asks for. */
export interface QueryRows<Row> extends Latest<readonly Row[]> {
  readonly wanted: string;
}

/**
 * The rows of a query, read again after every commit that touched a table that it names, be it in a join or in a
 * subquery.
 *
 * @param query may be another object in every render; the same values make the same query
 * @param reuse keeps the rows of the last answer that did not change
 * @param name who reads, for a warning
 */
export function useQueryRows<Row>(
  { sync }: SyncSession,
  query: LiveQuery<Row>,
  reuse: (last: readonly Row[], next: readonly Row[]) => readonly Row[],
  name: string,
): QueryRows<Row> {
  const statement = query.toSQL();
  const newest = useRef(statement.sql);
  useEffect(() => {
    newest.current = statement.sql;
  });
  const wanted = queryKey(statement);
  const latest = useLatest<readonly Row[]>(wanted, sync, {
    read: () => query.all(),
    subscribe: (onChange) =>
      sync.onRowsChanged((tables) => {
        if (readsFrom(newest.current, tables)) onChange();
      }),
    reuse,
  });
  useDriftWarning(latest, name);
  return { ...latest, wanted };
}

/**
 * Whether the statement names one of the tables. A column of the same name leads to a read too many, nothing to one too
 * few.
 */
export function readsFrom(sql: string, tables: ReadonlySet<string>): boolean {
  // Names of tables are words. SQLite does not mind their case.
  return [...tables].some((table) =>
    new RegExp(`\\b${table}\\b`, "i").test(sql),
  );
}
