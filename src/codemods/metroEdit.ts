import type * as Morph from "ts-morph";
import type { TextEdit } from "../plan/plan";
import {
  morph,
  sourceEdit,
  splices,
  strange,
  unwrap,
  valueOf,
  type Found,
  type Parsed,
} from "./syntax";
import { lineStart, quoted } from "./textSpans";

const wanted = [
  { list: "assetExts", ending: "wasm", why: "expo-sqlite runs as WebAssembly on the web" },
] as const;

const newConfig = `const { getDefaultConfig } = require("expo/metro-config");

/** @type {import("expo/metro-config").MetroConfig} */
const config = getDefaultConfig(__dirname);

${wanted.map(({ list, ending, why }) => `// ${why}.\nconfig.resolver.${list}.push("${ending}");`).join("\n")}

module.exports = config;
`;

const pushes = wanted
  .map(({ list, ending }) => `config.resolver.${list}.push("${ending}");\n`)
  .join("");

// Of a configuration that is computed, or of a file that cannot be read, nobody knows its name.
const snippet = `// Where the configuration is made that this file exports, by the name that it has there:\n${pushes}`;

/**
 * Lets Metro resolve `.wasm`: SQLite on the web. Migrations need nothing, because they are strings. Creates the file where there is none.
 */
export function metroEdit(path: string): TextEdit {
  return sourceEdit({
    path,
    create: newConfig,
    snippet,
    isDone: (text) => wanted.every(({ list, ending }) => names(text, list, ending)),
    find: findResolver,
  });
}

/** Whether a line of code speaks of the list and the ending together: `sourceExts.push("sql")`, `sourceExts: [...x, "sql"]`. */
function names(text: string, list: string, ending: string): boolean {
  const code = text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/(^|\s)\/\/[^\n]*/g, "$1");
  return new RegExp(`\\b${list}\\b[^;]*?["'\`]${ending}["'\`]`).test(code);
}

type Wanted = (typeof wanted)[number];

function findResolver({ source, text, style }: Parsed): Found {
  const { Node } = morph();
  const missing = wanted.filter(({ list, ending }) => !names(text, list, ending));
  const exported = findExport(source);
  if (exported === undefined) return strange("it does not export a configuration");
  const { statement, value } = exported;
  const place = lineStart(text, statement.getStart());
  const end = statement.getText().endsWith(";") ? ";" : "";
  const { lineEnding } = style;
  const linesFor = (name: string): string =>
    missing
      .map(
        ({ list, ending, why }) =>
          `// ${why}.${lineEnding}${name}.resolver.${list}.push(${quoted(ending, style)})${end}${lineEnding}`,
      )
      .join("") + lineEnding;

  const configuration = innermost(value);
  if (isDefaults(configuration)) {
    const name = freeName(source);
    const declaration = `const ${name} = ${configuration.getText()}${end}${lineEnding}${lineEnding}`;
    return splices(
      { start: place, end: place, text: declaration + linesFor(name) },
      { start: configuration.getStart(), end: configuration.getEnd(), text: name },
    );
  }
  const name = Node.isIdentifier(configuration) ? configuration.getText() : null;
  const made = valueOf(configuration);
  // Only Expo's (or a wrapper's) defaults have the two lists; a literal may not.
  if (name !== null && Node.isCallExpression(made))
    return splices({ start: place, end: place, text: linesFor(name) });
  const reason = `${name ?? "what it exports"} is not made by getDefaultConfig`;
  // A wrapper may hand on a copy: after it, a change of what went in comes too late.
  const isDirect = configuration === unwrap(value);
  if (!Node.isObjectLiteralExpression(made) || (name === null && !isDirect)) return strange(reason);
  return strange(reason, literalSnippet(made, name, missing));
}

/** What is pasted where the configuration is an object literal, held in a variable or exported as it stands. */
function literalSnippet(
  literal: Morph.ObjectLiteralExpression,
  name: string | null,
  missing: readonly Wanted[],
): string {
  const isModule = literal.getSourceFile().getExportAssignments().length > 0;
  if (name === null && isModule) return snippet;
  const target = name ?? "module.exports";
  const place = name === null ? "At the end of the file" : `Above the line that exports ${name}`;
  const defaults = isModule
    ? 'import { getDefaultConfig } from "expo/metro-config";\n'
    : 'const { getDefaultConfig } = require("expo/metro-config");\n';
  const folder = isModule ? "import.meta.dirname" : "__dirname";
  const lines = missing.map(({ list, ending }) =>
    hasList(literal, list)
      ? `${target}.resolver.${list}.push("${ending}");\n`
      : `${target}.resolver = {\n  ...${target}.resolver,\n  ${list}: [...getDefaultConfig(${folder}).resolver.${list}, "${ending}"],\n};\n`,
  );
  const needsDefaults = lines.some((line) => line.includes("getDefaultConfig("));
  const isImported = /\bgetDefaultConfig\b/.test(literal.getSourceFile().getText());
  return `// ${place}:\n${needsDefaults && !isImported ? defaults : ""}${lines.join("")}`;
}

function hasList(literal: Morph.ObjectLiteralExpression, list: string): boolean {
  const { Node } = morph();
  const member = (of: Morph.Node | undefined, key: string): Morph.Node | undefined => {
    if (!Node.isObjectLiteralExpression(of)) return undefined;
    const property = of.getProperty(key);
    return Node.isPropertyAssignment(property) ? property.getInitializer() : undefined;
  };
  return Node.isArrayLiteralExpression(member(member(literal, "resolver"), list));
}

/** What the file exports, as `module.exports = …` or `export default …`. */
function findExport(
  source: Morph.SourceFile,
): { readonly statement: Morph.Statement; readonly value: Morph.Node } | undefined {
  const { SyntaxKind } = morph();
  const assigned = source
    .getDescendantsOfKind(SyntaxKind.BinaryExpression)
    .find((one) => one.getLeft().getText() === "module.exports");
  const statement = assigned?.getParentIfKind(SyntaxKind.ExpressionStatement);
  if (assigned && statement) return { statement, value: assigned.getRight() };
  const byDefault = source.getExportAssignment((one) => !one.isExportEquals());
  return byDefault && { statement: byDefault, value: byDefault.getExpression() };
}

/** The configuration inside of wrappers: `config` of `withNativeWind(config, …)`; a call of `getDefaultConfig` is none. */
function innermost(value: Morph.Node): Morph.Node {
  const { Node } = morph();
  const inner = unwrap(value);
  const first =
    Node.isCallExpression(inner) && !isDefaults(inner) ? inner.getArguments()[0] : undefined;
  return first === undefined ? inner : innermost(first);
}

function isDefaults(node: Morph.Node): boolean {
  const { Node } = morph();
  if (!Node.isCallExpression(node)) return false;
  return /(?:^|\.)getDefaultConfig$/.test(node.getExpression().getText());
}

function freeName(source: Morph.SourceFile): string {
  const { SyntaxKind } = morph();
  const used = new Set(
    source.getDescendantsOfKind(SyntaxKind.Identifier).map((one) => one.getText()),
  );
  let name = "config";
  for (const other of ["metroConfig", "expoConfig"]) if (used.has(name)) name = other;
  while (used.has(name)) name = `${name}_`;
  return name;
}
