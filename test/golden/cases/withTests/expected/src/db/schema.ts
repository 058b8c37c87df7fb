// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { RowSyncStatus } from "../sync/ports";

/** A row of `visits` on this device. */
export interface Visit {
  /**
   * Made on the device that creates the row; never changes. References hold
   * this.
   */
  clientId: string;
  /** The server's id; `null` until the first push was answered. */
  serverId: string | null;
  place: string;
  userId: string;
  /** Milliseconds since 1970. */
  createdAt: number;
  /** Milliseconds since 1970. */
  updatedAt: number;
  syncStatus: RowSyncStatus;
  /** The server version that the row is built on. */
  changed: string | null;
}

/** What `create` takes for `visits`. */
export interface NewVisit {
  place: string;
}

/** What `update` takes for `visits`: the fields to change. */
export interface VisitChanges {
  place?: string;
}

export const visits = sqliteTable("visits", {
  clientId: text().primaryKey(),
  serverId: text(),
  place: text().notNull(),
  userId: text().notNull(),
  createdAt: integer().notNull(),
  updatedAt: integer().notNull(),
  syncStatus: text({
    enum: ["synced", "pending", "failed", "conflict"],
  }).notNull(),
  changed: text(),
});

/** A row of `orders` on this device. */
export interface Order {
  /**
   * Made on the device that creates the row; never changes. References hold
   * this.
   */
  clientId: string;
  /** The server's id; `null` until the first push was answered. */
  serverId: string | null;
  customer: string;
  userId: string;
  /** Milliseconds since 1970. */
  createdAt: number;
  /** Milliseconds since 1970. */
  updatedAt: number;
  syncStatus: RowSyncStatus;
  /** The server version that the row is built on. */
  changed: string | null;
}

/** What `create` takes for `orders`. */
export interface NewOrder {
  customer: string;
}

/** What `update` takes for `orders`: the fields to change. */
export interface OrderChanges {
  customer?: string;
}

export const orders = sqliteTable("orders", {
  clientId: text().primaryKey(),
  serverId: text(),
  customer: text().notNull(),
  userId: text().notNull(),
  createdAt: integer().notNull(),
  updatedAt: integer().notNull(),
  syncStatus: text({
    enum: ["synced", "pending", "failed", "conflict"],
  }).notNull(),
  changed: text(),
});

/** A row of `prices` on this device. */
export interface Price {
  /**
   * Made on the device that creates the row; never changes. References hold
   * this.
   */
  clientId: string;
  /** The server's id; `null` until the first push was answered. */
  serverId: string | null;
  amount: number;
  userId: string;
  /** Milliseconds since 1970. */
  createdAt: number;
  /** Milliseconds since 1970. */
  updatedAt: number;
  syncStatus: RowSyncStatus;
  /** The server version that the row is built on. */
  changed: string | null;
}

/** What `update` takes for `prices`: the fields to change. */
export interface PriceChanges {
  amount?: number;
}

export const prices = sqliteTable("prices", {
  clientId: text().primaryKey(),
  serverId: text(),
  amount: integer().notNull(),
  userId: text().notNull(),
  createdAt: integer().notNull(),
  updatedAt: integer().notNull(),
  syncStatus: text({
    enum: ["synced", "pending", "failed", "conflict"],
  }).notNull(),
  changed: text(),
});

/** A row of `notes` on this device. */
export interface Note {
  /**
   * Made on the device that creates the row; never changes. References hold
   * this.
   */
  clientId: string;
  /** The server's id; `null` until the first push was answered. */
  serverId: string | null;
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
  body: string;
}

/** What `update` takes for `notes`: the fields to change. */
export interface NoteChanges {
  body?: string;
}

