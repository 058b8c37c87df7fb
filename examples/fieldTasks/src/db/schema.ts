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
  color: "gray" | "blue" | "green" | "orange";
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
  color?: "gray" | "blue" | "green" | "orange";
}

/** What `update` takes for `projects`: the fields to change. */
export interface ProjectChanges {
  name?: string;
  color?: "gray" | "blue" | "green" | "orange";
}

export const projects = sqliteTable("projects", {
  clientId: text().primaryKey(),
  serverId: text(),
  name: text().notNull(),
  color: text({ enum: ["gray", "blue", "green", "orange"] })
    .notNull()
    .default("gray"),
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
  minutesSpent: number;
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
  minutesSpent?: number;
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
  minutesSpent?: number;
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
    minutesSpent: integer().notNull().default(0),
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

/** A row of `notes` on this device. */
export interface Note {
  /**
   * Made on the device that creates the row; never changes. References hold
   * this.
   */
  clientId: string;
  /** The server's id; `null` until the first push was answered. */
  serverId: string | null;
  /** `clientId` of a row of `tasks`. */
  task: string;
  body: string;
  userId: string;
  /** Milliseconds since 1970. */
  createdAt: number;
  /** Milliseconds since 1970. */
  updatedAt: number;
  syncStatus: RowSyncStatus;
  /** The server version that the row is built on. */
  changed: string | null;
}

/** What `create` takes for `notes`. */
export interface NewNote {
  /** `clientId` of a row of `tasks`. */
  task: string;
  body: string;
}

/** What `update` takes for `notes`: the fields to change. */
export interface NoteChanges {
  /** `clientId` of a row of `tasks`. */
  task?: string;
  body?: string;
}

export const notes = sqliteTable(
  "notes",
  {
    clientId: text().primaryKey(),
    serverId: text(),
    task: text().notNull(),
    body: text().notNull(),
    userId: text().notNull(),
    createdAt: integer().notNull(),
    updatedAt: integer().notNull(),
    syncStatus: text({
      enum: ["synced", "pending", "failed", "conflict"],
    }).notNull(),
    changed: text(),
  },
  (table) => [index("notes_by_task").on(table.task)],
);

export { syncMetadata, syncQueue } from "./syncTables";
