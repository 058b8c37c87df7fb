import { dirname } from "node:path/posix";
import { relativeImport } from "../kernel/relativeImport";
import type { FieldModel, Model, PolicyModel, TableModel } from "../model/model";
import { policyRegistry } from "../policies/policyRegistry";
import { importStatement, type ImportedName } from "../render/imports";
import {
  arrayLiteral,
  call,
  jsonLiteral,
  objectLiteral,
  stringLiteral,
  type Property,
} from "../render/literals";
import type { Layout } from "../render/layout";
import type { ServerUpgrade } from "../../templates/server/convex/syncEngine/history";
import type { Upgrade } from "../../templates/shared/upgrade";

type FieldMergeModel = NonNullable<FieldModel["merge"]>;

/** The names by which a file knows the apps' own merge functions; two modules may export the same name. */
export type MergeNames = ReadonlyMap<TableModel, string>;

/** A name for every `custom` table's function that is not among `taken`. Tables that share a function share the name. */
export function mergeNames(tables: readonly TableModel[], taken: readonly string[]): MergeNames {
  const used = new Set(taken);
  const byFunction = new Map<string, string>();
  const names = new Map<TableModel, string>();
  for (const table of tables) {
    const { module } = table.policy;
    if (module === null) continue;
    const key = `${module.path}#${module.export}`;
    const name = byFunction.get(key) ?? freeName(module.export, table, used);
    byFunction.set(key, name);
    used.add(name);
    names.set(table, name);
  }
  return names;
}

function freeName(wanted: string, table: TableModel, used: ReadonlySet<string>): string {
  if (wanted !== "default" && !used.has(wanted)) return wanted;
  let name = `${table.names.entity}Merge`;
  while (used.has(name)) name = `${name}Of`;
  return name;
}

/** Imports of the apps' own merge functions, as seen from the file `from`. */
export function mergeImports(names: MergeNames, from: string): readonly string[] {
  const byModule = new Map<string, ImportedName[]>();
  for (const [table, as] of names) {
    const { module } = table.policy;
    if (module === null) continue;
    const path = relativeImport(dirname(from), module.path.replace(/\.[cm]?[jt]sx?$/, ""));
    byModule.set(path, [...(byModule.get(path) ?? []), { name: module.export, as }]);
  }
  return [...byModule]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .flatMap(([path, imported]) => importStatement(path, imported));
}

/** Imports of the policies in use; `shared` is the folder of the shared code as seen from the file. */
export function policyImports(tables: readonly TableModel[], shared: string): readonly string[] {
  const used = new Map(
    tables.map(({ policy }) => [
      policyRegistry[policy.name].file,
      policyRegistry[policy.name].exportName,
    ]),
  );
  return [...used]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .flatMap(([file, name]) => importStatement(`${shared}/policies/${file}`, [{ name }]));
}

/** Constants that the policies in use are known by. */
export function policyNames(tables: readonly TableModel[]): readonly string[] {
  return tables.map((table) => policyRegistry[table.policy.name].exportName);
}

/**
 * The properties of a table's rules, the same for device and server: what an op may do, and what its fields hold. `merge`: the name of
 * the app's own merge function, where the table has one.
 */
export function ruleProperties(
  table: TableModel,
  merge: string | null,
): readonly [Property, ...Property[]] {
  return [
    { name: "name", value: stringLiteral(table.name), breaks: "before" },
    ...firstNameProperty(table),
    ...scopeProperty(table),
    {
      name: "operations",
      value: arrayLiteral(table.operations.map(stringLiteral)),
      breaks: "inside",
    },
    { name: "uniqueBy", value: arrayLiteral(table.uniqueBy.map(stringLiteral)), breaks: "inside" },
    { name: "options", value: optionsLiteral(table.policy, merge), breaks: "inside" },
    { name: "fields", value: fieldsLiteral(table.fields.filter(isSynced)), breaks: "inside" },
  ];
}

function firstNameProperty({ firstName }: TableModel): readonly Property[] {
  if (firstName === undefined) return [];
  return [{ name: "firstName", value: stringLiteral(firstName), breaks: "before" }];
}

function scopeProperty({ scope }: TableModel): readonly Property[] {
  if (scope === null) return [];
  return [{ name: "scope", value: stringLiteral(scope), breaks: "before" }];
}

/** What people share rows by, each once, in the order of the config. */
export function scopeNames({ tables }: Pick<Model, "tables">): readonly string[] {
  return [...new Set(tables.flatMap(({ scope }) => scope ?? []))];
}

/** True where some table's rows are shared by the members of a scope. */
export function hasScopes(model: Pick<Model, "tables">): boolean {
  return scopeNames(model).length > 0;
}

/** One of the scopes, for an example in a comment; empty where there is none. */
export function aScope(model: Pick<Model, "tables">): string {
  return scopeNames(model)[0] ?? "";
}

/** True for a field that travels. */
export function isSynced(field: FieldModel): boolean {
  return field.side === "both";
}

