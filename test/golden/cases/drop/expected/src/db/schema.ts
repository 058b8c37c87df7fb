// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { RowSyncStatus } from "../sync/ports";

/** A row of `jobs` on this device. */
export interface Job {
  /**
   * Made on the device that creates the row; never changes. References hold
   * this.
   */
  clientId: string;
  /** The server's id; `null` until the first push was answered. */
  serverId: string | null;
  title: string;
  state: "open" | "done";
  userId: string;
  /** Milliseconds since 1970. */
  createdAt: number;
  /** Milliseconds since 1970. */
  updatedAt: number;
  syncStatus: RowSyncStatus;
  /** The server version that the row is built on. */
  changed: string | null;
}

/** What `create` takes for `jobs`. */
export interface NewJob {
  title: string;
  state?: "open" | "done";
}

/** What `update` takes for `jobs`: the fields to change. */
export interface JobChanges {
  title?: string;
  state?: "open" | "done";
}

export const jobs = sqliteTable("jobs", {
  clientId: text().primaryKey(),
  serverId: text(),
  title: text().notNull(),
  state: text({ enum: ["open", "done"] })
    .notNull()
    .default("open"),
  userId: text().notNull(),
  createdAt: integer().notNull(),
  updatedAt: integer().notNull(),
  syncStatus: text({
    enum: ["synced", "pending", "failed", "conflict"],
  }).notNull(),
  changed: text(),
});

/** A row of `places` on this device. */
export interface Place {
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

/** What `create` takes for `places`. */
export interface NewPlace {
  name: string;
}

/** What `update` takes for `places`: the fields to change. */
export interface PlaceChanges {
  name?: string;
}

export const places = sqliteTable("places", {
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

export { syncMetadata, syncQueue } from "./syncTables";
