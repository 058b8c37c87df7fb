import type * as Morph from "ts-morph";
import type { TextEdit } from "../plan/plan";
import { addImport } from "./importEdit";
import { providerNames, tagsNamed } from "./jsxTags";
import { findComponent, findRootJsx } from "./reactComponent";
import { morph, sourceEdit, splices, strange, type Found, type Parsed } from "./syntax";
import { indentAt, lineEnd, lineStart, restyle, type Splice } from "./textSpans";

/** Where and how the app is wrapped in `OfflineProvider`. */
export interface ProviderEdit {
  /** The file to edit, relative to the project's root. */
  readonly path: string;
  /** How that file imports the emitted `OfflineProvider`. */
  readonly importFrom: string;
  /** Set up Convex's provider as well: nothing in the app has one. */
  readonly withConvex: boolean;
}

/**
 * Wraps the app in `OfflineProvider`: inside Convex's provider where the file has one, else around what the
 * component returns. A file that already renders an `OfflineProvider` stays as it is; where that stands around Convex's
 * provider, nothing would sync, and only the user knows what is between the two.
 */
export function providerEdit(edit: ProviderEdit): TextEdit {
  return sourceEdit({
    path: edit.path,
    snippet: snippetFor(edit),
    find: (parsed) => findWrap(parsed, edit),
  });
}

/** With `\n` and two spaces; a JavaScript file has no `!`. */
const clientLines = `const convex = new ConvexReactClient(process.env.EXPO_PUBLIC_CONVEX_URL!, {
  unsavedChangesWarning: false,
})`;

function snippetFor({ importFrom, withConvex }: ProviderEdit): string {
  const own = `import { OfflineProvider } from "${importFrom}";\n`;
  if (!withConvex) {
    return `${own}\n// Around your app, inside Convex's provider:\n<OfflineProvider>\n  {/* your app */}\n</OfflineProvider>\n`;
  }
  return `import { ConvexProvider, ConvexReactClient } from "convex/react";\n${own}\n${clientLines};\n\n// Around your app:\n<ConvexProvider client={convex}>\n  <OfflineProvider>\n    {/* your app */}\n  </OfflineProvider>\n</ConvexProvider>\n`;
}

function findWrap(parsed: Parsed, edit: ProviderEdit): Found {
  const { source } = parsed;
  const own = tagsNamed(source, providerNames.offline);
  const providers = tagsNamed(source, providerNames.convex);
  if (own.some((tag) => standsAround(tag, providers)))
    return strange("its OfflineProvider stands around Convex's provider, and belongs inside it");
  if (own.length > 0) return splices();

  const imports = addImport(parsed, ["OfflineProvider"], edit.importFrom);
  if (imports === undefined) return strange("it uses the name OfflineProvider for something else");
  if (providers.length > 0) {
    const around = innermost(providers);
    return around
      ? splices(...imports, ...wrapChildren(parsed, around))
      : strange("it renders several Convex providers, or one without children");
  }

  const component = findComponent(source);
  const root = component && findRootJsx(component);
  if (!root) return strange("it has no component that returns one piece of JSX");
  if (!edit.withConvex) return splices(...imports, ...wrapRoot(parsed, root, ["OfflineProvider"]));
  const client = addClient(parsed);
  return client
    ? splices(
        ...client.imports,
        ...imports,
        client.declaration,
        ...wrapRoot(parsed, root, ["ConvexProvider client={convex}", "OfflineProvider"]),
      )
    : strange("it uses the names of Convex's client for something else");
}

/** Whether all of `others` stand inside the element of a tag, and there is one. */
function standsAround(tag: Morph.Node, others: readonly Morph.Node[]): boolean {
  if (!morph().Node.isJsxOpeningElement(tag)) return false;
  const element = tag.getParentOrThrow();
  return others.length > 0 && others.every((other) => other.getAncestors().includes(element));
}

/** The provider that stands inside all others; `undefined` when they stand side by side or it holds nothing. */
function innermost(providers: readonly Morph.Node[]): Morph.JsxElement | undefined {
  const { Node } = morph();
  const elements = providers.map((tag) => tag.getParent()).filter(Node.isJsxElement);
  const inner = elements.find((one) =>
    elements.every((other) => other === one || one.getAncestors().includes(other)),
  );
  const holdsSomething = inner && contentOf(inner).text.trim() !== "";
  return elements.length === providers.length && holdsSomething ? inner : undefined;
}

