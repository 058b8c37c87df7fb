import type * as Morph from "ts-morph";
import type { Parsed } from "./syntax";
import { indentAt, lineEnd, lineStart, restyle, type Splice } from "./textSpans";

/** The splices that put a property in front of an object's properties. No line of the user's changes, except where all stand on one. */
export function prependProperty(
  { text, style }: Parsed,
  object: Morph.ObjectLiteralExpression,
  property: string,
): readonly Splice[] {
  const open = object.getStart() + 1;
  const first = object.getProperties()[0];
  if (first === undefined) return onlyProperty({ text, style }, object, property);
  const end = lineEnd(text, open);
  const opensLine =
    end < first.getStart() && /^\s*(?:\/\/.*|\/\*[^\n]*\*\/\s*)?$/.test(text.slice(open, end));
  if (opensLine) {
    const indent = indentAt(text, first.getStart());
    const written = restyle(property, style, indent);
    return [insert(end, `${style.lineEnding}${indent}${written},`)];
  }
  const space = /^\s/.test(text.slice(open)) ? " " : "";
  return [insert(open, `${space}${property},${space === "" ? " " : ""}`)];
}

/** The splices that put a property behind an object's last one, with a trailing comma where the object has one. */
export function appendProperty(
  { text, style }: Parsed,
  object: Morph.ObjectLiteralExpression,
  property: string,
): readonly Splice[] {
  const last = object.getProperties().at(-1);
  if (last === undefined) return onlyProperty({ text, style }, object, property);
  return appendItem({ text, style }, { last, close: object.getEnd() - 1 }, property);
}

/** The same for any list between brackets: `last` is its last item, `close` the offset of the closing bracket. */
export function appendItem(
  { text, style }: Pick<Parsed, "text" | "style">,
  list: { readonly last: Morph.Node; readonly close: number },
  item: string,
): readonly Splice[] {
  const { last, close } = list;
  const comma = trailingComma(text, last.getEnd(), close);
  const line = lineStart(text, close);
  const ownLine = line > last.getEnd() && text.slice(line, close).trim() === "";
  if (!ownLine) {
    const written = restyle(item, style, indentAt(text, last.getStart()));
    return comma === undefined
      ? [insert(last.getEnd(), `, ${written}`)]
      : [insert(comma, ` ${written},`)];
  }
  const indent = indentAt(text, last.getStart());
  const written = `${indent}${restyle(item, style, indent)}${comma === undefined ? "" : ","}`;
  return [
    ...(comma === undefined ? [insert(last.getEnd(), ",")] : []),
    insert(line, written + style.lineEnding),
  ];
}

/** Offset behind the comma that follows the last item, comments skipped; `undefined` without one. */
function trailingComma(text: string, from: number, close: number): number | undefined {
  const between = text.slice(from, close);
  const blanked = between.replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, (comment) =>
    " ".repeat(comment.length),
  );
  const found = blanked.indexOf(",");
  return found === -1 ? undefined : from + found + 1;
}

function onlyProperty(
  { text, style }: Pick<Parsed, "text" | "style">,
  object: Morph.ObjectLiteralExpression,
  property: string,
): readonly Splice[] {
  const open = object.getStart() + 1;
  const close = object.getEnd() - 1;
  const inside = text.slice(open, close);
  const isEmpty = inside.trim() === "";
  if (isEmpty && !property.includes("\n") && !inside.includes("\n")) {
    return [{ start: open, end: close, text: ` ${property} ` }];
  }
  const base = indentAt(text, object.getStart());
  const indent = base + style.indent;
  const written = `${style.lineEnding}${indent}${restyle(property, style, indent)},`;
  return isEmpty
    ? [{ start: open, end: close, text: written + style.lineEnding + base }]
    : // Comments inside stay where they are, behind the new property.
      [insert(open, written)];
}

function insert(at: number, text: string): Splice {
  return { start: at, end: at, text };
}
