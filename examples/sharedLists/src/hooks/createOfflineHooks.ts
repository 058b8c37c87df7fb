// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { eq, type SQL } from "drizzle-orm";
import type { SQLiteColumn, SQLiteTable } from "drizzle-orm/sqlite-core";
import { useMemo } from "react";
import type { Registry, RowOf, TableDefinition } from "../sync/registry";
import type { Sync, WriterOf } from "../sync/types";
import { reuseRows } from "./reuseRows";
import { subscribeToQueue } from "./subscribeToQueue";
import { useSyncSession, type SyncSession } from "./syncContext";
import { useLatest } from "./useLatest";
import { useQueryRows, type QueryRows } from "./useQueryRows";

/** Which rows, in Drizzle's terms; they may be written anew in every render. */
export interface RowQuery {
  /**
   * Of the same values in every render: with `Date.now()` in it, the query is another one each time and is read each
   * time. Round the time, or keep it with `useMemo` or `useState`.
   */
  readonly where?: SQL | undefined;
  readonly orderBy?: Order | readonly Order[] | undefined;
  readonly limit?: number | undefined;
  readonly offset?: number | undefined;
}

type Order = SQLiteColumn | SQL;

/** What a hook gives: the rows, how reading them went, and the writes that the table allows. */
export type OfflineRows<T> = {
  /** In the order that was asked for. While another query loads, still those of the last one. */
  readonly rows: readonly RowOf<T>[];
  /** True until the rows of this query were read from the device's database, which takes no connection. */
  readonly isLoading: boolean;
  /** Why they could not be read; they are read again until they can be, with growing pauses. */
  readonly error: Error | null;
  /** How many rows of the table the server has not acknowledged yet. */
  readonly pendingCount: number;
} & WriterOf<T>;

/** One row, as `OfflineRows`. */
export type OfflineRow<T> = {
  /** `null` while it loads, and when there is no such row. */
  readonly row: RowOf<T> | null;
  readonly isLoading: boolean;
  readonly error: Error | null;
} & WriterOf<T>;

/** The hook of one table. */
export type OfflineHook<T> = (query?: RowQuery) => OfflineRows<T>;

/** The hook of one table for the row with this `clientId`; none for `null`. */
export type OfflineRowHook<T> = (clientId: string | null) => OfflineRow<T>;

/** The hooks of one project. */
export interface OfflineHooks<R extends Registry> {
  /** Makes the hook of a table. */
  readonly createOfflineHook: <Name extends keyof R["tables"] & string>(
    name: Name,
  ) => OfflineHook<R["tables"][Name]>;
  /** Makes the hook of a table for one of its rows. */
  readonly createOfflineRowHook: <Name extends keyof R["tables"] & string>(
    name: Name,
  ) => OfflineRowHook<R["tables"][Name]>;
  /** The engine with this project's tables: `sync.batch(…)`, `sync.table("…")`. */
  readonly useSync: () => Sync<R>;
}

/**
 * Ties the hooks to a project's registry. Rows are read live from the device's database, again after every commit
 * that touched a table of their query and never otherwise; writes go through the sync engine.
 */
export function offlineHooks<R extends Registry>(registry: R): OfflineHooks<R> {
  const find = (name: string): TableDefinition => {
    const definition = registry.tables[name];
    if (definition === undefined) throw new Error(`No table ${name}.`);
    return definition;
  };
  return {
    createOfflineHook<Name extends keyof R["tables"] & string>(name: Name) {
      type Table = R["tables"][Name];
      const definition = find(name);

      return function useRows(query: RowQuery = {}): OfflineRows<Table> {
        const session = useSyncSession();
        const { value, error, isLoading } = useTable(
          session,
          definition,
          query,
        );
        return {
          // The registry says which row type the Drizzle table yields.
          rows: (value ?? noRows) as readonly RowOf<Table>[],
          isLoading,
          error,
          pendingCount: usePendingCount(session.sync, name),
          ...useWriter<Table>(session.sync, name),
        };
      };
    },
    createOfflineRowHook<Name extends keyof R["tables"] & string>(name: Name) {
      type Table = R["tables"][Name];
      const definition = find(name);
      const id = columnOf(drizzleTable(definition), "clientId");

      return function useRow(clientId: string | null): OfflineRow<Table> {
        const session = useSyncSession();
        const { value, error, key, wanted } = useTable(session, definition, {
          where: eq(id, clientId ?? ""),
          limit: 1,
        });
        const isCurrent = key === wanted;
        return {
          // As above; and never the row of another id.
          row: ((isCurrent ? value?.[0] : null) ?? null) as RowOf<Table> | null,
          isLoading: !isCurrent,
          error,
          ...useWriter<Table>(session.sync, name),
        };
      };
    },
    // The provider was given this very registry.
    useSync: () => useSyncSession().sync as unknown as Sync<R>,
  };
}

const noRows: readonly never[] = [];

function useTable(
  session: SyncSession,
  definition: TableDefinition,
  { where, orderBy, limit, offset }: RowQuery,
): QueryRows<unknown> {
  let query = session.drizzle
    .select()
    .from(drizzleTable(definition))
    .where(where)
    .$dynamic();
  if (orderBy !== undefined) {
    const orders: readonly Order[] = isList(orderBy) ? orderBy : [orderBy];
    query = query.orderBy(...orders);
  }
  // SQLite takes an offset only with a limit.
  const most = limit ?? (offset === undefined ? undefined : everyRow);
  if (most !== undefined) query = query.limit(most);
  if (offset !== undefined) query = query.offset(offset);
  return useQueryRows(session, query, reuseRows, definition.name);
}

/** More rows than a device holds. */
const everyRow = 2 ** 31 - 1;

/** The registry is made of the tables of `db/schema`. */
function drizzleTable({ sqlite }: TableDefinition): SQLiteTable {
  return sqlite as SQLiteTable;
}

function isList(
  orderBy: Order | readonly Order[],
): orderBy is readonly Order[] {
  return Array.isArray(orderBy);
}

function usePendingCount(sync: Sync, table: string): number {
  const { value } = useLatest<number>(table, sync, {
    read: () => sync.pendingCount(table),
    subscribe: (onChange) => subscribeToQueue(sync, onChange),
  });
  return value ?? 0;
}

/** The table's writes, the same functions in every render; which ones exist is what `operations` says. */
function useWriter<Table>(sync: Sync, name: string): WriterOf<Table> & object {
  // The provider was given the registry that says what this table's writer takes.
  return useMemo(
    () => sync.table(name) as WriterOf<Table> & object,
    [sync, name],
  );
}

function columnOf(table: SQLiteTable, name: string): SQLiteColumn {
  // A Drizzle table carries its columns as properties; every synced table has the sync columns.
  const column = (table as unknown as Record<string, SQLiteColumn | undefined>)[
    name
  ];
  if (column === undefined) throw new Error(`No column ${name}.`);
  return column;
}
