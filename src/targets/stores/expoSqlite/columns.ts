import type { FieldModel, IndexModel, JsonValue, TableModel } from "../../../model/model";

/**
 * One column of a device table, as data. The migrations and `db/schema.ts` are both made from this, which is why
 * drizzle-kit finds nothing to do after a run of the generator.
 */
export interface DeviceColumn {
  /** The column's name, which is also the name of the property in the Drizzle table. */
  readonly name: string;
  /** The Drizzle builder: `text()`, `integer()`, `real()`. */
  readonly storage: "text" | "integer" | "real";
  /** The builder's `mode`, where it is not the plain one. */
  readonly mode: "json" | "boolean" | null;
  /** The builder's `enum`; empty for none. A type only: SQLite checks nothing. */
  readonly choices: readonly string[];
  readonly primaryKey: boolean;
  readonly notNull: boolean;
  readonly default: ColumnDefault | null;
}

/** What SQLite writes where a statement gives no value. */
export type ColumnDefault =
  /** `.default(value)` */
  | { readonly kind: "value"; readonly value: JsonValue }
  /** ``.default(sql`…`)``: for json that holds a quote, which drizzle-kit does not escape. */
  | { readonly kind: "sql"; readonly sql: string };

/** An index of the device's database. */
export interface DeviceIndex {
  /** Unique in the database, not only in its table, as SQLite wants it. */
  readonly name: string;
  readonly columns: readonly string[];
}

/** A table of the device's database. */
export interface DeviceTable {
  readonly name: string;
  /** In the order of the declaration. */
  readonly columns: readonly DeviceColumn[];
  readonly indexes: readonly DeviceIndex[];
}

/** What `deviceTables` reads of a table. */
export type DeviceTableSource = Pick<TableModel, "name" | "scope" | "fields" | "indexes">;

/** The values of `syncStatus`; the same as `RowSyncStatus` of the engine. */
export const rowSyncStatuses = ["synced", "pending", "failed", "conflict"] as const;

/**
 * The device tables of a model, in the order of the config: `clientId`, `serverId`, the `scopeId` of a table with a
 * scope, the fields, and the other sync columns.
 *
 * 1. `syncStatus` has no default: the engine names every column, and a default would hide a write past it.
 * 2. Only a required field carries its default into SQL, where it fills the rows that exist when the column is added.
 *    An optional one stays `NULL` there, as it stays absent on the server.
 * 3. Indexes are the model's, which has one for every reference, and one by `scopeId`; no column has a SQL foreign key.
 */
export function deviceTables(tables: readonly DeviceTableSource[]): readonly DeviceTable[] {
  // SQLite ignores case in names, and keeps those of tables and indexes in one space.
  const taken = new Set(tables.map((table) => table.name.toLowerCase()));
  return tables.map((table) => ({
    name: table.name,
    columns: [
      column("clientId", "text", { primaryKey: true, notNull: true }),
      column("serverId", "text"),
      ...(table.scope === null ? [] : [column("scopeId", "text", { notNull: true })]),
      ...table.fields.filter(isOnDevice).map(fieldColumn),
      column("userId", "text", { notNull: true }),
      column("createdAt", "integer", { notNull: true }),
      column("updatedAt", "integer", { notNull: true }),
      column("syncStatus", "text", { notNull: true, choices: rowSyncStatuses }),
      column("changed", "text"),
    ],
    indexes: deviceIndexes(table).map((index) => ({
      name: freeName(`${table.name}_${index.name}`, taken),
      columns: index.fields,
    })),
  }));
}

/** True for a field that has a column in SQLite. */
export function isOnDevice(field: Pick<FieldModel, "side">): boolean {
  return field.side !== "server";
}

/** The column of one field. */
export function fieldColumn(field: FieldModel): DeviceColumn {
  const { storage, mode } = fieldStorage[field.kind];
  return column(field.name, storage, {
    mode,
    choices: field.kind === "choice" ? field.choices : [],
    notNull: !field.optional,
    default:
      field.optional || field.default === null ? null : columnDefault(mode, field.default.value),
  });
}

const fieldStorage = {
  text: { storage: "text", mode: null },
  integer: { storage: "integer", mode: null },
  real: { storage: "real", mode: null },
  boolean: { storage: "integer", mode: "boolean" },
  timestamp: { storage: "integer", mode: null },
  json: { storage: "text", mode: "json" },
  choice: { storage: "text", mode: null },
  reference: { storage: "text", mode: null },
} as const satisfies Record<FieldModel["kind"], Pick<DeviceColumn, "storage" | "mode">>;

/** A value as a SQLite literal, the way the column stores it. */
export function sqlLiteral(mode: DeviceColumn["mode"], value: JsonValue): string {
  if (mode === "json") return quote(JSON.stringify(value));
  if (value === null) return "NULL";
  if (typeof value === "boolean") return value ? "true" : "false";
  if (typeof value === "number") return String(value);
  return quote(typeof value === "string" ? value : JSON.stringify(value));
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

function columnDefault(mode: DeviceColumn["mode"], value: JsonValue): ColumnDefault {
  const needsQuoting = mode === "json" && JSON.stringify(value).includes("'");
  return needsQuoting ? { kind: "sql", sql: sqlLiteral(mode, value) } : { kind: "value", value };
}

function column(
  name: string,
  storage: DeviceColumn["storage"],
  rest: Partial<Omit<DeviceColumn, "name" | "storage">> = {},
): DeviceColumn {
  return {
    name,
    storage,
    mode: null,
    choices: [],
    primaryKey: false,
    notNull: false,
    default: null,
    ...rest,
  };
}

/** How the rows of one scope are found. */
const byScopeId: IndexModel = { name: "by_scope_id", fields: ["scopeId"] };

/** Indexes whose fields are all on the device, without columns that are the same in all rows there, and each of them once. */
function deviceIndexes(table: DeviceTableSource): readonly IndexModel[] {
  const isScoped = table.scope !== null;
  const notHere = new Set(
    table.fields.filter((field) => !isOnDevice(field)).map((field) => field.name),
  );
  // A device has live rows only, and of tables without a scope those of one user.
  const same = new Set(["deletedAt", ...(isScoped ? [] : ["userId"])]);
  const known = new Map<string, IndexModel>();
  for (const index of isScoped ? [byScopeId, ...table.indexes] : table.indexes) {
    if (index.fields.some((field) => notHere.has(field))) continue;
    const fields = index.fields.filter((name) => !same.has(name));
    const key = fields.join();
    if (fields.length > 0 && !known.has(key)) known.set(key, { ...index, fields });
  }
  return [...known.values()];
}

function freeName(wanted: string, taken: Set<string>): string {
  let name = wanted;
  for (let count = 2; taken.has(name.toLowerCase()); count += 1) name = `${wanted}_${count}`;
  taken.add(name.toLowerCase());
  return name;
}
