// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { canonicalJson, equalValues, isAllowed, isList } from "./codec";
import type { FieldMerge, FieldRules, TableRules } from "./policy";
import type { Fields, OpKind, WireValue } from "./protocol";

/** The parts of an op that combining looks at. */
export interface FieldEdits {
  readonly kind: OpKind;
  readonly fields: Fields;
  readonly base: Fields | null;
}

/**
 * The values of the op's counters, sets and one-way fields after it met a live row. Each combines what the op changed
 * since its base with what `current` holds, so that both sides count, whichever comes first.
 */
export function combineFields(
  rules: TableRules,
  op: FieldEdits,
  current: Fields,
): Fields {
  const combined: Record<string, WireValue> = {};
  for (const field of Object.keys(op.fields)) {
    const rule = rules.fields[field];
    if (rule?.merge === undefined) continue;
    const theirs = current[field] ?? null;
    combined[field] = isRepeatedCreate(rules, op)
      ? theirs
      : combine(
          rule.merge,
          baseOf(rule, op, field, theirs),
          theirs,
          op.fields[field] ?? null,
        );
  }
  return combined;
}

/**
 * The same edit on another row: what `fields` change of the counters, sets and one-way fields of `from`, they change of
 * those of `to`. An app sets the values that it wants to see; what counts is the difference from those that it saw.
 */
export function moveEdits(
  rules: TableRules,
  fields: Fields,
  from: Fields | null,
  to: Fields | null,
): Fields {
  if (from === null || to === null) return fields;
  const edits = { kind: "update" as const, fields, base: from };
  return { ...fields, ...combineFields(rules, edits, to) };
}

/**
 * A counter of the op counts from what its field cannot hold, so that nobody can tell how much was added. What the row
 * itself holds is not held against the op, which may be there to put it right.
 */
export function countsFromNonsense(
  rules: TableRules,
  op: FieldEdits,
  current: Fields,
): boolean {
  return Object.keys(op.fields).some((field) => {
    const rule = rules.fields[field];
    const base = op.base?.[field] ?? null;
    return (
      rule?.merge?.kind === "counter" &&
      base !== null &&
      !isAllowed(rule, base) &&
      !Object.is(base, current[field])
    );
  });
}

/** Random ids never meet by chance: the row is there because this create was applied before, its counters included. */
function isRepeatedCreate(rules: TableRules, op: FieldEdits): boolean {
  return op.kind === "create" && rules.uniqueBy.length === 0;
}

/** What the op's value is a change of. */
function baseOf(
  rule: FieldRules,
  op: FieldEdits,
  field: string,
  theirs: WireValue,
): WireValue {
  if (op.kind === "create") return rule.default ?? null;
  return op.base === null ? theirs : (op.base[field] ?? null);
}

function combine(
  merge: FieldMerge,
  base: WireValue,
  theirs: WireValue,
  mine: WireValue,
): WireValue {
  if (equalValues(mine, base)) return theirs;
  if (merge.kind === "one-way") {
    const forward = position(merge.order, mine) > position(merge.order, theirs);
    return forward ? mine : theirs;
  }
  if (equalValues(base, theirs)) return mine;
  return merge.kind === "counter"
    ? addUp(base, theirs, mine)
    : joinSets(base, theirs, mine);
}

/** Both increments count. The sum stays among the numbers that both sides can store. */
function addUp(base: WireValue, theirs: WireValue, mine: WireValue): WireValue {
  const sum = toNumber(theirs) + (toNumber(mine) - toNumber(base));
  return Math.min(
    Math.max(sum, Number.MIN_SAFE_INTEGER),
    Number.MAX_SAFE_INTEGER,
  );
}

function toNumber(value: WireValue): number {
  return typeof value === "number" && Number.isFinite(value) ? value : 0;
}

/** Theirs without what I removed and with what I added, sorted, because the order of arrival must not show. */
function joinSets(
  base: WireValue,
  theirs: WireValue,
  mine: WireValue,
): WireValue {
  if (equalValues(mine, theirs)) return theirs;
  const [before, after, joined] = [toSet(base), toSet(mine), toSet(theirs)];
  for (const item of before.keys()) if (!after.has(item)) joined.delete(item);
  for (const [key, item] of after) if (!before.has(key)) joined.set(key, item);
  return [...joined]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, item]) => item);
}

/** Items by their canonical text. */
function toSet(value: WireValue): Map<string, WireValue> {
  return new Map(
    (isList(value) ? value : []).map((item) => [canonicalJson(item), item]),
  );
}

/** A value that is not listed, such as `null`, stands before all others. */
function position(order: readonly string[], value: WireValue): number {
  return order.findIndex((step) => step === value);
}
