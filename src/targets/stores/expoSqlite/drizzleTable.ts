import type { FieldModel } from "../../../model/model";
import { importStatement } from "../../../render/imports";
import { fluid, group, printLayout, type Layout } from "../../../render/layout";
import {
  arrayLiteral,
  broken,
  call,
  callChain,
  callWithLast,
  isDeep,
  jsonLiteral,
  objectLiteral,
  propertyName,
  stringLiteral,
  type Property,
} from "../../../render/literals";
import { textWidth } from "../../../render/textWidth";
import { typeArgument } from "../../../render/typeText";
import type { ColumnDefault, DeviceColumn, DeviceIndex, DeviceTable } from "./columns";

const drizzleFunctions = ["index", "integer", "real", "sqliteTable", "text"] as const;

/** What the declarations of these tables need from `drizzle-orm/sqlite-core` and from `drizzle-orm`. */
export function drizzleImports(tables: readonly DeviceTable[]): readonly string[] {
  const columns = tables.flatMap((table) => table.columns);
  const used = new Set<string>(["sqliteTable", ...columns.map((column) => column.storage)]);
  if (tables.some((table) => table.indexes.length > 0)) used.add("index");
  const hasSql = columns.some((column) => column.default?.kind === "sql");
  const core = drizzleFunctions.filter((name) => used.has(name)).map((name) => ({ name }));
  return [
    ...importStatement("drizzle-orm", hasSql ? [{ name: "sql" }] : []),
    ...importStatement("drizzle-orm/sqlite-core", core),
  ];
}

/** `export const tasks = sqliteTable(…);` */
export function drizzleTable(table: DeviceTable, fields: readonly FieldModel[]): string {
  const json = new Map(fields.map((field) => [field.name, field.json?.type ?? null]));
  const margin = callMargin(table);
  return declaration(
    table,
    table.columns.map((column) => columnProperty(column, json.get(column.name) ?? null, margin)),
  );
}

function declaration(table: DeviceTable, columns: readonly Property[]): string {
  const name = stringLiteral(table.name);
  const object = objectLiteral(columns, true);
  const declared =
    table.indexes.length === 0
      ? callWithLast("sqliteTable", [name], object)
      : call("sqliteTable", [
          name,
          object,
          ["(table) => ", arrayLiteral(table.indexes.map(indexCall))],
        ]);
  return printLayout([`export const ${table.name} =`, fluid(declared), ";"]);
}

/** Where a call of a chain stands when each has its own line: a long name and indexes move the columns to the right. */
function callMargin(table: DeviceTable): number {
  const anyColumn = { name: "column", value: "0", breaks: "before" } as const;
  const indentation = /^ *(?=column: 0)/m.exec(declaration(table, [anyColumn]))?.[0] ?? "";
  return indentation.length + 2;
}

function columnProperty(column: DeviceColumn, jsonType: string | null, margin: number): Property {
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
      ? call(column.storage)
      : callWithLast(column.storage, [], objectLiteral(options));
  const calls: Layout[] = [
    ...(jsonType === null ? [] : [[".$type", typeArgument(jsonType), "()"]]),
    ...(column.primaryKey ? [".primaryKey()"] : []),
    ...(column.notNull && !column.primaryKey ? [".notNull()"] : []),
    ...(column.default === null ? [] : [defaultCall(column.default, margin)]),
  ];
  // `text().notNull()` has nowhere to break; whatever is longer has.
  const isShort = options.length === 0 && jsonType === null && calls.length < 2;
  return {
    name: column.name,
    value: callChain(builder, calls, column.choices.length > 0 || hasDeepDefault(column)),
    breaks: isShort ? "before" : "inside",
  };
}

function hasDeepDefault({ default: initial }: DeviceColumn): boolean {
  return initial?.kind === "value" && isDeep(initial.value);
}

function defaultCall(initial: ColumnDefault, margin: number): Layout {
  if (initial.kind === "sql") {
    return call(".default", [call("sql.raw", [stringLiteral(initial.sql)])]);
  }
  const value = jsonLiteral(initial.value);
  if (typeof initial.value !== "object") return callWithLast(".default", [], value);
  const inline = printLayout(callWithLast(".default", [], value), Number.POSITIVE_INFINITY);
  // Prettier leaves an object open that it finds open, and then keeps the calls before it on its line.
  const isOpen = inline.startsWith(".default({") && margin + textWidth(inline) + ",".length > 80;
  return callWithLast(".default", [], isOpen ? broken(value) : value);
}

/** `index("tasks_by_project").on(table.project)` */
function indexCall(index: DeviceIndex): Layout {
  const columns = index.columns.map((name) => `table.${propertyName(name)}`);
  return group([call("index", [stringLiteral(index.name)]), call(".on", columns)]);
}
