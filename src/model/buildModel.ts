import { locateAll, type LoadedConfig } from "../config/loadedConfig";
import { Problems } from "../config/problems";
import { isPlainObject } from "../config/reader";
import { readConfig } from "../config/readConfig";
import type { ConfigShape, FieldShape, TableShape } from "../config/shape";
import { operationNames } from "../config/vocabulary";
import { hasErrors, type Outcome } from "../kernel/diagnostic";
import { checkBackendLimits } from "./checkBackendLimits";
import { checkFields } from "./checkFields";
import { checkApiImport, checkFolders, checkMergeModule, type Folders } from "./checkFolders";
import { checkFieldNames, checkTableNames, type NamedTable } from "./checkNames";
import { checkReferences } from "./checkReferences";
import { checkRenames } from "./checkRenames";
import { checkScopes } from "./checkScopes";
import { checkTable } from "./checkTable";
import { buildDefault } from "./defaults";
import { buildIndexes, isIndexed } from "./indexes";
import type { FieldModel, ModelDraft, PolicyModel, TableModel } from "./model";
import { tableNames } from "./tableNames";

/** What the workspace says about the places that a config leaves open. */
export interface WorkspaceFacts {
  /** How device code imports Convex's `api`; `null` when nothing is known, which leads to a relative path. */
  readonly apiImport: string | null;
  /** The folder of the app's package.json, relative to the project's root; `null` when there is none. */
  readonly appFolder: string | null;
  /** Whether the package with the Convex functions depends on `@convex-dev/auth`; by default not. */
  readonly usesConvexAuth?: boolean;
  /** Whether the project has a file of this path, relative to its root. */
  exists(path: string): boolean;
}

/**
 * Works out what a config means, or everything that is wrong with it: each problem with its path and its place in the text.
 * Pure. The rest of the model, `schemaVersion` and `hasConflicts`, comes from comparing it with the last one.
 */
export function buildModel(loaded: LoadedConfig, workspace: WorkspaceFacts): Outcome<ModelDraft> {
  const { shape, diagnostics: shapeDiagnostics } = readConfig(loaded.config);
  const problems = new Problems();
  const named = shape.tables.map((table) => ({
    table,
    names: tableNames(table.name, table.entity),
  }));
  const folders = checkFolders(shape, problems);
  if (isPlainObject(loaded.config.tables) && Object.keys(loaded.config.tables).length === 0) {
    problems.add("SG201", ["tables"], "The config has no tables.", {
      allowed: "at least one: { tasks: table({ … }) }",
      hint: "Run `sync-gen add-table tasks --field title:text`.",
    });
  }
  checkTableNames(named, problems);
  checkReferences(shape.tables, problems);
  checkRenames(shape.tables, problems);
  checkScopes(shape.tables, problems);
  const tables = named.map((entry) =>
    buildTable(entry, { folders, workspace }, loaded.jsonTypes, problems),
  );
  const model = {
    client: buildClient(shape, folders, workspace, problems),
    server: {
      ...shape.server,
      out: folders?.serverOut ?? shape.server.out,
      usesConvexAuth: workspace.usesConvexAuth ?? false,
    },
    tables,
  };
  const diagnostics = locateAll([...shapeDiagnostics, ...problems.list], loaded.locate);
  return hasErrors(diagnostics)
    ? { ok: false, diagnostics }
    : { ok: true, value: model, diagnostics };
}

function buildClient(
  { client }: ConfigShape,
  folders: Folders | null,
  workspace: WorkspaceFacts,
  problems: Problems,
): ModelDraft["client"] {
  const { store, background } = client;
  if (folders === null) return { store, out: client.out, apiImport: "", appFolder: "", background };
  const out = folders.clientOut;
  const apiImport = checkApiImport(client.api, folders, workspace.apiImport, problems);
  const appFolder = workspace.appFolder ?? likelyAppFolder(out);
  return { store, out, apiImport, appFolder, background };
}

/** Without any package.json: what stands before `src`, else the project's root. */
function likelyAppFolder(clientOut: string): string {
  const parts = clientOut.split("/");
  return parts.slice(0, Math.max(parts.indexOf("src"), 0)).join("/");
}

/** Where files go, and what is there already. */
interface Places {
  readonly folders: Folders | null;
  readonly workspace: WorkspaceFacts;
}

function buildTable(
  { table, names }: NamedTable,
  places: Places,
  jsonTypes: LoadedConfig["jsonTypes"],
  problems: Problems,
): TableModel {
  checkFieldNames(table, problems);
  checkTable(table, problems);
  checkFields(table, problems);
  const indexes = buildIndexes(table, problems);
  checkBackendLimits(table, indexes, problems);
  return {
    name: table.name,
    names,
    renamedFrom: table.renamedFrom,
    scope: table.scope,
    policy: buildPolicy(table, places, problems),
    operations: allowedOperations(table),
    uniqueBy: table.uniqueBy,
    indexes,
    fields: table.fields.map((field) =>
      buildField(field, `${table.name}.${field.name}`, jsonTypes),
    ),
    description: table.description,
  };
}

function buildPolicy(
  table: TableShape,
  { folders, workspace }: Places,
  problems: Problems,
): PolicyModel {
  const module =
    table.merge === null
      ? null
      : checkMergeModule(table.merge, table.name, { folders, exists: workspace.exists }, problems);
  return {
    // A table without a policy was reported, so no model comes of this.
    name: table.policy ?? "server-wins",
    by: table.by,
    deletes: table.deletes ?? "revive",
    module,
  };
}

/** In the order of `operationNames`, so that the order in the config changes nothing. */
function allowedOperations(table: TableShape): TableModel["operations"] {
  if (table.operations === null) {
    return table.policy === "append-only" ? ["create"] : [...operationNames];
  }
  const listed = table.operations;
  return operationNames.filter((operation) => listed.includes(operation));
}

function buildField(
  field: FieldShape,
  key: string,
  jsonTypes: LoadedConfig["jsonTypes"],
): FieldModel {
  return {
    name: field.name,
    kind: field.kind,
    optional: field.optional,
    default: buildDefault(field),
    choices: field.choices,
    references: field.references,
    json: field.kind === "json" && Object.hasOwn(jsonTypes, key) ? (jsonTypes[key] ?? null) : null,
    renamedFrom: field.renamedFrom,
    indexed: isIndexed(field),
    side: field.side,
    merge: field.merge,
    description: field.description,
  };
}
