import { storedName, type FieldModel, type TableModel } from "../../../model/model";
import { policyRegistry } from "../../../policies/policyRegistry";
import { importStatement } from "../../../render/imports";
import { group, ifBroken, indent, line, printLayout, type Layout } from "../../../render/layout";
import {
  arrayLiteral,
  call,
  callWithLast,
  objectLiteral,
  stringLiteral,
  type Property,
} from "../../../render/literals";
import { renderTemplate } from "../../../render/renderTemplate";
import { jsonDeclarations, jsonImports } from "../../jsonTypes";
import {
  combineImport,
  combineNames,
  fieldsLiteral,
  hasScopes,
  isSynced,
  jsonCheck,
  jsonCheckImport,
  mergeImports,
  mergeNames,
  policyImports,
  policyNames,
  ruleProperties,
  upgradesLiteral,
} from "../../tableRules";
import { historyOf } from "../../../../templates/server/convex/syncEngine/history";
import type { TargetInput } from "../../target";
import { validatorProperty } from "./types";

/** What `templates/tables/convex/syncTables.ts.hbs` is filled with. */
export interface TablesView {
  readonly imports: readonly string[];
  readonly declarations: readonly string[];
  /** What `syncFields.ts.hbs` makes of each table. */
  readonly fieldSets: readonly string[];
  /** `null` while there is no earlier schema version. */
  readonly upgrades: string | null;
  readonly tables: readonly string[];
  readonly hasScopes: boolean;
  readonly rules: readonly string[];
  readonly policies: readonly string[];
}

/** What `templates/tables/convex/syncFields.ts.hbs` is filled with. */
export interface FieldSetView {
  readonly table: string;
  readonly declaration: string;
  /** `null` where the table has no fields of the server alone. */
  readonly serverDeclaration: string | null;
}

/** Convex tables, and what the server needs to know of each. */
export function tablesView({ model, upgrades, library, pieces }: TargetInput): TablesView {
  const { tables } = model;
  const path = `${model.server.out}/syncTables`;
  const json = tables
    .flatMap((table) => table.fields.filter(isOnServer))
    .flatMap((field) => field.json ?? []);
  const changed = new Set(
    tables.map(({ name }) => name).filter((name) => wasUpgraded(upgrades, name)),
  );
  const ours = [
    ...Object.values(combineNames),
    jsonCheck,
    "historyOf",
    "json",
    "scopedTable",
    "syncMemberTables",
    "syncPolicies",
    "syncRules",
    "syncSystemTables",
    "syncTables",
    "syncUpgrades",
    "syncedTable",
    "v",
  ];
  const merges = mergeNames(tables, [
    ...ours,
    ...policyNames(tables),
    ...tables.flatMap((table) => [fieldsName(table), serverFieldsName(table)]),
  ]);
  const makers = new Set(tables.map(tableMaker));
  return {
    imports: [
      ...importStatement("convex/values", [{ name: "v" }]),
      ...jsonImports(json, path),
      ...mergeImports(merges, path),
      ...(upgrades.length > 0
        ? importStatement("./syncEngine/history", [
            ...(changed.size > 0 ? [{ name: "historyOf" }] : []),
            { name: "ServerUpgrade", type: true },
          ])
        : []),
      ...(hasScopes(model)
        ? importStatement("./syncEngine/members", [{ name: "syncMemberTables" }])
        : []),
      ...importStatement("./syncEngine/rules", [{ name: "ServerRules", type: true }]),
      ...(makers.has("scopedTable")
        ? importStatement("./syncEngine/scopedTable", [{ name: "scopedTable" }])
        : []),
      ...combineImport(tables, "./syncEngine/shared"),
      ...jsonCheckImport(
        tables.flatMap(({ fields }) => fields.filter(isOnServer)),
        "./syncEngine/shared",
      ),
      ...policyImports(tables, "./syncEngine/shared"),
      ...importStatement("./syncEngine/shared/policy", [{ name: "Policy", type: true }]),
      ...importStatement("./syncEngine/tables", [
        ...(json.length > 0 ? [{ name: "json" }] : []),
        ...(makers.has("syncedTable") ? [{ name: "syncedTable" }] : []),
        { name: "syncSystemTables" },
      ]),
    ],
    declarations: jsonDeclarations(json),
    fieldSets: tables.map((table) =>
      pieces.of("fields", table, null, () =>
        renderTemplate(library, "convex/syncFields.ts", fieldSet(table)),
      ),
    ),
    upgrades:
      upgrades.length === 0
        ? null
        : printLayout([
            "export const syncUpgrades: readonly ServerUpgrade[] = ",
            upgradesLiteral(upgrades),
            ";",
          ]),
    tables: tables.map((table) =>
      pieces.of("definition", table, changed.has(table.name), (hasHistory) =>
        [
          ...whyStoredAs(table),
          printEntry(storedName(table), tableDefinition(table, hasHistory)),
        ].join("\n"),
      ),
    ),
    hasScopes: hasScopes(model),
    rules: tables.map((table) =>
      pieces.of("rules", table, merges.get(table) ?? null, (merge) =>
        printEntry(table.name, tableRules(table, merge)),
      ),
    ),
    policies: tables.map((table) =>
      printEntry(table.name, policyRegistry[table.policy.name].exportName),
    ),
  };
}

