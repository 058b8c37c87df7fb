/** A token of TypeScript or JavaScript. Comments and white space are none. */
export interface Token {
  readonly kind: "name" | "text" | "number" | "pattern" | "mark";
  /** As it stands in the source; of a text with its quotes. */
  readonly source: string;
  /** Offset of its first character. */
  readonly start: number;
  /** Offset behind its last character. */
  readonly end: number;
  /** The token is the first one on its line. */
  readonly startsLine: boolean;
}

/** The tokens of a file, and for every bracket the index of its partner (`-1` without one). */
export interface Tokens {
  readonly list: readonly Token[];
  readonly partners: readonly number[];
}

const openers = "([{";
const closers = ")]}";

/**
 * Splits TypeScript or JavaScript that compiles into tokens. Just enough to find one's way: it knows comments, strings, templates and
 * regular expressions, and takes every other character by itself, except `=>` and `...`.
 */
export function tokenize(source: string): Tokens {
  const list: Token[] = [];
  const partners: number[] = [];
  const open: number[] = [];
  let offset = 0;
  let lineStarts = true;
  while (offset < source.length) {
    const gap = skipGap(source, offset);
    lineStarts ||= source.slice(offset, gap).includes("\n");
    offset = gap;
    if (offset >= source.length) break;
    const [kind, end] = readToken(source, offset, list.at(-1));
    const index = list.length;
    const text = source.slice(offset, end);
    list.push({ kind, source: text, start: offset, end, startsLine: lineStarts });
    partners.push(-1);
    if (kind === "mark" && openers.includes(text)) open.push(index);
    if (kind === "mark" && closers.includes(text)) {
      const partner = open.pop();
      if (partner !== undefined) {
        partners[partner] = index;
        partners[index] = partner;
      }
    }
    offset = end;
    lineStarts = false;
  }
  return { list, partners };
}

/** The offset of the next character that is neither white space nor in a comment. */
function skipGap(source: string, start: number): number {
  let offset = start;
  for (;;) {
    const gap = match(/(?:\s|\/\/.*)+/y, source, offset);
    if (gap > offset) offset = gap;
    else if (source.startsWith("/*", offset)) {
      const end = source.indexOf("*/", offset + 2);
      offset = end < 0 ? source.length : end + 2;
    } else if (offset === 0 && source.startsWith("#!")) offset = match(/.*/y, source, 0);
    else return offset;
  }
}

function readToken(
  source: string,
  start: number,
  previous: Token | undefined,
): readonly [Token["kind"], number] {
  const character = source.charAt(start);
  if (character === '"' || character === "'") return ["text", endOfText(source, start, character)];
  if (character === "`") return ["text", endOfTemplate(source, start)];
  if (character === "/" && startsPattern(previous)) return ["pattern", endOfPattern(source, start)];
  const name = match(/[\p{ID_Start}$_#@][\p{ID_Continue}$\u200c\u200d]*/uy, source, start);
  if (name > start) return ["name", name];
  const number = match(/\.?\d[\w.]*/y, source, start);
  if (number > start) return ["number", number];
  if (source.startsWith("=>", start)) return ["mark", start + 2];
  if (source.startsWith("...", start)) return ["mark", start + 3];
  return ["mark", start + 1];
}

function match(pattern: RegExp, source: string, start: number): number {
  pattern.lastIndex = start;
  return start + (pattern.exec(source)?.[0].length ?? 0);
}

function endOfText(source: string, start: number, quote: string): number {
  for (let offset = start + 1; offset < source.length; offset++) {
    const character = source.charAt(offset);
    if (character === "\\") offset += 1;
    else if (character === quote) return offset + 1;
  }
  return source.length;
}

function endOfTemplate(source: string, start: number): number {
  for (let offset = start + 1; offset < source.length; offset++) {
    if (source.charAt(offset) === "\\") offset += 1;
    else if (source.charAt(offset) === "`") return offset + 1;
    else if (source.startsWith("${", offset)) offset = endOfHole(source, offset + 2) - 1;
  }
  return source.length;
}

/** The offset behind the `}` that ends a template's hole. */
function endOfHole(source: string, start: number): number {
  let depth = 0;
  let previous: Token | undefined;
  for (let offset = skipGap(source, start); offset < source.length;) {
    const [kind, end] = readToken(source, offset, previous);
    const text = source.slice(offset, end);
    if (text === "{") depth += 1;
    if (text === "}" && depth-- === 0) return end;
    previous = { kind, source: text, start: offset, end, startsLine: false };
    offset = skipGap(source, end);
  }
  return source.length;
}

/** A slash starts a regular expression where a value may start; behind a value it divides. */
function startsPattern(previous: Token | undefined): boolean {
  if (previous === undefined) return true;
  if (previous.kind === "mark") return !closers.includes(previous.source);
  return (
    previous.kind === "name" &&
    /^(return|typeof|case|in|of|delete|void|await)$/.test(previous.source)
  );
}

function endOfPattern(source: string, start: number): number {
  let inClass = false;
  for (let offset = start + 1; offset < source.length; offset++) {
    const character = source.charAt(offset);
    if (character === "\\") offset += 1;
    else if (character === "[") inClass = true;
    else if (character === "]") inClass = false;
    else if (character === "\n") return start + 1;
    else if (character === "/" && !inClass) return match(/[a-z]*/y, source, offset + 1);
  }
  return source.length;
}

/** What the text of a name, string or number token stands for as the key of an object. */
export function keyOf(token: Token): string | undefined {
  if (token.kind === "name") return token.source;
  if (token.kind === "number") return String(Number(token.source));
  if (token.kind !== "text" || token.source.includes("${")) return undefined;
  return unescapeText(token.source.slice(1, -1));
}

const escapes: Readonly<Record<string, string>> = {
  n: "\n",
  r: "\r",
  t: "\t",
  b: "\b",
  f: "\f",
  v: "\v",
  "0": "\0",
};

function unescapeText(text: string): string {
  return text.replace(
    /\\(?:u\{([\da-f]+)\}|u([\da-f]{4})|x([\da-f]{2})|\r?\n|([\s\S]))/gi,
    (_, long?: string, short?: string, byte?: string, character?: string) => {
      const code = long ?? short ?? byte;
      if (code !== undefined) return String.fromCodePoint(Number.parseInt(code, 16));
      return character === undefined ? "" : (escapes[character] ?? character);
    },
  );
}
