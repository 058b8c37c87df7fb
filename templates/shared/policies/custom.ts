import { isHlc } from "../clock";
import { isWireValue } from "../codec";
import type { MergeDecision, Policy, PolicyInput } from "../policy";

/**
 * The app's own function decides.
 *
 * - **Wins, loses**: what the function says. It gets the op with its base, the current row (which may be deleted),
 *   whether the two are concurrent, and the table's rules; it answers as every policy does. It is not asked when there
 *   is no row, when both sides deleted, or when the op was applied before.
 * - **Needs**: a pure function, because device and server both run it and must come to the same answer: no clock, no
 *   randomness, no reading of other rows. If it throws, answers something else than a decision, or makes a row with
 *   invalid fields, the op is rejected and shown.
 * - **Choose it** when a rule of your domain fits none of the other policies. Test it for the laws that you rely on.
 */
export const custom: Policy = {
  name: "custom",
  pending: "field",
  fieldClocks: false,
  merge(input) {
    const { merge } = input.rules.options;
    if (merge === undefined) {
      throw new Error(
        `${input.rules.name}: custom needs a function (options.merge)`,
      );
    }
    try {
      const answer: unknown = merge(input);
      return isDecision(answer, input) ? answer : failed;
    } catch {
      return failed;
    }
  },
};

/** One row that the app's function cannot handle must not hold up the whole batch. */
const failed: MergeDecision = { kind: "reject", code: "failed" };

/** Types do not keep the function from answering nothing, a promise, or half a row. */
function isDecision(
  answer: unknown,
  input: PolicyInput,
): answer is MergeDecision {
  if (!has<"kind" | "row" | "code">(answer)) return false;
  switch (answer.kind) {
    case "write":
    case "merge":
      return isRow(answer.row, input);
    case "keep":
      return answer.row === undefined || isRow(answer.row, input);
    case "same":
    case "conflict":
      return true;
    case "reject":
      return typeof answer.code === "string";
    default:
      return false;
  }
}

/** Whether the fields are those of the table is looked at later, as for every policy. */
function isRow(row: unknown, { op, current }: PolicyInput): boolean {
  return (
    has<"fields" | "deleted" | "edited" | "clocks">(row) &&
    has(row.fields) &&
    Object.values(row.fields).every(
      (value) => value === undefined || isWireValue(value),
    ) &&
    typeof row.deleted === "boolean" &&
    // That of either side may stand for a time that nobody knows.
    (row.edited === op.edited ||
      row.edited === current.edited ||
      isHlc(row.edited)) &&
    has(row.clocks) &&
    Object.values(row.clocks).every(isHlc)
  );
}

/** An object, which may have these fields. */
function has<Field extends string>(
  value: unknown,
): value is { readonly [Name in Field]?: unknown } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
