// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { RowSyncStatus } from "../sync/ports";

/** A row of `lists` on this device. */
export interface List {
  /**
   * Made on the device that creates the row; never changes. References hold
   * this.
   */
  clientId: string;
  /** The server's id; `null` until the first push was answered. */
  serverId: string | null;
  name: string;
  userId: string;
  /** Milliseconds since 1970. */
  createdAt: number;
  /** Milliseconds since 1970. */
  updatedAt: number;
  syncStatus: RowSyncStatus;
  /** The server version that the row is built on. */
  changed: string | null;
}

/** What `create` takes for `lists`. */
export interface NewList {
  name: string;
}

/** What `update` takes for `lists`: the fields to change. */
export interface ListChanges {
  name?: string;
}

export const lists = sqliteTable("lists", {
  clientId: text().primaryKey(),
  serverId: text(),
  name: text().notNull(),
  userId: text().notNull(),
  createdAt: integer().notNull(),
  updatedAt: integer().notNull(),
  syncStatus: text({
    enum: ["synced", "pending", "failed", "conflict"],
  }).notNull(),
  changed: text(),
});

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
  priority: "low" | "normal" | "high" | "extreme";
  /** `clientId` of a row of `lists`. */
  list: string | null;
  /** Milliseconds since 1970. */
  dueAt: number | null;
  place: { lat: number; lng: number };
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
  priority?: "low" | "normal" | "high" | "extreme";
  /** `clientId` of a row of `lists`. */
  list?: string | null;
  /** Milliseconds since 1970. */
  dueAt?: number | null;
  place?: { lat: number; lng: number };
}

/** What `update` takes for `tasks`: the fields to change. */
export interface TaskChanges {
  text?: string;
  priority?: "low" | "normal" | "high" | "extreme";
  /** `clientId` of a row of `lists`. */
  list?: string | null;
  /** Milliseconds since 1970. */
  dueAt?: number | null;
  place?: { lat: number; lng: number };
}

export const tasks = sqliteTable(
  "tasks",
  {
    clientId: text().primaryKey(),
    serverId: text(),
    text: text().notNull(),
    priority: text({ enum: ["low", "normal", "high", "extreme"] })
      .notNull()
      .default("normal"),
    list: text(),
    dueAt: integer(),
    place: text({ mode: "json" })
      .$type<{ lat: number; lng: number }>()
      .notNull()
      .default({ lat: 0, lng: 0 }),
    userId: text().notNull(),
    createdAt: integer().notNull(),
    updatedAt: integer().notNull(),
    syncStatus: text({
      enum: ["synced", "pending", "failed", "conflict"],
    }).notNull(),
    changed: text(),
  },
  (table) => [
    index("tasks_by_priority").on(table.priority),
    index("tasks_by_list").on(table.list),
  ],
);

export { syncMetadata, syncQueue } from "./syncTables";
