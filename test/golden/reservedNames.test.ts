import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import * as react from "react";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import {
  deviceColumns,
  emittedTypes,
  engineHooks,
  reactHooks,
  schemaNames,
  scopeColumn,
  serverColumns,
  serverIndexes,
  serverNames,
} from "../../src/model/reserved";
import { deviceTables } from "../../src/targets/stores/expoSqlite/columns";
import { scopedTable } from "../../templates/server/convex/syncEngine/scopedTable";
import { syncedTable } from "../../templates/server/convex/syncEngine/tables";
import { caseNames, expectedFolder, readTree } from "./goldenProject";

/** What a module imports by name or declares at its top. */
function namesOf(text: string): readonly string[] {
  const source = ts.createSourceFile("file.tsx", text, ts.ScriptTarget.Latest, true);
  return source.statements.flatMap((statement): readonly string[] => {
    if (ts.isImportDeclaration(statement)) {
      const bindings = statement.importClause?.namedBindings;
      return bindings && ts.isNamedImports(bindings)
        ? bindings.elements.map(({ name }) => name.text)
        : bindings
          ? [bindings.name.text]
          : [];
    }
    if (ts.isVariableStatement(statement))
      return statement.declarationList.declarations.map(({ name }) => name.getText());
    return ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement)
      ? [statement.name.text]
      : [];
  });
}

const tree = (name: string) => readTree(expectedFolder(name));
const every = caseNames().map(tree);
/** Not the cases with types of their own for json fields: those names are the user's. */
const withoutTypes = caseNames()
  .filter((name) => !["everyField", "monorepo"].includes(name))
  .map(tree);

/** Names in the files of every golden that end in a path, but for those that are made from a table's name. */
function taken(
  path: string,
  ofTable: (name: string, text: string) => boolean,
  trees = withoutTypes,
): readonly string[] {
  const texts = trees.flatMap((tree) =>
    [...tree].flatMap(([file, text]) => (file.endsWith(path) ? [text] : [])),
  );
  expect(texts.length).toBe(trees.length);
  return [
    ...new Set(texts.flatMap((text) => namesOf(text).filter((name) => !ofTable(name, text)))),
  ];
}

const sorted = (names: Iterable<string>): readonly string[] => [...new Set(names)].sort();

describe("what emitted code has for itself is reserved, and nothing else", () => {
  const isRow = (name: string, text: string) => text.includes(`export interface ${name} {`);
  const isTable = (name: string, text: string) =>
    text.includes(`export const ${name} = sqliteTable(`);
  const schema = (trees?: typeof every) =>
    taken("db/schema.ts", (name, text) => isRow(name, text) || isTable(name, text), trees);
  const isType = (name: string) => /^[A-Z]/.test(name);

  it("as the name of a row", () => {
    const registry = taken("sync/TableRegistry.ts", () => false);
    expect(sorted(emittedTypes)).toEqual(sorted([...schema(), ...registry].filter(isType)));
  });

  it("as the name of a table", () => {
    expect(sorted(schemaNames)).toEqual(sorted(schema(every).filter((name) => !isType(name))));
  });

  it("as the name of a function in Convex", () => {
    const ofTable = (name: string, text: string) =>
      ["build", "buildScoped"].some((build) => text.includes(`export const ${name} = ${build}.`)) ||
      name.endsWith("Fields");
    expect(sorted(serverNames)).toEqual(sorted(taken("convex/sync.ts", ofTable)));
  });

  it("as the name of a hook", () => {
    const templates = fileURLToPath(new URL("../../templates/", import.meta.url));
    const folders = ["client/hooks", "tables/expoSqlite"].map((path) => join(templates, path));
    const files = folders.flatMap((folder) =>
      readdirSync(folder).map((name) => join(folder, name)),
    );
    const hooks = files.flatMap((file) => {
      const [, ofFile] = /\/use(\w+)\.[a-z.]+$/.exec(file) ?? [];
      const text = readFileSync(file, "utf8");
      const exported = [...text.matchAll(/^export (?:function|const) use(\w+)/gm)];
      return [...(ofFile === undefined ? [] : [ofFile]), ...exported.map(([, name = ""]) => name)];
    });
    expect(sorted(engineHooks)).toEqual(sorted(hooks));
    expect(sorted(reactHooks)).toEqual(
      sorted(Object.keys(react).flatMap((name) => /^use([A-Z]\w*)$/.exec(name)?.[1] ?? [])),
    );
  });

  it("as the name of a column or an index", () => {
    const empty = { name: "tasks", fields: [], indexes: [] };
    const device = deviceTables([
      { ...empty, scope: null },
      { ...empty, scope: "team" },
    ]);
    expect(sorted([...deviceColumns, scopeColumn])).toEqual(
      sorted(device.flatMap(({ columns }) => columns.map(({ name }) => name))),
    );
    const tables = [syncedTable({}), scopedTable({})];
    const shapes = tables.flatMap(({ validator }) => {
      // Safe: a live row and a tombstone, both objects, which the type spells out in another way.
      const { members } = validator as unknown as { members: readonly { fields: object }[] };
      return members.map(({ fields }) => Object.keys(fields));
    });
    expect(sorted([...serverColumns, scopeColumn])).toEqual(
      sorted([...shapes.flat(), "_id", "_creationTime"]),
    );
    expect(sorted(serverIndexes)).toEqual(
      sorted(
        tables.flatMap((table) =>
          table[" indexes"]().map(({ indexDescriptor }) => indexDescriptor),
        ),
      ),
    );
  });
});
