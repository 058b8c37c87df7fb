/** Replaces `text.slice(start, end)`; `start === end` inserts. */
export interface Splice {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Makes all replacements at once; offsets are those of the text as given. Insertions at one place keep their order. */
export function applySplices(text: string, splices: readonly Splice[]): string {
  let result = "";
  let position = 0;
  // Stable, so that two insertions at one offset stay in order.
  for (const splice of [...splices].sort((one, other) => one.start - other.start)) {
    if (splice.start < position) throw new Error(`overlapping edits at offset ${splice.start}`);
    result += text.slice(position, splice.start) + splice.text;
    position = splice.end;
  }
  return result + text.slice(position);
}

/** How a file is written, as far as new lines in it have to match. */
export interface TextStyle {
  readonly lineEnding: "\n" | "\r\n";
  /** One step of indentation. */
  readonly indent: string;
  readonly quote: '"' | "'";
}

/** Reads the style off a file's text; for what the text does not show, prettier's defaults. */
export function styleOf(text: string): TextStyle {
  const crlf = text.match(/\r\n/g)?.length ?? 0;
  const lf = (text.match(/\n/g)?.length ?? 0) - crlf;
  return { lineEnding: crlf > lf ? "\r\n" : "\n", indent: indentOf(text), quote: quoteOf(text) };
}

function indentOf(text: string): string {
  const widths: number[] = [];
  // A line that starts with `*` is the inside of a comment, which is one space off.
  for (const [, lead = ""] of text.matchAll(/^([ \t]+)(?![*\s])/gm)) {
    if (lead.includes("\t")) return "\t";
    widths.push(lead.length);
  }
  return " ".repeat(Math.min(8, ...(widths.length === 0 ? [2] : widths)));
}

function quoteOf(text: string): '"' | "'" {
  const imported = /^\s*(?:import|export)\b[^"'\n]*(["'])/m.exec(text)?.[1];
  if (imported === '"' || imported === "'") return imported;
  const single = text.match(/'/g)?.length ?? 0;
  const double = text.match(/"/g)?.length ?? 0;
  return single > double ? "'" : '"';
}

/** The whitespace that the line around `offset` starts with. */
export function indentAt(text: string, offset: number): string {
  return /^[ \t]*/.exec(text.slice(lineStart(text, offset)))?.[0] ?? "";
}

/** Offset of the first character of the line around `offset`. */
export function lineStart(text: string, offset: number): number {
  return text.lastIndexOf("\n", offset - 1) + 1;
}

/** Offset of the line break that ends the line around `offset`, or of the end of the text. */
export function lineEnd(text: string, offset: number): number {
  const found = text.indexOf("\n", offset);
  if (found === -1) return text.length;
  return text[found - 1] === "\r" && found > offset ? found - 1 : found;
}

/** Lines of a snippet, written with `\n` and two spaces, in the style of a file and behind `base`; the first line gets no indentation. */
export function restyle(snippet: string, style: TextStyle, base: string): string {
  return snippet
    .split("\n")
    .map((line, index) => {
      const depth = /^(?: {2})*/.exec(line)?.[0].length ?? 0;
      if (index === 0 || line === "") return line;
      return base + style.indent.repeat(depth / 2) + line.slice(depth);
    })
    .join(style.lineEnding);
}

/** A JavaScript string literal of `value` in the file's quotes. */
export function quoted(value: string, style: Pick<TextStyle, "quote">): string {
  const json = JSON.stringify(value);
  if (style.quote === '"') return json;
  return `'${json.slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}
