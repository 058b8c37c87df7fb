// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { canonicalJson, equalValues, isList } from "./codec";
import {
  countedOnly,
  seenAfter,
  type Combining,
  type FieldEdits,
} from "./combining";
import type { FieldMerge, FieldRules, TableRules } from "./policy";
import type { Fields, WireValue } from "./protocol";

/**
 * The counters, sets and one-way fields of a live row that an op met. Each combines what the op changed since its base
 * with what `current` holds, so that both sides count, whichever comes first.
 */
export function combineFields(
  rules: TableRules,
  op: FieldEdits,
  current: Fields,
): Fields {
  const combined: Record<string, WireValue> = {};
  for (const [field, rule] of Object.entries(rules.fields)) {
    if (rule.merge === undefined) continue;
    const mine = op.fields[field];
    const theirs = current[field] ?? null;
    if (mine === undefined) {
      if (Object.hasOwn(current, field)) combined[field] = theirs;
    } else
      combined[field] = isRepeatedCreate(rules, op)
        ? theirs
        : combine(rule.merge, baseOf(rule, op, field, theirs), theirs, mine);
  }
  return combined;
}

/**
 * The counters, sets and one-way fields that several edits of a row make of `current`, one after the other: each by what
 * it was set on; `current: null`: there is no row yet, and the first edit creates it.
 */
export function combineAll(
  rules: TableRules,
  edits: readonly FieldEdits[],
  current: Fields | null,
): Fields {
  let combined: Fields = {};
  edits.forEach((edit, position) => {
    const base = edit.base ?? seenAfter(edits.slice(0, position), current);
    const below = position === 0 ? current : combined;
    combined =
      below === null
        ? combineFields(rules, { ...edit, fields: {} }, edit.fields)
        : combineFields(rules, { ...edit, base }, below);
  });
  return combined;
}

/**
 * `row` as the base of an edit whose counters, sets and one-way fields were set on those of `seen`: what it changes of
 * them stays the same, whatever the row has now.
 */
export function withSeen(
  rules: TableRules,
  row: Fields,
  edited: Fields,
  seen: Fields | null,
): Fields {
  if (seen === null) return row;
  const kept = Object.keys(edited).filter(
    (field) =>
      rules.fields[field]?.merge !== undefined &&
      !equalValues(seen[field] ?? null, row[field] ?? null),
  );
  if (kept.length === 0) return row;
  return {
    ...row,
    ...Object.fromEntries(kept.map((field) => [field, seen[field] ?? null])),
  };
}

/**
 * Two edits of a row as one: `next` was set on what `first` and others had made of the row, which is its base. What both
 * change of a counter, set or one-way field, the one changes; other values are those of `next`.
 */
export function joinEdits(
  rules: TableRules,
  first: FieldEdits,
  next: FieldEdits,
): Pick<FieldEdits, "fields" | "base"> {
  const fields: Record<string, WireValue> = { ...first.fields, ...next.fields };
  let { base } = first;
  for (const [field, value] of Object.entries(next.fields)) {
    const merge = rules.fields[field]?.merge;
    if (merge === undefined || next.base === null) continue;
    const seen = next.base[field] ?? null;
    const earlier = first.fields[field];
    const own = base?.[field] ?? null;
    let joined = own;
    if (earlier === undefined) joined = seen;
    else {
      fields[field] = combine(merge, seen, earlier, value);
      if (merge.kind === "set") joined = joinedBase(own, seen, value);
    }
    if (base !== null && !equalValues(joined, own))
      base = { ...base, [field]: joined };
  }
  return { fields, base };
}

function countedFrom(
  rules: TableRules,
  { fields, base }: FieldEdits,
): Fields | null {
  if (base === null) return null;
  const counted = Object.keys(fields)
    .filter((field) => rules.fields[field]?.merge !== undefined)
    .map((field) => [field, base[field] ?? null] as const);
  return counted.length === 0
    ? null
    : { [countedOnly]: null, ...Object.fromEntries(counted) };
}

/** The base of two edits of a set: with what the second took out, without what it put in. */
function joinedBase(
  base: WireValue,
  seen: WireValue,
  value: WireValue,
): WireValue {
  const [joined, before, after] = [toSet(base), toSet(seen), toSet(value)];
  for (const [key, item] of before) if (!after.has(key)) joined.set(key, item);
  for (const key of after.keys()) if (!before.has(key)) joined.delete(key);
  return [...joined.values()];
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

const combining: Combining = {
  combineFields,
  combineAll,
  withSeen,
  joinEdits,
  countedFrom,
};

/** Both increments count. */
export const counter: FieldMerge = { kind: "counter", combining };

/** What either side added is in, and what either side removed is out. */
export const set: FieldMerge = { kind: "set", combining };

/** Moves along `order` in one direction only. */
export function oneWay(order: readonly string[]): FieldMerge {
  return { kind: "one-way", order, combining };
}
