import type { OperationName } from "../model/model";
import type { FieldSpec } from "./fieldSpec";
import { quoted, type TextStyle } from "./textSpans";

/** A table as the command line describes it. */
export interface TableSpec {
  readonly name: string;
  readonly policy: string;
  /** `null`: every row is its user's own. */
  readonly scope: string | null;
  /** `null` leaves the default: all of them. */
  readonly operations: readonly OperationName[] | null;
  /** `max-wins`: the field that is compared. */
  readonly by: string | null;
  /** `custom`: where the merge function is, `merge/tasks.ts#mergeTask`. */
  readonly merge: string | null;
  /** Fields of the natural key; empty for none. */
  readonly uniqueBy: readonly string[];
  readonly fields: readonly FieldSpec[];
}

/** The local name of a builder: `text`, an alias of it, or `sync.text`. */
export type BuilderName = (name: string) => string;
/** Builders under their own names. */
export const plainName: BuilderName = (name) => name;

/** How a file is written; `types: false` in JavaScript, which has no type arguments. */
type Quotes = Pick<TextStyle, "quote"> & { readonly types?: boolean };

/** `notes: table({ … })`, with `\n` and two spaces; `commas` behind the last item of each list of lines. */
export function tableText(
  spec: TableSpec,
  builder: BuilderName,
  style: Quotes,
  commas: boolean,
): string {
  const end = commas ? "," : "";
  const fields = spec.fields.map((field) => `    ${fieldText(field, builder, style)}`).join(",\n");
  const options = [
    `policy: ${quoted(spec.policy, style)}`,
    ...(spec.scope === null ? [] : [`scope: ${quoted(spec.scope, style)}`]),
    ...(spec.by === null ? [] : [`by: ${quoted(spec.by, style)}`]),
    ...(spec.merge === null ? [] : [`merge: ${quoted(spec.merge, style)}`]),
    ...(spec.uniqueBy.length === 0 ? [] : [`uniqueBy: ${listText(spec.uniqueBy, style)}`]),
    ...(spec.operations === null ? [] : [`operations: ${listText(spec.operations, style)}`]),
    fields === "" ? "fields: {}" : `fields: {\n${fields}${end}\n  }`,
  ];
  return `${spec.name}: ${builder("table")}({\n${options.map((one) => `  ${one}`).join(",\n")}${end}\n})`;
}

/** `dueAt: timestamp().optional()` */
export function fieldText(field: FieldSpec, builder: BuilderName, style: Quotes): string {
  const isTyped = field.kind === "json" && style.types !== false;
  const type = isTyped ? `<${field.type ?? "unknown"}>` : "";
  const argument =
    field.kind === "choice"
      ? listText(field.choices, style)
      : field.references === null
        ? ""
        : quoted(field.references, style);
  const optional = field.optional ? ".optional()" : "";
  const value = field.default?.value;
  const literal = typeof value === "string" ? quoted(value, style) : JSON.stringify(value);
  const fallback = field.default === null ? "" : `.default(${literal})`;
  return `${field.name}: ${builder(field.kind)}${type}(${argument})${optional}${fallback}`;
}

function listText(values: readonly string[], style: Quotes): string {
  return `[${values.map((value) => quoted(value, style)).join(", ")}]`;
}
