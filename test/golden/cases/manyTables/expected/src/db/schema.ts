// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { RowSyncStatus } from "../sync/ports";

/** A row of `accounts` on this device. */
export interface Account {
  /**
   * Made on the device that creates the row; never changes. References hold
   * this.
   */
  clientId: string;
  /** The server's id; `null` until the first push was answered. */
  serverId: string | null;
  title: string;
  isActive: boolean;
  /** Milliseconds since 1970. */
  dueAt: number | null;
  /** `clientId` of a row of `batches`. */
  parent: string | null;
  userId: string;
  /** Milliseconds since 1970. */
  createdAt: number;
  /** Milliseconds since 1970. */
  updatedAt: number;
  syncStatus: RowSyncStatus;
  /** The server version that the row is built on. */
  changed: string | null;
}

/** What `create` takes for `accounts`. */
export interface NewAccount {
  title: string;
  isActive?: boolean;
  /** Milliseconds since 1970. */
  dueAt?: number | null;
  /** `clientId` of a row of `batches`. */
  parent?: string | null;
}

/** What `update` takes for `accounts`: the fields to change. */
export interface AccountChanges {
  title?: string;
  isActive?: boolean;
  /** Milliseconds since 1970. */
  dueAt?: number | null;
  /** `clientId` of a row of `batches`. */
  parent?: string | null;
}

export const accounts = sqliteTable(
  "accounts",
  {
    clientId: text().primaryKey(),
    serverId: text(),
    title: text().notNull(),
    isActive: integer({ mode: "boolean" }).notNull().default(true),
    dueAt: integer(),
    parent: text(),
    userId: text().notNull(),
    createdAt: integer().notNull(),
    updatedAt: integer().notNull(),
    syncStatus: text({
      enum: ["synced", "pending", "failed", "conflict"],
    }).notNull(),
    changed: text(),
  },
  (table) => [
    index("accounts_by_due_at").on(table.dueAt),
    index("accounts_by_parent").on(table.parent),
  ],
);

/** A row of `assets` on this device. */
export interface Asset {
  /**
   * Made on the device that creates the row; never changes. References hold
   * this.
   */
  clientId: string;
  /** The server's id; `null` until the first push was answered. */
  serverId: string | null;
  title: string;
  amount: number;
  /** `clientId` of a row of `drivers`. */
  parent: string | null;
  userId: string;
  /** Milliseconds since 1970. */
  createdAt: number;
  /** Milliseconds since 1970. */
  updatedAt: number;
  syncStatus: RowSyncStatus;
  /** The server version that the row is built on. */
  changed: string | null;
}

/** What `create` takes for `assets`. */
export interface NewAsset {
  title: string;
  amount?: number;
  /** `clientId` of a row of `drivers`. */
  parent?: string | null;
}

/** What `update` takes for `assets`: the fields to change. */
export interface AssetChanges {
  title?: string;
  amount?: number;
  /** `clientId` of a row of `drivers`. */
  parent?: string | null;
}

export const assets = sqliteTable(
  "assets",
  {
    clientId: text().primaryKey(),
    serverId: text(),
    title: text().notNull(),
    amount: integer().notNull().default(0),
    parent: text(),
    userId: text().notNull(),
    createdAt: integer().notNull(),
    updatedAt: integer().notNull(),
    syncStatus: text({
      enum: ["synced", "pending", "failed", "conflict"],
    }).notNull(),
    changed: text(),
  },
  (table) => [index("assets_by_parent").on(table.parent)],
);

/** A row of `audits` on this device. */
export interface Audit {
  /**
   * Made on the device that creates the row; never changes. References hold
   * this.
   */
  clientId: string;
  /** The server's id; `null` until the first push was answered. */
  serverId: string | null;
  title: string;
  /** `clientId` of a row of `messages`. */
  parent: string | null;
  userId: string;
  /** Milliseconds since 1970. */
  createdAt: number;
  /** Milliseconds since 1970. */
  updatedAt: number;
  syncStatus: RowSyncStatus;
  /** The server version that the row is built on. */
  changed: string | null;
}

/** What `create` takes for `audits`. */
export interface NewAudit {
  title: string;
  /** `clientId` of a row of `messages`. */
  parent?: string | null;
}

/** What `update` takes for `audits`: the fields to change. */
export interface AuditChanges {
  title?: string;
  /** `clientId` of a row of `messages`. */
  parent?: string | null;
}

export const audits = sqliteTable(
  "audits",
  {
    clientId: text().primaryKey(),
    serverId: text(),
    title: text().notNull(),
    parent: text(),
    userId: text().notNull(),
    createdAt: integer().notNull(),
    updatedAt: integer().notNull(),
    syncStatus: text({
      enum: ["synced", "pending", "failed", "conflict"],
    }).notNull(),
    changed: text(),
  },
  (table) => [index("audits_by_parent").on(table.parent)],
);

