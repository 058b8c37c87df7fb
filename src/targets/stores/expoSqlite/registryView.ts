import type { TableModel } from "../../../model/model";
import { importStatement } from "../../../render/imports";
import {
  group,
  indent,
  join,
  line,
  printLayout,
  softLine,
  type Layout,
} from "../../../render/layout";
import {
  call,
  callWithLast,
  objectLiteral,
  stringLiteral,
  type Property,
} from "../../../render/literals";
import { policyRegistry } from "../../../policies/policyRegistry";
import { deviceUpgrades } from "../../deviceUpgrades";
import type { TargetInput } from "../../target";
import {
  combineImport,
  combineNames,
  fieldsLiteral,
  hasScopes,
  jsonCheck,
  jsonCheckImport,
  mergeImports,
  mergeNames,
  parentsFirst,
  policyImports,
  policyNames,
  ruleProperties,
  upgradesLiteral,
} from "../../tableRules";
import { changeableFields, hasCreate } from "./schemaView";

/** What `templates/tables/expoSqlite/TableRegistry.ts.hbs` is filled with. */
export interface RegistryView {
  readonly imports: readonly string[];
  readonly tables: readonly string[];
  readonly schemaVersion: number;
  /** The declaration of `upgrades`; `null` while there is one schema version only. */
  readonly upgrades: string | null;
  /** The registry's properties for parts of the engine that not every project uses. */
  readonly parts: readonly string[];
}

/** Every table as data, with its policy and its Convex functions. */
export function registryView({ model, upgrades, pieces }: TargetInput): RegistryView {
  const tables = parentsFirst(model);
  const ofDevices = deviceUpgrades(upgrades);
  const merges = mergeNames(tables, [
    ...policyNames(tables),
    ...Object.values(combineNames),
    jsonCheck,
    "api",
    "defineTable",
    "naturalId",
    "opUpgrades",
    "registry",
    "resolveOp",
    "schema",
    "scopeParts",
    "tables",
    "upgrades",
  ]);
  const hasUpgrades = ofDevices.length > 0;
  const { hasConflicts } = model;
  const isScoped = hasScopes(model);
  const hasKeys = tables.some(({ uniqueBy }) => uniqueBy.length > 0);
  return {
    imports: [
      `import { api } from ${stringLiteral(model.client.apiImport)};`,
      `import * as schema from "../db/schema";`,
      ...mergeImports(merges, `${model.client.out}/sync/TableRegistry`),
      ...(hasUpgrades ? importStatement("./opUpgrades", [{ name: "opUpgrades" }]) : []),
      ...importStatement("./registry", [{ name: "defineTable" }, { name: "Registry", type: true }]),
      ...(hasConflicts ? importStatement("./resolveOp", [{ name: "resolveOp" }]) : []),
      ...(isScoped ? importStatement("./scopes", [{ name: "scopeParts" }]) : []),
      ...combineImport(tables, "./shared"),
      ...jsonCheckImport(
        tables.flatMap(({ fields }) => fields.filter(({ side }) => side !== "server")),
        "./shared",
      ),
      ...(hasKeys ? importStatement("./shared/naturalId", [{ name: "naturalId" }]) : []),
      ...policyImports(tables, "./shared"),
    ],
    tables: tables.map((table) =>
      pieces.of("registry", table, merges.get(table) ?? null, (merge) =>
        printLayout(["  ", indent([tableEntry(table, merge), ","])]),
      ),
    ),
    schemaVersion: model.schemaVersion,
    upgrades: hasUpgrades
      ? printLayout([
          "const upgrades = ",
          call("opUpgrades", [upgradesLiteral(ofDevices), String(model.schemaVersion)]),
          ";",
        ])
      : null,
    parts: [
      hasUpgrades ? "upgrades" : "upgrades: null",
      hasKeys ? "naturalId" : "naturalId: null",
      hasConflicts ? "resolveOp" : "resolveOp: null",
      isScoped ? "scopes: scopeParts" : "scopes: null",
    ],
  };
}

function tableEntry(table: TableModel, merge: string | null): Layout {
  const { names } = table;
  const operations: Layout =
    table.operations.length === 0 ? "never" : join(" | ", table.operations.map(stringLiteral));
  const types: readonly Layout[] = [
    `schema.${names.row}`,
    hasCreate(table) ? `schema.${names.create}` : "never",
    changeableFields(table).length > 0 ? `schema.${names.changes}` : "never",
    operations,
  ];
  const typeList = group(["<", indent([softLine, join([",", line], types)]), softLine, ">"]);
  const definition: Property[] = [
    { name: "name", value: stringLiteral(table.name), breaks: "before" },
    { name: "sqlite", value: `schema.${table.name}`, breaks: "before" },
    { name: "policy", value: policyRegistry[table.policy.name].exportName, breaks: "before" },
    { name: "rules", value: objectLiteral(ruleProperties(table, merge), true), breaks: "inside" },
    {
      name: "deviceFields",
      value: fieldsLiteral(table.fields.filter((field) => field.side === "device")),
      breaks: "inside",
    },
    {
      name: "remote",
      value: objectLiteral([
        { name: "changesSince", value: `api.sync.${names.changesSince}`, breaks: "before" },
        { name: "all", value: `api.sync.${names.all}`, breaks: "before" },
      ]),
      breaks: "inside",
    },
  ];
  return [
    `${table.name}: `,
    callWithLast(["defineTable", typeList], [], objectLiteral(definition, true)),
  ];
}
