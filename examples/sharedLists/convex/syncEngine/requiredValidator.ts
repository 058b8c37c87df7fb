// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { v, type GenericValidator, type Validator } from "convex/values";

/** The same validator for a value that is present: what `v.optional` was wrapped around. */
export function requiredValidator(
  validator: GenericValidator,
): Validator<unknown, "required", string> {
  switch (validator.kind) {
    case "id":
      return v.id(validator.tableName);
    case "string":
      return v.string();
    case "float64":
      return v.number();
    case "int64":
      return v.int64();
    case "commitTs":
      return v.commitTs();
    case "boolean":
      return v.boolean();
    case "null":
      return v.null();
    case "any":
      return v.any();
    case "bytes":
      return v.bytes();
    case "literal":
      return v.literal(validator.value);
    case "array":
      return v.array(validator.element);
    case "object":
      return v.object(validator.fields);
    case "record":
      return v.record(validator.key, validator.value);
    case "union":
      return v.union(...validator.members);
  }
}
