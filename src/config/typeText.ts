import { posix } from "node:path";
import { closeOfAngle, importedAs, type ImportedName, type SourceFile } from "./syntax";
import type { Token } from "./tokens";
import type { JsonType } from "./vocabulary";

/** Tokens of a file that make up a type: from `from` up to but not including `to`. */
interface TypeRange {
  readonly file: SourceFile;
  readonly from: number;
  readonly to: number;
}

/** Why a type cannot be copied to another file. */
interface Unreadable {
  readonly reason: string;
}

/** A type's text with the declarations and imports that it needs where it is copied to. `aliases` are those of `CompiledConfig`. */
export function collectType(
  range: TypeRange,
  aliases: ReadonlyMap<string, string>,
): JsonType | Unreadable {
  const { file } = range;
  const declarations = new Map<string, string>();
  const imports = new Map<string, ImportedName>();
  const waiting = [range];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const name of namesIn(next)) {
      if (name === "typeof" || name === "import")
        return { reason: `it uses ${name}, which leads to values` };
      if (declarations.has(name) || imports.has(name)) continue;
      const declared = findDeclaration(file, name);
      const imported = declared === undefined ? findImport(file, name) : undefined;
      if (declared !== undefined && "reason" in declared) return declared;
      if (imported?.name === "*")
        return { reason: `${name} is a whole module; import the type itself` };
      if (declared !== undefined) {
        declarations.set(name, textOf(declared));
        waiting.push(declared);
      } else if (imported?.from === "sync-gen" && imported.name === "JsonValue") {
        declarations.set(name, jsonValueDeclaration(name));
      } else if (imported !== undefined) {
        imports.set(name, fromRoot(file, name, imported, aliases));
      }
    }
  }
  return {
    type: textOf(range),
    declarations: [...declarations.values()].sort(),
    imports: [...imports.values()].sort((a, b) => (a.from + a.name < b.from + b.name ? -1 : 1)),
  };
}

function textOf({ file, from, to }: TypeRange): string {
  const first = file.tokens.list[from];
  const last = file.tokens.list[to - 1];
  return first && last ? file.text.slice(first.start, last.end) : "";
}

const keywords =
  /^(type|interface|extends|keyof|infer|readonly|unique|is|asserts|in|as|any|bigint|boolean|false|never|null|number|object|string|symbol|true|undefined|unknown|void)$/;

/** Names that may be types. A key of an object may be among them, which at worst copies a declaration too many. */
function namesIn({ file, from, to }: TypeRange): readonly string[] {
  const { list } = file.tokens;
  const names: string[] = [];
  for (let index = from; index < to; index++) {
    const token = list[index];
    if (token?.kind !== "name" || list[index - 1]?.source === ".") continue;
    if (keywords.test(token.source)) continue;
    if (!isKey(list, index)) names.push(token.source);
  }
  return names;
}

/** `name:`, `name?:` and `name(`, where a member of an object type starts. */
function isKey(list: readonly Token[], index: number): boolean {
  const before = list[index - 1]?.source ?? "";
  if (!/^[{;,]$|^readonly$/.test(before) && !list[index]?.startsLine) return false;
  const next = list[index + 1]?.source;
  return next === ":" || (next === "?" && list[index + 2]?.source === ":");
}

/** The statement at the top of the file that declares a type. */
function findDeclaration(file: SourceFile, name: string): TypeRange | Unreadable | undefined {
  const { list, partners } = file.tokens;
  for (let index = 0; index < list.length; index++) {
    const word = list[index]?.source ?? "";
    if (list[index + 1]?.source === name && /^(type|interface|enum|class)$/.test(word)) {
      // `import { type Address }` declares nothing.
      const next = list[index + 2]?.source;
      if (word === "interface") return { file, from: index, to: endOfInterface(file, index + 2) };
      if (word === "type" && (next === "=" || next === "<")) {
        return { file, from: index, to: endOfAlias(file, index + 2) };
      }
      if (word !== "type")
        return { reason: `${name} is ${word === "enum" ? "an enum" : "a class"}` };
    }
    const partner = partners[index] ?? -1;
    if (partner > index) index = partner;
  }
  return undefined;
}

function endOfInterface({ tokens: { list, partners } }: SourceFile, index: number): number {
  let at = index;
  while (at < list.length && list[at]?.source !== "{") at += 1;
  return (partners[at] ?? at) + 1;
}

/** A type alias may end without a semicolon: at a line that cannot go on with it. */
function endOfAlias(file: SourceFile, index: number): number {
  const { list, partners } = file.tokens;
  let at = index;
  if (list[at]?.source === "<") at = (closeOfAngle(file.tokens, at) ?? at) + 1;
  for (at += 1; at < list.length; at++) {
    const token = list[at];
    if (token === undefined || token.source === ";") break;
    if (token.startsLine && !continues(list[at - 1]?.source ?? "", token.source)) break;
    const partner = token.source === "<" ? closeOfAngle(file.tokens, at) : partners[at];
    if (partner !== undefined && partner > at) at = partner;
  }
  return at;
}

function continues(before: string, next: string): boolean {
  return (
    /^([|&=?:.,]|=>|extends|keyof|infer|readonly|unique)$/.test(before) ||
    /^([|&?:.,]|=>|extends)$/.test(next)
  );
}

function findImport({ tokens: { list } }: SourceFile, name: string): ImportedName | undefined {
  for (let index = 0; index < list.length; index++) {
    if (list[index]?.source !== "import" || !list[index]?.startsLine) continue;
    const imported = importedAs(list, index, name);
    if (imported !== undefined) return imported;
  }
  return undefined;
}

/**
 * As an import between braces, with a file of the project seen from its root: Convex compiles the server by a tsconfig of its own, which knows
 * no alias of the app's.
 */
function fromRoot(
  file: SourceFile,
  local: string,
  { name, from }: ImportedName,
  aliases: ReadonlyMap<string, string>,
): ImportedName {
  const specifier = name === local ? name : `${name} as ${local}`;
  const target = from.startsWith(".")
    ? posix.join(posix.dirname(file.path), from)
    : aliases.get(`${file.path}\0${from}`);
  if (target === undefined) return { name: specifier, from };
  const path = target.replace(/\.[cm]?[jt]sx?$/, "");
  return { name: specifier, from: path.startsWith("../") ? path : `./${path}` };
}

/** Copied, so that the emitted code does not depend on sync-gen. */
function jsonValueDeclaration(name: string): string {
  return `type ${name} = null | boolean | number | string | readonly ${name}[] | { readonly [key: string]: ${name} };`;
}