/** `taskFields`: the validators of the fields of `tasks` that devices know. */
export function fieldsName(table: TableModel): string {
  return `${table.names.entity}Fields`;
}

function serverFieldsName(table: TableModel): string {
  return `${table.names.entity}ServerFields`;
}

function isOnServer(field: FieldModel): boolean {
  return field.side !== "device";
}

function serverFields(table: TableModel): readonly FieldModel[] {
  return table.fields.filter((field) => field.side === "server");
}

function fieldSet(table: TableModel): FieldSetView {
  const onServer = serverFields(table);
  return {
    table: table.name,
    declaration: declareFields(fieldsName(table), table.fields.filter(isSynced)),
    serverDeclaration:
      onServer.length === 0 ? null : declareFields(serverFieldsName(table), onServer),
  };
}

function declareFields(name: string, fields: readonly FieldModel[]): string {
  return printLayout([
    `export const ${name} = `,
    objectLiteral(fields.map(validatorProperty), fields.length > 0),
    ";",
  ]);
}

/** True when rows that an earlier schema version stored may look otherwise than today's. */
export function wasUpgraded(upgrades: TargetInput["upgrades"], table: string): boolean {
  return historyOf(upgrades, table).steps.length > 0;
}

function whyStoredAs({ name, storedAs }: TableModel): readonly string[] {
  return storedAs === undefined ? [] : [`  /** The rows of \`${name}\`. */`];
}

/** What makes the Convex table. */
function tableMaker({ scope }: TableModel): "syncedTable" | "scopedTable" {
  return scope === null ? "syncedTable" : "scopedTable";
}

function tableDefinition(table: TableModel, hasHistory: boolean): Layout {
  const own = fieldsName(table);
  const maker = tableMaker(table);
  const history = hasHistory
    ? [call("historyOf", ["syncUpgrades", stringLiteral(table.name)])]
    : [];
  const spreads = group([
    "{",
    indent([line, `...${own},`, line, `...${serverFieldsName(table)}`]),
    ifBroken(","),
    line,
    "}",
  ]);
  const onDevice = new Set(
    table.fields.filter((field) => !isOnServer(field)).map((field) => field.name),
  );
  const indexes = table.indexes.filter(
    (index) => !index.fields.some((field) => onDevice.has(field)),
  );
  const indexList = objectLiteral(
    indexes.map(({ name, fields }) => ({
      name,
      value: arrayLiteral(fields.map(stringLiteral)),
      breaks: "inside",
    })),
  );
  const isSpread = serverFields(table).length > 0;
  const fields = isSpread ? spreads : own;
  if (hasHistory) return call(maker, [fields, indexList, ...history]);
  if (indexes.length === 0) return isSpread ? callWithLast(maker, [], spreads) : call(maker, [own]);
  return isSpread ? call(maker, [spreads, indexList]) : callWithLast(maker, [own], indexList);
}

function tableRules(table: TableModel, merge: string | null): Layout {
  const onServer = serverFields(table);
  const [name, ...rest] = ruleProperties(table, merge);
  const properties: Property[] = [name, ...storedAsProperty(table), ...rest];
  if (onServer.length > 0)
    properties.push({ name: "serverFields", value: fieldsLiteral(onServer), breaks: "inside" });
  return objectLiteral(properties, true);
}

function storedAsProperty({ storedAs }: TableModel): readonly Property[] {
  if (storedAs === undefined) return [];
  return [{ name: "storedAs", value: stringLiteral(storedAs), breaks: "before" }];
}

/** One entry of an object that stands at the margin. */
function printEntry(name: string, value: Layout): string {
  return printLayout(["  ", indent([`${name}: `, value, ","])]);
}