/** A row of `batches` on this device. */
export interface Batch {
  /**
   * Made on the device that creates the row; never changes. References hold
   * this.
   */
  clientId: string;
  /** The server's id; `null` until the first push was answered. */
  serverId: string | null;
  title: string;
  amount: number;
  isActive: boolean;
  /** `clientId` of a row of `vehicles`. */
  parent: string | null;
  userId: string;
  /** Milliseconds since 1970. */
  createdAt: number;
  /** Milliseconds since 1970. */
  updatedAt: number;
  syncStatus: RowSyncStatus;
  /** The server version that the row is built on. */
  changed: string | null;
}

/** What `create` takes for `batches`. */
export interface NewBatch {
  title: string;
  amount?: number;
  isActive?: boolean;
  /** `clientId` of a row of `vehicles`. */
  parent?: string | null;
}

/** What `update` takes for `batches`: the fields to change. */
export interface BatchChanges {
  title?: string;
  amount?: number;
  isActive?: boolean;
  /** `clientId` of a row of `vehicles`. */
  parent?: string | null;
}

export const batches = sqliteTable(
  "batches",
  {
    clientId: text().primaryKey(),
    serverId: text(),
    title: text().notNull(),
    amount: integer().notNull().default(0),
    isActive: integer({ mode: "boolean" }).notNull().default(true),
    parent: text(),
    userId: text().notNull(),
    createdAt: integer().notNull(),
    updatedAt: integer().notNull(),
    syncStatus: text({
      enum: ["synced", "pending", "failed", "conflict"],
    }).notNull(),
    changed: text(),
  },
  (table) => [index("batches_by_parent").on(table.parent)],
);

/** A row of `branches` on this device. */
export interface Branch {
  /**
   * Made on the device that creates the row; never changes. References hold
   * this.
   */
  clientId: string;
  /** The server's id; `null` until the first push was answered. */
  serverId: string | null;
  title: string;
  /** Milliseconds since 1970. */
  dueAt: number | null;
  /** `clientId` of a row of `countries`. */
  parent: string | null;
  userId: string;
  /** Milliseconds since 1970. */
  createdAt: number;
  /** Milliseconds since 1970. */
  updatedAt: number;
  syncStatus: RowSyncStatus;
  /** The server version that the row is built on. */
  changed: string | null;
}

/** What `create` takes for `branches`. */
export interface NewBranch {
  title: string;
  /** Milliseconds since 1970. */
  dueAt?: number | null;
  /** `clientId` of a row of `countries`. */
  parent?: string | null;
}

/** What `update` takes for `branches`: the fields to change. */
export interface BranchChanges {
  title?: string;
  /** Milliseconds since 1970. */
  dueAt?: number | null;
  /** `clientId` of a row of `countries`. */
  parent?: string | null;
}

export const branches = sqliteTable(
  "branches",
  {
    clientId: text().primaryKey(),
    serverId: text(),
    title: text().notNull(),
    dueAt: integer(),
    parent: text(),
    userId: text().notNull(),
    createdAt: integer().notNull(),
    updatedAt: integer().notNull(),
    syncStatus: text({
      enum: ["synced", "pending", "failed", "conflict"],
    }).notNull(),
    changed: text(),
  },
  (table) => [
    index("branches_by_due_at").on(table.dueAt),
    index("branches_by_parent").on(table.parent),
  ],
);

/** A row of `companies` on this device. */
export interface Company {
  /**
   * Made on the device that creates the row; never changes. References hold
   * this.
   */
  clientId: string;
  /** The server's id; `null` until the first push was answered. */
  serverId: string | null;
  title: string;
  amount: number;
  /** `clientId` of a row of `inspections`. */
  parent: string | null;
  userId: string;
  /** Milliseconds since 1970. */
  createdAt: number;
  /** Milliseconds since 1970. */
  updatedAt: number;
  syncStatus: RowSyncStatus;
  /** The server version that the row is built on. */
  changed: string | null;
}

/** What `create` takes for `companies`. */
export interface NewCompany {
  title: string;
  amount?: number;
  /** `clientId` of a row of `inspections`. */
  parent?: string | null;
}

/** What `update` takes for `companies`: the fields to change. */
export interface CompanyChanges {
  title?: string;
  amount?: number;
  /** `clientId` of a row of `inspections`. */
  parent?: string | null;
}

export const companies = sqliteTable(
  "companies",
  {
    clientId: text().primaryKey(),
    serverId: text(),
    title: text().notNull(),
    amount: integer().notNull().default(0),
    parent: text(),
    userId: text().notNull(),
    createdAt: integer().notNull(),
    updatedAt: integer().notNull(),
    syncStatus: text({
      enum: ["synced", "pending", "failed", "conflict"],
    }).notNull(),
    changed: text(),
  },
  (table) => [index("companies_by_parent").on(table.parent)],
);

