// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { useEffect, useRef } from "react";
import type { ReadDatabase } from "../db/database";
import { queryKey, type Statement } from "./queryKey";
import { reuseInPlace } from "./reuseRows";
import { useSyncSession } from "./syncContext";
import { useDriftWarning } from "./useDriftWarning";
import { useLatest } from "./useLatest";

/** A query of Drizzle's: what `select` and the methods after it make. */
export interface LiveQuery<Row> {
  all(): Promise<readonly Row[]>;
  toSQL(): Statement;
}

/** What `useLiveQuery` gives. */
export interface LiveRows<Row> {
  /** While another query loads, still those of the last one. */
  readonly rows: readonly Row[];
  /** True until the rows of this query were read. */
  readonly isLoading: boolean;
  /** Why they could not be read; they are read again until they can be, with growing pauses. */
  readonly error: Error | null;
}

/**
 * The rows of any query over synced tables, live: joins, sums, counts, what the hooks of single tables do not have.
 * They are read again after every commit that touched a table of the query, and keep their identity where they did
 * not change.
 *
 * ```ts
 * const { rows } = useLiveQuery((database) =>
 *   database.select({ rows: count() }).from(…).leftJoin(…).where(…),
 * );
 * ```
 *
 * @param build may be another function in every render, as long as it makes a query of the same values: see `RowQuery`
 */
export function useLiveQuery<Row>(
  build: (database: ReadDatabase) => LiveQuery<Row>,
): LiveRows<Row> {
  const { drizzle, sync } = useSyncSession();
  const query = build(drizzle);
  const statement = query.toSQL();
  const newest = useRef(statement.sql);
  useEffect(() => {
    newest.current = statement.sql;
  });
  const latest = useLatest<readonly Row[]>(queryKey(statement), sync, {
    read: () => query.all(),
    subscribe: (onChange) =>
      sync.onRowsChanged((tables) => {
        if (readsFrom(newest.current, tables)) onChange();
      }),
    reuse: reuseInPlace,
  });
  useDriftWarning(latest, "useLiveQuery");
  const { value, error, isLoading } = latest;
  return { rows: value ?? noRows, isLoading, error };
}

const noRows: readonly never[] = [];

/** Whether the statement names one of the tables. A column of the same name leads to a read too many, nothing to one too few. */
function readsFrom(sql: string, tables: ReadonlySet<string>): boolean {
  const text = sql.toLowerCase();
  return [...tables].some((table) => text.includes(table.toLowerCase()));
}
