import type { TableModel, TableNames } from "../../../model/model";
import { tableNames } from "../../../model/tableNames";
import { importStatement } from "../../../render/imports";
import { fluid, group, indent, line, printLayout, type Layout } from "../../../render/layout";
import { tableToday } from "../../../../templates/shared/upgrade";
import {
  call,
  callWithLast,
  objectLiteral,
  stringLiteral,
  type Property,
} from "../../../render/literals";
import { renderTemplate } from "../../../render/renderTemplate";
import type { TargetInput } from "../../target";
import { fieldsName, wasUpgraded } from "./tablesView";

/** What `templates/tables/convex/sync.ts.hbs` is filled with. */
export interface FunctionsView {
  readonly imports: readonly string[];
  readonly schemaVersion: number;
  readonly accepts: number;
  readonly upgrades: string;
  readonly retentionDays: number;
  readonly isLimited: boolean;
  /** What `syncTable.ts.hbs` makes of each table. */
  readonly tables: readonly string[];
  readonly earlier: readonly EarlierFunctionView[];
}

/** A function of a table under a name that it had before, for apps that were not updated yet. */
export interface EarlierFunctionView {
  readonly doc: string;
  readonly text: string;
}

/** What `templates/tables/convex/syncTable.ts.hbs` is filled with. */
export interface TableFunctionsView {
  readonly table: string;
  /** `null` where devices neither create nor change rows. */
  readonly upsert: string | null;
  readonly upsertDoc: string;
  /** `null` where devices do not delete rows. */
  readonly remove: string | null;
  readonly changesSince: string;
  readonly all: string;
}

/** The Convex functions of every table. */
export function functionsView(input: TargetInput): FunctionsView {
  const { model, upgrades, library, pieces } = input;
  const { tables } = model;
  const earlier = earlierFunctions(model, upgrades);
  const usesHistory =
    tables.some(({ name }) => wasUpgraded(upgrades, name)) ||
    earlier.some(({ today }) => today !== null);
  const validators = [
    "collectArgs",
    "forgetUserArgs",
    "headArgs",
    "headReply",
    "pullArgs",
    "pullReply",
    "pushArgs",
    "pushReply",
  ];
  if (tables.some(({ operations }) => operations.length > 0)) validators.push("opReply");
  if (tables.some(hasRemove)) validators.push("removeArgs");
  if (tables.some(hasUpsert)) validators.push("upsertArgs");
  return {
    imports: [
      ...importStatement("convex/values", [{ name: "v" }]),
      ...importStatement("./_generated/server", [
        { name: "internalMutation" },
        { name: "mutation" },
        { name: "query" },
      ]),
      ...importStatement("./syncEngine/functions", [{ name: "tableFunctions" }]),
      ...(usesHistory ? importStatement("./syncEngine/history", [{ name: "historyOf" }]) : []),
      ...importStatement("./syncEngine/server", [{ name: "createSyncServer" }]),
      ...importStatement(
        "./syncEngine/validators",
        validators.map((name) => ({ name })),
      ),
      ...(model.server.rateLimit === null
        ? []
        : importStatement("./syncRateLimit", [
            { name: "limitChanges" },
            { name: "resetRateLimit" },
          ])),
      ...importStatement("./syncTables", [
        ...tables.map((table) => ({ name: fieldsName(table) })),
        { name: "syncPolicies" },
        { name: "syncRules" },
        ...(upgrades.length > 0 ? [{ name: "syncUpgrades" }] : []),
      ]),
      ...importStatement("./syncUser", [{ name: "getSyncUser" }]),
    ],
    schemaVersion: model.schemaVersion,
    accepts: model.server.accepts,
    upgrades: upgrades.length > 0 ? "syncUpgrades" : "[]",
    retentionDays: model.server.retentionDays,
    isLimited: model.server.rateLimit !== null,
    tables: tables.map((table) =>
      pieces.of("functions", table, wasUpgraded(upgrades, table.name), (hasHistory) =>
        renderTemplate(library, "convex/syncTable.ts", tableFunctions(table, hasHistory)),
      ),
    ),
    earlier: earlier.map(({ doc, text }) => ({ doc, text })),
  };
}

/** A function that apps of an earlier schema version ask for, and no table of today has. */
interface EarlierFunction extends EarlierFunctionView {
  /** The table as it is now; `null` when it was removed. */
  readonly today: TableModel | null;
}

