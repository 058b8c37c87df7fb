import type {
  Auth,
  DataModelFromSchemaDefinition,
  GenericDatabaseReader,
  GenericDatabaseWriter,
  Scheduler,
  SchemaDefinition,
} from "convex/server";
import type { CommitTsPlaceholder, GenericId, Value } from "convex/values";
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

interface SyncedTableInfo {
  document: SyncedDocument;
  fieldPaths: string;
  indexes: {
    by_client_id: ["clientId", "userId", "_creationTime"];
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

export type RowReader = GenericDatabaseReader<SyncedDataModel>;
export type RowWriter = GenericDatabaseWriter<SyncedDataModel>;
export type SystemReader = GenericDatabaseReader<SystemDataModel>;
export type SystemWriter = GenericDatabaseWriter<SystemDataModel>;
export type ReceiptDocument = SystemDataModel["syncReceipts"]["document"];
export type DeviceDocument = SystemDataModel["syncDevices"]["document"];
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
export function readerOf(ctx: SyncQueryContext): {
  readonly rows: RowReader;
  readonly system: SystemReader;
} {
  // Safe: the schema spreads `syncTables`, which define these documents and indexes; the engine names no other table.
  return { rows: ctx.db as RowReader, system: ctx.db as SystemReader };
}

/** The database of a mutation as the engine sees it. */
export function writerOf(ctx: SyncMutationContext): {
  readonly rows: RowWriter;
  readonly system: SystemWriter;
} {
  // Safe: as in `readerOf`, and only mutations have a scheduler.
  return { rows: ctx.db as RowWriter, system: ctx.db as SystemWriter };
}
