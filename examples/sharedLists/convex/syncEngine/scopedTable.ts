// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import type { TableDefinition } from "convex/server";
import {
  v,
  type PropertyValidators,
  type VAny,
  type VUnion,
} from "convex/values";
import type { TableHistory } from "./history";
import {
  storedValidators,
  syncColumns,
  tableOf,
  withIndexes,
  type OwnIndexes,
  type SyncedRow,
  type Tombstone,
} from "./tables";

/** The column that every row in a scope has beside the columns of every synced table. */
const scopeColumn = {
  /** The scope that the row is in; never changes. */
  scopeId: v.string(),
};

/** A row of a table whose rows are in scopes. */
export type ScopedRow<Fields extends PropertyValidators> = SyncedRow<Fields> & {
  scopeId: string;
};

/** The indexes of every synced table whose rows are in scopes. */
type ScopedIndexes = {
  by_client_id: ["clientId", "_creationTime"];
  by_scope_and_updated: ["scopeId", "changed", "clientId", "_creationTime"];
  by_deleted: ["deletedAt", "_creationTime"];
};

/** What `scopedTable` makes; spelled out as `SyncedTable` is. */
export type ScopedTable<
  Fields extends PropertyValidators,
  Indexes extends OwnIndexes = Record<never, never>,
> = TableDefinition<
  VUnion<
    ScopedRow<Fields>,
    VAny[],
    "required",
    | "scopeId"
    | keyof Tombstone
    | (keyof Fields & string)
    | `${"clocks" | (keyof Fields & string)}.${string}`
  >,
  ScopedIndexes & {
    -readonly [Name in keyof Indexes]: [...Indexes[Name], "_creationTime"];
  }
>;

/**
 * A synced table whose rows are in scopes: as `syncedTable`, with a column that says in which one a row is. An index for
 * your own queries of a scope begins with it: `{ by_due: ["scopeId", "dueAt"] }`.
 */
export function scopedTable<
  Fields extends PropertyValidators,
  const Indexes extends OwnIndexes<
    "scopeId" | keyof Tombstone | (keyof Fields & string)
  > = Record<never, never>,
>(
  fields: Fields,
  indexes?: Indexes,
  history?: TableHistory,
): ScopedTable<Fields, Indexes> {
  const columns = { ...syncColumns, ...scopeColumn };
  const table = tableOf(columns, storedValidators(fields, history))
    // Without the scope: a device holds rows of several, in a table where an id is one row's.
    .index("by_client_id", ["clientId"])
    .index("by_scope_and_updated", ["scopeId", "changed", "clientId"]);
  // Safe: the lines above are what the type says.
  return withIndexes(table, indexes) as unknown as ScopedTable<Fields, Indexes>;
}
