import type { JsonValue } from "../model/model";
import {
  choice,
  fill,
  fluid,
  group,
  ifBroken,
  indent,
  join,
  line,
  softLine,
  hardLine,
  type Layout,
} from "./layout";

/**
 * TypeScript for a string, with the quotes that prettier would choose. Reading the literal gives back the very text,
 * whatever is in it.
 */
export function stringLiteral(text: string): string {
  // Most texts are plain; this runs for every name of a project several times.
  if (/^[ !#-&(-[\]-~]*$/.test(text)) return `"${text}"`;
  // JSON leaves the two line separators as they are; editors and older parsers stumble over them.
  const body = JSON.stringify(text)
    .slice(1, -1)
    .replace(/\u2028/g, "\\u2028")
    .replace(/\u2029/g, "\\u2029");
  const doubles = body.split('"').length - 1;
  const singles = body.split("'").length - 1;
  if (doubles <= singles) return `"${body}"`;
  return `'${body.replace(/\\(.)|'/gs, (match, escaped: string | undefined) => (match === "'" ? "\\'" : escaped === '"' ? '"' : match))}'`;
}

/** A property's name as it stands in an object literal or a type. */
export function propertyName(name: string): string {
  const isName =
    /^[A-Za-z_$][\w$]*$/.test(name) || /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name);
  return isName ? name : stringLiteral(name);
}

/** A property of an object literal. */
export interface Property {
  readonly name: string;
  readonly value: Layout;
  /**
   * What gives way when the value does not fit behind the name. `inside`: the value breaks where it can.
   * `before`: the value moves to the next line in one piece. `never`: nothing would be gained.
   */
  readonly breaks: "inside" | "before" | "never";
}

/** `{ a: 1, b: 2 }`, or one property a line. */
export function objectLiteral(properties: readonly Property[], broken = false): Layout {
  if (properties.length === 0) return "{}";
  const body = join([",", line], properties.map(property));
  return group(["{", indent([line, body]), ifBroken(","), line, "}"], broken);
}

/** Behind a name as short as this, moving a value to the next line gains too little. */
const shortName = 4;

function property({ name, value, breaks }: Property): Layout {
  const key = name === "__proto__" ? '["__proto__"]' : propertyName(name);
  if (breaks === "inside") return [`${key}:`, fluid(value)];
  if (breaks === "never" || key.length <= shortName) return [`${key}: `, value];
  return group([`${key}:`, group(indent([line, value]))]);
}

/** `[1, 2]`, or one item a line. */
export function arrayLiteral(items: readonly Layout[], broken = false): Layout {
  if (items.length === 0) return "[]";
  return group(
    ["[", indent([softLine, join([",", line], items), ifBroken(",")]), softLine, "]"],
    broken,
  );
}

/** A JSON value as TypeScript. */
export function jsonLiteral(value: JsonValue): Layout {
  if (typeof value === "string") return stringLiteral(value);
  if (typeof value === "number") return numberLiteral(value);
  if (value === null || typeof value === "boolean") return String(value);
  if (isArray(value)) {
    if (value.length > 1 && value.every((item) => typeof item === "number"))
      return numberList(value);
    return arrayLiteral(value.map(jsonLiteral), isTable(value));
  }
  // `__proto__` written plainly would set the prototype; `property` brackets it.
  return objectLiteral(
    Object.entries(value).map(([name, item]) => ({
      name,
      value: jsonLiteral(item),
      breaks: jsonBreaks(item),
    })),
  );
}

function jsonBreaks(value: JsonValue): Property["breaks"] {
  if (typeof value === "string") return "before";
  return typeof value === "object" ? "inside" : "never";
}

/** A number as prettier writes it; JSON's own notation but for the plus sign of exponents. */
export function numberLiteral(value: number): string {
  return JSON.stringify(value).replace("e+", "e");
}

/** Numbers fill their lines. */
function numberList(values: readonly number[]): Layout {
  const numbers = values.map(numberLiteral);
  const lines = fill(numbers.map((number) => `${number},`));
  return choice(
    `[${numbers.join(", ")}]`,
    group(["[", indent([softLine, lines]), softLine, "]"], true),
  );
}

/** Several objects or arrays with more than one entry each stand one a line. */
function isTable(items: readonly JsonValue[]): boolean {
  const lists = items.every(isArray);
  const objects = items.every(
    (item) => typeof item === "object" && item !== null && !isArray(item),
  );
  return (
    items.length > 1 &&
    (lists || objects) &&
    items.every((item) => Object.keys(item ?? {}).length > 1)
  );
}

function isArray(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}

/** `callee(a, b)`, or one argument a line. */
export function call(callee: Layout, parameters: readonly Layout[] = []): Layout {
  if (parameters.length === 0) return [callee, "()"];
  return [
    callee,
    group(["(", indent([softLine, join([",", line], parameters), ifBroken(",")]), softLine, ")"]),
  ];
}

/** `callee(a, { … })`: the last argument, an object or an array, opens on the line of the call. */
export function callWithLast(callee: Layout, parameters: readonly Layout[], last: Layout): Layout {
  if (typeof last === "string") return call(callee, [...parameters, last]);
  const before = parameters.flatMap((parameter) => [parameter, ", "]);
  const all = [...parameters, last];
  return [
    callee,
    choice(
      ["(", before, last, ")"],
      ["(", before, broken(last), ")"],
      group(["(", indent([softLine, join([",", line], all), ","]), softLine, ")"], true),
    ),
  ];
}

/** The layout with its outermost groups broken. */
export function broken(layout: Layout): Layout {
  if (typeof layout === "string") return layout;
  if (!("kind" in layout)) return layout.map((part) => broken(part));
  if (layout.kind === "choice") return layout.states.at(-1) ?? layout;
  return layout.kind === "group" ? group(layout.content, true) : layout;
}

/**
 * `first.a().b()`; three calls or more stand one a line when they do not fit on one, or when an argument among them `isDeep`.
 */
export function callChain(first: Layout, calls: readonly Layout[], isDeep = false): Layout {
  const inline = [first, ...calls];
  if (calls.length < 2) return group(inline);
  const expanded = group([first, indent(calls.map((each) => [hardLine, each]))]);
  return isDeep ? expanded : choice(inline, expanded);
}

/** Prettier counts a text of up to a quarter of the line, quotes included, as nothing that could break. */
export const shortLiteral = 20;

/** True for a list or object that holds another one with something in it. */
export function isDeep(value: JsonValue): boolean {
  if (typeof value !== "object" || value === null) return false;
  const items = Object.values(value);
  const hasBrackets = !isArray(value) && Object.hasOwn(value, "__proto__");
  return (
    hasBrackets ||
    items.some((item) => typeof item === "object" && item !== null && Object.keys(item).length > 0)
  );
}

/** `: A | B` behind a name: on the next line when it fits there, else one member a line behind bars. */
export function typeAnnotation(members: readonly Layout[]): Layout {
  if (members.length === 1) return [": ", ...members];
  return [":", group(indent([line, group([ifBroken("| "), join([line, "| "], members)])]))];
}
