import type { ColumnDefault, DeviceColumn, DeviceTable } from "./columns";

/** drizzle-kit's snapshot of a SQLite schema, as it stands in `meta/0000_snapshot.json`. */
export interface Snapshot {
  readonly version: string;
  readonly dialect: "sqlite";
  readonly tables: Readonly<Record<string, SnapshotTable>>;
  readonly views: Readonly<Record<string, never>>;
  readonly enums: Readonly<Record<string, never>>;
  readonly _meta: {
    readonly tables: Readonly<Record<string, string>>;
    readonly columns: Readonly<Record<string, string>>;
  };
  readonly internal: { readonly indexes: Readonly<Record<string, never>> };
  readonly id: string;
  readonly prevId: string;
}

/** One table of a snapshot. What sync-gen declares has none of the four constraints at the end. */
export interface SnapshotTable {
  readonly name: string;
  readonly columns: Readonly<Record<string, SnapshotColumn>>;
  readonly indexes: Readonly<Record<string, SnapshotIndex>>;
  readonly foreignKeys: Readonly<Record<string, unknown>>;
  readonly compositePrimaryKeys: Readonly<Record<string, unknown>>;
  readonly uniqueConstraints: Readonly<Record<string, unknown>>;
  readonly checkConstraints: Readonly<Record<string, unknown>>;
}

/** One column of a snapshot; `default` is SQL. */
export interface SnapshotColumn {
  readonly name: string;
  readonly type: string;
  readonly primaryKey: boolean;
  readonly notNull: boolean;
  readonly autoincrement: boolean;
  readonly default?: string | number | boolean;
}

/** One index of a snapshot; `where` is SQL. */
export interface SnapshotIndex {
  readonly name: string;
  readonly columns: readonly string[];
  readonly isUnique: boolean;
  readonly where?: string;
}

/** What drizzle-kit names as the snapshot before the first one. */
const nothing = "00000000-0000-0000-0000-000000000000";

/** The snapshot of these tables behind the one with the id `prevId`; its own id is still to be given. */
export function makeSnapshot(
  tables: Readonly<Record<string, SnapshotTable>>,
  prevId: string = nothing,
): Snapshot {
  return {
    version: "6",
    dialect: "sqlite",
    tables,
    views: {},
    enums: {},
    _meta: { tables: {}, columns: {} },
    internal: { indexes: {} },
    id: "",
    prevId,
  };
}

/** A table as drizzle-kit's snapshot of `db/schema.ts` has it. */
export function snapshotTable(table: DeviceTable): SnapshotTable {
  return {
    name: table.name,
    columns: Object.fromEntries(
      table.columns.map((column) => [column.name, snapshotColumn(column)]),
    ),
    indexes: Object.fromEntries(
      table.indexes.map(({ name, columns }) => [name, { name, columns, isUnique: false }]),
    ),
    foreignKeys: {},
    compositePrimaryKeys: {},
    uniqueConstraints: {},
    checkConstraints: {},
  };
}

function snapshotColumn(column: DeviceColumn): SnapshotColumn {
  return {
    name: column.name,
    type: column.storage,
    primaryKey: column.primaryKey,
    notNull: column.notNull || column.primaryKey,
    autoincrement: false,
    ...(column.default === null ? {} : { default: defaultSql(column.default) }),
  };
}

function defaultSql(initial: ColumnDefault): string | number | boolean {
  if (initial.kind === "sql") return initial.sql;
  const { value } = initial;
  if (typeof value === "number" || typeof value === "boolean") return value;
  if (typeof value === "string") return `'${value.replaceAll("'", "''")}'`;
  return `'${JSON.stringify(value)}'`;
}
