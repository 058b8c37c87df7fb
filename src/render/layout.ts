import { textWidth } from "./textWidth";

/**
 * Text with places where it may break, laid out by the rules of prettier's printer: a group stays on one line when it
 * fits, and else breaks all of its own lines. See Wadler, "A prettier printer".
 */
export type Layout =
  | string
  | readonly Layout[]
  | { readonly kind: "line"; readonly flat: " " | ""; readonly hard: boolean }
  | { readonly kind: "indent"; readonly content: Layout }
  | { readonly kind: "group"; readonly content: Layout; readonly broken: boolean }
  | { readonly kind: "choice"; readonly states: readonly [Layout, ...Layout[]] }
  | { readonly kind: "ifBroken"; readonly broken: Layout; readonly flat: Layout }
  | { readonly kind: "fill"; readonly items: readonly Layout[] }
  | { readonly kind: "fluid"; readonly content: Layout };

/** A space, or a new line when the group around it breaks. */
export const line: Layout = { kind: "line", flat: " ", hard: false };
/** Nothing, or a new line when the group around it breaks. */
export const softLine: Layout = { kind: "line", flat: "", hard: false };
/** A new line always; every group around it breaks. */
export const hardLine: Layout = { kind: "line", flat: "", hard: true };

/** Lines that break inside start two spaces further right. */
export function indent(content: Layout): Layout {
  return { kind: "indent", content };
}

/** Stays on one line when it fits and holds no hard line. */
export function group(content: Layout, broken = false): Layout {
  return { kind: "group", content, broken: broken || mustBreak(content) };
}

/** The first of the layouts that fits; the last one when none does. */
export function choice(first: Layout, ...others: Layout[]): Layout {
  return { kind: "choice", states: [first, ...others] };
}

/** One text in a group that breaks, another in one that does not. */
export function ifBroken(broken: Layout, flat: Layout = ""): Layout {
  return { kind: "ifBroken", broken, flat };
}

/** As many items on each line as fit, as in a paragraph. */
export function fill(items: readonly Layout[]): Layout {
  return { kind: "fill", items };
}

/** On the same line when its beginning fits there, else on the next, indented. */
export function fluid(content: Layout): Layout {
  return { kind: "fluid", content };
}

/** The layouts with a separator between every two. */
export function join(separator: Layout, layouts: readonly Layout[]): Layout {
  return layouts.flatMap((layout, position) => (position === 0 ? [layout] : [separator, layout]));
}

interface Command {
  readonly indentation: number;
  readonly flat: boolean;
  readonly layout: Layout;
}

/** Lays the text out in `width` columns; `indentation` is where its first line already stands. */
export function printLayout(layout: Layout, width = 80, indentation = 0): string {
  const stack: Command[] = [{ indentation, flat: false, layout }];
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
    } else if (current.kind === "line" && (current.hard || !flat)) {
      lines.push(text.replace(/ +$/, ""));
      text = " ".repeat(command.indentation);
      column = command.indentation;
    } else {
      stack.push(...expand(current, command, stack, width - column));
    }
  }
  lines.push(text);
  return lines.join("\n");
}

/** What a layout stands for, given the room that is left on the line. */
function expand(
  layout: Exclude<Layout, string | readonly Layout[]>,
  command: Command,
  rest: readonly Command[],
  room: number,
): Command[] {
  const { flat, indentation } = command;
  switch (layout.kind) {
    case "line":
      return [{ ...command, layout: layout.flat }];
    case "indent":
      return [{ flat, indentation: indentation + 2, layout: layout.content }];
    case "ifBroken":
      return [{ ...command, layout: flat ? layout.flat : layout.broken }];
    case "group": {
      const inline = { indentation, flat: true, layout: layout.content };
      if (flat && !layout.broken) return [inline];
      if (!layout.broken && fits(inline, rest, room)) return [inline];
      return [{ indentation, flat: false, layout: layout.content }];
    }
    case "choice": {
      const last = layout.states.at(-1) ?? layout.states[0];
      if (flat) return [{ ...command, layout: layout.states[0] }];
      for (const state of layout.states) {
        const attempt = { indentation, flat: true, layout: state };
        if (fits(attempt, rest, room)) return [attempt];
      }
      return [{ indentation, flat: false, layout: last }];
    }
    case "fluid": {
      const beside = [
        { indentation, flat, layout: layout.content },
        { ...command, layout: " " },
      ];
      if (flat || fits({ indentation, flat: false, layout: [" ", layout.content] }, rest, room))
        return beside;
      return [
        { indentation: indentation + 2, flat: false, layout: [hardLine, group(layout.content)] },
      ];
    }
    case "fill":
      return fillLines(layout.items, command, room);
  }
}

/** The first item, a break where the second would not fit beside it, and the rest as a fill of its own. */
function fillLines(items: readonly Layout[], command: Command, room: number): Command[] {
  const [first, ...others] = items;
  if (first === undefined) return [];
  const next = others[0];
  if (next === undefined) return [{ ...command, layout: first }];
  const pair = { indentation: command.indentation, flat: true, layout: [first, line, next] };
  const separator: Command = {
    indentation: command.indentation,
    flat: fits(pair, [], room),
    layout: line,
  };
  return [{ ...command, layout: fill(others) }, separator, { ...command, layout: first }];
}

/** Whether the text up to the next possible break fits in `room` columns. */
function fits(next: Command, rest: readonly Command[], room: number): boolean {
  let left = room;
  // Asked for every group, so it walks instead of making commands. True when the answer is known: the line ends, or is full.
  const walk = (layout: Layout, flat: boolean): boolean => {
    if (typeof layout === "string") {
      left -= textWidth(layout);
      return left < 0;
    }
    if (isSequence(layout)) return layout.some((part) => walk(part, flat));
    switch (layout.kind) {
      case "line":
        if (!flat || layout.hard) return true;
        left -= layout.flat.length;
        return left < 0;
      case "indent":
        return walk(layout.content, flat);
      case "group":
        return walk(layout.content, flat && !layout.broken);
      case "ifBroken":
        return walk(flat ? layout.flat : layout.broken, flat);
      case "choice":
        return walk(flat ? layout.states[0] : (layout.states.at(-1) ?? ""), flat);
      case "fill":
        return walk(join(line, layout.items), flat);
      case "fluid":
        return walk(line, flat) || walk(layout.content, flat);
    }
  };
  if (left < 0) return false;
  let known = walk(next.layout, next.flat);
  for (let position = rest.length - 1; position >= 0 && !known; position -= 1) {
    const command = rest[position];
    if (command !== undefined) known = walk(command.layout, command.flat);
  }
  return left >= 0;
}

function pushAll(stack: Command[], command: Command, layouts: readonly Layout[]): void {
  const { indentation, flat } = command;
  for (let index = layouts.length - 1; index >= 0; index -= 1) {
    stack.push({ indentation, flat, layout: layouts[index] ?? "" });
  }
}

/** Holds a line that breaks whatever the room. */
function mustBreak(layout: Layout): boolean {
  if (typeof layout === "string") return false;
  if (isSequence(layout)) return layout.some(mustBreak);
  switch (layout.kind) {
    case "line":
      return layout.hard;
    case "group":
      return layout.broken;
    case "choice":
      return mustBreak(layout.states[0]);
    case "indent":
    case "fluid":
      return mustBreak(layout.content);
    case "ifBroken":
      return mustBreak(layout.broken);
    case "fill":
      return layout.items.some(mustBreak);
  }
}

function isSequence(layout: Layout): layout is readonly Layout[] {
  return Array.isArray(layout);
}
