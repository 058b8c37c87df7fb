import { textWidth } from "./textWidth";

/**
 * Text with places where it may break, laid out by the rules of prettier's printer: a group stays on one line when it
 * fits, and else breaks all of its own lines. See Wadler, "A prettier printer".
 */
export type Layout =
  | string
  | readonly Layout[]
  | (Measured & { readonly kind: "line"; readonly hard: boolean })
  | (Measured & { readonly kind: "indent"; readonly content: Layout })
  | (Measured & { readonly kind: "group"; readonly content: Layout; readonly broken: boolean })
  | (Measured & { readonly kind: "choice"; readonly states: readonly [Layout, ...Layout[]] })
  | (Measured & { readonly kind: "ifBroken"; readonly broken: Layout; readonly whole: Layout })
  | (Measured & { readonly kind: "fill"; readonly items: readonly Layout[] })
  | (Measured & { readonly kind: "fluid"; readonly content: Layout });

type Node = Exclude<Layout, string | readonly Layout[]>;

/**
 * What a layout is on one line: worked out when it is first asked for, and then known. Most groups fit on their line and are printed
 * without another look at what is in them; nobody asks it of those that are broken anyway.
 */
interface Measured {
  measure: Measure | undefined;
}

/** `null` where a line has to break. */
type Measure = { readonly text: string; readonly width: number } | null;

/** A space, or a new line when the group around it breaks. */
export const line: Layout = { kind: "line", hard: false, measure: { text: " ", width: 1 } };
/** Nothing, or a new line when the group around it breaks. */
export const softLine: Layout = { kind: "line", hard: false, measure: { text: "", width: 0 } };
/** A new line always; every group around it breaks. */
export const hardLine: Layout = { kind: "line", hard: true, measure: null };

/** Lines that break inside start two spaces further right. */
export function indent(content: Layout): Layout {
  return { kind: "indent", content, measure: undefined };
}

/** Stays on one line when it fits and holds no hard line. */
export function group(content: Layout, broken = false): Layout {
  return { kind: "group", content, broken, measure: broken ? null : undefined };
}

/** The first of the layouts that fits; the last one when none does. */
export function choice(first: Layout, ...others: Layout[]): Layout {
  return { kind: "choice", states: [first, ...others], measure: undefined };
}

/** One text in a group that breaks, another in one that does not. */
export function ifBroken(broken: Layout, whole: Layout = ""): Layout {
  return { kind: "ifBroken", broken, whole, measure: undefined };
}

/** As many items on each line as fit, as in a paragraph. */
export function fill(items: readonly Layout[]): Layout {
  return { kind: "fill", items, measure: undefined };
}

/** On the same line when its beginning fits there, else on the next, indented. */
export function fluid(content: Layout): Layout {
  return { kind: "fluid", content, measure: undefined };
}

/** The layouts with a separator between every two. */
export function join(separator: Layout, layouts: readonly Layout[]): Layout {
  const joined: Layout[] = [];
  for (const layout of layouts) {
    if (joined.length > 0) joined.push(separator);
    joined.push(layout);
  }
  return joined;
}

function measureOf(layout: Node): Measure {
  if (layout.measure !== undefined) return layout.measure;
  const flat = { text: "", width: 0 };
  layout.measure = addFlat(flat, flatContent(layout)) ? flat : null;
  return layout.measure;
}

/** What a layout stands for where nothing breaks. */
function flatContent(layout: Node): Layout {
  switch (layout.kind) {
    case "line":
      throw new Error("A line is measured from the start.");
    case "indent":
    case "group":
      return layout.content;
    case "choice":
      return layout.states[0];
    case "ifBroken":
      return layout.whole;
    case "fill":
      return join(line, layout.items);
    case "fluid":
      return [" ", layout.content];
  }
}

/** Adds a layout to a text on one line; false where it has to break. */
function addFlat(flat: { text: string; width: number }, layout: Layout): boolean {
  if (typeof layout === "string") {
    flat.text += layout;
    flat.width += textWidth(layout);
    return true;
  }
  if (isSequence(layout)) {
    for (const part of layout) if (!addFlat(flat, part)) return false;
    return true;
  }
  const measure = measureOf(layout);
  if (measure === null) return false;
  flat.text += measure.text;
  flat.width += measure.width;
  return true;
}

interface Command {
  readonly indentation: number;
  readonly flat: boolean;
  readonly layout: Layout;
}

/** Lays the text out in `width` columns; `indentation` is where its first line already stands. */
export function printLayout(layout: Layout, width = 80, indentation = 0): string {
  const stack: Command[] = [{ indentation, flat: false, layout }];
  // Joined in the end: a text that was put together piece by piece stays in memory as all of its pieces.
  const lines: string[] = [];
  let text = "";
  let column = indentation;
  for (let command = stack.pop(); command !== undefined; command = stack.pop()) {
    const { layout: current, flat } = command;
    if (typeof current === "string") {
      text += current;
      column += textWidth(current);
    } else if (isSequence(current)) {
      pushAll(stack, command, current);
    } else if (current.kind === "line" && !(flat && current.measure)) {
      lines.push(text.endsWith(" ") ? text.replace(/ +$/, "") : text);
      text = " ".repeat(command.indentation);
      column = command.indentation;
    } else {
      const measure = flat || current.kind === "group" ? measureOf(current) : null;
      const room = width - column;
      if (measure !== null && (flat || stays(measure, stack, room))) {
        text += measure.text;
        column += measure.width;
      } else {
        expand(current, command, stack, room);
      }
    }
  }
  return [...lines, text].join("\n");
}

