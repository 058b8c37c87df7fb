// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import type { FieldRules, TableRules } from "./policy";
import type { Fields, WireValue } from "./protocol";

/** Why a value cannot be stored and sent. */
export interface FieldProblem {
  readonly field: string;
  readonly code: "unknown-field" | "invalid" | "missing";
  /** For people; never holds the value. */
  readonly message: string;
}

/**
 * Everything that keeps `fields` from making the trip unchanged: device, JSON, Convex and back. Empty when they
 * can. A field that is `undefined` counts as not given; a `create` must give, or have a default for, every required one.
 */
export function checkFields(
  rules: TableRules,
  fields: Readonly<Record<string, unknown>>,
  kind: "create" | "update",
): FieldProblem[] {
  const problems: FieldProblem[] = [];
  for (const field of Object.keys(fields)) {
    const value = fields[field];
    if (value === undefined) continue;
    const rule = ruleOf(rules, field);
    if (rule === undefined) {
      problems.push({
        field,
        code: "unknown-field",
        message: `no field that can be written: ${rules.name} has ${Object.keys(rules.fields).join(", ")}`,
      });
    } else {
      const message = problemOf(rule, value);
      if (message !== null) problems.push({ field, code: "invalid", message });
    }
  }
  if (kind === "create") {
    for (const field of Object.keys(rules.fields)) {
      if (ownValue(fields, field) !== undefined) continue;
      const rule = rules.fields[field];
      if (rule && !rule.optional && rule.default === undefined)
        problems.push({ field, code: "missing", message: "is required" });
    }
  }
  return problems;
}

/** The rules of a field; own properties only, because names arrive from outside (`constructor`, `__proto__`). */
function ruleOf(rules: TableRules, field: string): FieldRules | undefined {
  return Object.hasOwn(rules.fields, field) ? rules.fields[field] : undefined;
}

/** True for a value that the field may hold. */
export function isAllowed(rule: FieldRules, value: unknown): boolean {
  return problemOf(rule, value) === null;
}

/** Why the field may not hold the value, for people ("must be text"); `null` when it may. */
export function problemOf(rule: FieldRules, value: unknown): string | null {
  if (value === null) return rule.optional ? null : "must have a value";
  if (rule.merge?.kind === "set" && !Array.isArray(value))
    return "must be a list";
  return rule.kind === "json"
    ? rule.problemOf(value)
    : valueProblems[rule.kind](value, rule);
}

type ValueCheck = (value: unknown, rule: FieldRules) => string | null;

const valueProblems: Record<Exclude<FieldRules["kind"], "json">, ValueCheck> = {
  text: textProblem,
  integer: integerProblem,
  real: (value) => (Number.isFinite(value) ? null : "must be a finite number"),
  boolean: (value) =>
    typeof value === "boolean" ? null : "must be true or false",
  timestamp: integerProblem,
  choice: (value, rule) =>
    rule.choices?.some((choice) => choice === value)
      ? null
      : "must be one of the listed choices",
  reference: (value) =>
    value === "" ? "must not be empty" : textProblem(value),
};

function integerProblem(value: unknown): string | null {
  return Number.isSafeInteger(value)
    ? null
    : "must be a whole number between -(2^53 - 1) and 2^53 - 1";
}

const loneSurrogate =
  /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?:^|[^\uD800-\uDBFF])[\uDC00-\uDFFF]/;

/** Why a value is no text that can be stored, for people; `null` when it is one. */
export function textProblem(value: unknown): string | null {
  if (typeof value !== "string") return "must be text";
  // SQLite reads text as C strings on some platforms, and Convex refuses what is not Unicode.
  if (value.includes("\0")) return "must not contain the character NUL";
  return loneSurrogate.test(value)
    ? "must not contain half of a surrogate pair"
    : null;
}

/**
 * The row of a create: what is given, then defaults, then `null`; every field of the table and no other, as both sides
 * store them (`normalizeFields`).
 */
export function completeFields(
  rules: TableRules,
  fields: Readonly<Record<string, WireValue | undefined>>,
): Fields {
  const complete: Record<string, WireValue> = {};
  for (const field of Object.keys(rules.fields)) {
    const given = ownValue(fields, field);
    complete[field] =
      given === undefined
        ? (rules.fields[field]?.default ?? null)
        : normalize(given);
  }
  return complete;
}

