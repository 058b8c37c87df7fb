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
import { aScope, hasScopes } from "../../tableRules";
import { fieldsName, wasUpgraded } from "./tablesView";

/** What `templates/tables/convex/sync.ts.hbs` is filled with. */
export interface FunctionsView {
  readonly imports: readonly string[];
  readonly schemaVersion: number;
  readonly accepts: number;
  readonly upgrades: string;
  readonly retentionDays: number;
  readonly isLimited: boolean;
  readonly hasScopes: boolean;
  /** One of the scopes, for an example. */
  readonly aScope: string;
  /** There are functions of tables without a scope. */
  readonly buildsOwn: boolean;
  /** There are functions of tables with one. */
  readonly buildsScoped: boolean;
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
  /** Which rows `all` gives: those ` that the signed-in user has`, or those ` of one workspace`. */
  readonly whose: string;
  /** ` of one workspace`; empty for a table without a scope. */
  readonly ofOne: string;
}

/** The Convex functions of every table. */
export function functionsView(input: TargetInput): FunctionsView {
  const { model, upgrades, library, pieces } = input;
  const { tables } = model;
  const isScoped = hasScopes(model);
  const earlier = earlierFunctions(model, upgrades);
  const kinds = new Set([...tables.map(kindOf), ...earlier.map(({ kind }) => kind)]);
  const usesHistory =
    tables.some(({ name }) => wasUpgraded(upgrades, name)) ||
    earlier.some(({ today }) => today !== null);
  const validators = [
    "collectArgs",
    "forgetUserArgs",
    "headArgs",
    "headReply",
    "pushArgs",
    "pushReply",
    ...validatorsOf(ownKind, tables, kinds),
  ];
  const scopedValidators = [
    ...(isScoped ? ["forgetScopeArgs"] : []),
    ...validatorsOf(scopedKind, tables, kinds),
  ];
  return {
    imports: [
      ...importStatement("convex/values", [{ name: "v" }]),
      ...importStatement("./_generated/server", [
        { name: "internalMutation" },
        { name: "mutation" },
        { name: "query" },
      ]),
      ...(kinds.has(ownKind)
        ? importStatement("./syncEngine/functions", [{ name: "tableFunctions" }])
        : []),
      ...(usesHistory ? importStatement("./syncEngine/history", [{ name: "historyOf" }]) : []),
      ...(kinds.has(scopedKind)
        ? importStatement("./syncEngine/scopedFunctions", [{ name: "scopedTableFunctions" }])
        : []),
      ...importStatement(
        "./syncEngine/scopedValidators",
        scopedValidators.map((name) => ({ name })),
      ),
      ...(isScoped ? importStatement("./syncEngine/scopes", [{ name: "scopeParts" }]) : []),
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
      ...(isScoped
        ? importStatement("./syncScopes", [{ name: "accessTo" }, { name: "listScopes" }])
        : []),
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
    hasScopes: isScoped,
    aScope: aScope(model),
    buildsOwn: kinds.has(ownKind),
    buildsScoped: kinds.has(scopedKind),
    tables: tables.map((table) =>
      pieces.of("functions", table, wasUpgraded(upgrades, table.name), (hasHistory) =>
        renderTemplate(library, "convex/syncTable.ts", tableFunctions(table, hasHistory)),
      ),
    ),
    earlier: earlier.map(({ doc, text }) => ({ doc, text })),
  };
}

/** What the functions of a table are made with: rows of a scope are asked for with its id. */
const ownKind = {
  build: "build",
  pullArgs: "pullArgs",
  pullReply: "pullReply",
  upsertArgs: "upsertArgs",
  removeArgs: "removeArgs",
  opReply: "opReply",
} as const;

const scopedKind = {
  build: "buildScoped",
  pullArgs: "scopedPullArgs",
  pullReply: "scopedPullReply",
  upsertArgs: "scopedUpsertArgs",
  removeArgs: "scopedRemoveArgs",
  opReply: "scopedOpReply",
} as const;

type FunctionKind = typeof ownKind | typeof scopedKind;

/** The validators that functions of this kind are made with. */
function validatorsOf(
  kind: FunctionKind,
  tables: readonly TableModel[],
  kinds: ReadonlySet<FunctionKind>,
): readonly string[] {
  if (!kinds.has(kind)) return [];
  const own = tables.filter((table) => kindOf(table) === kind);
  return [
    kind.pullArgs,
    kind.pullReply,
    ...(own.some(({ operations }) => operations.length > 0) ? [kind.opReply] : []),
    ...(own.some(hasRemove) ? [kind.removeArgs] : []),
    ...(own.some(hasUpsert) ? [kind.upsertArgs] : []),
  ];
}

function kindOf({ scope }: { readonly scope: string | null }): FunctionKind {
  return scope === null ? ownKind : scopedKind;
}

/** A function that apps of an earlier schema version ask for, and no table of today has. */
interface EarlierFunction extends EarlierFunctionView {
  readonly kind: FunctionKind;
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
    for (const [name, { renamedTo, removed, entity, scope = null }] of Object.entries(changes)) {
      if (renamedTo === undefined && removed !== true && entity === undefined) continue;
      const names = tableNames(name, entity ?? null);
      const now = tableToday(upgrades, name, from);
      const today = tables.find((one) => one.name === now) ?? null;
      for (const method of ["changesSince", "all"] as const) {
        // A function of today answers under its own name.
        if (taken.has(names[method])) continue;
        const kind = kindOf(today ?? { scope });
        found.set(names[method], earlierFunction({ method, name, names, today, kind }));
      }
    }
  }
  return [...found.values()];
}