export const notes = sqliteTable("notes", {
  clientId: text().primaryKey(),
  serverId: text(),
  body: text().notNull(),
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
  label: string;
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
  label: string;
}

export const places = sqliteTable("places", {
  clientId: text().primaryKey(),
  serverId: text(),
  label: text().notNull(),
  userId: text().notNull(),
  createdAt: integer().notNull(),
  updatedAt: integer().notNull(),
  syncStatus: text({
    enum: ["synced", "pending", "failed", "conflict"],
  }).notNull(),
  changed: text(),
});

/** A row of `contacts` on this device. */
export interface Contact {
  /**
   * Made on the device that creates the row; never changes. References hold
   * this.
   */
  clientId: string;
  /** The server's id; `null` until the first push was answered. */
  serverId: string | null;
  name: string;
  phone: string | null;
  userId: string;
  /** Milliseconds since 1970. */
  createdAt: number;
  /** Milliseconds since 1970. */
  updatedAt: number;
  syncStatus: RowSyncStatus;
  /** The server version that the row is built on. */
  changed: string | null;
}

/** What `create` takes for `contacts`. */
export interface NewContact {
  name: string;
  phone?: string | null;
}

/** What `update` takes for `contacts`: the fields to change. */
export interface ContactChanges {
  name?: string;
  phone?: string | null;
}

export const contacts = sqliteTable("contacts", {
  clientId: text().primaryKey(),
  serverId: text(),
  name: text().notNull(),
  phone: text(),
  userId: text().notNull(),
  createdAt: integer().notNull(),
  updatedAt: integer().notNull(),
  syncStatus: text({
    enum: ["synced", "pending", "failed", "conflict"],
  }).notNull(),
  changed: text(),
});

/** A row of `readings` on this device. */
export interface Reading {
  /**
   * Made on the device that creates the row; never changes. References hold
   * this.
   */
  clientId: string;
  /** The server's id; `null` until the first push was answered. */
  serverId: string | null;
  value: number;
  /** Milliseconds since 1970. */
  takenAt: number;
  userId: string;
  /** Milliseconds since 1970. */
  createdAt: number;
  /** Milliseconds since 1970. */
  updatedAt: number;
  syncStatus: RowSyncStatus;
  /** The server version that the row is built on. */
  changed: string | null;
}

/** What `create` takes for `readings`. */
export interface NewReading {
  value: number;
  /** Milliseconds since 1970. */
  takenAt: number;
}

export const readings = sqliteTable("readings", {
  clientId: text().primaryKey(),
  serverId: text(),
  value: integer().notNull(),
  takenAt: integer().notNull(),
  userId: text().notNull(),
  createdAt: integer().notNull(),
  updatedAt: integer().notNull(),
  syncStatus: text({
    enum: ["synced", "pending", "failed", "conflict"],
  }).notNull(),
  changed: text(),
});

/** A row of `scores` on this device. */
export interface Score {
  /**
   * Made on the device that creates the row; never changes. References hold
   * this.
   */
  clientId: string;
  /** The server's id; `null` until the first push was answered. */
  serverId: string | null;
  level: string;
  points: number;
  userId: string;
  /** Milliseconds since 1970. */
  createdAt: number;
  /** Milliseconds since 1970. */
  updatedAt: number;
  syncStatus: RowSyncStatus;
  /** The server version that the row is built on. */
  changed: string | null;
}

/** What `create` takes for `scores`. */
export interface NewScore {
  level: string;
  points: number;
}

/** What `update` takes for `scores`: the fields to change. */
export interface ScoreChanges {
  points?: number;
}

export const scores = sqliteTable("scores", {
  clientId: text().primaryKey(),
  serverId: text(),
  level: text().notNull(),
  points: integer().notNull(),
  userId: text().notNull(),
  createdAt: integer().notNull(),
  updatedAt: integer().notNull(),
  syncStatus: text({
    enum: ["synced", "pending", "failed", "conflict"],
  }).notNull(),
  changed: text(),
});

/** A row of `drafts` on this device. */
export interface Draft {
  /**
   * Made on the device that creates the row; never changes. References hold
   * this.
   */
  clientId: string;
  /** The server's id; `null` until the first push was answered. */
  serverId: string | null;
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

/** What `create` takes for `drafts`. */
export interface NewDraft {
  body: string;
}

/** What `update` takes for `drafts`: the fields to change. */
export interface DraftChanges {
  body?: string;
}

export const drafts = sqliteTable("drafts", {
  clientId: text().primaryKey(),
  serverId: text(),
  body: text().notNull(),
  userId: text().notNull(),
  createdAt: integer().notNull(),
  updatedAt: integer().notNull(),
  syncStatus: text({
    enum: ["synced", "pending", "failed", "conflict"],
  }).notNull(),
  changed: text(),
});

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
  value: string;
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
  value: string;
}

/** What `update` takes for `settings`: the fields to change. */
export interface SettingChanges {
  name?: string;
  value?: string;
}

export const settings = sqliteTable("settings", {
  clientId: text().primaryKey(),
  serverId: text(),
  name: text().notNull(),
  value: text().notNull(),
  userId: text().notNull(),
  createdAt: integer().notNull(),
  updatedAt: integer().notNull(),
  syncStatus: text({
    enum: ["synced", "pending", "failed", "conflict"],
  }).notNull(),
  changed: text(),
});

/** A row of `themes` on this device. */
export interface Theme {
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

/** What `create` takes for `themes`. */
export interface NewTheme {
  name: string;
}

/** What `update` takes for `themes`: the fields to change. */
export interface ThemeChanges {
  name?: string;
}

export const themes = sqliteTable("themes", {
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
