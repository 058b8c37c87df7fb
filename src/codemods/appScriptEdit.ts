import type * as Morph from "ts-morph";
import type { TextEdit } from "../plan/plan";
import { appendItem, appendProperty } from "./objectEdit";
import { morph, sourceEdit, splices, strange, valueOf, type Found, type Parsed } from "./syntax";
import { quoted, type Splice } from "./textSpans";

/** Adds config plugins to `app.config.ts` or `.js`: to its `plugins` list, or as a new one in the object that it exports. */
export function appScriptEdit(path: string, plugins: readonly string[]): TextEdit {
  const list = plugins.map((plugin) => JSON.stringify(plugin)).join(", ");
  return sourceEdit({
    path,
    snippet: `// in the configuration that ${path} exports:\nplugins: [${list}],\n`,
    find: (parsed) => findPlugins(parsed, plugins),
  });
}

/** True for the text of a dynamic configuration that has no plugins of its own and passes on those of `app.json`. */
export function passesOnAppJson(text: string): boolean {
  return /\.\.\.\s*config\b/.test(text) && !/\bplugins\s*:/.test(text);
}

function findPlugins(parsed: Parsed, plugins: readonly string[]): Found {
  const { Node } = morph();
  const config = findConfig(parsed.source);
  if (!config) return strange("it exports no object that can be read");
  const property = config.getProperty("plugins");
  if (property === undefined) {
    const spread = config.getProperties().find(Node.isSpreadAssignment);
    const items = plugins.map((plugin) => quoted(plugin, parsed.style));
    // A plugins key behind a spread would replace the plugins that come with it.
    const kept = spread
      ? [`...(${spread.getExpression().getText()}.plugins ?? [])`, ...items]
      : items;
    return splices(...appendProperty(parsed, config, `plugins: [${kept.join(", ")}]`));
  }
  const value = Node.isPropertyAssignment(property)
    ? valueOf(property.getInitializerOrThrow())
    : Node.isShorthandPropertyAssignment(property)
      ? valueOf(property.getNameNode())
      : undefined;
  if (!value || !Node.isArrayLiteralExpression(value)) return strange("its plugins are no list");
  const present = value.getElements().map(pluginName);
  const missing = plugins.filter((plugin) => !present.includes(plugin));
  return splices(...appendElements(parsed, value, missing));
}

function pluginName(element: Morph.Node): string | undefined {
  const { Node } = morph();
  if (Node.isArrayLiteralExpression(element)) {
    const first = element.getElements()[0];
    return first && pluginName(first);
  }
  return Node.isStringLiteral(element) || Node.isNoSubstitutionTemplateLiteral(element)
    ? element.getLiteralText()
    : undefined;
}

function appendElements(
  parsed: Parsed,
  list: Morph.ArrayLiteralExpression,
  plugins: readonly string[],
): readonly Splice[] {
  if (plugins.length === 0) return [];
  const items = plugins.map((plugin) => quoted(plugin, parsed.style));
  const last = list.getElements().at(-1);
  const close = list.getEnd() - 1;
  if (last === undefined) {
    return [{ start: list.getStart() + 1, end: list.getStart() + 1, text: items.join(", ") }];
  }
  return appendItem(parsed, { last, close }, items.join(", "));
}

/** The object that the file exports: directly, by a name, from a function of `{ config }`, or by `module.exports`; below `expo` where it has that key. */
function findConfig(source: Morph.SourceFile): Morph.ObjectLiteralExpression | undefined {
  const { Node, SyntaxKind } = morph();
  const assigned = source
    .getDescendantsOfKind(SyntaxKind.BinaryExpression)
    .find((one) => one.getLeft().getText() === "module.exports")
    ?.getRight();
  const exported =
    source.getExportAssignment((one) => !one.isExportEquals())?.getExpression() ??
    source.getFunctions().find((one) => one.isDefaultExport()) ??
    assigned;
  const config = exported && asObject(exported);
  const expo = config?.getProperty("expo");
  const inner =
    expo && Node.isPropertyAssignment(expo) ? valueOf(expo.getInitializerOrThrow()) : undefined;
  return inner && Node.isObjectLiteralExpression(inner) ? inner : config;
}

function asObject(node: Morph.Node): Morph.ObjectLiteralExpression | undefined {
  const { Node, SyntaxKind } = morph();
  const value = valueOf(node);
  if (Node.isObjectLiteralExpression(value)) return value;
  const declared = Node.isIdentifier(value)
    ? value.getSourceFile().getFunction(value.getText())
    : value;
  if (
    !Node.isArrowFunction(declared) &&
    !Node.isFunctionDeclaration(declared) &&
    !Node.isFunctionExpression(declared)
  ) {
    return undefined;
  }
  const body = declared.getBody();
  if (body === undefined) return undefined;
  if (!Node.isBlock(body)) return asObject(body);
  const returned = body
    .getDescendantsOfKind(SyntaxKind.ReturnStatement)
    .filter((one) => one.getFirstAncestor(Node.isFunctionLikeDeclaration) === declared)
    .flatMap((one) => one.getExpression() ?? []);
  const only = returned.length === 1 ? returned[0] : undefined;
  const found = only && valueOf(only);
  return found && Node.isObjectLiteralExpression(found) ? found : undefined;
}
