// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { RowSyncStatus } from "../sync/ports";

/** A row of `projects` on this device. */
export interface Project {
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

/** What `create` takes for `projects`. */
export interface NewProject {
  name: string;
}

/** What `update` takes for `projects`: the fields to change. */
export interface ProjectChanges {
  name?: string;
}

export const projects = sqliteTable("projects", {
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
  isCompleted: boolean;
  priority: "low" | "normal" | "high";
  /** `clientId` of a row of `projects`. */
  project: string | null;
  /** Milliseconds since 1970. */
  dueAt: number | null;
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
  isCompleted?: boolean;
  priority?: "low" | "normal" | "high";
  /** `clientId` of a row of `projects`. */
  project?: string | null;
  /** Milliseconds since 1970. */
  dueAt?: number | null;
}

/** What `update` takes for `tasks`: the fields to change. */
export interface TaskChanges {
  text?: string;
  isCompleted?: boolean;
  priority?: "low" | "normal" | "high";
  /** `clientId` of a row of `projects`. */
  project?: string | null;
  /** Milliseconds since 1970. */
  dueAt?: number | null;
}

export const tasks = sqliteTable(
  "tasks",
  {
    clientId: text().primaryKey(),
    serverId: text(),
    text: text().notNull(),
    isCompleted: integer({ mode: "boolean" }).notNull().default(false),
    priority: text({ enum: ["low", "normal", "high"] })
      .notNull()
      .default("normal"),
    project: text(),
    dueAt: integer(),
    userId: text().notNull(),
    createdAt: integer().notNull(),
    updatedAt: integer().notNull(),
    syncStatus: text({
      enum: ["synced", "pending", "failed", "conflict"],
    }).notNull(),
    changed: text(),
  },
  (table) => [index("tasks_by_project").on(table.project)],
);

export { syncMetadata, syncQueue } from "./syncTables";
