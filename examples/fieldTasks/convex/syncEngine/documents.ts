// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import type { Value } from "convex/values";
import type { SyncedDocument } from "./context";
import { clocksOf, contentOf, stepsBehind } from "./content";
import { dropUndefined } from "./dropUndefined";
import { scopeColumn, scopeIdOf } from "./feed";
import type { ServerRules } from "./rules";
import { standInOf } from "./standIn";
import type { CurrentRow, FieldRules } from "./shared/policy";
import type { Fields, Stamp, WireRow, WireValue } from "./shared/protocol";
import { latestStamp, stampFromBigint } from "./shared/stamp";

/** True for a row that was not deleted: `rows.filter(isLive)` leaves documents whose fields can be used. */
export function isLive<Row extends { readonly deletedAt: number | null }>(
  row: Row,
): row is Extract<Row, { readonly deletedAt: null }> {
  return row.deletedAt === null;
}

/** The commit that last changed the row; `null` when that is the running mutation, whose stamp is not known yet. */
export function stampOf(document: SyncedDocument): Stamp | null {
  return typeof document.changed === "bigint"
    ? stampFromBigint(document.changed)
    : null;
}

/** The synced fields of a document, each of them present; empty for a deleted row. */
export function fieldsOf(document: SyncedDocument, rules: ServerRules): Fields {
  if (document.deletedAt !== null) return {};
  const values = contentOf(document, rules);
  return Object.fromEntries(
    Object.entries(rules.fields).map(([name, rule]) => [
      name,
      valueOr(rule, values[name]),
    ]),
  );
}

/** The value, or what stands for one that is not there. */
function valueOr(rule: FieldRules, value: Value | undefined): WireValue {
  // Safe: only checked wire values are written to these fields.
  if (value !== undefined) return value as WireValue;
  if (rule.optional) return null;
  return rule.default ?? standInOf(rule);
}

/** The row as the merge sees it. */
export function currentRow(
  document: SyncedDocument,
  rules: ServerRules,
): CurrentRow {
  return {
    fields: fieldsOf(document, rules),
    stamp: stampOf(document) ?? unresolvedStamp,
    deleted: document.deletedAt !== null,
    edited: document.edited,
    opId: document.opId,
    clocks: clocksOf(document, rules),
  };
}

/** Stands for the stamp of a row that the running mutation wrote: later than every other. */
export const unresolvedStamp = latestStamp;

/** The row as whoever may see it reads it: synced fields only, and nothing of a deleted one. */
export function wireRow(document: SyncedDocument, rules: ServerRules): WireRow {
  return {
    clientId: document.clientId,
    serverId: document._id,
    stamp: stampOf(document),
    ...scopeColumn(scopeIdOf(document, rules)),
    userId: document.userId,
    createdAt: document.createdAt,
    updatedAt: document.updatedAt,
    deletedAt: document.deletedAt,
    fields: fieldsOf(document, rules),
  };
}

/** Fields as Convex stores them: `null` becomes absent. */
export function storedFields(
  rules: ServerRules,
  fields: Fields,
): Record<string, Value | undefined> {
  return Object.fromEntries(
    Object.keys(rules.fields).map(
      (name) =>
        // Safe: a wire value is a Convex value but for `readonly`, and nobody changes it any more.
        [name, (fields[name] ?? undefined) as Value | undefined] as const,
    ),
  );
}

/** The row as this version of the project knows it: its fields under today's names, each present that has a default. */
export function liveRow(
  document: SyncedDocument,
  rules: ServerRules,
): SyncedDocument {
  const fields = storedFields(rules, fieldsOf(document, rules));
  const older = renewed(document, rules);
  return dropUndefined({ ...document, ...older, ...fields }) as SyncedDocument;
}

/** The values of the fields that only server code knows. */
export function serverFieldsOf(
  document: SyncedDocument,
  rules: ServerRules,
): Record<string, Value | undefined> {
  const values = contentOf(document, rules);
  return Object.fromEntries(
    Object.keys(rules.serverFields ?? {}).map((name) => [name, values[name]]),
  );
}

/** What a patch has to set, so that a row from before an upgrade is one of today; nothing for a row of today. */
export function renewed(
  document: SyncedDocument,
  rules: ServerRules,
): Record<string, Value | undefined> {
  const { history, serverFields = {} } = rules;
  if (history === undefined || stepsBehind(document, history).length === 0)
    return {};
  const today = new Set(Object.keys({ ...rules.fields, ...serverFields }));
  const former = [...history.changed].filter((name) => !today.has(name));
  return {
    ...Object.fromEntries(former.map((name) => [name, undefined])),
    ...storedFields(rules, fieldsOf(document, rules)),
    ...serverFieldsOf(document, rules),
    clocks: clocksOf(document, rules),
    ...newestUpgrade(rules),
  };
}

/** What a row that is written now says of its fields; nothing where they are as they always were. */
export function newestUpgrade({ history }: ServerRules): {
  upgradedTo?: string;
} {
  const newest = history?.steps.at(-1);
  return newest === undefined ? {} : { upgradedTo: newest.id };
}

/** What a new row holds in the fields that only server code knows: their defaults. */
export function serverDefaults(rules: ServerRules): Record<string, Value> {
  return Object.fromEntries(
    Object.entries(rules.serverFields ?? {}).flatMap(([name, rule]) =>
      rule.default === undefined || rule.default === null
        ? []
        : // Safe: as in `storedFields`.
          [[name, rule.default as Value]],
    ),
  );
}