function contentOf(element: Morph.JsxElement): { start: number; end: number; text: string } {
  const start = element.getOpeningElement().getEnd();
  const end = element.getClosingElement().getStart();
  return { start, end, text: element.getSourceFile().getFullText().slice(start, end) };
}

function wrapChildren({ text, style }: Parsed, element: Morph.JsxElement): readonly Splice[] {
  const { Node } = morph();
  const { start, end, text: content } = contentOf(element);
  const { lineEnding, indent } = style;
  const parent = element.getParent();
  // `return <ConvexProvider>…` on one line becomes several lines, which want parentheses as prettier writes them.
  const wantsParentheses =
    !content.includes("\n") &&
    text.slice(lineStart(text, element.getStart()), element.getStart()).trim() !== "" &&
    (Node.isReturnStatement(parent) || Node.isArrowFunction(parent));
  const outer = indentAt(text, element.getStart());
  const base = wantsParentheses ? outer + indent : outer;
  const inner = content.includes("\n")
    ? indented(content.trimEnd(), start, element, indent)
    : `${lineEnding}${base}${indent}${indent}${content.trim()}`;
  const provider = `${lineEnding}${base}${indent}<OfflineProvider>${inner}${lineEnding}${base}${indent}</OfflineProvider>`;
  const wrapped = { start, end, text: provider + lineEnding + base };
  if (!wantsParentheses) return [wrapped];
  const open = element.getStart();
  const close = element.getEnd();
  return [
    { start: open, end: open, text: `(${lineEnding}${base}` },
    wrapped,
    { start: close, end: close, text: `${lineEnding}${outer})` },
  ];
}

function wrapRoot(
  { text, style }: Parsed,
  root: Morph.Node,
  tags: readonly string[],
): readonly Splice[] {
  const { Node } = morph();
  const start = root.getStart();
  const isParenthesized = Node.isParenthesizedExpression(root.getParent());
  const ownLine = text.slice(lineStart(text, start), start).trim() === "";
  const { lineEnding, indent } = style;
  const base = indentAt(text, start) + (ownLine ? "" : indent);
  // A root that shares its line with `return` moves to a line of its own, one step in.
  const shift = indent.repeat(tags.length) + (ownLine ? "" : indent);
  const inner = indented(root.getText(), start, root, shift);
  const open = tags.map((tag, depth) => base + indent.repeat(depth) + `<${tag}>`);
  const close = tags
    .map((tag, depth) => `${base}${indent.repeat(depth)}</${tag.replace(/ .*/, "")}>`)
    .reverse();
  const lines = [...open, base + indent.repeat(tags.length) + inner, ...close].join(lineEnding);
  if (ownLine) {
    return [{ start, end: root.getEnd(), text: lines.slice(base.length) }];
  }
  const outer = indentAt(text, start);
  const block = `${lineEnding}${lines}${lineEnding}${outer}`;
  return [{ start, end: root.getEnd(), text: isParenthesized ? block : `(${block})` }];
}

/** Moves the lines behind the first one in by `shift`, except those inside a string or template, where spaces count. */
function indented(part: string, offset: number, within: Morph.Node, shift: string): string {
  const { Node } = morph();
  const literals = [within, ...within.getDescendants()].filter(
    (node) =>
      Node.isTemplateExpression(node) ||
      Node.isNoSubstitutionTemplateLiteral(node) ||
      Node.isStringLiteral(node),
  );
  return part.replace(/\n(?=[^\r\n])/g, (lineBreak, at: number) => {
    const place = offset + at + 1;
    const isText = literals.some((node) => node.getStart() < place && place < node.getEnd());
    return isText ? lineBreak : lineBreak + shift;
  });
}

function addClient(
  parsed: Parsed,
): { readonly imports: readonly Splice[]; readonly declaration: Splice } | undefined {
  const { source, style, text } = parsed;
  const imports = addImport(parsed, ["ConvexProvider", "ConvexReactClient"], "convex/react");
  if (imports === undefined || source.getVariableDeclaration("convex") !== undefined) {
    return undefined;
  }
  const last = source.getImportDeclarations().at(-1);
  // A component imports at least its JSX's parts; without a place below the imports, somebody else should choose one.
  if (last === undefined) return undefined;
  const at = lineEnd(text, last.getEnd());
  const end = last.getText().endsWith(";") ? ";" : "";
  const isTyped = /\.tsx?$/.test(source.getBaseName());
  const written = restyle(isTyped ? clientLines : clientLines.replace("URL!", "URL"), style, "");
  const { lineEnding } = style;
  return {
    imports,
    declaration: { start: at, end: at, text: `${lineEnding}${lineEnding}${written}${end}` },
  };
}
