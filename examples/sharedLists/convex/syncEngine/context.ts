// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import type {
  Auth,
  DataModelFromSchemaDefinition,
  GenericDatabaseReader,
  GenericDatabaseWriter,
  QueryInitializer,
  Scheduler,
  SchemaDefinition,
  WithoutSystemFields,
} from "convex/server";
import type { CommitTsPlaceholder, GenericId, Value } from "convex/values";
import { entryOf, storedName, type SyncRules } from "./rules";
import type { syncSystemTables } from "./tables";

/** A document of any synced table: its columns, and its fields under their own names. */
export interface SyncedDocument {
  readonly _id: GenericId<string>;
  readonly _creationTime: number;
  readonly clientId: string;
  readonly userId: string;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly changed: bigint | CommitTsPlaceholder;
  readonly deletedAt: number | null;
  readonly edited: string;
  readonly opId: string | null;
  readonly clocks: Record<string, string>;
  readonly [field: string]: Value;
}

/** Of a table with a scope and of one without: each has one of the two orders of changes. */
export interface SyncedTableInfo {
  document: SyncedDocument;
  fieldPaths: string;
  indexes: {
    /** Without the user in a table with a scope. */
    by_client_id: ["clientId", "userId", "_creationTime"];
    by_scope_and_updated: ["scopeId", "changed", "clientId", "_creationTime"];
    by_user_and_updated: ["userId", "changed", "clientId", "_creationTime"];
    by_deleted: ["deletedAt", "_creationTime"];
  };
  searchIndexes: Record<never, never>;
  vectorIndexes: Record<never, never>;
}

/** Every synced table looks the same to the engine. */
type SyncedDataModel = Record<string, SyncedTableInfo>;

/** The sync's own tables, fully typed. */
type SystemDataModel = DataModelFromSchemaDefinition<
  SchemaDefinition<typeof syncSystemTables, true>
>;

type RowId = SyncedDocument["_id"];
type NewRow = WithoutSystemFields<SyncedDocument>;

/** Reads synced rows; tables have the names of today, wherever Convex stores their rows. */
export interface RowReader {
  query(table: string): QueryInitializer<SyncedTableInfo>;
  /** Whether the table's rows are in scopes, and not their users' own. */
  isScoped(table: string): boolean;
}

/** Writes them, too. */
export interface RowWriter extends RowReader {
  readonly vars: GenericDatabaseWriter<SyncedDataModel>["vars"];
  insert(table: string, row: NewRow): Promise<RowId>;
  patch(table: string, id: RowId, changes: Partial<NewRow>): Promise<void>;
  replace(table: string, id: RowId, row: NewRow): Promise<void>;
  delete(table: string, id: RowId): Promise<void>;
}

/** Reads the sync's own tables. */
export type SystemReader = GenericDatabaseReader<SystemDataModel>;
/** Writes the sync's own tables. */
export type SystemWriter = GenericDatabaseWriter<SystemDataModel>;
/** What became of a batch. */
export type ReceiptDocument = SystemDataModel["syncReceipts"]["document"];
/** How far a device has come. */
export type DeviceDocument = SystemDataModel["syncDevices"]["document"];
/** The last tombstone that was removed from a table, of a user's own or of a scope. */
export type HorizonDocument = SystemDataModel["syncHorizons"]["document"];

/** The least that the engine asks of a query's context, whatever the project's own tables are. */
export interface SyncQueryContext {
  readonly auth: Auth;
  readonly db: object;
}

/** The least that the engine asks of a mutation's context. */
export interface SyncMutationContext extends SyncQueryContext {
  readonly scheduler: Scheduler;
}

/** The database of a query as the engine sees it. */
export function readerOf(
  ctx: SyncQueryContext,
  rules: SyncRules,
): { readonly rows: RowReader; readonly system: SystemReader } {
  // Safe: the schema spreads `syncTables`, which define these documents and indexes; the engine names no other table.
  const db = ctx.db as GenericDatabaseReader<SyncedDataModel>;
  return {
    rows: {
      query: (table) => db.query(storedName(rules, table)),
      isScoped: (table) => isScoped(rules, table),
    },
    system: ctx.db as SystemReader,
  };
}

/** The database of a mutation as the engine sees it. */
export function writerOf(
  ctx: SyncMutationContext,
  rules: SyncRules,
): { readonly rows: RowWriter; readonly system: SystemWriter } {
  // Safe: as in `readerOf`, and only mutations have a scheduler.
  const db = ctx.db as GenericDatabaseWriter<SyncedDataModel>;
  const stored = (table: string) => storedName(rules, table);
  return {
    rows: {
      vars: db.vars,
      query: (table) => db.query(stored(table)),
      isScoped: (table) => isScoped(rules, table),
      insert: (table, row) => db.insert(stored(table), row),
      patch: (table, id, changes) => db.patch(stored(table), id, changes),
      replace: (table, id, row) => db.replace(stored(table), id, row),
      delete: (table, id) => db.delete(stored(table), id),
    },
    system: ctx.db as SystemWriter,
  };
}

function isScoped(rules: SyncRules, table: string): boolean {
  return entryOf(rules, table).scope !== undefined;
}
