import {
  keep,
  overwritesNothing,
  recreates,
  writeChanges,
  writeRow,
} from "../decision";
import type { FieldRules, Policy, PolicyInput } from "../policy";
import type { WireValue } from "../protocol";

/**
 * The row with the greater value of one field (`by`) stays; the value never decreases.
 *
 * - **Wins**: the greater value of `by`, with the rest of its row. Numbers compare as numbers, a choice by its place in
 *   the list, other text by its characters; no value is less than any. At equal values the row that is there stays,
 *   unless the device saw what it says and changed another field. A delete ends the row: a later value does not bring it back.
 * - **Loses**: the row with the smaller value, all of it, and any attempt to lower the value.
 * - **Needs**: the option `by`. A `timestamp` there is a time that has come: one that is more than 5 minutes ahead of the
 *   server's clock counts as 5 minutes ahead, so that a phone whose clock is wrong does not hold the row for ever. For
 *   times that may lie in the future (`validUntil`), compare an `integer`.
 * - **Choose it** for read receipts, high scores, progress: what only ever moves up.
 */
export const maxWins: Policy = {
  name: "max-wins",
  pending: "merge",
  fieldClocks: false,
  merge(input) {
    const { op, current, concurrent } = input;
    if (op.kind === "delete") return writeChanges(input);
    if (current.deleted) {
      return concurrent && !recreates(input) ? keep : writeChanges(input);
    }
    const growth = growthOf(input);
    if (growth > 0) return writeRow(input);
    return growth === 0 && overwritesNothing(input) ? writeRow(input) : keep;
  },
};

/** How the op's value of `by` compares with the row's: positive when it is greater. */
function growthOf(input: PolicyInput): number {
  const { rules, current } = input;
  const by = rules.options.by;
  const rule = by === undefined ? undefined : rules.fields[by];
  if (by === undefined || rule === undefined) {
    throw new Error(
      `${rules.name}: max-wins needs a field to compare (options.by)`,
    );
  }
  const mine = writeRow(input).row.fields[by] ?? null;
  return compare(rank(rule, mine), rank(rule, current.fields[by] ?? null));
}

/** A choice counts by its place in the list. */
function rank(rule: FieldRules, value: WireValue): WireValue {
  return rule.choices === undefined
    ? value
    : rule.choices.findIndex((choice) => choice === value);
}

function compare(a: WireValue, b: WireValue): number {
  if (a === b) return 0;
  if (a === null) return -1;
  if (b === null) return 1;
  return a > b ? 1 : -1;
}
