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
  /** Which `workspace` the row is in; never changes. */
  scopeId: string;
  name: string;
  color: string | null;
  /** Who created the row. */
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
  /** Which `workspace` the row is in; never changes. */
  scopeId: string;
  name: string;
  color?: string | null;
}

/** What `update` takes for `projects`: the fields to change. */
export interface ProjectChanges {
  name?: string;
  color?: string | null;
}

export const projects = sqliteTable(
  "projects",
  {
    clientId: text().primaryKey(),
    serverId: text(),
    scopeId: text().notNull(),
    name: text().notNull(),
    color: text(),
    userId: text().notNull(),
    createdAt: integer().notNull(),
    updatedAt: integer().notNull(),
    syncStatus: text({
      enum: ["synced", "pending", "failed", "conflict"],
    }).notNull(),
    changed: text(),
  },
  (table) => [index("projects_by_scope_id").on(table.scopeId)],
);

/** A row of `tasks` on this device. */
export interface Task {
  /**
   * Made on the device that creates the row; never changes. References hold
   * this.
   */
  clientId: string;
  /** The server's id; `null` until the first push was answered. */
  serverId: string | null;
  /** Which `workspace` the row is in; never changes. */
  scopeId: string;
  title: string;
  isDone: boolean;
  /** Milliseconds since 1970. */
  dueAt: number | null;
  /** `clientId` of a row of `projects`. */
  project: string | null;
  /** `clientId` of a row of `tasks`. */
  parent: string | null;
  draft: string;
  /** Who created the row. */
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
  /** Which `workspace` the row is in; never changes. */
  scopeId: string;
  title: string;
  isDone?: boolean;
  /** Milliseconds since 1970. */
  dueAt?: number | null;
  /** `clientId` of a row of `projects`. */
  project?: string | null;
  /** `clientId` of a row of `tasks`. */
  parent?: string | null;
  draft?: string;
}

/** What `update` takes for `tasks`: the fields to change. */
export interface TaskChanges {
  title?: string;
  isDone?: boolean;
  /** Milliseconds since 1970. */
  dueAt?: number | null;
  /** `clientId` of a row of `projects`. */
  project?: string | null;
  /** `clientId` of a row of `tasks`. */
  parent?: string | null;
  draft?: string;
}

export const tasks = sqliteTable(
  "tasks",
  {
    clientId: text().primaryKey(),
    serverId: text(),
    scopeId: text().notNull(),
    title: text().notNull(),
    isDone: integer({ mode: "boolean" }).notNull().default(false),
    dueAt: integer(),
    project: text(),
    parent: text(),
    draft: text().notNull().default(""),
    userId: text().notNull(),
    createdAt: integer().notNull(),
    updatedAt: integer().notNull(),
    syncStatus: text({
      enum: ["synced", "pending", "failed", "conflict"],
    }).notNull(),
    changed: text(),
  },
  (table) => [
    index("tasks_by_scope_id").on(table.scopeId),
    index("tasks_by_project").on(table.project),
    index("tasks_by_parent").on(table.parent),
    index("tasks_by_scope_id_and_deleted_at_and_due_at").on(
      table.scopeId,
      table.dueAt,
    ),
    index("tasks_by_user_id_and_due_at").on(table.userId, table.dueAt),
  ],
);

/** A row of `labels` on this device. */
export interface Label {
  /**
   * Made on the device that creates the row; never changes. References hold
   * this.
   */
  clientId: string;
  /** The server's id; `null` until the first push was answered. */
  serverId: string | null;
  /** Which `workspace` the row is in; never changes. */
  scopeId: string;
  name: string;
  color: string;
  /** Who created the row. */
  userId: string;
  /** Milliseconds since 1970. */
  createdAt: number;
  /** Milliseconds since 1970. */
  updatedAt: number;
  syncStatus: RowSyncStatus;
  /** The server version that the row is built on. */
  changed: string | null;
}

/** What `create` takes for `labels`. */
export interface NewLabel {
  /** Which `workspace` the row is in; never changes. */
  scopeId: string;
  name: string;
  color: string;
}

/** What `update` takes for `labels`: the fields to change. */
export interface LabelChanges {
  color?: string;
}

export const labels = sqliteTable(
  "labels",
  {
    clientId: text().primaryKey(),
    serverId: text(),
    scopeId: text().notNull(),
    name: text().notNull(),
    color: text().notNull(),
    userId: text().notNull(),
    createdAt: integer().notNull(),
    updatedAt: integer().notNull(),
    syncStatus: text({
      enum: ["synced", "pending", "failed", "conflict"],
    }).notNull(),
    changed: text(),
  },
  (table) => [index("labels_by_scope_id").on(table.scopeId)],
);

