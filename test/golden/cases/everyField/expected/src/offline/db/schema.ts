// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { sql } from "drizzle-orm";
import {
  index,
  integer,
  real,
  sqliteTable,
  text,
} from "drizzle-orm/sqlite-core";
import type { OpeningHours } from "../../openingHours";
import type { RowSyncStatus } from "../sync/ports";

export interface ChecklistItem {
  title: string;
  done: boolean;
}

/** A row of `owners` on this device. */
export interface Owner {
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

/** What `create` takes for `owners`. */
export interface NewOwner {
  name: string;
}

/** What `update` takes for `owners`: the fields to change. */
export interface OwnerChanges {
  name?: string;
}

export const owners = sqliteTable("owners", {
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

/** A row of `samples` on this device. */
export interface Sample {
  /**
   * Made on the device that creates the row; never changes. References hold
   * this.
   */
  clientId: string;
  /** The server's id; `null` until the first push was answered. */
  serverId: string | null;
  words: string;
  count: number;
  ratio: number;
  isOpen: boolean;
  /** Milliseconds since 1970. */
  at: number;
  items: ChecklistItem[];
  state: "open" | "closed";
  /** `clientId` of a row of `owners`. */
  owner: string;
  userId: string;
  /** Milliseconds since 1970. */
  createdAt: number;
  /** Milliseconds since 1970. */
  updatedAt: number;
  syncStatus: RowSyncStatus;
  /** The server version that the row is built on. */
  changed: string | null;
}

/** What `create` takes for `samples`. */
export interface NewSample {
  words: string;
  count: number;
  ratio: number;
  isOpen: boolean;
  /** Milliseconds since 1970. */
  at: number;
  items: ChecklistItem[];
  state: "open" | "closed";
  /** `clientId` of a row of `owners`. */
  owner: string;
}

/** What `update` takes for `samples`: the fields to change. */
export interface SampleChanges {
  words?: string;
  count?: number;
  ratio?: number;
  isOpen?: boolean;
  /** Milliseconds since 1970. */
  at?: number;
  items?: ChecklistItem[];
  state?: "open" | "closed";
  /** `clientId` of a row of `owners`. */
  owner?: string;
}

export const samples = sqliteTable(
  "samples",
  {
    clientId: text().primaryKey(),
    serverId: text(),
    words: text().notNull(),
    count: integer().notNull(),
    ratio: real().notNull(),
    isOpen: integer({ mode: "boolean" }).notNull(),
    at: integer().notNull(),
    items: text({ mode: "json" }).$type<ChecklistItem[]>().notNull(),
    state: text({ enum: ["open", "closed"] }).notNull(),
    owner: text().notNull(),
    userId: text().notNull(),
    createdAt: integer().notNull(),
    updatedAt: integer().notNull(),
    syncStatus: text({
      enum: ["synced", "pending", "failed", "conflict"],
    }).notNull(),
    changed: text(),
  },
  (table) => [index("samples_by_owner").on(table.owner)],
);

/** A row of `sparseSamples` on this device. */
export interface SparseSample {
  /**
   * Made on the device that creates the row; never changes. References hold
   * this.
   */
  clientId: string;
  /** The server's id; `null` until the first push was answered. */
  serverId: string | null;
  words: string | null;
  count: number | null;
  ratio: number | null;
  isOpen: boolean | null;
  /** Milliseconds since 1970. */
  at: number | null;
  place: { lat: number; lng: number } | null;
  state: "open" | "closed" | null;
  /** `clientId` of a row of `owners`. */
  owner: string | null;
  anything: unknown;
  userId: string;
  /** Milliseconds since 1970. */
  createdAt: number;
  /** Milliseconds since 1970. */
  updatedAt: number;
  syncStatus: RowSyncStatus;
  /** The server version that the row is built on. */
  changed: string | null;
}

/** What `create` takes for `sparseSamples`. */
export interface NewSparseSample {
  words?: string | null;
  count?: number | null;
  ratio?: number | null;
  isOpen?: boolean | null;
  /** Milliseconds since 1970. */
  at?: number | null;
  place?: { lat: number; lng: number } | null;
  state?: "open" | "closed" | null;
  /** `clientId` of a row of `owners`. */
  owner?: string | null;
  anything?: unknown;
}

/** What `update` takes for `sparseSamples`: the fields to change. */
export interface SparseSampleChanges {
  words?: string | null;
  count?: number | null;
  ratio?: number | null;
  isOpen?: boolean | null;
  /** Milliseconds since 1970. */
  at?: number | null;
  place?: { lat: number; lng: number } | null;
  state?: "open" | "closed" | null;
  /** `clientId` of a row of `owners`. */
  owner?: string | null;
  anything?: unknown;
}

export const sparseSamples = sqliteTable(
  "sparseSamples",
  {
    clientId: text().primaryKey(),
    serverId: text(),
    words: text(),
    count: integer(),
    ratio: real(),
    isOpen: integer({ mode: "boolean" }),
    at: integer(),
    place: text({ mode: "json" }).$type<{ lat: number; lng: number }>(),
    state: text({ enum: ["open", "closed"] }),
    owner: text(),
    anything: text({ mode: "json" }),
    userId: text().notNull(),
    createdAt: integer().notNull(),
    updatedAt: integer().notNull(),
    syncStatus: text({
      enum: ["synced", "pending", "failed", "conflict"],
    }).notNull(),
    changed: text(),
  },
  (table) => [index("sparseSamples_by_owner").on(table.owner)],
);

/** A row of `presets` on this device. */
export interface Preset {
  /**
   * Made on the device that creates the row; never changes. References hold
   * this.
   */
  clientId: string;
  /** The server's id; `null` until the first push was answered. */
  serverId: string | null;
  words: string;
  count: number;
  ratio: number;
  isOpen: boolean;
  /** Milliseconds since 1970. */
  at: number;
  items: ChecklistItem[];
  hours: OpeningHours;
  state: "open" | "closed";
  only: "one";
  longest:
    | "waiting for delivery"
    | "waiting for approval"
    | "ready for collection"
    | "collected by the customer";
  userId: string;
  /** Milliseconds since 1970. */
  createdAt: number;
  /** Milliseconds since 1970. */
  updatedAt: number;
  syncStatus: RowSyncStatus;
  /** The server version that the row is built on. */
  changed: string | null;
}

/** What `create` takes for `presets`. */
export interface NewPreset {
  words?: string;
  count?: number;
  ratio?: number;
  isOpen?: boolean;
  /** Milliseconds since 1970. */
  at?: number;
  items?: ChecklistItem[];
  hours?: OpeningHours;
  state?: "open" | "closed";
  only?: "one";
  longest?:
    | "waiting for delivery"
    | "waiting for approval"
    | "ready for collection"
    | "collected by the customer";
}

/** What `update` takes for `presets`: the fields to change. */
export interface PresetChanges {
  words?: string;
  count?: number;
  ratio?: number;
  isOpen?: boolean;
  /** Milliseconds since 1970. */
  at?: number;
  items?: ChecklistItem[];
  hours?: OpeningHours;
  state?: "open" | "closed";
  only?: "one";
  longest?:
    | "waiting for delivery"
    | "waiting for approval"
    | "ready for collection"
    | "collected by the customer";
}

export const presets = sqliteTable("presets", {
  clientId: text().primaryKey(),
  serverId: text(),
  words: text().notNull().default("none"),
  count: integer().notNull().default(-1),
  ratio: real().notNull().default(0.5),
  isOpen: integer({ mode: "boolean" }).notNull().default(true),
  at: integer().notNull().default(0),
  items: text({ mode: "json" })
    .$type<ChecklistItem[]>()
    .notNull()
    .default(
      sql.raw(
        '\'[{"title":"Helmet","done":false},{"title":"Don\'\'t forget the keys","done":false}]\'',
      ),
    ),
  hours: text({ mode: "json" })
    .$type<OpeningHours>()
    .notNull()
    .default({ from: 8, to: 17, days: ["mon", "tue"] }),
  state: text({ enum: ["open", "closed"] })
    .notNull()
    .default("open"),
  only: text({ enum: ["one"] })
    .notNull()
    .default("one"),
  longest: text({
    enum: [
      "waiting for delivery",
      "waiting for approval",
      "ready for collection",
      "collected by the customer",
    ],
  })
    .notNull()
    .default("waiting for delivery"),
  userId: text().notNull(),
  createdAt: integer().notNull(),
  updatedAt: integer().notNull(),
  syncStatus: text({
    enum: ["synced", "pending", "failed", "conflict"],
  }).notNull(),
  changed: text(),
});

/** A row of `oneSided` on this device. */
export interface OneSided {
  /**
   * Made on the device that creates the row; never changes. References hold
   * this.
   */
  clientId: string;
  /** The server's id; `null` until the first push was answered. */
  serverId: string | null;
  title: string;
  state: "open" | "closed";
  /** Milliseconds since 1970. */
  at: number | null;
  rank: number;
  draft: string | null;
  seen: boolean;
  userId: string;
  /** Milliseconds since 1970. */
  createdAt: number;
  /** Milliseconds since 1970. */
  updatedAt: number;
  syncStatus: RowSyncStatus;
  /** The server version that the row is built on. */
  changed: string | null;
}

/** What `create` takes for `oneSided`. */
export interface NewOneSided {
  title: string;
  state?: "open" | "closed";
  /** Milliseconds since 1970. */
  at?: number | null;
  rank?: number;
  draft?: string | null;
  seen?: boolean;
}

/** What `update` takes for `oneSided`: the fields to change. */
export interface OneSidedChanges {
  title?: string;
  state?: "open" | "closed";
  /** Milliseconds since 1970. */
  at?: number | null;
  rank?: number;
  draft?: string | null;
  seen?: boolean;
}

export const oneSided = sqliteTable(
  "oneSided",
  {
    clientId: text().primaryKey(),
    serverId: text(),
    title: text().notNull(),
    state: text({ enum: ["open", "closed"] })
      .notNull()
      .default("open"),
    at: integer(),
    rank: integer().notNull().default(0),
    draft: text(),
    seen: integer({ mode: "boolean" }).notNull().default(false),
    userId: text().notNull(),
    createdAt: integer().notNull(),
    updatedAt: integer().notNull(),
    syncStatus: text({
      enum: ["synced", "pending", "failed", "conflict"],
    }).notNull(),
    changed: text(),
  },
  (table) => [
    index("oneSided_by_title").on(table.title),
    index("oneSided_by_state").on(table.state),
    index("oneSided_by_state_and_at").on(table.state, table.at),
    index("oneSided_by_rank").on(table.rank),
    index("oneSided_by_user_id_and_deleted_at_and_state_and_created_at").on(
      table.state,
      table.createdAt,
    ),
    index("oneSided_by_created_at").on(table.createdAt),
  ],
);

/**
 * One row for each book and owner.
 * Made twice, it is still one row.
 *
 * A row of `keyed` on this device.
 */
export interface Book {
  /**
   * Made on the device that creates the row; never changes. References hold
   * this.
   */
  clientId: string;
  /** The server's id; `null` until the first push was answered. */
  serverId: string | null;
  /** Ten or thirteen digits. */
  isbn: string;
  /**
   * Who has it on the shelf.
   *
   * `clientId` of a row of `owners`.
   */
  owner: string;
  likes: number;
  weight: number;
  tags: string[];
  stage: "wanted" | "ordered" | "here";
  userId: string;
  /** Milliseconds since 1970. */
  createdAt: number;
  /** Milliseconds since 1970. */
  updatedAt: number;
  syncStatus: RowSyncStatus;
  /** The server version that the row is built on. */
  changed: string | null;
}

/** What `create` takes for `keyed`. */
export interface NewBook {
  /** Ten or thirteen digits. */
  isbn: string;
  /**
   * Who has it on the shelf.
   *
   * `clientId` of a row of `owners`.
   */
  owner: string;
  likes?: number;
  weight?: number;
  tags?: string[];
  stage?: "wanted" | "ordered" | "here";
}

/** What `update` takes for `keyed`: the fields to change. */
export interface BookChanges {
  likes?: number;
  weight?: number;
  tags?: string[];
  stage?: "wanted" | "ordered" | "here";
}

export const keyed = sqliteTable(
  "keyed",
  {
    clientId: text().primaryKey(),
    serverId: text(),
    isbn: text().notNull(),
    owner: text().notNull(),
    likes: integer().notNull().default(0),
    weight: real().notNull().default(0),
    tags: text({ mode: "json" }).$type<string[]>().notNull().default([]),
    stage: text({ enum: ["wanted", "ordered", "here"] })
      .notNull()
      .default("wanted"),
    userId: text().notNull(),
    createdAt: integer().notNull(),
    updatedAt: integer().notNull(),
    syncStatus: text({
      enum: ["synced", "pending", "failed", "conflict"],
    }).notNull(),
    changed: text(),
  },
  (table) => [index("keyed_by_owner").on(table.owner)],
);

export { syncMetadata, syncQueue } from "./syncTables";