/** A row of `countries` on this device. */
export interface Country {
  /**
   * Made on the device that creates the row; never changes. References hold
   * this.
   */
  clientId: string;
  /** The server's id; `null` until the first push was answered. */
  serverId: string | null;
  title: string;
  isActive: boolean;
  /** `clientId` of a row of `reports`. */
  parent: string | null;
  userId: string;
  /** Milliseconds since 1970. */
  createdAt: number;
  /** Milliseconds since 1970. */
  updatedAt: number;
  syncStatus: RowSyncStatus;
  /** The server version that the row is built on. */
  changed: string | null;
}

/** What `create` takes for `countries`. */
export interface NewCountry {
  title: string;
  isActive?: boolean;
  /** `clientId` of a row of `reports`. */
  parent?: string | null;
}

/** What `update` takes for `countries`: the fields to change. */
export interface CountryChanges {
  title?: string;
  isActive?: boolean;
  /** `clientId` of a row of `reports`. */
  parent?: string | null;
}

export const countries = sqliteTable(
  "countries",
  {
    clientId: text().primaryKey(),
    serverId: text(),
    title: text().notNull(),
    isActive: integer({ mode: "boolean" }).notNull().default(true),
    parent: text(),
    userId: text().notNull(),
    createdAt: integer().notNull(),
    updatedAt: integer().notNull(),
    syncStatus: text({
      enum: ["synced", "pending", "failed", "conflict"],
    }).notNull(),
    changed: text(),
  },
  (table) => [index("countries_by_parent").on(table.parent)],
);

/** A row of `deliveries` on this device. */
export interface Delivery {
  /**
   * Made on the device that creates the row; never changes. References hold
   * this.
   */
  clientId: string;
  /** The server's id; `null` until the first push was answered. */
  serverId: string | null;
  title: string;
  amount: number;
  /** `clientId` of a row of `audits`. */
  parent: string | null;
  userId: string;
  /** Milliseconds since 1970. */
  createdAt: number;
  /** Milliseconds since 1970. */
  updatedAt: number;
  syncStatus: RowSyncStatus;
  /** The server version that the row is built on. */
  changed: string | null;
}

/** What `create` takes for `deliveries`. */
export interface NewDelivery {
  title: string;
  amount?: number;
  /** `clientId` of a row of `audits`. */
  parent?: string | null;
}

/** What `update` takes for `deliveries`: the fields to change. */
export interface DeliveryChanges {
  title?: string;
  amount?: number;
  /** `clientId` of a row of `audits`. */
  parent?: string | null;
}

export const deliveries = sqliteTable(
  "deliveries",
  {
    clientId: text().primaryKey(),
    serverId: text(),
    title: text().notNull(),
    amount: integer().notNull().default(0),
    parent: text(),
    userId: text().notNull(),
    createdAt: integer().notNull(),
    updatedAt: integer().notNull(),
    syncStatus: text({
      enum: ["synced", "pending", "failed", "conflict"],
    }).notNull(),
    changed: text(),
  },
  (table) => [index("deliveries_by_parent").on(table.parent)],
);

/** A row of `devices` on this device. */
export interface Device {
  /**
   * Made on the device that creates the row; never changes. References hold
   * this.
   */
  clientId: string;
  /** The server's id; `null` until the first push was answered. */
  serverId: string | null;
  title: string;
  /** Milliseconds since 1970. */
  dueAt: number | null;
  /** `clientId` of a row of `documents`. */
  parent: string | null;
  userId: string;
  /** Milliseconds since 1970. */
  createdAt: number;
  /** Milliseconds since 1970. */
  updatedAt: number;
  syncStatus: RowSyncStatus;
  /** The server version that the row is built on. */
  changed: string | null;
}

/** What `create` takes for `devices`. */
export interface NewDevice {
  title: string;
  /** Milliseconds since 1970. */
  dueAt?: number | null;
  /** `clientId` of a row of `documents`. */
  parent?: string | null;
}

/** What `update` takes for `devices`: the fields to change. */
export interface DeviceChanges {
  title?: string;
  /** Milliseconds since 1970. */
  dueAt?: number | null;
  /** `clientId` of a row of `documents`. */
  parent?: string | null;
}

export const devices = sqliteTable(
  "devices",
  {
    clientId: text().primaryKey(),
    serverId: text(),
    title: text().notNull(),
    dueAt: integer(),
    parent: text(),
    userId: text().notNull(),
    createdAt: integer().notNull(),
    updatedAt: integer().notNull(),
    syncStatus: text({
      enum: ["synced", "pending", "failed", "conflict"],
    }).notNull(),
    changed: text(),
  },
  (table) => [
    index("devices_by_due_at").on(table.dueAt),
    index("devices_by_parent").on(table.parent),
  ],
);