/** A function as apps of before know it. */
interface FormerFunction extends Pick<EarlierFunction, "today" | "kind"> {
  readonly method: "changesSince" | "all";
  /** The table's name of before, and what is made from it. */
  readonly name: string;
  readonly names: TableNames;
}

function earlierFunction({ method, name, names, today, kind }: FormerFunction): EarlierFunction {
  const reply =
    today === null
      ? call(kind.pullReply, ["{}"])
      : call(kind.pullReply, [fieldsName(today), historyCall(today)]);
  return {
    today,
    kind,
    doc: docOf(name, names, today),
    text: declare(
      names[method],
      `${kind.build}.page`,
      kind.pullArgs,
      reply,
      serverCall(method, name),
    ),
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
  const kind = kindOf(table);
  const page = call(kind.pullReply, hasHistory ? [fields, historyCall(table)] : [fields]);
  const ofOne = table.scope === null ? "" : ` of one ${table.scope}`;
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
    whose: table.scope === null ? " that the signed-in user has" : ofOne,
    ofOne,
    upsert: hasUpsert(table)
      ? declare(
          names.upsert,
          `${kind.build}.upsert`,
          call(kind.upsertArgs, [fields]),
          call(kind.opReply, [fields]),
          serverCall("upsert", table.name),
        )
      : null,
    remove: hasRemove(table)
      ? declare(
          names.remove,
          `${kind.build}.remove`,
          kind.removeArgs,
          call(kind.opReply, [fields]),
          serverCall("remove", table.name),
        )
      : null,
    changesSince: declare(
      names.changesSince,
      `${kind.build}.page`,
      kind.pullArgs,
      page,
      serverCall("changesSince", table.name),
    ),
    all: declare(
      names.all,
      `${kind.build}.page`,
      kind.pullArgs,
      page,
      serverCall("all", table.name),
    ),
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

/** `build`: what makes the function, `build.page`. */
function declare(name: string, build: string, args: Layout, returns: Layout, body: Layout): string {
  const properties: Property[] = [
    { name: "args", value: args, breaks: "inside" },
    { name: "returns", value: returns, breaks: "inside" },
    {
      name: "handler",
      value: group(["(ctx, args) =>", group(indent([line, body]))]),
      breaks: "inside",
    },
  ];
  const definition = callWithLast(build, [], objectLiteral(properties, true));
  return printLayout([`export const ${name} =`, fluid(definition), ";"]);
}
