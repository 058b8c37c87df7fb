import { keyOf, tokenize, type Token, type Tokens } from "./tokens";

/** One file of the config's import closure. */
export interface SourceFile {
  /** Relative to the project's root. */
  readonly path: string;
  readonly text: string;
  readonly tokens: Tokens;
}

/** The start of an expression: a file and the index of its first token. */
export interface Place {
  readonly file: SourceFile;
  readonly index: number;
}

/** A member of an object or a modifier of a field: where its name stands, and its value. */
export interface Member {
  readonly key: Place;
  readonly value: Place;
}

/** Finds its way through the text of a config: from the default export to tables and fields, across constants, spreads and files. */
export class Syntax {
  readonly #files = new Map<string, SourceFile>();
  readonly #texts: ReadonlyMap<string, string>;
  readonly #resolve: (from: string, specifier: string) => string | undefined;

  /** `resolve` says which file of `texts` an import leads to. */
  constructor(
    texts: ReadonlyMap<string, string>,
    resolve: (from: string, specifier: string) => string | undefined,
  ) {
    this.#texts = texts;
    this.#resolve = resolve;
  }

  /** A file of the closure, split into tokens when it is first asked for. */
  file(path: string): SourceFile | undefined {
    const known = this.#files.get(path);
    const text = this.#texts.get(path);
    if (known !== undefined || text === undefined) return known;
    const file = { path, text, tokens: tokenize(text) };
    this.#files.set(path, file);
    return file;
  }

  /** The expression that a file exports as its default. */
  defaultExport(path: string): Place | undefined {
    const file = this.file(path);
    if (file === undefined) return undefined;
    const { list } = file.tokens;
    for (let index = 0; index < list.length; index++) {
      if (reads(list, index, "export", "default")) return { file, index: index + 2 };
      if (reads(list, index, "module", ".", "exports", "=")) return { file, index: index + 4 };
      if (reads(list, index, "exports", ".", "default", "=")) return { file, index: index + 4 };
      if (reads(list, index, "as", "default", "}")) return { file, index: index - 1 };
    }
    return undefined;
  }

  /** Follows parentheses and names of constants to the expression that they stand for. */
  follow(place: Place, depth = 0): Place | undefined {
    const { file, index } = place;
    const token = file.tokens.list[index];
    // A constant may be made from itself only in code that does not run.
    if (token === undefined || depth > 32) return undefined;
    if (token.source === "(" || token.source === "await")
      return this.follow({ file, index: index + 1 }, depth + 1);
    if (token.kind !== "name") return place;
    const next = file.tokens.list[index + 1];
    if (next?.source === "(" || next?.source === "<") return place;
    const declared = this.#declaration(file, token.source, depth);
    if (next?.source !== "." || next.startsLine) return declared;
    const name = file.tokens.list[index + 2];
    // `shared.tasks` is a member; `v.text()` is a call.
    if (name === undefined || /^[(<]$/.test(file.tokens.list[index + 3]?.source ?? ""))
      return place;
    const member = declared && this.member(declared, name.source, depth + 1);
    return member && this.follow(member.value, depth + 1);
  }

  /** The member of an object, the entry of a list, or what a call says about `key`: in its first argument or as a modifier. */
  member(place: Place, key: string | number, depth = 0): Member | undefined {
    const start = this.follow(place, depth);
    const token = start?.file.tokens.list[start.index];
    if (start === undefined || token === undefined || depth > 32) return undefined;
    if (token.source === "[") return entry(start, key);
    if (token.source === "{") return this.#property(start, String(key), depth);
    const open = openOfCall(start);
    if (open === undefined) return undefined;
    const argument = { file: start.file, index: open + 1 };
    const inArgument = this.member(argument, key, depth + 1);
    if (inArgument !== undefined) return inArgument;
    if (key === "choices" || key === "reference") return { key: argument, value: argument };
    return modifier(start.file, open, String(key));
  }

  #property({ file, index }: Place, key: string, depth: number): Member | undefined {
    const { list, partners } = file.tokens;
    const spreads: Place[] = [];
    let found: Member | undefined;
    for (let at = index + 1; at < (partners[index] ?? 0); at = nextEntry(file, at)) {
      const token = list[at];
      if (token === undefined) break;
      if (token.source === "...") spreads.push({ file, index: at + 1 });
      if (token.source === "[" && keyOfComputed(file, at) === key) {
        found = { key: { file, index: at }, value: { file, index: at + 4 } };
      }
      if (keyOf(token) !== key) continue;
      const next = list[at + 1]?.source;
      if (next === ":") found = { key: { file, index: at }, value: { file, index: at + 2 } };
      if (next === "," || next === "}")
        found = { key: { file, index: at }, value: { file, index: at } };
    }
    for (const spread of spreads.reverse()) found ??= this.member(spread, key, depth + 1);
    return found;
  }

