import type { FieldModel } from "../../../model/model";
import type { ImportedName } from "../../../render/imports";
import {
  group,
  indent,
  join,
  line,
  printLayout,
  softLine,
  ifBroken,
  fluid,
  type Layout,
} from "../../../render/layout";
import {
  arrayLiteral,
  call,
  callChain,
  callWithLast,
  jsonLiteral,
  objectLiteral,
  propertyName,
  stringLiteral,
  type Property,
} from "../../../render/literals";
import { typeArgument } from "../../../render/typeText";
import type { DeviceColumn, DeviceIndex, DeviceTable } from "./columns";

/** Drizzle's functions under the names that `db/schema.ts` knows them by. */
export type DrizzleNames = Readonly<Record<DrizzleFunction, string>>;

const drizzleFunctions = ["index", "integer", "real", "sqliteTable", "text"] as const;
export type DrizzleFunction = (typeof drizzleFunctions)[number] | "sql";

/** A table of the app may be called `text` or `index`: Drizzle's own function then goes by another name. */
export function drizzleNames(tables: readonly DeviceTable[]): DrizzleNames {
  const taken = new Set([...tables.map((table) => table.name), "syncMetadata", "syncQueue"]);
  const free = (name: string): string => (taken.has(name) ? free(`${name}Of`) : name);
  return {
    index: free("index"),
    integer: free("integer"),
    real: free("real"),
    sql: free("sql"),
    sqliteTable: free("sqliteTable"),
    text: free("text"),
  };
}

/** What the declarations of these tables need from `drizzle-orm/sqlite-core` and from `drizzle-orm`. */
export function drizzleImports(
  tables: readonly DeviceTable[],
  names: DrizzleNames,
): { readonly core: readonly ImportedName[]; readonly sql: readonly ImportedName[] } {
  const columns = tables.flatMap((table) => table.columns);
  const used = new Set<string>(columns.map((column) => column.storage));
  if (tables.length > 0) used.add("sqliteTable");
  if (tables.some((table) => table.indexes.length > 0)) used.add("index");
  return {
    core: drizzleFunctions
      .filter((name) => used.has(name))
      .map((name) => ({ name, as: names[name] })),
    sql: columns.some((column) => column.default?.kind === "sql")
      ? [{ name: "sql", as: names.sql }]
      : [],
  };
}

/** `export const tasks = sqliteTable(…);` */
export function drizzleTable(
  table: DeviceTable,
  fields: readonly FieldModel[],
  names: DrizzleNames,
): string {
  const json = new Map(fields.map((field) => [field.name, field.json?.type ?? null]));
  const columns = objectLiteral(
    table.columns.map((column) => columnProperty(column, json.get(column.name) ?? null, names)),
    true,
  );
  const name = stringLiteral(table.name);
  const declared =
    table.indexes.length === 0
      ? callWithLast(names.sqliteTable, [name], () => columns)
      : call(names.sqliteTable, [
          name,
          columns,
          ["(table) => ", arrayLiteral(table.indexes.map((index) => indexCall(index, names)))],
        ]);
  return printLayout([`export const ${table.name} =`, fluid(declared), ";"]);
}

function columnProperty(
  column: DeviceColumn,
  jsonType: string | null,
  names: DrizzleNames,
): Property {
  const options: Property[] = [
    ...(column.mode === null
      ? []
      : [{ name: "mode", value: stringLiteral(column.mode), breaks: "before" as const }]),
    ...(column.choices.length === 0
      ? []
      : [
          {
            name: "enum",
            value: arrayLiteral(column.choices.map(stringLiteral)),
            breaks: "inside" as const,
          },
        ]),
  ];
  const builder =
    options.length === 0
      ? call(names[column.storage])
      : callWithLast(names[column.storage], [], (broken) => objectLiteral(options, broken));
  const initial = column.default === null ? null : defaultValue(column.default, names);
  const calls: Layout[] = [
    ...(jsonType === null ? [] : [[".$type", typeArgument(jsonType), "()"]]),
    ...(column.primaryKey ? [".primaryKey()"] : []),
    ...(column.notNull && !column.primaryKey ? [".notNull()"] : []),
    ...(initial === null ? [] : [initial.call]),
  ];
  const isShort =
    options.length === 0 && jsonType === null && (initial === null || initial.isShort);
  return {
    name: column.name,
    value: callChain(builder, calls),
    breaks: isShort ? "before" : "inside",
  };
}

/** Prettier counts an argument of up to a quarter of the line as nothing that could break. */
const shortArgument = 20;

function defaultValue(
  value: NonNullable<DeviceColumn["default"]>,
  names: DrizzleNames,
): { call: Layout; isShort: boolean } {
  if (value.kind === "sql") {
    const literal = stringLiteral(value.sql);
    return {
      call: call(".default", [call(`${names.sql}.raw`, [literal])]),
      isShort: literal.length <= shortArgument,
    };
  }
  const layout = jsonLiteral(value.value);
  if (typeof layout === "string")
    return { call: call(".default", [layout]), isShort: layout.length <= shortArgument };
  return { call: callWithLast(".default", [], () => layout), isShort: false };
}

function indexCall(index: DeviceIndex, names: DrizzleNames): Layout {
  const columns = index.columns.map((name) => `table.${propertyName(name)}`);
  const name = group([
    "(",
    indent([softLine, stringLiteral(index.name), ifBroken(",")]),
    softLine,
    ")",
  ]);
  const on = group([
    "(",
    indent([softLine, join([",", line], columns), ifBroken(",")]),
    softLine,
    ")",
  ]);
  return group([names.index, name, ".on", on]);
}
