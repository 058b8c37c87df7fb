import type { SQLiteTable, SQLiteTextBuilderInitial } from "drizzle-orm/sqlite-core";
import type { DeviceColumn, DeviceTable } from "../targets/stores/expoSqlite/columns";

/** What all of Drizzle's column builders have in common, as the one of a plain text column says it. */
type ColumnBuilder = Pick<
  SQLiteTextBuilderInitial<"", [string, ...string[]], undefined>,
  "_" | "primaryKey" | "notNull" | "default"
>;

/**
 * The Drizzle tables that `db/schema.ts` declares, made in memory. Drizzle is loaded by the first call.
 */
export async function drizzleTables(
  tables: readonly DeviceTable[],
): Promise<Record<string, SQLiteTable>> {
  const { index, integer, real, sqliteTable, text } = await import("drizzle-orm/sqlite-core");
  const { sql } = await import("drizzle-orm");

  const builders = {
    text: () => text(),
    "text json": () => text({ mode: "json" }),
    integer: () => integer(),
    "integer boolean": () => integer({ mode: "boolean" }),
    real: () => real(),
  };
  const build = (column: DeviceColumn): ColumnBuilder => {
    const kind = column.mode === null ? column.storage : `${column.storage} ${column.mode}`;
    if (!isBuilderName(kind, builders)) throw new Error(`No Drizzle builder for ${kind}.`);
    // The builders differ in their value types alone, which TypeScript cannot follow through a column given as data.
    let builder = builders[kind]() as ColumnBuilder;
    if (column.primaryKey) return builder.primaryKey();
    if (column.notNull) builder = builder.notNull();
    if (column.default === null) return builder;
    // As above: the value has the type of the column's kind, which the model checked.
    return builder.default(
      column.default.kind === "sql"
        ? sql.raw(column.default.sql)
        : (column.default.value as string),
    );
  };

  return Object.fromEntries(
    tables.map((table) => [
      table.name,
      sqliteTable(
        table.name,
        Object.fromEntries(table.columns.map((column) => [column.name, build(column)])),
        (columns) =>
          table.indexes.map((item) => {
            const [first, ...rest] = item.columns.map((name) => columnOf(columns, name));
            if (first === undefined) throw new Error(`The index ${item.name} has no columns.`);
            return index(item.name).on(first, ...rest);
          }),
      ),
    ]),
  );
}

function isBuilderName<T extends object>(name: string, builders: T): name is string & keyof T {
  return Object.hasOwn(builders, name);
}

function columnOf<T>(columns: Readonly<Record<string, T>>, name: string): T {
  const column = columns[name];
  if (column === undefined) throw new Error(`No column ${name}.`);
  return column;
}
