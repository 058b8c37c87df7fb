// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import type { TableRules } from "./policy";
import type { Fields, OpKind } from "./protocol";

/** The parts of an op that combining looks at. */
export interface FieldEdits {
  readonly kind: OpKind;
  readonly fields: Fields;
  readonly base: Fields | null;
}

/**
 * What becomes of counters, sets and one-way fields; see `combine.ts`. The `merge` of such a field brings it along, so
 * that an app without them has none of it.
 */
export interface Combining {
  readonly combineFields: (
    rules: TableRules,
    op: FieldEdits,
    current: Fields,
  ) => Fields;
  readonly combineAll: (
    rules: TableRules,
    edits: readonly FieldEdits[],
    current: Fields | null,
  ) => Fields;
  readonly withSeen: (
    rules: TableRules,
    row: Fields,
    edited: Fields,
    seen: Fields | null,
  ) => Fields;
  readonly joinEdits: (
    rules: TableRules,
    first: FieldEdits,
    next: FieldEdits,
  ) => Pick<FieldEdits, "fields" | "base">;
  /** What is left of the base of an edit whose author may not see the row any more: what its values count from. */
  readonly countedFrom: (rules: TableRules, edit: FieldEdits) => Fields | null;
}

/** How the fields of a table combine. */
export function combiningOf({ fields }: TableRules): Combining {
  for (const { merge } of Object.values(fields))
    if (merge) return merge.combining;
  return noCombining;
}

/** Of a table none of whose fields combine. */
const noCombining: Combining = {
  combineFields: () => ({}),
  combineAll: () => ({}),
  withSeen: (_rules, row) => row,
  countedFrom: () => null,
  joinEdits: (_rules, { fields, base }, next) => ({
    fields: { ...fields, ...next.fields },
    base,
  }),
};

/** In a base of which nothing is left but what values count from: no field has this name. Never sent. */
export const countedOnly = "";

/** The base, where it is a whole row. */
export function wholeBase(base: Fields | null): Fields | null {
  return base !== null && Object.hasOwn(base, countedOnly) ? null : base;
}

/** What an edit without a base of its own was set on: what those before it had made of the row. */
export function seenAfter(
  before: readonly FieldEdits[],
  current: Fields | null,
): Fields | null {
  return before.length === 0
    ? current
    : before.reduce((row, { fields }) => ({ ...row, ...fields }), {
        ...current,
      });
}