/** A row of `documents` on this device. */
export interface Document {
  /**
   * Made on the device that creates the row; never changes. References hold
   * this.
   */
  clientId: string;
  /** The server's id; `null` until the first push was answered. */
  serverId: string | null;
  title: string;
  amount: number;
  isActive: boolean;
  /** `clientId` of a row of `machines`. */
  parent: string | null;
  userId: string;
  /** Milliseconds since 1970. */
  createdAt: number;
  /** Milliseconds since 1970. */
  updatedAt: number;
  syncStatus: RowSyncStatus;
  /** The server version that the row is built on. */
  changed: string | null;
}

/** What `create` takes for `documents`. */
export interface NewDocument {
  title: string;
  amount?: number;
  isActive?: boolean;
  /** `clientId` of a row of `machines`. */
  parent?: string | null;
}

/** What `update` takes for `documents`: the fields to change. */
export interface DocumentChanges {
  title?: string;
  amount?: number;
  isActive?: boolean;
  /** `clientId` of a row of `machines`. */
  parent?: string | null;
}

export const documents = sqliteTable(
  "documents",
  {
    clientId: text().primaryKey(),
    serverId: text(),
    title: text().notNull(),
    amount: integer().notNull().default(0),
    isActive: integer({ mode: "boolean" }).notNull().default(true),
    parent: text(),
    userId: text().notNull(),
    createdAt: integer().notNull(),
    updatedAt: integer().notNull(),
    syncStatus: text({
      enum: ["synced", "pending", "failed", "conflict"],
    }).notNull(),
    changed: text(),
  },
  (table) => [index("documents_by_parent").on(table.parent)],
);

/** A row of `drivers` on this device. */
export interface Driver {
  /**
   * Made on the device that creates the row; never changes. References hold
   * this.
   */
  clientId: string;
  /** The server's id; `null` until the first push was answered. */
  serverId: string | null;
  title: string;
  /** `clientId` of a row of `tasks`. */
  parent: string | null;
  userId: string;
  /** Milliseconds since 1970. */
  createdAt: number;
  /** Milliseconds since 1970. */
  updatedAt: number;
  syncStatus: RowSyncStatus;
  /** The server version that the row is built on. */
  changed: string | null;
}

/** What `create` takes for `drivers`. */
export interface NewDriver {
  title: string;
  /** `clientId` of a row of `tasks`. */
  parent?: string | null;
}

/** What `update` takes for `drivers`: the fields to change. */
export interface DriverChanges {
  title?: string;
  /** `clientId` of a row of `tasks`. */
  parent?: string | null;
}

export const drivers = sqliteTable(
  "drivers",
  {
    clientId: text().primaryKey(),
    serverId: text(),
    title: text().notNull(),
    parent: text(),
    userId: text().notNull(),
    createdAt: integer().notNull(),
    updatedAt: integer().notNull(),
    syncStatus: text({
      enum: ["synced", "pending", "failed", "conflict"],
    }).notNull(),
    changed: text(),
  },
  (table) => [index("drivers_by_parent").on(table.parent)],
);

/** A row of `expenses` on this device. */
export interface Expense {
  /**
   * Made on the device that creates the row; never changes. References hold
   * this.
   */
  clientId: string;
  /** The server's id; `null` until the first push was answered. */
  serverId: string | null;
  title: string;
  amount: number;
  /** `clientId` of a row of `companies`. */
  parent: string | null;
  userId: string;
  /** Milliseconds since 1970. */
  createdAt: number;
  /** Milliseconds since 1970. */
  updatedAt: number;
  syncStatus: RowSyncStatus;
  /** The server version that the row is built on. */
  changed: string | null;
}

/** What `create` takes for `expenses`. */
export interface NewExpense {
  title: string;
  amount?: number;
  /** `clientId` of a row of `companies`. */
  parent?: string | null;
}

/** What `update` takes for `expenses`: the fields to change. */
export interface ExpenseChanges {
  title?: string;
  amount?: number;
  /** `clientId` of a row of `companies`. */
  parent?: string | null;
}

export const expenses = sqliteTable(
  "expenses",
  {
    clientId: text().primaryKey(),
    serverId: text(),
    title: text().notNull(),
    amount: integer().notNull().default(0),
    parent: text(),
    userId: text().notNull(),
    createdAt: integer().notNull(),
    updatedAt: integer().notNull(),
    syncStatus: text({
      enum: ["synced", "pending", "failed", "conflict"],
    }).notNull(),
    changed: text(),
  },
  (table) => [index("expenses_by_parent").on(table.parent)],
);

