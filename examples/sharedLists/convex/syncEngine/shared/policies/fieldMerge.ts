// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { latestHlc } from "../clock";
import { canonicalJson, equalValues } from "../codec";
import {
  combines,
  editTimes,
  isLater,
  keep,
  winsByTime,
  writeRow,
} from "../decision";
import type { MergeDecision, Policy, PolicyInput } from "../policy";
import type { Hlc, WireValue } from "../protocol";

/**
 * Edits of different fields are both kept; for one field, the higher hybrid logical clock wins.
 *
 * - **Wins**: per field, the higher clock reading; at equal readings the value that is larger as JSON text. A delete has a
 *   reading of its own: it wins over a row whose last edit is older, and an edit made later brings the row back.
 * - **Loses**: the lower edit of the same field; it is shown as superseded when no field of the edit won. When a deleted
 *   row is brought back, its other fields are as the editing device last saw them.
 * - **Needs**: a clock reading for every field, on the wire and in the stored row (about 30 bytes each).
 * - **Choose it** for forms and records that several people fill in at once. Not for fields that must agree with one
 *   another (a start and an end): two edits may combine to a pair that nobody wrote. Make those one json field.
 */
export const fieldMerge: Policy = {
  name: "field-merge",
  pending: "field",
  fieldClocks: true,
  merge(input) {
    const { op, current } = input;
    if (op.kind !== "delete" && !current.deleted) return mergeFields(input);
    if (!winsByTime(input, isLater(op, current))) return keep;
    const { row } = writeRow(input);
    const clocks = { ...row.clocks, ...editTimes(op) };
    return { kind: "write", row: { ...row, clocks } };
  },
};

function mergeFields(input: PolicyInput): MergeDecision {
  const { op, current, rules } = input;
  const times = Object.entries(editTimes(op)).filter(
    ([field, time]) => !combines(rules, field) && wins(input, field, time),
  );
  if (times.length === 0) return keep;
  const fields = { ...current.fields };
  const clocks = { ...current.clocks };
  for (const [field, time] of times) {
    fields[field] = op.fields[field] ?? null;
    clocks[field] = latestHlc(clocks[field] ?? time, time);
  }
  const edited = latestHlc(current.edited, op.edited);
  return { kind: "write", row: { fields, deleted: false, edited, clocks } };
}

function wins(input: PolicyInput, field: string, time: Hlc): boolean {
  const { op, current, concurrent } = input;
  if (!concurrent) return true;
  const theirs = current.fields[field] ?? null;
  const theirTime =
    current.clocks[field] ?? timeWithoutClock(input, field, theirs);
  if (time !== theirTime) return time > theirTime;
  return canonicalJson(op.fields[field] ?? null) > canonicalJson(theirs);
}

/** Rows from before the table had this policy carry no clocks: a field that moved since the base did so at the last edit. */
function timeWithoutClock(
  { op, current }: PolicyInput,
  field: string,
  theirs: WireValue,
): Hlc {
  const untouched =
    op.base !== null && equalValues(op.base[field] ?? null, theirs);
  return untouched ? "" : current.edited;
}