/** Whether a group fits on the line, with what follows up to the next possible break. */
function stays({ width }: NonNullable<Measure>, rest: readonly Command[], room: number): boolean {
  return width <= room && leavesRoom(rest, room - width);
}

/** Puts what a layout stands for on the stack, given the room that is left on the line. A group has no room there. */
function expand(layout: Node, command: Command, stack: Command[], room: number): void {
  const { flat, indentation } = command;
  switch (layout.kind) {
    case "line":
      throw new Error("A line is printed, not expanded.");
    case "indent":
      stack.push({ flat, indentation: indentation + 2, layout: layout.content });
      return;
    case "ifBroken":
      stack.push({ ...command, layout: flat ? layout.whole : layout.broken });
      return;
    case "group":
      stack.push({ indentation, flat: false, layout: layout.content });
      return;
    case "choice": {
      const fitting = flat
        ? layout.states[0]
        : layout.states.find((state) => fits(state, true, stack, room));
      const last = layout.states.at(-1) ?? layout.states[0];
      stack.push({ indentation, flat: fitting !== undefined, layout: fitting ?? last });
      return;
    }
    case "fluid":
      if (flat || fits([" ", layout.content], false, stack, room))
        stack.push({ indentation, flat, layout: layout.content }, { ...command, layout: " " });
      else
        stack.push({
          indentation: indentation + 2,
          flat: false,
          layout: [hardLine, group(layout.content)],
        });
      return;
    case "fill":
      fillLines(layout.items, command, stack, room);
  }
}

/** The first item, a break where the second would not fit beside it, and the rest as a fill of its own. */
function fillLines(
  items: readonly Layout[],
  command: Command,
  stack: Command[],
  room: number,
): void {
  const [first, ...others] = items;
  if (first === undefined) return;
  const next = others[0];
  if (next !== undefined) {
    const flat = fits([first, line, next], true, [], room);
    stack.push(
      { ...command, layout: fill(others) },
      { indentation: command.indentation, flat, layout: line },
    );
  }
  stack.push({ ...command, layout: first });
}

/** Whether the text up to the next possible break fits in `room` columns. */
function fits(layout: Layout, flat: boolean, rest: readonly Command[], room: number): boolean {
  const left = columnsLeft(layout, flat, room);
  if (left.known) return left.columns >= 0;
  return leavesRoom(rest, left.columns);
}

/** Whether what is still to be printed, up to its next possible break, fits in `room` columns. */
function leavesRoom(rest: readonly Command[], room: number): boolean {
  let columns = room;
  for (let position = rest.length - 1; position >= 0; position -= 1) {
    const command = rest[position];
    if (command === undefined) break;
    const left = columnsLeft(command.layout, command.flat, columns);
    if (left.known) return left.columns >= 0;
    columns = left.columns;
  }
  return columns >= 0;
}

interface Left {
  /** Negative when the text does not fit. */
  readonly columns: number;
  /** The line ends in the layout, or is full before its end. */
  readonly known: boolean;
}

/** The room that a layout leaves on its line. Asked for every group, so it walks instead of printing. */
function columnsLeft(layout: Layout, flat: boolean, room: number): Left {
  if (typeof layout === "string") return leftOf(room - textWidth(layout));
  if (isSequence(layout)) {
    let columns = room;
    for (const part of layout) {
      const left = columnsLeft(part, flat, columns);
      if (left.known) return left;
      columns = left.columns;
    }
    return { columns, known: false };
  }
  const measure = flat ? measureOf(layout) : null;
  if (measure !== null) return leftOf(room - measure.width);
  switch (layout.kind) {
    case "line":
      return { columns: room, known: true };
    case "indent":
      return columnsLeft(layout.content, flat, room);
    case "group":
      return columnsLeft(layout.content, false, room);
    case "ifBroken":
      return columnsLeft(flat ? layout.whole : layout.broken, flat, room);
    case "choice":
      return columnsLeft(
        flat ? layout.states[0] : (layout.states.at(-1) ?? layout.states[0]),
        flat,
        room,
      );
    case "fill":
      return columnsLeft(join(line, layout.items), flat, room);
    case "fluid":
      return columnsLeft([line, layout.content], flat, room);
  }
}

function leftOf(columns: number): Left {
  return { columns, known: columns < 0 };
}

function pushAll(stack: Command[], command: Command, layouts: readonly Layout[]): void {
  const { indentation, flat } = command;
  for (let index = layouts.length - 1; index >= 0; index -= 1) {
    stack.push({ indentation, flat, layout: layouts[index] ?? "" });
  }
}

function isSequence(layout: Layout): layout is readonly Layout[] {
  return Array.isArray(layout);
}
