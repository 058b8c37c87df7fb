import type { Diagnostic } from "../kernel/diagnostic";
import type { FieldChange } from "./diffModels";

/** A field that the table has now. */
type PresentField = Exclude<FieldChange, { kind: "removed" }>;

/** Rows that exist, on devices and on the server, need a value for a field that did not have to have one before. */
export function judgeMissingValues(
  change: PresentField,
  path: readonly string[],
): readonly Diagnostic[] {
  const { to } = change;
  if (to.optional || to.default !== null) return [];
  const reason = missingValueReason(change);
  if (reason === null) return [];
  return [
    {
      code: "SG301",
      severity: "error",
      path: [...path, "fields", to.name],
      ...(to.kind === "reference"
        ? {
            message: `"${to.name}" cannot be required: ${reason}.`,
            allowed: "an optional field",
            hint: "Say `.optional()`: a reference has no default, because the rows of every user have ids of their own.",
          }
        : {
            message: `"${to.name}" needs a default: ${reason}.`,
            allowed: "a default, or an optional field",
            hint: "Add `.default(…)` with the value that existing rows should have, or `.optional()`.",
          }),
    },
  ];
}

function missingValueReason(change: PresentField): string | null {
  if (change.kind === "added")
    return "it is new and required, and rows that exist have no value for it";
  const { from, to, conversion } = change;
  if (from.optional) return "it was optional, and rows that exist may have no value for it";
  if (from.side === "device" && to.side !== "device")
    return "the server has no value for it so far";
  if (from.side === "server" && to.side !== "server") return "devices have no value for it so far";
  if (conversion === "replace") return `the values of ${from.kind} cannot become ${to.kind}`;
  if (to.kind === "choice" && conversion === "narrow")
    return "rows that exist may hold a value that is not listed any more";
  return null;
}
