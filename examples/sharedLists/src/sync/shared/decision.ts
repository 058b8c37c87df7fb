// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { latestHlc } from "./clock";
import { equalValues } from "./codec";
import type {
  CurrentRow,
  IncomingOp,
  MergeDecision,
  PolicyInput,
  TableRules,
} from "./policy";
import type { Fields, Hlc } from "./protocol";

// The words that policies are written in.

/** The row already says what the op says. */
export const same: MergeDecision = { kind: "same" };

/** The current row stays and the op is superseded. */
export const keep: MergeDecision = { kind: "keep" };

/** A row to write. */
export type WriteDecision = Extract<MergeDecision, { kind: "write" }>;

/** The op's changed fields win; what else changed since its base stays. */
export function writeChanges(input: PolicyInput): WriteDecision {
  const { op, current } = input;
  return write(input, current.deleted ? op.base : current.fields);
}

/** The op's row wins as a whole: its base with its changes on top. What else changed since then is gone. */
export function writeRow(input: PolicyInput): WriteDecision {
  const { op, current, concurrent } = input;
  const sawCurrent = !concurrent && !current.deleted;
  return write(input, sawCurrent ? current.fields : op.base);
}

function write(
  { op, current }: PolicyInput,
  below: Fields | null,
): WriteDecision {
  const deleted = op.kind === "delete";
  return {
    kind: "write",
    row: {
      fields: deleted ? {} : { ...(below ?? current.fields), ...op.fields },
      deleted,
      edited: latestHlc(current.edited, op.edited),
      clocks: current.clocks,
    },
  };
}

/** The live row holds every value of the op already. Counters, sets and one-way fields do not count: they combine. */
export function repeats({ op, current, rules }: PolicyInput): boolean {
  if (op.kind === "delete" || current.deleted) return false;
  return saysTheSame(rules, op.fields, current.fields);
}

/**
 * Nobody changed anything that the op could overwrite: it saw the row as it stands, or only counters, sets and one-way
 * fields moved since, or it creates a row anew whose natural key was deleted.
 */
export function overwritesNothing(input: PolicyInput): boolean {
  const { op, current, concurrent, rules } = input;
  if (!concurrent || recreates(input)) return true;
  const { base } = op;
  if (base === null || current.deleted) return false;
  return saysTheSame(rules, current.fields, base);
}

/** Every value of `row` stands in `other`, too. Counters, sets and one-way fields do not count: they combine. */
export function saysTheSame(
  rules: TableRules,
  row: Fields,
  other: Fields,
): boolean {
  return Object.entries(row).every(
    ([field, value]) =>
      combines(rules, field) || equalValues(other[field] ?? null, value),
  );
}

/** The op creates a row again whose natural key was used before and deleted: a new row, not an edit of the old one. */
export function recreates({ op, current, rules }: PolicyInput): boolean {
  return op.kind === "create" && current.deleted && rules.uniqueBy.length > 0;
}

/** True for a field that combines by a rule of its own, whatever the policy decides for the row. */
export function combines(rules: TableRules, field: string): boolean {
  return rules.fields[field]?.merge !== undefined;
}

/**
 * For policies by time: the op takes effect when it saw the current row, or is `later`. An edit of nothing but counters,
 * sets and one-way fields has no say in when the row was edited, so it cannot bring back a deleted one either.
 */
export function winsByTime(input: PolicyInput, later: boolean): boolean {
  const { op, current, concurrent, rules } = input;
  if (!concurrent) return true;
  return later && !(current.deleted && onlyCombines(rules, op));
}

/** The op edits nothing but counters, sets and one-way fields. */
export function onlyCombines(rules: TableRules, op: IncomingOp): boolean {
  return (
    op.kind === "update" &&
    Object.keys(op.fields).every((field) => combines(rules, field))
  );
}

/** The op has the higher clock reading than the row; equal readings are decided by the larger op id. */
export function isLater(op: IncomingOp, current: CurrentRow): boolean {
  if (op.edited === current.edited) return op.opId > (current.opId ?? "");
  return op.edited > current.edited;
}

/** When each of the op's fields was edited. */
export function editTimes(op: IncomingOp): Readonly<Record<string, Hlc>> {
  return Object.fromEntries(
    Object.keys(op.fields).map((field) => [
      field,
      op.clocks[field] ?? op.edited,
    ]),
  );
}
