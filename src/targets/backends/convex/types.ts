import type { FieldKind, FieldModel } from "../../../model/model";
import type { Layout } from "../../../render/layout";
import { call, shortLiteral, stringLiteral, type Property } from "../../../render/literals";
import { isObjectType, typeArgument } from "../../../render/typeText";

/** `dueAt: v.optional(v.number())`: the validator of a field as a document holds it. */
export function validatorProperty(field: FieldModel): Property {
  const { layout, breaks } = validators[field.kind](field);
  if (!field.optional) return { name: field.name, value: layout, breaks };
  // Prettier takes a call without arguments for short, whatever type arguments it has.
  const breaksOutside = field.kind === "choice" ? "inside" : "before";
  return { name: field.name, value: call("v.optional", [layout]), breaks: breaksOutside };
}

interface Validator {
  readonly layout: Layout;
  readonly breaks: Property["breaks"];
}

const simple = (layout: string) => (): Validator => ({ layout, breaks: "before" });

const validators: { readonly [Kind in FieldKind]: (field: FieldModel) => Validator } = {
  text: simple("v.string()"),
  integer: simple("v.number()"),
  real: simple("v.number()"),
  boolean: simple("v.boolean()"),
  timestamp: simple("v.number()"),
  reference: simple("v.string()"),
  json: (field) => {
    // Convex wants `any` where TypeScript would rather have `unknown`.
    if (field.json === null) return { layout: "v.any()", breaks: "before" };
    const { type } = field.json;
    return {
      layout: ["json", typeArgument(type), "()"],
      breaks: isObjectType(type) ? "inside" : "before",
    };
  },
  choice: (field) => {
    const literals = field.choices.map((choice) => call("v.literal", [stringLiteral(choice)]));
    const [only] = literals;
    if (only !== undefined && literals.length === 1) {
      const isShort = stringLiteral(field.choices[0] ?? "").length <= shortLiteral;
      return { layout: only, breaks: isShort ? "before" : "inside" };
    }
    return { layout: call("v.union", literals), breaks: "inside" };
  },
};
