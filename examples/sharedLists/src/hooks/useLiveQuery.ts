// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import type { ReadDatabase } from "../db/database";
import { reuseInPlace } from "./reuseRows";
import { useSyncSession } from "./syncContext";
import { useQueryRows, type LiveQuery } from "./useQueryRows";

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
  const session = useSyncSession();
  const { value, error, isLoading } = useQueryRows(
    session,
    build(session.drizzle),
    reuseInPlace,
    "useLiveQuery",
  );
  return { rows: value ?? noRows, isLoading, error };
}

const noRows: readonly never[] = [];
