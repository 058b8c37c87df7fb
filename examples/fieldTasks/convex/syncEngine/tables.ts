// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { defineTable, type TableDefinition } from "convex/server";
import {
  v,
  type CommitTsPlaceholder,
  type PropertyValidators,
  type VAny,
  type VUnion,
} from "convex/values";
import type { TableHistory } from "./history";
import { oneOf } from "./oneOf";
import { opOutcomes } from "./shared/protocol";

/** Columns that every synced table has beside its own fields. */
export const syncColumns = {
  /** Made by whoever creates the row; never changes. References hold this. */
  clientId: v.string(),
  /** Whose row it is; in a table with a scope, who created it. */
  userId: v.string(),
  /** Milliseconds since 1970. */
  createdAt: v.number(),
  /** Milliseconds since 1970. */
  updatedAt: v.number(),
  /** The commit that last changed the row: the order in which devices see changes. */
  changed: v.commitTs(),
  /** When the row was last edited, on a hybrid logical clock. */
  edited: v.string(),
  /** The op of a device that decided the row; `null` after a write by server code. */
  opId: v.union(v.string(), v.null()),
  /** When each field was last edited; empty unless the policy asks for it. */
  clocks: v.record(v.string(), v.string()),
  /** The last upgrade of the table when the row was written, which says what its fields are; absent: none that changed them. */
  upgradedTo: v.optional(v.union(v.string(), v.number())),
};

/** The type of a JSON value as Convex takes it: interfaces spelled out, and nothing `readonly`. */
export type JsonOf<Type> = Type extends readonly (infer Item)[]
  ? JsonOf<Item>[]
  : Type extends object
    ? { -readonly [Key in keyof Type]: JsonOf<Type[Key]> }
    : Type;

/** A JSON value. Its type is a promise of the app's own code: that it is JSON is all that is checked. */
export function json<Type>(): VAny<JsonOf<Type>> {
  return v.any() as VAny<JsonOf<Type>>;
}

/** The types of `syncColumns`. */
interface SyncColumns {
  clientId: string;
  userId: string;
  createdAt: number;
  updatedAt: number;
  changed: bigint | CommitTsPlaceholder;
  edited: string;
  opId: string | null;
  clocks: Record<string, string>;
  upgradedTo?: string | number;
}

interface LiveColumns extends SyncColumns {
  deletedAt: null;
}

/** What a deleted row left. */
export interface Tombstone extends SyncColumns {
  /** Milliseconds since 1970. */
  deletedAt: number;
}

type OptionalName<Fields extends PropertyValidators> = {
  [Name in keyof Fields]: Fields[Name]["isOptional"] extends "optional"
    ? Name
    : never;
}[keyof Fields];

/** The content of a row. */
type Content<Fields extends PropertyValidators> = {
  [Name in Exclude<keyof Fields, OptionalName<Fields>>]: Fields[Name]["type"];
} & {
  [Name in OptionalName<Fields>]?: Exclude<Fields[Name]["type"], undefined>;
};

/** A row of a synced table: live, or what a deleted one left. */
export type SyncedRow<Fields extends PropertyValidators> =
  (LiveColumns & Content<Fields>) | Tombstone;

/** The indexes of every synced table whose rows are their users' own. */
type SyncIndexes = {
  by_client_id: ["clientId", "userId", "_creationTime"];
  by_user_and_updated: ["userId", "changed", "clientId", "_creationTime"];
  by_deleted: ["deletedAt", "_creationTime"];
};

/** Indexes of a table's own, by name: their fields, as `.index` of Convex takes them. */
export type OwnIndexes<Field extends string = string> = Readonly<
  Record<string, readonly [Field, ...Field[]]>
>;

/**
 * What `syncedTable` makes. Its type is spelled out: to infer it from the validators takes the type checker twice as
 * long, for every table.
 */
export type SyncedTable<
  Fields extends PropertyValidators,
  Indexes extends OwnIndexes = Record<never, never>,
> = TableDefinition<
  VUnion<
    SyncedRow<Fields>,
    VAny[],
    "required",
    | keyof Tombstone
    | (keyof Fields & string)
    | `${"clocks" | (keyof Fields & string)}.${string}`
  >,
  SyncIndexes & {
    -readonly [Name in keyof Indexes]: [...Indexes[Name], "_creationTime"];
  }
>;

/**
 * A synced table: its fields and the columns and indexes that the sync needs.
 *
 * A row that was deleted stays as a tombstone, without content, until no device needs it any more. So a row of the
 * table is one of two shapes, and TypeScript makes you look before you use the content:
 *
 * ```ts
 * const rows = await ctx.db.query("tasks").withIndex(…).take(50);
 * const tasks = rows.filter(isLive); // from syncEngine/documents
 * ```
 *
 * @param indexes named here: each `.index(…)` has the type checker go over the whole definition once more
 * @param history what earlier schema versions left in rows that nobody wrote since; Convex would not deploy without
 */
