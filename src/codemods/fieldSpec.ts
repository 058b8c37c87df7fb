import type { Diagnostic, Outcome } from "../kernel/diagnostic";
import { fieldKinds, type FieldKind, type JsonValue } from "../model/model";

/** A field as the command line describes it: `priority:choice(low,normal,high)=normal`. */
export interface FieldSpec {
  readonly name: string;
  readonly kind: FieldKind;
  readonly optional: boolean;
  /** `choice`: the allowed values. */
  readonly choices: readonly string[];
  /** `reference`: the table. */
  readonly references: string | null;
  /** `json`: the TypeScript type of the value. */
  readonly type: string | null;
  readonly default: { readonly value: JsonValue } | null;
}

const form = "name:kind, name:kind?, name:kind=default, name:choice(a,b), name:reference(table)";

/**
 * Reads the little language of `--field`.
 *
 * @example
 * parseFieldSpec("done:boolean=false"); parseFieldSpec("dueAt:timestamp?"); parseFieldSpec("project:reference(projects)?");
 */
export function parseFieldSpec(text: string): Outcome<FieldSpec> {
  const colon = text.indexOf(":");
  const name = colon === -1 ? text : text.slice(0, colon);
  if (colon === -1) {
    return refuse(
      "SG920",
      `The field "${text}" has no kind.`,
      form,
      `Say "${text}:text", for example.`,
    );
  }
  if (!/^[A-Za-z][A-Za-z0-9_]*$/.test(name)) {
    return refuse(
      "SG921",
      `"${name}" is no name for a field.`,
      "letters, digits and _, beginning with a letter",
    );
  }
  const rest = /^([A-Za-z]+)(?:\((.*?)\))?(\?)?(?:=(.*))?$/s.exec(text.slice(colon + 1));
  if (!rest) return refuse("SG920", `The field "${text}" cannot be read.`, form, quoteHint);
  const [, kind = "", argument, optional, written] = rest;
  if (!isFieldKind(kind)) {
    return refuse("SG922", `"${kind}" is no kind of field.`, fieldKinds.join(", "), guess(kind));
  }
  const parsed = parseArgument(name, kind, argument);
  if (!parsed.ok) return parsed;
  const base = { name, kind, optional: optional !== undefined, default: null, ...parsed.value };
  if (written === undefined) return { ok: true, value: base, diagnostics: [] };
  const value = parseDefault(base, written);
  return value.ok
    ? { ok: true, value: { ...base, default: { value: value.value } }, diagnostics: [] }
    : value;
}

/** Reads several fields; everything that is wrong with any of them together. */
export function parseFieldSpecs(texts: readonly string[]): Outcome<readonly FieldSpec[]> {
  const parsed = texts.map(parseFieldSpec);
  const fields = parsed.flatMap((one) => (one.ok ? [one.value] : []));
  const repeated = fields
    .map((field) => field.name)
    .filter((name, index, names) => names.indexOf(name) !== index);
  const diagnostics = [
    ...parsed.flatMap((one) => one.diagnostics),
    ...[...new Set(repeated)].map((name): Diagnostic => ({
      code: "SG925",
      severity: "error",
      message: `The field "${name}" is given twice.`,
    })),
  ];
  return diagnostics.length > 0
    ? { ok: false, diagnostics }
    : { ok: true, value: fields, diagnostics };
}

const quoteHint = "A shell splits at parentheses and spaces: put the whole field in quotes.";

type KindArgument = Pick<FieldSpec, "choices" | "references" | "type">;
const noArgument: KindArgument = { choices: [], references: null, type: null };

function parseArgument(
  field: string,
  kind: FieldKind,
  argument: string | undefined,
): Outcome<KindArgument> {
  const done = (value: KindArgument): Outcome<KindArgument> => ({
    ok: true,
    value,
    diagnostics: [],
  });
  const given = argument?.trim() ?? "";
  if (kind === "choice") {
    const choices = given.split(",").map((choice) => choice.trim());
    if (choices.includes("") || new Set(choices).size < choices.length) {
      return refuse(
        "SG923",
        `The choices of "${field}" are missing, empty or repeated.`,
        `${field}:choice(low,normal,high)`,
        quoteHint,
      );
    }
    return done({ ...noArgument, choices });
  }
  if (kind === "reference") {
    if (/^[A-Za-z][A-Za-z0-9_]*$/.test(given)) return done({ ...noArgument, references: given });
    return refuse(
      "SG923",
      `The reference "${field}" does not say which table it points to.`,
      `${field}:reference(projects)`,
      quoteHint,
    );
  }
  if (kind === "json") return done({ ...noArgument, type: given === "" ? null : given });
  if (argument === undefined) return done(noArgument);
  return refuse("SG923", `The kind ${kind} of "${field}" takes nothing in parentheses.`, kind);
}

function parseDefault(field: FieldSpec, written: string): Outcome<JsonValue> {
  const wrong = (allowed: string): Outcome<never> =>
    refuse("SG924", `${written} is no default for the ${field.kind} "${field.name}".`, allowed);
  const take = (value: JsonValue): Outcome<JsonValue> => ({ ok: true, value, diagnostics: [] });
  switch (field.kind) {
    case "text":
      return take(written);
    case "boolean":
      return written === "true" || written === "false"
        ? take(written === "true")
        : wrong("true, false");
    case "integer":
    case "timestamp": {
      const value = /^-?\d+$/.test(written) ? Number(written) : NaN;
      if (Number.isSafeInteger(value)) return take(value);
      return wrong(
        field.kind === "integer" ? "an integer up to 2^53 - 1" : "milliseconds since 1970",
      );
    }
    case "real": {
      const value = written.trim() === "" ? NaN : Number(written);
      return Number.isFinite(value) ? take(value) : wrong("a number");
    }
    case "choice":
      return field.choices.includes(written) ? take(written) : wrong(field.choices.join(", "));
    case "reference":
      return wrong("a reference has no default; make it optional with ?");
    case "json":
      try {
        // Safe: JSON.parse makes nothing but JSON values.
        return take(JSON.parse(written) as JsonValue);
      } catch {
        return wrong('JSON, such as [] or {"a":1}');
      }
  }
}

function isFieldKind(kind: string): kind is FieldKind {
  // Safe: widened only to ask.
  return (fieldKinds as readonly string[]).includes(kind);
}

const otherWords: Readonly<Record<string, FieldKind>> = {
  string: "text",
  str: "text",
  varchar: "text",
  int: "integer",
  number: "real",
  float: "real",
  double: "real",
  bool: "boolean",
  date: "timestamp",
  datetime: "timestamp",
  time: "timestamp",
  object: "json",
  array: "json",
  enum: "choice",
  union: "choice",
  ref: "reference",
  id: "reference",
  relation: "reference",
};

function guess(kind: string): string | undefined {
  const lower = kind.toLowerCase();
  const meant = otherWords[lower] ?? fieldKinds.find((one) => one.startsWith(lower.slice(0, 3)));
  return meant && `Did you mean ${meant}?`;
}

function refuse(
  code: Diagnostic["code"],
  message: string,
  allowed: string,
  hint?: string,
): Outcome<never> {
  const diagnostic: Diagnostic = { code, severity: "error", message, allowed };
  return { ok: false, diagnostics: [hint === undefined ? diagnostic : { ...diagnostic, hint }] };
}
