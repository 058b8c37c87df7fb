// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import type { Value } from "convex/values";
import type { SyncedDocument } from "./context";
import { carried, type StoredStep, type TableHistory } from "./history";
import type { ServerRules } from "./rules";
import { isAllowed } from "./shared/codec";
import type { WireValue } from "./shared/protocol";
import { rounded, type FieldUpgrade } from "./shared/upgrade";

type Values = Readonly<Record<string, Value | undefined>>;

/**
 * The columns of a document as a row that is written today would have them: every upgrade since it was written is made up
 * for. A row says which those are, because its names alone do not: a field that is empty may have held nothing, or have
 * had another name.
 */
export function contentOf(
  document: SyncedDocument,
  { fields, serverFields, history }: ServerRules,
): Values {
  if (history === undefined) return document;
  const steps = stepsBehind(document, history);
  if (steps.length === 0) return document;
  const values = steps.reduce<Values>(stepOn, document);
  const rules = { ...fields, ...serverFields };
  // What was written past the engine, and never checked, counts for nothing rather than stop every device.
  const isOdd = (name: string) => {
    const [rule, value] = [rules[name], values[name]];
    return rule !== undefined && value !== undefined && !isAllowed(rule, value);
  };
  const odd = [...history.changed].filter(isOdd);
  return {
    ...values,
    ...Object.fromEntries(odd.map((name) => [name, undefined])),
  };
}

/** When each field of a document was last edited, under today's names. */
export function clocksOf(
  document: SyncedDocument,
  { history }: ServerRules,
): SyncedDocument["clocks"] {
  if (history === undefined) return document.clocks;
  return stepsBehind(document, history).reduce(
    (clocks, { fields }) => carried(clocks, fields),
    document.clocks,
  );
}

/**
 * The upgrades that the document was not written after, oldest first. All of them where it was written after one that this
 * history does not have, which another branch made, or one that was made anew: what it holds under newer names stays.
 */
export function stepsBehind(
  { upgradedTo }: SyncedDocument,
  { steps }: TableHistory,
): readonly StoredStep[] {
  if (typeof upgradedTo === "number")
    return steps.filter(({ at }) => at > upgradedTo);
  return steps.slice(steps.findIndex(({ id }) => id === upgradedTo) + 1);
}

function stepOn(values: Values, { fields, added }: StoredStep): Values {
  const next = carried(allowedValues(values, fields), fields);
  for (const [name, value] of Object.entries(added))
    next[name] ??= stored(value);
  return next;
}

/** Choices that are no more give way to what stands for them, and fractions to whole numbers. */
function allowedValues(values: Values, fields: StoredStep["fields"]): Values {
  const allowed = Object.entries(fields).map(
    ([name, change]) => [name, allowedValue(values[name], change)] as const,
  );
  return { ...values, ...Object.fromEntries(allowed) };
}

function allowedValue(
  value: Value | undefined,
  change: FieldUpgrade,
): Value | undefined {
  if (value === undefined) return value;
  if ("choices" in change && !change.choices.some((choice) => choice === value))
    return stored(change.instead ?? null);
  if ("rounded" in change && typeof value === "number") return rounded(value);
  return value;
}

function stored(value: WireValue): Value | undefined {
  // Safe: a wire value is a Convex value but for `readonly`, and nobody changes it any more.
  return (value ?? undefined) as Value | undefined;
}
