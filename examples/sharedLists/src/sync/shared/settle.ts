// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { checkFields, completeFields, equalValues } from "./codec";
import { same } from "./decision";
import type {
  CurrentRow,
  MergeDecision,
  MergedRow,
  PolicyInput,
} from "./policy";
import type { Fields, RejectionCode } from "./protocol";

/** The last look at every row before it is written: complete, valid, and named for what it is. */
export function settle(
  input: PolicyInput,
  kind: "write" | "merge" | "keep",
  decided: MergedRow,
): MergeDecision {
  const { op, current, rules } = input;
  if (decided.deleted) return { kind, row: { ...decided, fields: {} } };
  const row = { ...decided, fields: completeFields(rules, decided.fields) };
  const code = problemOf(input, decided.fields);
  if (code !== null) return { kind: "reject", code };
  if (equalRows(row, current)) return same;
  const mine = { ...(op.base ?? current.fields), ...op.fields };
  const isMore = kind === "write" && !isWithin(row.fields, mine);
  return { kind: isMore ? "merge" : kind, row };
}

/** `base` and custom merges bring values that nobody has checked; those of the op and of the current row were. */
function problemOf(
  { op, current, rules }: PolicyInput,
  fields: Fields,
): RejectionCode | null {
  const isCurrent = (field: string) =>
    !current.deleted &&
    equalValues(fields[field] ?? null, current.fields[field] ?? null);
  const problems = checkFields(rules, fields, "create").filter(
    ({ field, code }) => code !== "unknown-field" && !isCurrent(field),
  );
  if (problems.length === 0) return null;
  // An edit of a deleted row without the rest of the row: there is nothing to bring back.
  return op.kind === "update" &&
    current.deleted &&
    problems.some(({ code }) => code === "missing")
    ? "already-deleted"
    : "invalid";
}

function equalRows(row: MergedRow, current: CurrentRow): boolean {
  return (
    row.deleted === current.deleted &&
    row.edited === current.edited &&
    equalFields(row.fields, current.fields) &&
    equalFields(row.clocks, current.clocks)
  );
}

/** True when both sides would store the same. A field without a value may be missing on either side. */
export function equalFields(a: Fields, b: Fields): boolean {
  return isWithin(a, b) && isWithin(b, a);
}

function isWithin(part: Fields, whole: Fields): boolean {
  return Object.entries(part).every(([field, value]) =>
    equalValues(value, whole[field] ?? null),
  );
}