export function syncedTable<
  Fields extends PropertyValidators,
  const Indexes extends OwnIndexes<keyof Tombstone | (keyof Fields & string)> =
    Record<never, never>,
>(
  fields: Fields,
  indexes?: Indexes,
  history?: TableHistory,
): SyncedTable<Fields, Indexes> {
  const table = tableOf(syncColumns, storedValidators(fields, history))
    // With the user, so that an id that somebody else has is as free as any other.
    .index("by_client_id", ["clientId", "userId"])
    .index("by_user_and_updated", ["userId", "changed", "clientId"]);
  // Safe: the lines above are what the type says.
  return withIndexes(table, indexes) as unknown as SyncedTable<Fields, Indexes>;
}

/** Rows that are live, and what deleted ones left. */
export function tableOf(
  columns: PropertyValidators,
  fields: PropertyValidators,
): TableDefinition {
  const live = v.object({ ...columns, ...fields, deletedAt: v.null() });
  const tombstone = v.object({ ...columns, deletedAt: v.number() });
  return defineTable(v.union(live, tombstone));
}

/** The table with the index by which tombstones are found, and those of its own. */
export function withIndexes(
  table: TableDefinition,
  indexes: OwnIndexes = {},
): TableDefinition {
  return Object.entries(indexes).reduce(
    (indexed, [name, [first, ...rest]]) =>
      indexed.index(name, [first, ...rest]),
    table.index("by_deleted", ["deletedAt"]),
  );
}

/** The fields as today's rows have them, loosened to what older rows may hold. */
export function storedValidators<Fields extends PropertyValidators>(
  fields: Fields,
  history: TableHistory | undefined,
): Fields {
  if (history === undefined) return fields;
  // Safe but for rows of before: `get` and the sync fill in what they lack, as the types say.
  return {
    ...fields,
    ...Object.fromEntries(
      [...history.changed].map((name) => [name, v.optional(v.any())]),
    ),
  };
}

/** What became of an op: enough to answer again when the answer was lost. */
const receiptResult = v.object({
  opId: v.string(),
  /** The Convex table; `null` when the op named no table of this project. */
  table: v.union(v.string(), v.null()),
  clientId: v.string(),
  outcome: oneOf(opOutcomes),
  code: v.union(v.string(), v.null()),
  message: v.union(v.string(), v.null()),
  /** When the op was made, as it said: a copy of it with later edits says something later. */
  edited: v.optional(v.string()),
});

/** The sync's own tables. */
export const syncSystemTables = {
  /**
   * One document a device. Never removed but with its user: a device that comes back after a year with a batch whose
   * answer was lost must find its last receipt, or it would apply the batch twice.
   */
  syncDevices: defineTable({
    deviceId: v.string(),
    /** The only user whose ops this device may send. */
    userId: v.string(),
    /** The last batch that was answered. */
    batchSeq: v.number(),
    batchHash: v.string(),
    /** Missing where this server has seen no batch of it: another of its copies named it. */
    receipt: v.optional(v.id("syncReceipts")),
    /** There are copies of its database: whoever still uses this id is to take another one. */
    isCopied: v.optional(v.boolean()),
  })
    .index("by_device", ["deviceId"])
    .index("by_user", ["userId"]),

  /** One document a batch. */
  syncReceipts: defineTable({
    deviceId: v.string(),
    userId: v.string(),
    batchSeq: v.number(),
    changed: v.commitTs(),
    results: v.array(receiptResult),
    /** When the next batch arrived, milliseconds since 1970: from then on the receipt ages. */
    retiredAt: v.optional(v.number()),
  })
    .index("by_device_and_seq", ["deviceId", "batchSeq"])
    .index("by_retired", ["retiredAt"]),

  /** One document an op that was decided under another device id than its first: copies of its device may hold it, too. */
  syncCopiedOps: defineTable({
    userId: v.string(),
    ...receiptResult.fields,
    /** Milliseconds since 1970. */
    decidedAt: v.number(),
  })
    .index("by_user_and_op", ["userId", "opId"])
    .index("by_decided", ["decidedAt"]),

  /**
   * By user, or by scope, and Convex table: the last tombstone that was removed. A cursor before it may have missed a
   * delete.
   */
  syncHorizons: defineTable({
    userId: v.optional(v.string()),
    scopeId: v.optional(v.string()),
    table: v.string(),
    changed: v.int64(),
    clientId: v.string(),
  })
    .index("by_user_and_table", ["userId", "table"])
    .index("by_scope_and_table", ["scopeId", "table"]),

  /** At most one document: which history of which deployment the stamps belong to. */
  syncEpochs: defineTable({ epoch: v.string() }),
};