/** `{ text: { kind: "text", optional: false }, … }`, one field a line. */
export function fieldsLiteral(fields: readonly FieldModel[]): Layout {
  const rules = fields.map((field): Property => ({
    name: field.name,
    value: fieldLiteral(field),
    breaks: "inside",
  }));
  return objectLiteral(rules, rules.length > 0);
}

function fieldLiteral(field: FieldModel): Layout {
  const properties: Property[] = [
    { name: "kind", value: stringLiteral(field.kind), breaks: "before" },
    { name: "optional", value: String(field.optional), breaks: "never" },
  ];
  if (field.default !== null) {
    const { value } = field.default;
    const breaks = typeof value === "string" ? "before" : "inside";
    properties.push({ name: "default", value: jsonLiteral(value), breaks });
  }
  if (field.kind === "choice") {
    properties.push({
      name: "choices",
      value: arrayLiteral(field.choices.map(stringLiteral)),
      breaks: "inside",
    });
  }
  if (field.references !== null) {
    properties.push({
      name: "references",
      value: stringLiteral(field.references),
      breaks: "before",
    });
  }
  if (field.kind === "json")
    properties.push({ name: "problemOf", value: jsonCheck, breaks: "before" });
  if (field.merge !== null)
    properties.push({ name: "merge", value: mergeLiteral(field.merge), breaks: "inside" });
  return objectLiteral(properties);
}

/** What `jsonProblem.ts` exports. */
export const jsonCheck = "jsonProblem";

/** The import of what json fields are checked with, where there are any; `shared` as for `combineImport`. */
export function jsonCheckImport(fields: readonly FieldModel[], shared: string): readonly string[] {
  return fields.some(({ kind }) => kind === "json")
    ? importStatement(`${shared}/jsonProblem`, [{ name: jsonCheck }])
    : [];
}

function mergeLiteral(merge: FieldMergeModel): Layout {
  return merge.kind === "one-way"
    ? call(combineNames[merge.kind], [arrayLiteral(merge.order.map(stringLiteral))])
    : combineNames[merge.kind];
}

/** What `combine.ts` exports for each kind of field that combines. */
export const combineNames = {
  counter: "counter",
  set: "set",
  "one-way": "oneWay",
} as const satisfies Record<FieldMergeModel["kind"], string>;

/** The import of how fields combine, where any do; `shared` is the folder of the shared code as seen from the file. */
export function combineImport(tables: readonly TableModel[], shared: string): readonly string[] {
  const kinds = tables.flatMap(({ fields }) => fields.flatMap(({ merge }) => merge?.kind ?? []));
  const names = new Set(kinds.map((kind) => combineNames[kind]));
  return names.size === 0
    ? []
    : importStatement(
        `${shared}/combine`,
        [...names].map((name) => ({ name })),
      );
}

function optionsLiteral(policy: PolicyModel, merge: string | null): Layout {
  const properties: Property[] = [];
  if (policy.by !== null)
    properties.push({ name: "by", value: stringLiteral(policy.by), breaks: "before" });
  // An edit brings the row back unless this is said.
  if (policy.deletes === "win")
    properties.push({ name: "deletes", value: stringLiteral(policy.deletes), breaks: "before" });
  if (merge !== null) properties.push({ name: "merge", value: merge, breaks: "before" });
  return objectLiteral(properties);
}

/** The steps between schema versions as an array literal. */
export function upgradesLiteral(upgrades: readonly (Upgrade & Partial<ServerUpgrade>)[]): Layout {
  const steps = upgrades.map(({ id, from, to, tables }) => {
    // Safe: an upgrade is plain JSON, which is how it is kept between runs.
    const changes = jsonLiteral(tables as unknown as Parameters<typeof jsonLiteral>[0]);
    return objectLiteral([
      ...idProperty(id),
      { name: "from", value: String(from), breaks: "never" },
      { name: "to", value: String(to), breaks: "never" },
      { name: "tables", value: changes, breaks: "inside" },
    ]);
  });
  return arrayLiteral(steps, steps.length > 1);
}

function idProperty(id: string | undefined): readonly Property[] {
  return id === undefined ? [] : [{ name: "id", value: stringLiteral(id), breaks: "never" }];
}

/** The tables with parents before the tables that reference them; else in the order of the config. */
export function parentsFirst({ tables }: Pick<Model, "tables">): readonly TableModel[] {
  const byName = new Map(tables.map((table) => [table.name, table]));
  const ordered = new Set<TableModel>();
  const entered = new Set<TableModel>();
  const visit = (table: TableModel): void => {
    // Optional references may go round in a circle; somewhere it has to begin.
    if (entered.has(table)) return;
    entered.add(table);
    for (const field of table.fields) {
      const parent = field.references === null ? undefined : byName.get(field.references);
      if (parent !== undefined) visit(parent);
    }
    ordered.add(table);
  };
  tables.forEach(visit);
  return [...ordered];
}
