import { group, ifBroken, indent, join, line, printLayout, softLine, type Layout } from "./layout";
import { broken } from "./literals";

/**
 * A TypeScript type that a user wrote, as text, laid out anew: object types on one line where they fit, else one member a
 * line. Comments in it are left out; everything else stays as it was written.
 */
export function typeLayout(text: string): Layout {
  const { layout } = readType(tokens(text), 0);
  return layout;
}

/** `<Type>`: an object or a plain name stays at the bracket, anything else may move to a line of its own. */
export function typeArgument(text: string): Layout {
  const flat = tokens(text).join("");
  const layout = typeLayout(text);
  if (/^[\w$.]+$/.test(flat) || isObjectType(text)) return ["<", layout, ">"];
  return group(["<", indent([softLine, layout]), softLine, ">"]);
}

/**
 * A type's declaration, exported. What stands on one line is laid out; what a user wrote over several lines, perhaps with
 * comments, stays as it is.
 */
export function typeDeclaration(declaration: string): string {
  const text = declaration.trim().replace(/^export\s+/, "");
  if (text.includes("\n")) return `export ${text}`;
  const [, alias, type] = /^(type [^=]+?) = (.+?);?$/.exec(text) ?? [];
  if (alias !== undefined && type !== undefined)
    return printLayout([`export ${alias} =`, aliased(type), ";"]);
  const [, head, body] = /^(interface [^{]+?) (\{.*\})$/.exec(text) ?? [];
  if (head === undefined || body === undefined) return `export ${text}`;
  return printLayout([`export ${head} `, broken(typeLayout(body))]);
}

/** What an alias stands for: beside it, or one member of the union a line. */
function aliased(type: string): Layout {
  const members = splitUnion(type).map(typeLayout);
  const [only = "never"] = members;
  if (members.length < 2) return [" ", only];
  return group(indent([line, ifBroken("| "), join([line, "| "], members)]));
}

/** True for a union that has `null` among its members. */
export function isNullable(type: string): boolean {
  return splitUnion(type).includes("null");
}

function splitUnion(type: string): readonly string[] {
  const members: string[] = [""];
  let depth = 0;
  for (const part of tokens(type).flatMap((token) =>
    /^["'`]/.test(token) ? [token] : token.split(/(?=[|])|(?<=[|])/),
  )) {
    depth +=
      (part.match(/[{<([]/g)?.length ?? 0) -
      (part.replaceAll("=>", "").match(/[}>)\]]/g)?.length ?? 0);
    if (part === "|" && depth === 0) members.push("");
    else members.push((members.pop() ?? "") + part);
  }
  return members.map((member) => member.trim()).filter((member) => member !== "");
}

/** True for `{ … }` alone, not for `{ … }[]`. */
export function isObjectType(text: string): boolean {
  const parts = tokens(text);
  let depth = 0;
  if (parts[0] !== "{") return false;
  return parts.every((part, index) => {
    if (part === "{") depth += 1;
    if (part === "}") depth -= 1;
    return depth > 0 || index === parts.length - 1;
  });
}

/** Strings, braces, separators of members, and the text between them with its white space collapsed; comments are gone. */
function tokens(text: string): string[] {
  const pattern =
    /"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`(?:\\.|[^`\\])*`|\/\*[\s\S]*?\*\/|\/\/[^\n]*|[{}]|[;,\n]|[ \t\r]+|(?:(?!\/[/*])[^"'`{};,\s])+/g;
  const found = (text.trim().match(pattern) ?? []).filter((part) => !/^\/[/*]/.test(part));
  return found.map((part) => (/^[ \t\r]+$/.test(part) ? " " : part));
}

/** Reads up to the brace that closes this level. */
function readType(
  parts: readonly string[],
  start: number,
): { readonly layout: Layout; readonly end: number } {
  const layouts: Layout[] = [];
  let index = start;
  for (; index < parts.length && parts[index] !== "}"; index += 1) {
    const part = parts[index] ?? "";
    if (part === "{") {
      const object = readMembers(parts, index + 1);
      layouts.push(object.layout);
      index = object.end;
    } else {
      layouts.push(part === "\n" ? " " : part);
    }
  }
  return { layout: tidySpaces(layouts), end: index };
}

function readMembers(
  parts: readonly string[],
  start: number,
): { readonly layout: Layout; readonly end: number } {
  const members: Layout[] = [];
  let current: Layout[] = [];
  let nesting = 0;
  let index = start;
  const finish = (): void => {
    const member = tidySpaces(current);
    if (member.length > 0) members.push(member);
    current = [];
  };
  for (; index < parts.length && parts[index] !== "}"; index += 1) {
    const part = parts[index] ?? "";
    if (part === "{") {
      const object = readMembers(parts, index + 1);
      current.push(object.layout);
      index = object.end;
      continue;
    }
    nesting +=
      (part.match(/[<([]/g)?.length ?? 0) -
      (part.replaceAll("=>", "").match(/[>)\]]/g)?.length ?? 0);
    if (nesting === 0 && /^[;,]$/.test(part)) finish();
    else if (nesting === 0 && part === "\n" && endsMember(parts, index)) finish();
    else current.push(part === "\n" ? " " : part);
  }
  finish();
  if (members.length === 0) return { layout: "{}", end: index };
  const body = indent([line, join([";", line], members)]);
  return { layout: group(["{", body, ifBroken(";"), line, "}"]), end: index };
}

/** A line end without a semicolon ends a member only where the next line begins one: `name:` or `name?:`. */
function endsMember(parts: readonly string[], index: number): boolean {
  const next = parts
    .slice(index + 1)
    .filter((part) => part.trim() !== "")
    .slice(0, 2)
    .join("");
  return /^(?:readonly)?[\w$"'[\]]+\??:/.test(next);
}

/** Single spaces, and none at the ends. */
function tidySpaces(layouts: readonly Layout[]): Layout[] {
  const tidy: Layout[] = [];
  for (const layout of layouts) {
    if (layout === " " && (tidy.length === 0 || tidy.at(-1) === " ")) continue;
    tidy.push(layout);
  }
  while (tidy.at(-1) === " ") tidy.pop();
  return tidy;
}
