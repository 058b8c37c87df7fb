import type * as Morph from "ts-morph";
import type { Diagnostic } from "../kernel/diagnostic";
import { storedName, type StoredTable } from "../model/model";
import type { TextEdit } from "../plan/plan";
import { addImport, importedAs } from "./importEdit";
import { prependProperty } from "./objectEdit";
import { entriesOf, type Entry } from "./objectRead";
import {
  morph,
  parseSource,
  sourceEdit,
  splices,
  strange,
  valueOf,
  type Found,
  type Parsed,
} from "./syntax";
import type { Splice } from "./textSpans";

const newSchema = `import { defineSchema } from "convex/server";
import { syncTables } from "./syncTables";

export default defineSchema({
  ...syncTables,
});
`;

const snippet = `import { syncTables } from "./syncTables";

export default defineSchema({
  ...syncTables,
  // your own tables
});
`;

/**
 * Spreads the emitted `syncTables` into the user's `defineSchema`, or creates the schema. They come first: should a spread
 * that cannot be read here hold a table of the same name, then the user's stands.
 */
export function schemaEdit(path: string): TextEdit {
  return sourceEdit({ path, isDone, create: newSchema, snippet, find: findTables });
}

function isDone(text: string): boolean {
  return (
    /^\s*import\s*\{[^}\n]*\bsyncTables\b[^}\n]*\}\s*from\s*["']\.\/syncTables(?:\.js)?["']/m.test(
      text,
    ) && /^[^/*\n]*\.\.\.\s*syncTables\b/m.test(text)
  );
}

function findTables(parsed: Parsed): Found {
  const { Node } = morph();
  const { source } = parsed;
  const known = importedAs(source, "syncTables", "./syncTables");
  if (known !== undefined && isUsed(source, known)) return splices();

  const call = findSchemaCall(source);
  if (call === undefined) return strange("it has no single call of Convex's defineSchema");
  const argument = call.getArguments()[0];
  if (argument === undefined) return strange("its defineSchema has no tables");
  const imports = addImport(parsed, ["syncTables"], "./syncTables");
  if (known === undefined && imports === undefined) {
    return strange("it uses the name syncTables for something else");
  }

  const spread = `...${known ?? "syncTables"}`;
  const tables = valueOf(argument);
  const added: readonly Splice[] = Node.isObjectLiteralExpression(tables)
    ? prependProperty(parsed, tables, spread)
    : [
        { start: argument.getStart(), end: argument.getStart(), text: `{ ${spread}, ...` },
        { start: argument.getEnd(), end: argument.getEnd(), text: " }" },
      ];
  return splices(...(known === undefined ? (imports ?? []) : []), ...added);
}

/**
 * Errors for tables that the user's own schema already has: sync-gen never takes over a table.
 * Sees literal tables, and those of objects in the same file that are spread or passed.
 */
export function findSchemaClashes(
  path: string,
  text: string | undefined,
  synced: readonly StoredTable[],
): readonly Diagnostic[] {
  const names = new Map(synced.map((table) => [storedName(table), table.name]));
  // Parsing is dear; a file that holds none of the names as a key cannot clash.
  if (text === undefined || ![...names.keys()].some((name) => mayHoldKey(text, name))) return [];
  const source = parseSource(path, text.replace(/^\uFEFF/, ""))?.source;
  const argument = source && findSchemaCall(source)?.getArguments()[0];
  if (!source || !argument) return [];
  return tablesOf(argument).flatMap(({ name, key }) => {
    const today = names.get(name);
    if (today === undefined) return [];
    const { line, column } = source.getLineAndColumnAtPos(key.getStart());
    return [
      {
        code: "SG510",
        severity: "error",
        message:
          today === name
            ? `${path} already defines a table "${name}", which sync.config.ts wants to emit.`
            : `${path} defines a table "${name}", and Convex stores the synced table "${today}" under that name.`,
        location: { file: path, line, column },
        hint:
          today === name
            ? `Rename the table in sync.config.ts, or remove "${name}" from ${path} once its documents are moved: a synced table has other fields, so sync-gen does not take it over.`
            : `Give the table in ${path} another name. What sync-gen calls "${today}" keeps its documents under "${name}".`,
      },
    ];
  });
}

function mayHoldKey(text: string, name: string): boolean {
  return new RegExp(`(?:^|[\\s{,"'\`])${name}["'\`]?\\]?\\s*[:,}]`, "m").test(text);
}

/** The tables that can be seen in the first argument of `defineSchema`. */
function tablesOf(argument: Morph.Node): readonly Entry[] {
  const { Node } = morph();
  const tables = valueOf(argument);
  return Node.isObjectLiteralExpression(tables) ? entriesOf(tables).entries : [];
}

/** The one call of Convex's `defineSchema`, or among several the one that is exported. */
export function findSchemaCall(source: Morph.SourceFile): Morph.CallExpression | undefined {
  const { Node, SyntaxKind } = morph();
  const local = importedAs(source, "defineSchema", "convex/server");
  const calls = source
    .getDescendantsOfKind(SyntaxKind.CallExpression)
    .filter((call) => call.getExpression().getText() === local);
  if (calls.length === 1) return calls[0];
  const exported = source.getExportAssignment((one) => !one.isExportEquals())?.getExpression();
  const value = exported && valueOf(exported);
  return value && Node.isCallExpression(value) && calls.includes(value) ? value : undefined;
}

function isUsed(source: Morph.SourceFile, name: string): boolean {
  const { Node, SyntaxKind } = morph();
  return source
    .getDescendantsOfKind(SyntaxKind.Identifier)
    .some((one) => one.getText() === name && !Node.isImportSpecifier(one.getParent()));
}
