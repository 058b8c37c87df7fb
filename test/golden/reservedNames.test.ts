import ts from "typescript";
import { describe, expect, it } from "vitest";
import {
  emittedTypes,
  engineHooks,
  schemaNames,
  serverNames,
  typescriptTypes,
} from "../../src/model/reserved";
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

// Not the cases with types of their own for json fields: those names are the user's.
const projects = caseNames().filter((name) => !["everyField", "monorepo"].includes(name));
const trees = projects.map((name) => readTree(expectedFolder(name)));

/** Names in the files of every golden that end in a path, but for those that are made from a table's name. */
function taken(path: string, ofTable: (name: string, text: string) => boolean): readonly string[] {
  const texts = trees.flatMap((tree) =>
    [...tree].flatMap(([file, text]) => (file.endsWith(path) ? [text] : [])),
  );
  expect(texts.length).toBe(trees.length);
  return [
    ...new Set(texts.flatMap((text) => namesOf(text).filter((name) => !ofTable(name, text)))),
  ];
}

const missing = (names: readonly string[], ...reserved: readonly ReadonlySet<string>[]) => {
  const known = new Set(reserved.flatMap((set) => [...set].map((name) => name.toLowerCase())));
  return names.filter((name) => !known.has(name.toLowerCase()));
};

describe("a name that an emitted file has for itself is refused as the name of a table's", () => {
  it("row, in db/schema", () => {
    const isRow = (name: string, text: string) => text.includes(`export interface ${name} {`);
    const isTable = (name: string, text: string) =>
      text.includes(`export const ${name} = sqliteTable(`);
    const names = taken("db/schema.ts", (name, text) => isRow(name, text) || isTable(name, text));
    const [types, values] = [/^[A-Z]/, /^[a-z]/].map((start) =>
      names.filter((name) => start.test(name)),
    );
    expect(types?.length).toBeGreaterThan(0);
    expect(missing(types ?? [], emittedTypes, typescriptTypes)).toEqual([]);
    expect(missing(values ?? [], schemaNames)).toEqual([]);
  });

  it("row, in sync/TableRegistry", () => {
    // What comes from db/schema is the rows and what is made from their names.
    const names = taken("sync/TableRegistry.ts", (name, text) =>
      (/import type \{([^}]*)\} from "\.\.\/db\/schema"/.exec(text)?.[1] ?? "")
        .split(/[\s,]+/)
        .includes(name),
    );
    expect(names.length).toBeGreaterThan(3);
    const types = names.filter((name) => /^[A-Z]/.test(name));
    expect(missing(types, emittedTypes, typescriptTypes)).toEqual([]);
  });

  it("function, in convex/sync", () => {
    const tables = /^(upsert|remove|get)[A-Z]|Fields$/;
    const names = taken("convex/sync.ts", (name) => tables.test(name));
    expect(missing(names, serverNames)).toEqual([]);
  });

  it("hook, in hooks", () => {
    const hooks = trees.flatMap((tree) =>
      [...tree].flatMap(([file, text]) => {
        if (!file.endsWith("files.txt")) return [];
        return [...text.matchAll(/\/hooks\/use(\w+)\.tsx? = templates/g)].map(
          ([, name = ""]) => name,
        );
      }),
    );
    expect(hooks).toContain("SignOut");
    expect(missing([...new Set(hooks)], engineHooks)).toEqual([]);
  });
});
