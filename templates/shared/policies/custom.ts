import { isHlc, latestHlc } from "../clock";
import { isWireValue, normalizeFields } from "../codec";
import { keep, same } from "../decision";
import type { MergeDecision, MergedRow, Policy, PolicyInput } from "../policy";
import { rejectionCodes, type Hlc, type RejectionCode } from "../protocol";

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
      return decisionOf(merge(copyOf(input)), input) ?? failed;
    } catch {
      return failed;
    }
  },
};

/** One row that the app's function cannot handle must not hold up the whole batch. */
const failed: MergeDecision = { kind: "reject", code: "failed" };

/** A function that changes what it is given would change what its answer is compared with. */
function copyOf(input: PolicyInput): PolicyInput {
  const { op, current } = input;
  return {
    ...input,
    op: {
      ...op,
      fields: normalizeFields(op.fields),
      base: op.base === null ? null : normalizeFields(op.base),
      clocks: { ...op.clocks },
    },
    current: {
      ...current,
      fields: normalizeFields(current.fields),
      clocks: { ...current.clocks },
    },
  };
}

/** Types do not keep the function from answering nothing, a promise, or half a row: `null` for what is no decision. */
function decisionOf(answer: unknown, input: PolicyInput): MergeDecision | null {
  if (!has<"kind" | "row" | "code">(answer)) return null;
  const { kind, row, code } = answer;
  switch (kind) {
    case "write":
    case "merge":
      return isRow(row, input) ? { kind, row: believed(row, input) } : null;
    case "keep":
      // What combines is added later, as for every policy.
      return row === undefined ? keep : null;
    case "same":
      return same;
    case "conflict":
      return { kind };
    case "reject":
      return isCode(code) ? { kind, code } : null;
    default:
      return null;
  }
}

/** Whether the fields are those of the table is looked at later, as for every policy. */
function isRow(
  row: unknown,
  { op, current, rules }: PolicyInput,
): row is MergedRow {
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
    Object.entries(row.clocks).every(
      ([field, hlc]) =>
        isHlc(hlc) &&
        // The row may still have those of fields that are no more.
        (Object.hasOwn(rules.fields, field) ||
          Object.hasOwn(current.clocks, field)),
    )
  );
}

/** The row, edited no later than both sides were: from a time to come it would win for years. */
function believed(
  { fields, deleted, edited, clocks }: MergedRow,
  { op, current }: PolicyInput,
): MergedRow {
  const latest = latestHlc(op.edited, current.edited);
  const clamped = (hlc: Hlc) => (hlc < latest ? hlc : latest);
  return {
    fields,
    deleted,
    edited: clamped(edited),
    clocks: Object.fromEntries(
      Object.entries(clocks).map(([field, hlc]) => [field, clamped(hlc)]),
    ),
  };
}

/** Codes are stored, and apps have a text for each. */
function isCode(code: unknown): code is RejectionCode {
  return (rejectionCodes as readonly unknown[]).includes(code);
}

/** An object, which may have these fields. */
function has<Field extends string>(
  value: unknown,
): value is { readonly [Name in Field]?: unknown } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
