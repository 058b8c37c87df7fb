import type { FieldKind, FieldModel } from "../../../model/model";
import type { Layout } from "../../../render/layout";
import { stringLiteral, typeAnnotation } from "../../../render/literals";
import { isNullable, isObjectType, typeLayout } from "../../../render/typeText";

/** `: string | null`: the type of a field's value on the device, as it stands behind a property's name. */
export function fieldAnnotation(field: FieldModel): Layout {
  const members = types[field.kind](field);
  // `unknown` takes in `null`, and linters object to both side by side.
  if (!field.optional || members.includes("unknown")) return typeAnnotation(members);
  if (field.json !== null && isNullable(field.json.type)) return typeAnnotation(members);
  if (field.json !== null && isObjectType(field.json.type)) return [": ", ...members, " | null"];
  return typeAnnotation([...members, "null"]);
}

const types: { readonly [Kind in FieldKind]: (field: FieldModel) => readonly Layout[] } = {
  text: () => ["string"],
  integer: () => ["number"],
  real: () => ["number"],
  boolean: () => ["boolean"],
  timestamp: () => ["number"],
  json: (field) => [field.json === null ? "unknown" : typeLayout(field.json.type)],
  choice: (field) => field.choices.map(stringLiteral),
  reference: () => ["string"],
};