/** The functions of tables under names that they have no more, for apps that are still accepted. */
function earlierFunctions(
  { tables, schemaVersion, server }: TargetInput["model"],
  upgrades: TargetInput["upgrades"],
): readonly EarlierFunction[] {
  const taken = new Set(tables.flatMap(({ names }) => [names.changesSince, names.all]));
  const found = new Map<string, EarlierFunction>();
  for (const { from, tables: changes } of upgrades) {
    if (from < schemaVersion - server.accepts) continue;
    for (const [name, { renamedTo, removed, entity }] of Object.entries(changes)) {
      if (renamedTo === undefined && removed !== true && entity === undefined) continue;
      const names = tableNames(name, entity ?? null);
      const now = tableToday(upgrades, name, from);
      const today = tables.find((one) => one.name === now) ?? null;
      for (const method of ["changesSince", "all"] as const) {
        // A function of today answers under its own name.
        if (taken.has(names[method])) continue;
        found.set(names[method], earlierFunction(method, name, names, today));
      }
    }
  }
  return [...found.values()];
}

function earlierFunction(
  method: "changesSince" | "all",
  name: string,
  names: TableNames,
  today: TableModel | null,
): EarlierFunction {
  const reply =
    today === null
      ? call("pullReply", ["{}"])
      : call("pullReply", [fieldsName(today), historyCall(today)]);
  return {
    today,
    doc: docOf(name, names, today),
    text: declare(names[method], "page", "pullArgs", reply, serverCall(method, name)),
  };
}

function docOf(name: string, { entity }: TableNames, today: TableModel | null): string {
  if (today === null)
    return `Apps from before \`${name}\` was removed ask for its changes: there are none.`;
  return today.name === name
    ? `For apps that know a row of \`${name}\` as \`${entity}\`.`
    : `For apps that know \`${today.name}\` as \`${name}\`.`;
}

function historyCall(table: TableModel): Layout {
  return call("historyOf", ["syncUpgrades", stringLiteral(table.name)]);
}

function tableFunctions(table: TableModel, hasHistory: boolean): TableFunctionsView {
  const { names, operations } = table;
  const fields = fieldsName(table);
  const page = call("pullReply", hasHistory ? [fields, historyCall(table)] : [fields]);
  const creates = operations.includes("create");
  const updates = operations.includes("update");
  const upsertDoc =
    creates && updates
      ? `Creates a row of \`${table.name}\`, or changes the fields that are given.`
      : creates
        ? `Creates a row of \`${table.name}\`.`
        : `Changes the fields that are given of a row of \`${table.name}\`.`;
  return {
    table: table.name,
    upsertDoc,
    upsert: hasUpsert(table)
      ? declare(
          names.upsert,
          "upsert",
          call("upsertArgs", [fields]),
          call("opReply", [fields]),
          serverCall("upsert", table.name),
        )
      : null,
    remove: hasRemove(table)
      ? declare(
          names.remove,
          "remove",
          "removeArgs",
          call("opReply", [fields]),
          serverCall("remove", table.name),
        )
      : null,
    changesSince: declare(
      names.changesSince,
      "page",
      "pullArgs",
      page,
      serverCall("changesSince", table.name),
    ),
    all: declare(names.all, "page", "pullArgs", page, serverCall("all", table.name)),
  };
}

function hasUpsert({ operations }: TableModel): boolean {
  return operations.includes("create") || operations.includes("update");
}

function hasRemove({ operations }: TableModel): boolean {
  return operations.includes("delete");
}

function serverCall(method: string, table: string): Layout {
  return call(`server.${method}`, ["ctx", stringLiteral(table), "args"]);
}

function declare(
  name: string,
  kind: "page" | "upsert" | "remove",
  args: Layout,
  returns: Layout,
  body: Layout,
): string {
  const properties: Property[] = [
    { name: "args", value: args, breaks: "inside" },
    { name: "returns", value: returns, breaks: "inside" },
    {
      name: "handler",
      value: group(["(ctx, args) =>", group(indent([line, body]))]),
      breaks: "inside",
    },
  ];
  const definition = callWithLast(`build.${kind}`, [], objectLiteral(properties, true));
  return printLayout([`export const ${name} =`, fluid(definition), ";"]);
}