/** The value of a field; own properties only, as for `ruleOf`. */
function ownValue<Value>(
  fields: Readonly<Record<string, Value>>,
  field: string,
): Value | undefined {
  return Object.hasOwn(fields, field) ? fields[field] : undefined;
}

/** The fields as both sides store them: without `undefined`, and `-0` as `0`, which SQLite and JSON make of it. */
export function normalizeFields(
  fields: Readonly<Record<string, WireValue | undefined>>,
): Fields {
  const normal: Record<string, WireValue> = {};
  for (const field of Object.keys(fields)) {
    const value = fields[field];
    if (value !== undefined) normal[field] = normalize(value);
  }
  return normal;
}

function normalize(value: WireValue): WireValue {
  if (typeof value === "number") return value === 0 ? 0 : value;
  if (typeof value !== "object" || value === null) return value;
  if (isList(value)) return value.map(normalize);
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, normalize(item)]),
  );
}

/** Bytes of the value as JSON in UTF-8, for budgets; nothing is allocated beyond the JSON text. */
export function wireBytes(value: WireValue | object): number {
  return utf8Bytes(JSON.stringify(value));
}

/** Whether the fields have at most `limit` bytes both as JSON in UTF-8, which travels, and as Convex stores them. */
export function isWithin(limit: number, fields: Fields): boolean {
  // Most rows are far from every limit; to see that, nothing has to be written as JSON.
  let most = 2;
  for (const field of Object.keys(fields))
    most += mostBytes(field) + mostBytes(fields[field] ?? null) + 2;
  return (
    most <= limit ||
    (wireBytes(fields) <= limit && storedBytes(fields) <= limit)
  );
}

/** No less than the value has either way: an escaped character takes six bytes, a number at most 24. */
function mostBytes(value: WireValue): number {
  if (typeof value === "string") return 6 * value.length + 2;
  return typeof value === "object" && value !== null
    ? Math.max(wireBytes(value), storedBytes(value))
    : 24;
}

/** Bytes of the value in a Convex document, where a number takes nine bytes, however few digits it has. */
export function storedBytes(value: WireValue): number {
  if (typeof value === "string") return utf8Bytes(value) + 2;
  if (typeof value === "number") return 9;
  if (typeof value !== "object" || value === null) return 1;
  let bytes = 2;
  if (isList(value)) for (const item of value) bytes += storedBytes(item);
  else
    for (const [key, item] of Object.entries(value))
      bytes += utf8Bytes(key) + 1 + storedBytes(item);
  return bytes;
}

/** What takes more than a byte in UTF-8. */
const beyondAscii = /[\u0080-\uffff]/;

/** Bytes of the text in UTF-8. */
export function utf8Bytes(text: string): number {
  if (!beyondAscii.test(text)) return text.length;
  let bytes = text.length;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    // A surrogate pair is two UTF-16 units and four bytes: two a unit, as for U+0080 to U+07FF.
    if (code > 0x7f)
      bytes += code > 0x7ff && (code < 0xd800 || code > 0xdfff) ? 2 : 1;
  }
  return bytes;
}

/** The value as JSON with sorted keys: equal values make equal text. */
export function canonicalJson(value: WireValue | object): string {
  return JSON.stringify(sorted(value));
}

// A copy first, because a replacer costs `JSON.stringify` more than twice as much.
function sorted(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(sorted);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, item]) => [key, sorted(item)]));
}

/** True when both sides would store the same. */
export function equalValues(a: WireValue, b: WireValue): boolean {
  if (a === b) return true;
  if (
    typeof a !== "object" ||
    typeof b !== "object" ||
    a === null ||
    b === null
  )
    return false;
  return canonicalJson(a) === canonicalJson(b);
}

/** True for what JSON can hold: Convex also takes bigints and bytes as arguments. */
export function isWireValue(value: unknown): value is WireValue {
  if (Array.isArray(value)) return value.every(isWireValue);
  if (typeof value !== "object" || value === null)
    return typeof value !== "bigint" && value !== undefined;
  return isPlainObject(value) && Object.values(value).every(isWireValue);
}

/** True for an object without a class. */
export function isPlainObject(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** Narrows to a list; `Array.isArray` alone does not narrow a `readonly` array. */
export function isList(value: WireValue): value is readonly WireValue[] {
  return Array.isArray(value);
}
