import { parseTree, type Node, type ParseError } from "jsonc-parser";
import type { EditResult, TextEdit } from "../plan/plan";
import {
  applySplices,
  indentAt,
  lineStart,
  styleOf,
  type Splice,
  type TextStyle,
} from "./textSpans";

/** A JSON file (comments and trailing commas allowed) as parsed. */
export interface ParsedJson {
  readonly root: Node;
  readonly text: string;
  readonly style: TextStyle;
}

/** Where to edit, or what is too strange to be edited. */
export type FoundJson = readonly Splice[] | { readonly strange: string };

/** A `TextEdit` of a JSON file: what is not named by a splice keeps its bytes. A missing file stays missing. */
export function jsonEdit(edit: {
  readonly path: string;
  readonly snippet: string;
  readonly find: (parsed: ParsedJson) => FoundJson;
}): TextEdit {
  return (original): EditResult => {
    if (original === undefined) return { kind: "unchanged" };
    const mark = original.startsWith("\uFEFF") ? "\uFEFF" : "";
    const text = original.slice(mark.length);
    const errors: ParseError[] = [];
    const root = parseTree(text, errors, { allowTrailingComma: true });
    const found =
      root?.type === "object" && errors.length === 0
        ? edit.find({ root, text, style: styleOf(text) })
        : { strange: "it does not hold one valid JSON object" };
    if ("strange" in found) {
      return {
        kind: "manual",
        reason: `${edit.path} was left alone because ${found.strange}.`,
        snippet: edit.snippet,
      };
    }
    return found.length === 0
      ? { kind: "unchanged" }
      : { kind: "edited", text: mark + applySplices(text, found) };
  };
}

/** The value of a key of an object. */
export function member(object: Node | undefined, key: string): Node | undefined {
  return membersOf(object).find((one) => keyOf(one) === key)?.children?.[1];
}

/** The members (`"key": value`) of an object, in order; empty for anything else. */
export function membersOf(object: Node | undefined): readonly Node[] {
  return object?.type === "object" ? (object.children ?? []) : [];
}

/** The key of a member. */
export function keyOf(one: Node): string {
  return String(one.children?.[0]?.value);
}

/**
 * The splice that puts items behind the `after`th child of an object or array (-1: in front of all), in its layout: one line each, or all on
 * the line of their neighbours. An item is written with `\n` and two spaces.
 */
export function insertItems(
  { text, style }: ParsedJson,
  list: Node,
  after: number,
  items: readonly string[],
): Splice {
  const children = list.children ?? [];
  const close = list.offset + list.length - 1;
  const neighbour = children[after] ?? children[0];
  if (neighbour === undefined) {
    const base = indentAt(text, list.offset);
    const written = items.map(
      (item) => style.lineEnding + reindent(item, base + style.indent, style),
    );
    // An empty array on one line stays there: `"plugins": ["expo-sqlite"]`.
    return list.type === "array" &&
      items.length === 1 &&
      !text.slice(list.offset, close).includes("\n")
      ? { start: list.offset + 1, end: close, text: items.join(", ") }
      : {
          start: list.offset + 1,
          end: close,
          text: written.join(",") + style.lineEnding + base,
        };
  }
  const isOwnLine =
    text.slice(lineStart(text, neighbour.offset), neighbour.offset).trim() === "" &&
    lineStart(text, neighbour.offset) > list.offset;
  const lead = isOwnLine ? style.lineEnding : " ";
  const base = isOwnLine ? indentAt(text, neighbour.offset) : "";
  const written = items.map((item) => (isOwnLine ? reindent(item, base, style) : item));
  if (after >= 0) {
    const at = neighbour.offset + neighbour.length;
    return { start: at, end: at, text: written.map((item) => `,${lead}${item}`).join("") };
  }
  const at = neighbour.offset - base.length;
  return { start: at, end: at, text: written.map((item) => `${item},${lead}`).join("") };
}

function reindent(item: string, base: string, style: TextStyle): string {
  return item
    .split("\n")
    .map((line) => {
      const depth = /^(?: {2})*/.exec(line)?.[0].length ?? 0;
      return base + style.indent.repeat(depth / 2) + line.slice(depth);
    })
    .join(style.lineEnding);
}
