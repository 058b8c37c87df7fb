// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { Place } from "../../../../packages/backend/place";
import type { RowSyncStatus } from "../sync/ports";

/** A row of `tasks` on this device. */
export interface Task {
  /**
   * Made on the device that creates the row; never changes. References hold
   * this.
   */
  clientId: string;
  /** The server's id; `null` until the first push was answered. */
  serverId: string | null;
  text: string;
  isDone: boolean;
  place: Place | null;
  userId: string;
  /** Milliseconds since 1970. */
  createdAt: number;
  /** Milliseconds since 1970. */
  updatedAt: number;
  syncStatus: RowSyncStatus;
  /** The server version that the row is built on. */
  changed: string | null;
}

/** What `create` takes for `tasks`. */
export interface NewTask {
  text: string;
  isDone?: boolean;
  place?: Place | null;
}

/** What `update` takes for `tasks`: the fields to change. */
export interface TaskChanges {
  text?: string;
  isDone?: boolean;
  place?: Place | null;
}

export const tasks = sqliteTable("tasks", {
  clientId: text().primaryKey(),
  serverId: text(),
  text: text().notNull(),
  isDone: integer({ mode: "boolean" }).notNull().default(false),
  place: text({ mode: "json" }).$type<Place>(),
  userId: text().notNull(),
  createdAt: integer().notNull(),
  updatedAt: integer().notNull(),
  syncStatus: text({
    enum: ["synced", "pending", "failed", "conflict"],
  }).notNull(),
  changed: text(),
});

export { syncMetadata, syncQueue } from "./syncTables";
