// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { valuesOf } from "../sync/rowState";
import { canonicalJson, equalValues, isList } from "../sync/shared/codec";
import { combiningOf } from "../sync/shared/combining";
import type { FieldRules, TableRules } from "../sync/shared/policy";
import type { Fields } from "../sync/shared/protocol";
import type { OpView } from "../sync/types";

/** Whose value of a field counts. */
export type Choice = "mine" | "theirs" | "both";

/** Choices made so far, by field. */
export type Choices = Readonly<Record<string, Choice>>;

type Value = Fields[string];

/** A field on which the two sides differ. */
export interface FieldConflict {
  readonly field: string;
  readonly mine: Value;
  readonly theirs: Value;
  /** Both values in one, where that makes sense. */
  readonly both: { readonly value: Value } | null;
}

/**
 * The fields that somebody has to choose for, in the table's order; none when a side deleted the row. Counters, sets and
 * one-way fields are not among them: both sides count, whatever is chosen for the others.
 */
export function fieldConflicts(
  { mine, theirs, kind }: OpView,
  rules: TableRules | undefined,
): readonly FieldConflict[] {
  if (theirs === null || kind === "delete") return [];
  const known = Object.keys(rules?.fields ?? {});
  const names = Object.keys(mine).sort(
    (left, right) => known.indexOf(left) - known.indexOf(right),
  );
  return names.flatMap((field): FieldConflict[] => {
    const [my, their] = [mine[field] ?? null, theirs[field] ?? null];
    const isCombined = rules?.fields[field]?.merge !== undefined;
    if (isCombined || equalValues(my, their)) return [];
    const both = combine(my, their, rules?.fields[field]);
    return [{ field, mine: my, theirs: their, both }];
  });
}

/** The counters, sets and one-way fields that were edited here, with what both sides did to them. */
export function combinedFields(
  { kind, mine, base, theirs }: OpView,
  rules: TableRules | undefined,
): Fields {
  if (rules === undefined || theirs === null) return {};
  const { combineFields } = combiningOf(rules);
  const combined = combineFields(rules, { kind, fields: mine, base }, theirs);
  return valuesOf(combined, mine);
}

/** What `resolve` takes for these choices; `null` while one is missing. */
export function chosenFields(
  conflicts: readonly FieldConflict[],
  choices: Choices,
): Fields | null {
  const entries = conflicts.map(
    ({ field, mine, theirs, both }): [string, Value] | null => {
      const choice = choices[field];
      if (choice === "mine") return [field, mine];
      if (choice === "theirs") return [field, theirs];
      return choice === "both" && both ? [field, both.value] : null;
    },
  );
  const made = entries.filter((entry) => entry !== null);
  return made.length === entries.length ? Object.fromEntries(made) : null;
}

/** Texts one after the other, lists as a set. Numbers, dates and choices are one thing or the other. */
function combine(
  mine: Value,
  theirs: Value,
  rules: FieldRules | undefined,
): FieldConflict["both"] {
  if (isList(mine) && isList(theirs)) {
    const known = new Set(theirs.map(canonicalJson));
    const added = mine.filter((item) => !known.has(canonicalJson(item)));
    return { value: [...theirs, ...added] };
  }
  const areTexts = typeof mine === "string" && typeof theirs === "string";
  if (!areTexts || rules?.kind !== "text") return null;
  return mine === "" || theirs === "" ? null : { value: `${theirs}\n${mine}` };
}