  #declaration(file: SourceFile, name: string, depth: number): Place | undefined {
    const { list, partners } = file.tokens;
    for (let index = 0; index < list.length; index++) {
      const token = list[index];
      if (token === undefined) break;
      if (/^(const|let|var)$/.test(token.source) && list[index + 1]?.source === name) {
        const equals = valueOfDeclaration(file, index + 2);
        if (equals !== undefined) return this.follow({ file, index: equals }, depth + 1);
      }
      if (token.source === "import" && token.startsLine) {
        const imported = importedAs(list, index, name);
        if (imported !== undefined) return this.#imported(file, imported, depth);
      }
      // What is declared in a function is no constant of the file.
      if (token.source === "{" && !reads(list, index - 1, "import") && isBlock(list, index)) {
        index = Math.max(index, partners[index] ?? index);
      }
    }
    return undefined;
  }

  #imported(file: SourceFile, { name, from }: ImportedName, depth: number): Place | undefined {
    const path = this.#resolve(file.path, from);
    const target = path === undefined ? undefined : this.file(path);
    if (path === undefined || target === undefined) return undefined;
    const start = name === "default" ? this.defaultExport(path) : undefined;
    return start ? this.follow(start, depth + 1) : this.#declaration(target, name, depth + 1);
  }
}

/** A name that a file imports: what it is called there, and the module. */
export interface ImportedName {
  readonly name: string;
  readonly from: string;
}

/** What `local` stands for when the import that starts at `index` brings it; `*` for a whole module. */
export function importedAs(
  list: readonly Token[],
  index: number,
  local: string,
): ImportedName | undefined {
  let end = index + 1;
  while (end < list.length && list[end]?.kind !== "text") end += 1;
  const module = list[end];
  const from = module && keyOf(module);
  if (from === undefined || list[end - 1]?.source !== "from") return undefined;
  for (let at = index + 1; at < end - 1; at++) {
    const next = list[at + 1];
    // In `{ type A }` and `{ A as B }` the first word is not what the import brings.
    if (
      list[at]?.source !== local ||
      next?.source === "as" ||
      (next?.kind === "name" && next.source !== "from")
    )
      continue;
    if (list[at - 1]?.source === "as") return { name: list[at - 2]?.source ?? local, from };
    const inBraces = list.slice(index, at).some((token) => token.source === "{");
    return { name: inBraces ? local : "default", from };
  }
  return undefined;
}

/** True when the tokens from `index` on are these. */
export function reads(
  list: readonly Token[],
  index: number,
  ...sources: readonly string[]
): boolean {
  return sources.every((source, position) => list[index + position]?.source === source);
}

/** The index of the `>` that closes the `<` at `index`. */
export function closeOfAngle({ list, partners }: Tokens, index: number): number | undefined {
  let depth = 0;
  for (let at = index; at < list.length; at++) {
    const token = list[at];
    if (token?.source === "<") depth += 1;
    if (token?.source === ">" && --depth === 0) return at;
    if (token?.kind === "mark" && "([{".includes(token.source))
      at = Math.max(at, partners[at] ?? at);
  }
  return undefined;
}

/** The index of the `(` of the call that an expression starts with: `table(`, `v.text(`, `json<Item[]>(`. */
function openOfCall({ file, index }: Place): number | undefined {
  const { list } = file.tokens;
  let at = index;
  while (list[at]?.kind === "name" && list[at + 1]?.source === ".") at += 2;
  if (list[at]?.kind !== "name") return undefined;
  const next = at + 1;
  const open = list[next]?.source === "<" ? (closeOfAngle(file.tokens, next) ?? next) + 1 : next;
  return list[open]?.source === "(" ? open : undefined;
}

/** `.default(…)` behind the call whose `(` is at `open`. */
function modifier(file: SourceFile, open: number, name: string): Member | undefined {
  const { list, partners } = file.tokens;
  let at = (partners[open] ?? -1) + 1;
  let found: Member | undefined;
  while (at > 0 && list[at]?.source === "." && list[at + 2]?.source === "(") {
    if (list[at + 1]?.source === name) {
      found = { key: { file, index: at + 1 }, value: { file, index: at + 3 } };
    }
    at = (partners[at + 2] ?? -1) + 1;
  }
  return found;
}

function entry({ file, index }: Place, position: string | number): Member | undefined {
  if (typeof position === "string") return undefined;
  let at = index + 1;
  for (let count = 0; count < position; count++) at = nextEntry(file, at);
  const place = { file, index: at };
  return at < (file.tokens.partners[index] ?? 0) ? { key: place, value: place } : undefined;
}

/** The index behind the next comma on this level, or behind the closing bracket. */
function nextEntry({ tokens: { list, partners } }: SourceFile, index: number): number {
  for (let at = index; at < list.length; at++) {
    const source = list[at]?.source ?? "";
    if (source === "," || ")]}".includes(source)) return at + 1;
    const partner = partners[at] ?? -1;
    if (partner > at) at = partner;
  }
  return list.length;
}

/** `["due-at"]:` */
function keyOfComputed({ tokens: { list } }: SourceFile, index: number): string | undefined {
  const token = list[index + 1];
  return token !== undefined && reads(list, index + 2, "]", ":") ? keyOf(token) : undefined;
}

/** The index behind the `=` of a declaration whose name ends before `index`. */
function valueOfDeclaration(
  { tokens: { list, partners } }: SourceFile,
  index: number,
): number | undefined {
  for (let at = index; at < list.length; at++) {
    const source = list[at]?.source;
    if (source === "=") return at + 1;
    if (source === ";") return undefined;
    const partner = partners[at] ?? -1;
    if (partner > at) at = partner;
  }
  return undefined;
}

/** True for the body of a function, in contrast to an object or the list of an import. */
function isBlock(list: readonly Token[], index: number): boolean {
  const before = list[index - 1]?.source;
  return before === ")" || before === "=>";
}