/** A row of `holidays` on this device. */
export interface Holiday {
  /**
   * Made on the device that creates the row; never changes. References hold
   * this.
   */
  clientId: string;
  /** The server's id; `null` until the first push was answered. */
  serverId: string | null;
  title: string;
  isActive: boolean;
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

/** What `create` takes for `holidays`. */
export interface NewHoliday {
  title: string;
  isActive?: boolean;
  /** Milliseconds since 1970. */
  dueAt?: number | null;
}

/** What `update` takes for `holidays`: the fields to change. */
export interface HolidayChanges {
  title?: string;
  isActive?: boolean;
  /** Milliseconds since 1970. */
  dueAt?: number | null;
}

export const holidays = sqliteTable(
  "holidays",
  {
    clientId: text().primaryKey(),
    serverId: text(),
    title: text().notNull(),
    isActive: integer({ mode: "boolean" }).notNull().default(true),
    dueAt: integer(),
    userId: text().notNull(),
    createdAt: integer().notNull(),
    updatedAt: integer().notNull(),
    syncStatus: text({
      enum: ["synced", "pending", "failed", "conflict"],
    }).notNull(),
    changed: text(),
  },
  (table) => [index("holidays_by_due_at").on(table.dueAt)],
);

/** A row of `inspections` on this device. */
export interface Inspection {
  /**
   * Made on the device that creates the row; never changes. References hold
   * this.
   */
  clientId: string;
  /** The server's id; `null` until the first push was answered. */
  serverId: string | null;
  title: string;
  amount: number;
  /** `clientId` of a row of `projects`. */
  parent: string | null;
  userId: string;
  /** Milliseconds since 1970. */
  createdAt: number;
  /** Milliseconds since 1970. */
  updatedAt: number;
  syncStatus: RowSyncStatus;
  /** The server version that the row is built on. */
  changed: string | null;
}

/** What `create` takes for `inspections`. */
export interface NewInspection {
  title: string;
  amount?: number;
  /** `clientId` of a row of `projects`. */
  parent?: string | null;
}

/** What `update` takes for `inspections`: the fields to change. */
export interface InspectionChanges {
  title?: string;
  amount?: number;
  /** `clientId` of a row of `projects`. */
  parent?: string | null;
}

export const inspections = sqliteTable(
  "inspections",
  {
    clientId: text().primaryKey(),
    serverId: text(),
    title: text().notNull(),
    amount: integer().notNull().default(0),
    parent: text(),
    userId: text().notNull(),
    createdAt: integer().notNull(),
    updatedAt: integer().notNull(),
    syncStatus: text({
      enum: ["synced", "pending", "failed", "conflict"],
    }).notNull(),
    changed: text(),
  },
  (table) => [index("inspections_by_parent").on(table.parent)],
);

/** A row of `invoices` on this device. */
export interface Invoice {
  /**
   * Made on the device that creates the row; never changes. References hold
   * this.
   */
  clientId: string;
  /** The server's id; `null` until the first push was answered. */
  serverId: string | null;
  title: string;
  /** `clientId` of a row of `assets`. */
  parent: string | null;
  userId: string;
  /** Milliseconds since 1970. */
  createdAt: number;
  /** Milliseconds since 1970. */
  updatedAt: number;
  syncStatus: RowSyncStatus;
  /** The server version that the row is built on. */
  changed: string | null;
}

/** What `create` takes for `invoices`. */
export interface NewInvoice {
  title: string;
  /** `clientId` of a row of `assets`. */
  parent?: string | null;
}

/** What `update` takes for `invoices`: the fields to change. */
export interface InvoiceChanges {
  title?: string;
  /** `clientId` of a row of `assets`. */
  parent?: string | null;
}

export const invoices = sqliteTable(
  "invoices",
  {
    clientId: text().primaryKey(),
    serverId: text(),
    title: text().notNull(),
    parent: text(),
    userId: text().notNull(),
    createdAt: integer().notNull(),
    updatedAt: integer().notNull(),
    syncStatus: text({
      enum: ["synced", "pending", "failed", "conflict"],
    }).notNull(),
    changed: text(),
  },
  (table) => [index("invoices_by_parent").on(table.parent)],
);

/** A row of `locations` on this device. */
export interface Location {
  /**
   * Made on the device that creates the row; never changes. References hold
   * this.
   */
  clientId: string;
  /** The server's id; `null` until the first push was answered. */
  serverId: string | null;
  title: string;
  amount: number;
  isActive: boolean;
  /** `clientId` of a row of `devices`. */
  parent: string | null;
  userId: string;
  /** Milliseconds since 1970. */
  createdAt: number;
  /** Milliseconds since 1970. */
  updatedAt: number;
  syncStatus: RowSyncStatus;
  /** The server version that the row is built on. */
  changed: string | null;
}

/** What `create` takes for `locations`. */
export interface NewLocation {
  title: string;
  amount?: number;
  isActive?: boolean;
  /** `clientId` of a row of `devices`. */
  parent?: string | null;
}

/** What `update` takes for `locations`: the fields to change. */
export interface LocationChanges {
  title?: string;
  amount?: number;
  isActive?: boolean;
  /** `clientId` of a row of `devices`. */
  parent?: string | null;
}

export const locations = sqliteTable(
  "locations",
  {
    clientId: text().primaryKey(),
    serverId: text(),
    title: text().notNull(),
    amount: integer().notNull().default(0),
    isActive: integer({ mode: "boolean" }).notNull().default(true),
    parent: text(),
    userId: text().notNull(),
    createdAt: integer().notNull(),
    updatedAt: integer().notNull(),
    syncStatus: text({
      enum: ["synced", "pending", "failed", "conflict"],
    }).notNull(),
    changed: text(),
  },
  (table) => [index("locations_by_parent").on(table.parent)],
);

/** A row of `machines` on this device. */
export interface Machine {
  /**
   * Made on the device that creates the row; never changes. References hold
   * this.
   */
  clientId: string;
  /** The server's id; `null` until the first push was answered. */
  serverId: string | null;
  title: string;
  /** Milliseconds since 1970. */
  dueAt: number | null;
  /** `clientId` of a row of `locations`. */
  parent: string | null;
  userId: string;
  /** Milliseconds since 1970. */
  createdAt: number;
  /** Milliseconds since 1970. */
  updatedAt: number;
  syncStatus: RowSyncStatus;
  /** The server version that the row is built on. */
  changed: string | null;
}

/** What `create` takes for `machines`. */
export interface NewMachine {
  title: string;
  /** Milliseconds since 1970. */
  dueAt?: number | null;
  /** `clientId` of a row of `locations`. */
  parent?: string | null;
}

/** What `update` takes for `machines`: the fields to change. */
export interface MachineChanges {
  title?: string;
  /** Milliseconds since 1970. */
  dueAt?: number | null;
  /** `clientId` of a row of `locations`. */
  parent?: string | null;
}

export const machines = sqliteTable(
  "machines",
  {
    clientId: text().primaryKey(),
    serverId: text(),
    title: text().notNull(),
    dueAt: integer(),
    parent: text(),
    userId: text().notNull(),
    createdAt: integer().notNull(),
    updatedAt: integer().notNull(),
    syncStatus: text({
      enum: ["synced", "pending", "failed", "conflict"],
    }).notNull(),
    changed: text(),
  },
  (table) => [
    index("machines_by_due_at").on(table.dueAt),
    index("machines_by_parent").on(table.parent),
  ],
);

/** A row of `messages` on this device. */
export interface Message {
  /**
   * Made on the device that creates the row; never changes. References hold
   * this.
   */
  clientId: string;
  /** The server's id; `null` until the first push was answered. */
  serverId: string | null;
  title: string;
  amount: number;
  /** `clientId` of a row of `shifts`. */
  parent: string | null;
  userId: string;
  /** Milliseconds since 1970. */
  createdAt: number;
  /** Milliseconds since 1970. */
  updatedAt: number;
  syncStatus: RowSyncStatus;
  /** The server version that the row is built on. */
  changed: string | null;
}

/** What `create` takes for `messages`. */
export interface NewMessage {
  title: string;
  amount?: number;
  /** `clientId` of a row of `shifts`. */
  parent?: string | null;
}

/** What `update` takes for `messages`: the fields to change. */
export interface MessageChanges {
  title?: string;
  amount?: number;
  /** `clientId` of a row of `shifts`. */
  parent?: string | null;
}

export const messages = sqliteTable(
  "messages",
  {
    clientId: text().primaryKey(),
    serverId: text(),
    title: text().notNull(),
    amount: integer().notNull().default(0),
    parent: text(),
    userId: text().notNull(),
    createdAt: integer().notNull(),
    updatedAt: integer().notNull(),
    syncStatus: text({
      enum: ["synced", "pending", "failed", "conflict"],
    }).notNull(),
    changed: text(),
  },
  (table) => [index("messages_by_parent").on(table.parent)],
);

/** A row of `parts` on this device. */
export interface Part {
  /**
   * Made on the device that creates the row; never changes. References hold
   * this.
   */
  clientId: string;
  /** The server's id; `null` until the first push was answered. */
  serverId: string | null;
  title: string;
  isActive: boolean;
  /** `clientId` of a row of `branches`. */
  parent: string | null;
  userId: string;
  /** Milliseconds since 1970. */
  createdAt: number;
  /** Milliseconds since 1970. */
  updatedAt: number;
  syncStatus: RowSyncStatus;
  /** The server version that the row is built on. */
  changed: string | null;
}

/** What `create` takes for `parts`. */
export interface NewPart {
  title: string;
  isActive?: boolean;
  /** `clientId` of a row of `branches`. */
  parent?: string | null;
}

/** What `update` takes for `parts`: the fields to change. */
export interface PartChanges {
  title?: string;
  isActive?: boolean;
  /** `clientId` of a row of `branches`. */
  parent?: string | null;
}

export const parts = sqliteTable(
  "parts",
  {
    clientId: text().primaryKey(),
    serverId: text(),
    title: text().notNull(),
    isActive: integer({ mode: "boolean" }).notNull().default(true),
    parent: text(),
    userId: text().notNull(),
    createdAt: integer().notNull(),
    updatedAt: integer().notNull(),
    syncStatus: text({
      enum: ["synced", "pending", "failed", "conflict"],
    }).notNull(),
    changed: text(),
  },
  (table) => [index("parts_by_parent").on(table.parent)],
);

/** A row of `projects` on this device. */
export interface Project {
  /**
   * Made on the device that creates the row; never changes. References hold
   * this.
   */
  clientId: string;
  /** The server's id; `null` until the first push was answered. */
  serverId: string | null;
  title: string;
  amount: number;
  /** `clientId` of a row of `expenses`. */
  parent: string | null;
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
  title: string;
  amount?: number;
  /** `clientId` of a row of `expenses`. */
  parent?: string | null;
}

/** What `update` takes for `projects`: the fields to change. */
export interface ProjectChanges {
  title?: string;
  amount?: number;
  /** `clientId` of a row of `expenses`. */
  parent?: string | null;
}

export const projects = sqliteTable(
  "projects",
  {
    clientId: text().primaryKey(),
    serverId: text(),
    title: text().notNull(),
    amount: integer().notNull().default(0),
    parent: text(),
    userId: text().notNull(),
    createdAt: integer().notNull(),
    updatedAt: integer().notNull(),
    syncStatus: text({
      enum: ["synced", "pending", "failed", "conflict"],
    }).notNull(),
    changed: text(),
  },
  (table) => [index("projects_by_parent").on(table.parent)],
);

/** A row of `reports` on this device. */
export interface Report {
  /**
   * Made on the device that creates the row; never changes. References hold
   * this.
   */
  clientId: string;
  /** The server's id; `null` until the first push was answered. */
  serverId: string | null;
  title: string;
  /** Milliseconds since 1970. */
  dueAt: number | null;
  /** `clientId` of a row of `parts`. */
  parent: string | null;
  userId: string;
  /** Milliseconds since 1970. */
  createdAt: number;
  /** Milliseconds since 1970. */
  updatedAt: number;
  syncStatus: RowSyncStatus;
  /** The server version that the row is built on. */
  changed: string | null;
}

/** What `create` takes for `reports`. */
export interface NewReport {
  title: string;
  /** Milliseconds since 1970. */
  dueAt?: number | null;
  /** `clientId` of a row of `parts`. */
  parent?: string | null;
}

/** What `update` takes for `reports`: the fields to change. */
export interface ReportChanges {
  title?: string;
  /** Milliseconds since 1970. */
  dueAt?: number | null;
  /** `clientId` of a row of `parts`. */
  parent?: string | null;
}

export const reports = sqliteTable(
  "reports",
  {
    clientId: text().primaryKey(),
    serverId: text(),
    title: text().notNull(),
    dueAt: integer(),
    parent: text(),
    userId: text().notNull(),
    createdAt: integer().notNull(),
    updatedAt: integer().notNull(),
    syncStatus: text({
      enum: ["synced", "pending", "failed", "conflict"],
    }).notNull(),
    changed: text(),
  },
  (table) => [
    index("reports_by_due_at").on(table.dueAt),
    index("reports_by_parent").on(table.parent),
  ],
);

/** A row of `routes` on this device. */
export interface Route {
  /**
   * Made on the device that creates the row; never changes. References hold
   * this.
   */
  clientId: string;
  /** The server's id; `null` until the first push was answered. */
  serverId: string | null;
  title: string;
  amount: number;
  isActive: boolean;
  /** `clientId` of a row of `accounts`. */
  parent: string | null;
  userId: string;
  /** Milliseconds since 1970. */
  createdAt: number;
  /** Milliseconds since 1970. */
  updatedAt: number;
  syncStatus: RowSyncStatus;
  /** The server version that the row is built on. */
  changed: string | null;
}

/** What `create` takes for `routes`. */
export interface NewRoute {
  title: string;
  amount?: number;
  isActive?: boolean;
  /** `clientId` of a row of `accounts`. */
  parent?: string | null;
}

/** What `update` takes for `routes`: the fields to change. */
export interface RouteChanges {
  title?: string;
  amount?: number;
  isActive?: boolean;
  /** `clientId` of a row of `accounts`. */
  parent?: string | null;
}

export const routes = sqliteTable(
  "routes",
  {
    clientId: text().primaryKey(),
    serverId: text(),
    title: text().notNull(),
    amount: integer().notNull().default(0),
    isActive: integer({ mode: "boolean" }).notNull().default(true),
    parent: text(),
    userId: text().notNull(),
    createdAt: integer().notNull(),
    updatedAt: integer().notNull(),
    syncStatus: text({
      enum: ["synced", "pending", "failed", "conflict"],
    }).notNull(),
    changed: text(),
  },
  (table) => [index("routes_by_parent").on(table.parent)],
);

/** A row of `shifts` on this device. */
export interface Shift {
  /**
   * Made on the device that creates the row; never changes. References hold
   * this.
   */
  clientId: string;
  /** The server's id; `null` until the first push was answered. */
  serverId: string | null;
  title: string;
  /** `clientId` of a row of `deliveries`. */
  parent: string | null;
  userId: string;
  /** Milliseconds since 1970. */
  createdAt: number;
  /** Milliseconds since 1970. */
  updatedAt: number;
  syncStatus: RowSyncStatus;
  /** The server version that the row is built on. */
  changed: string | null;
}

/** What `create` takes for `shifts`. */
export interface NewShift {
  title: string;
  /** `clientId` of a row of `deliveries`. */
  parent?: string | null;
}

/** What `update` takes for `shifts`: the fields to change. */
export interface ShiftChanges {
  title?: string;
  /** `clientId` of a row of `deliveries`. */
  parent?: string | null;
}

export const shifts = sqliteTable(
  "shifts",
  {
    clientId: text().primaryKey(),
    serverId: text(),
    title: text().notNull(),
    parent: text(),
    userId: text().notNull(),
    createdAt: integer().notNull(),
    updatedAt: integer().notNull(),
    syncStatus: text({
      enum: ["synced", "pending", "failed", "conflict"],
    }).notNull(),
    changed: text(),
  },
  (table) => [index("shifts_by_parent").on(table.parent)],
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
  title: string;
  amount: number;
  /** `clientId` of a row of `invoices`. */
  parent: string | null;
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
  title: string;
  amount?: number;
  /** `clientId` of a row of `invoices`. */
  parent?: string | null;
}

/** What `update` takes for `tasks`: the fields to change. */
export interface TaskChanges {
  title?: string;
  amount?: number;
  /** `clientId` of a row of `invoices`. */
  parent?: string | null;
}

export const tasks = sqliteTable(
  "tasks",
  {
    clientId: text().primaryKey(),
    serverId: text(),
    title: text().notNull(),
    amount: integer().notNull().default(0),
    parent: text(),
    userId: text().notNull(),
    createdAt: integer().notNull(),
    updatedAt: integer().notNull(),
    syncStatus: text({
      enum: ["synced", "pending", "failed", "conflict"],
    }).notNull(),
    changed: text(),
  },
  (table) => [index("tasks_by_parent").on(table.parent)],
);

/** A row of `vehicles` on this device. */
export interface Vehicle {
  /**
   * Made on the device that creates the row; never changes. References hold
   * this.
   */
  clientId: string;
  /** The server's id; `null` until the first push was answered. */
  serverId: string | null;
  title: string;
  isActive: boolean;
  /** Milliseconds since 1970. */
  dueAt: number | null;
  /** `clientId` of a row of `routes`. */
  parent: string | null;
  userId: string;
  /** Milliseconds since 1970. */
  createdAt: number;
  /** Milliseconds since 1970. */
  updatedAt: number;
  syncStatus: RowSyncStatus;
  /** The server version that the row is built on. */
  changed: string | null;
}

/** What `create` takes for `vehicles`. */
export interface NewVehicle {
  title: string;
  isActive?: boolean;
  /** Milliseconds since 1970. */
  dueAt?: number | null;
  /** `clientId` of a row of `routes`. */
  parent?: string | null;
}

/** What `update` takes for `vehicles`: the fields to change. */
export interface VehicleChanges {
  title?: string;
  isActive?: boolean;
  /** Milliseconds since 1970. */
  dueAt?: number | null;
  /** `clientId` of a row of `routes`. */
  parent?: string | null;
}

export const vehicles = sqliteTable(
  "vehicles",
  {
    clientId: text().primaryKey(),
    serverId: text(),
    title: text().notNull(),
    isActive: integer({ mode: "boolean" }).notNull().default(true),
    dueAt: integer(),
    parent: text(),
    userId: text().notNull(),
    createdAt: integer().notNull(),
    updatedAt: integer().notNull(),
    syncStatus: text({
      enum: ["synced", "pending", "failed", "conflict"],
    }).notNull(),
    changed: text(),
  },
  (table) => [
    index("vehicles_by_due_at").on(table.dueAt),
    index("vehicles_by_parent").on(table.parent),
  ],
);

export { syncMetadata, syncQueue } from "./syncTables";