/** A row of `pages` on this device. */
export interface Page {
  /**
   * Made on the device that creates the row; never changes. References hold
   * this.
   */
  clientId: string;
  /** The server's id; `null` until the first push was answered. */
  serverId: string | null;
  /** Which `workspace` the row is in; never changes. */
  scopeId: string;
  title: string;
  body: string;
  /** `clientId` of a row of `projects`. */
  project: string;
  /** Who created the row. */
  userId: string;
  /** Milliseconds since 1970. */
  createdAt: number;
  /** Milliseconds since 1970. */
  updatedAt: number;
  syncStatus: RowSyncStatus;
  /** The server version that the row is built on. */
  changed: string | null;
}

/** What `create` takes for `pages`. */
export interface NewPage {
  /** Which `workspace` the row is in; never changes. */
  scopeId: string;
  title: string;
  body: string;
  /** `clientId` of a row of `projects`. */
  project: string;
}

/** What `update` takes for `pages`: the fields to change. */
export interface PageChanges {
  title?: string;
  body?: string;
  /** `clientId` of a row of `projects`. */
  project?: string;
}

export const pages = sqliteTable(
  "pages",
  {
    clientId: text().primaryKey(),
    serverId: text(),
    scopeId: text().notNull(),
    title: text().notNull(),
    body: text().notNull(),
    project: text().notNull(),
    userId: text().notNull(),
    createdAt: integer().notNull(),
    updatedAt: integer().notNull(),
    syncStatus: text({
      enum: ["synced", "pending", "failed", "conflict"],
    }).notNull(),
    changed: text(),
  },
  (table) => [
    index("pages_by_scope_id").on(table.scopeId),
    index("pages_by_project").on(table.project),
  ],
);

/** A row of `chores` on this device. */
export interface Chore {
  /**
   * Made on the device that creates the row; never changes. References hold
   * this.
   */
  clientId: string;
  /** The server's id; `null` until the first push was answered. */
  serverId: string | null;
  /** Which `household` the row is in; never changes. */
  scopeId: string;
  name: string;
  /** Milliseconds since 1970. */
  doneAt: number;
  /** Who created the row. */
  userId: string;
  /** Milliseconds since 1970. */
  createdAt: number;
  /** Milliseconds since 1970. */
  updatedAt: number;
  syncStatus: RowSyncStatus;
  /** The server version that the row is built on. */
  changed: string | null;
}

/** What `create` takes for `chores`. */
export interface NewChore {
  /** Which `household` the row is in; never changes. */
  scopeId: string;
  name: string;
  /** Milliseconds since 1970. */
  doneAt: number;
}

export const chores = sqliteTable(
  "chores",
  {
    clientId: text().primaryKey(),
    serverId: text(),
    scopeId: text().notNull(),
    name: text().notNull(),
    doneAt: integer().notNull(),
    userId: text().notNull(),
    createdAt: integer().notNull(),
    updatedAt: integer().notNull(),
    syncStatus: text({
      enum: ["synced", "pending", "failed", "conflict"],
    }).notNull(),
    changed: text(),
  },
  (table) => [index("chores_by_scope_id").on(table.scopeId)],
);

/** A row of `settings` on this device. */
export interface Setting {
  /**
   * Made on the device that creates the row; never changes. References hold
   * this.
   */
  clientId: string;
  /** The server's id; `null` until the first push was answered. */
  serverId: string | null;
  name: string;
  value: "on" | "off";
  userId: string;
  /** Milliseconds since 1970. */
  createdAt: number;
  /** Milliseconds since 1970. */
  updatedAt: number;
  syncStatus: RowSyncStatus;
  /** The server version that the row is built on. */
  changed: string | null;
}

/** What `create` takes for `settings`. */
export interface NewSetting {
  name: string;
  value?: "on" | "off";
}

/** What `update` takes for `settings`: the fields to change. */
export interface SettingChanges {
  value?: "on" | "off";
}

export const settings = sqliteTable("settings", {
  clientId: text().primaryKey(),
  serverId: text(),
  name: text().notNull(),
  value: text({ enum: ["on", "off"] })
    .notNull()
    .default("on"),
  userId: text().notNull(),
  createdAt: integer().notNull(),
  updatedAt: integer().notNull(),
  syncStatus: text({
    enum: ["synced", "pending", "failed", "conflict"],
  }).notNull(),
  changed: text(),
});

export { syncMetadata, syncQueue } from "./syncTables";
