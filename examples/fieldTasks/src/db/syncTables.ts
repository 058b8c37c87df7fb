// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { sql } from "drizzle-orm";
import {
  index,
  integer,
  sqliteTable,
  text,
  uniqueIndex,
} from "drizzle-orm/sqlite-core";

/**
 * Writes of this device that the server has not acknowledged, and those that need somebody's attention.
 * Written by the sync engine alone; reading it, also live, is fine.
 */
export const syncQueue = sqliteTable(
  "sync_queue",
  {
    /** The order in which ops were recorded. */
    seq: integer().primaryKey(),
    opId: text().notNull(),
    tableName: text().notNull(),
    clientId: text().notNull(),
    /** The scope that the row is in; none where the table's rows are the user's own. */
    scopeId: text(),
    kind: text({ enum: ["create", "update", "delete"] }).notNull(),
    /** JSON: the values that the op sets. */
    fields: text().notNull(),
    /** JSON: the row before the edit, as the server had it. */
    base: text(),
    baseStamp: text(),
    /** Milliseconds since 1970: `updatedAt` of the row before the edit. */
    baseUpdatedAt: integer(),
    edited: text().notNull(),
    /** JSON: when each field was edited. */
    clocks: text(),
    schemaVersion: integer().notNull(),
    groupId: text(),
    userId: text().notNull(),
    state: text({
      enum: ["waiting", "sealed", "failed", "conflict", "superseded"],
    }).notNull(),
    /** JSON: the newest row of the server, once it differs from `base`. */
    server: text(),
    /** JSON: the batch that carries the op, or carried it last. */
    sealedBy: text(),
    /** JSON: the batch that first carried it, under an earlier device id. */
    carriedBy: text(),
    attempts: integer().notNull(),
    /** Milliseconds since 1970. */
    lastAttemptAt: integer(),
    outcome: text(),
    code: text(),
    message: text(),
    /** Milliseconds since 1970. */
    createdAt: integer().notNull(),
  },
  (table) => [
    // Recording an op touches one index: what waits is in the first, everything else in the others.
    uniqueIndex("sync_queue_one_waiting")
      .on(table.tableName, table.clientId)
      .where(sql`"state" = 'waiting' AND "groupId" IS NULL`),
    index("sync_queue_other_by_row")
      .on(table.tableName, table.clientId)
      .where(sql`"state" <> 'waiting' OR "groupId" IS NOT NULL`),
    index("sync_queue_other_by_state")
      .on(table.state, table.seq)
      .where(sql`"state" <> 'waiting'`),
  ],
);

/** What the sync engine remembers of this database: its device id, cursors, clock. */
export const syncMetadata = sqliteTable("sync_metadata", {
  key: text().primaryKey(),
  value: text().notNull(),
});
