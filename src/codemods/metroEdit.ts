import type * as Morph from "ts-morph";
import type { TextEdit } from "../plan/plan";
import { morph, sourceEdit, splices, strange, valueOf, type Found, type Parsed } from "./syntax";
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

const snippet = wanted
  .map(({ list, ending }) => `config.resolver.${list}.push("${ending}");\n`)
  .join("");

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

function findResolver({ source, text, style }: Parsed): Found {
  const { Node, SyntaxKind } = morph();
  const missing = wanted.filter(({ list, ending }) => !names(text, list, ending));
  const exported = source
    .getDescendantsOfKind(SyntaxKind.BinaryExpression)
    .find((one) => one.getLeft().getText() === "module.exports");
  const statement = exported?.getParentIfKind(SyntaxKind.ExpressionStatement);
  const name = exported && configName(source, exported.getRight());
  if (!statement || !name) return strange("it does not export a configuration held in a variable");
  const declared = source.getVariableDeclarationOrThrow(name);
  const made = valueOf(declared.getNameNode());
  // Only Expo's (or a wrapper's) defaults have the two lists; a literal may not.
  if (!Node.isCallExpression(made)) return strange(`${name} is not made by getDefaultConfig`);

  const end = statement.getText().endsWith(";") ? ";" : "";
  const { lineEnding } = style;
  const lines = missing.map(
    ({ list, ending, why }) =>
      `// ${why}.${lineEnding}${name}.resolver.${list}.push(${quoted(ending, style)})${end}${lineEnding}`,
  );
  const at = lineStart(text, statement.getStart());
  return splices({ start: at, end: at, text: lines.join("") + lineEnding });
}

/** The variable that is exported, also through a wrapper: `module.exports = withNativeWind(config, …)`. */
function configName(source: Morph.SourceFile, value: Morph.Node): string | undefined {
  const { Node } = morph();
  if (Node.isIdentifier(value)) {
    return source.getVariableDeclaration(value.getText()) ? value.getText() : undefined;
  }
  const first = Node.isCallExpression(value) ? value.getArguments()[0] : undefined;
  return first && configName(source, first);
}
