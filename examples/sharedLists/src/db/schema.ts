// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { RowSyncStatus } from "../sync/ports";

/** A row of `households` on this device. */
export interface Household {
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

/** What `update` takes for `households`: the fields to change. */
export interface HouseholdChanges {
  name?: string;
}

export const households = sqliteTable(
  "households",
  {
    clientId: text().primaryKey(),
    serverId: text(),
    scopeId: text().notNull(),
    name: text().notNull(),
    userId: text().notNull(),
    createdAt: integer().notNull(),
    updatedAt: integer().notNull(),
    syncStatus: text({
      enum: ["synced", "pending", "failed", "conflict"],
    }).notNull(),
    changed: text(),
  },
  (table) => [index("households_by_scope_id").on(table.scopeId)],
);

/** A row of `people` on this device. */
export interface Person {
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

/** What `update` takes for `people`: the fields to change. */
export interface PersonChanges {
  name?: string;
}

export const people = sqliteTable(
  "people",
  {
    clientId: text().primaryKey(),
    serverId: text(),
    scopeId: text().notNull(),
    name: text().notNull(),
    userId: text().notNull(),
    createdAt: integer().notNull(),
    updatedAt: integer().notNull(),
    syncStatus: text({
      enum: ["synced", "pending", "failed", "conflict"],
    }).notNull(),
    changed: text(),
  },
  (table) => [
    index("people_by_scope_id").on(table.scopeId),
    index("people_by_person").on(table.scopeId, table.userId),
  ],
);

/** A row of `lists` on this device. */
export interface List {
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

/** What `create` takes for `lists`. */
export interface NewList {
  /** Which `household` the row is in; never changes. */
  scopeId: string;
  name: string;
}

export const lists = sqliteTable(
  "lists",
  {
    clientId: text().primaryKey(),
    serverId: text(),
    scopeId: text().notNull(),
    name: text().notNull(),
    userId: text().notNull(),
    createdAt: integer().notNull(),
    updatedAt: integer().notNull(),
    syncStatus: text({
      enum: ["synced", "pending", "failed", "conflict"],
    }).notNull(),
    changed: text(),
  },
  (table) => [index("lists_by_scope_id").on(table.scopeId)],
);

/** A row of `items` on this device. */
export interface Item {
  /**
   * Made on the device that creates the row; never changes. References hold
   * this.
   */
  clientId: string;
  /** The server's id; `null` until the first push was answered. */
  serverId: string | null;
  /** Which `household` the row is in; never changes. */
  scopeId: string;
  /** `clientId` of a row of `lists`. */
  list: string;
  name: string;
  amount: string;
  isBought: boolean;
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

/** What `create` takes for `items`. */
export interface NewItem {
  /** Which `household` the row is in; never changes. */
  scopeId: string;
  /** `clientId` of a row of `lists`. */
  list: string;
  name: string;
  amount?: string;
  isBought?: boolean;
}

/** What `update` takes for `items`: the fields to change. */
export interface ItemChanges {
  amount?: string;
  isBought?: boolean;
}

export const items = sqliteTable(
  "items",
  {
    clientId: text().primaryKey(),
    serverId: text(),
    scopeId: text().notNull(),
    list: text().notNull(),
    name: text().notNull(),
    amount: text().notNull().default(""),
    isBought: integer({ mode: "boolean" }).notNull().default(false),
    userId: text().notNull(),
    createdAt: integer().notNull(),
    updatedAt: integer().notNull(),
    syncStatus: text({
      enum: ["synced", "pending", "failed", "conflict"],
    }).notNull(),
    changed: text(),
  },
  (table) => [
    index("items_by_scope_id").on(table.scopeId),
    index("items_by_list").on(table.list),
  ],
);

export { syncMetadata, syncQueue } from "./syncTables";
