import type { Field, FieldMap, KindOf } from "./fieldTypes";

declare const tableType: unique symbol;

/** A synced table, as `table({ … })` makes it. */
export interface Table<Fields extends FieldMap = FieldMap> {
  /** For the type checker alone; there is no such property. */
  readonly [tableType]: Fields;
}

/** The fields of a table's type. */
export type FieldsOf<Type extends Table> = Type[typeof tableType];

type NameOf<Fields> = Extract<keyof Fields, string>;

/** Names of the fields that have a greater and a smaller value. */
type ComparableNameOf<Fields extends FieldMap> = {
  [Name in keyof Fields]: KindOf<Fields[Name]> extends "integer" | "real" | "timestamp"
    ? Name
    : never;
}[keyof Fields] &
  string;

/** An index over several fields: their names, or the names with a name for the index. */
export type IndexOption<Name extends string = string> =
  readonly Name[] | { readonly name: string; readonly fields: readonly Name[] };

/** Columns that every row has and that an index may hold; `scopeId` in a table with a scope. */
export type IndexedColumn = "userId" | "createdAt" | "updatedAt" | "deletedAt" | "scopeId";

/** What every table can be told. */
export interface CommonTableOptions<Fields extends FieldMap> {
  /** The table's own fields. `clientId`, `serverId`, `userId`, `createdAt`, `updatedAt` and `syncStatus` are there anyway. */
  readonly fields: Fields;
  /**
   * What people share rows by: a workspace, a household, a conversation. Every row is in one of them, which its `scopeId` names, and is
   * read by the members of that one; `convex/syncScopes.ts` says who they are. Without a scope, every row is its user's own. Once it was
   * generated, a table keeps its scope. References lead to tables of the same scope.
   *
   * @example scope: "workspace"
   */
  readonly scope?: string;
  /**
   * The natural key: two devices that create a row with the same values (in the same scope) create the same row.
   *
   * @example uniqueBy: ["isbn"]
   */
  readonly uniqueBy?: readonly NameOf<NoInfer<Fields>>[];
  /**
   * Indexes over more than one field, in SQLite and in Convex. For one field, `.index()` on the field is shorter. `userId`, `createdAt`,
   * `updatedAt` and `deletedAt` (`null` for a live row), which every row has, may be among them, in a table with a scope also `scopeId`; on
   * a device the index is without those that are the same in all rows there: `deletedAt` and, in a table without a scope, `userId`.
   *
   * @example indexes: [["userId", "deletedAt", "status"], { name: "by_owner", fields: ["owner", "rank"] }]
   */
  readonly indexes?: readonly IndexOption<NameOf<NoInfer<Fields>> | IndexedColumn>[];
  /**
   * The singular of the table's name, where the one that is worked out (`tasks` → `task`, `people` → `person`) is wrong.
   * Names the row type and the functions: `Task`, `upsertTask`.
   */
  readonly entity?: string;
  /** What the table holds; becomes the doc comment of the emitted types. Any text. */
  readonly description?: string;
  /** The table was called this before: its rows and the edits that wait on devices move along. */
  readonly renamedFrom?: string;
}

/** The option of tables whose rows may be changed. */
export interface OperationsOption {
  /** What devices may do to rows; the emitted hook has exactly these. Default: everything. */
  readonly operations?: readonly ("create" | "update" | "delete")[];
}

/** The device's changed fields win over a concurrent change on the server. */
export interface MobileWinsTable<Fields extends FieldMap>
  extends CommonTableOptions<Fields>, OperationsOption {
  readonly policy: "mobile-wins";
  /** What a delete on the server does to an edit on a device that had not seen it. Default `"revive"`: the row comes back. */
  readonly deletes?: "revive" | "win";
}

/** Policies without options of their own: the server's row, the later edit, or a person decides. */
export interface PlainPolicyTable<Fields extends FieldMap>
  extends CommonTableOptions<Fields>, OperationsOption {
  readonly policy: "server-wins" | "last-write-wins" | "hlc" | "field-merge" | "manual";
}

/** Rows are created and never change. */
export interface AppendOnlyTable<Fields extends FieldMap> extends CommonTableOptions<Fields> {
  readonly policy: "append-only";
  /** Nothing but `create`, which is the default. */
  readonly operations?: readonly "create"[];
}

/** The row with the greater value of `by` stays. */
export interface MaxWinsTable<Fields extends FieldMap>
  extends CommonTableOptions<Fields>, OperationsOption {
  readonly policy: "max-wins";
  /** The field that is compared: an integer, a real or a timestamp. */
  readonly by: ComparableNameOf<NoInfer<Fields>>;
}

/** A pure function of the app decides, the same on device and server. */
export interface CustomPolicyTable<Fields extends FieldMap>
  extends CommonTableOptions<Fields>, OperationsOption {
  readonly policy: "custom";
  /**
   * Where the function is: a module relative to the project's root, and its export.
   *
   * @example merge: "./merge/tasks#mergeTasks"
   */
  readonly merge: `${string}#${string}` | { readonly path: string; readonly export: string };
}

/** What `table` takes; which options there are depends on `policy`. */
export type TableOptions<Fields extends FieldMap> =
  | CustomPolicyTable<Fields>
  | MaxWinsTable<Fields>
  | AppendOnlyTable<Fields>
  | MobileWinsTable<Fields>
  | PlainPolicyTable<Fields>;

/** The options of one table, unchecked; the implementation behind `Table`. */
export class TableBuilder {
  readonly options: unknown;

  constructor(options: unknown) {
    this.options = options;
    Object.freeze(this);
  }
}

/**
 * A table that is synced between devices and the server.
 *
 * @example
 * tasks: table({
 *   policy: "mobile-wins",
 *   operations: ["create", "update"],
 *   fields: { title: text(), isCompleted: boolean().default(false) },
 * })
 */
export function table<const Fields extends Readonly<Record<string, Field>>>(
  options: TableOptions<Fields>,
): Table<Fields> {
  // Safe: the symbol that the interface adds is never read.
  return new TableBuilder(options) as unknown as Table<Fields>;
}
