import type { Value } from "convex/values";
import type { SyncedDocument } from "./context";
import type { ServerRules } from "./rules";
import type { CurrentRow, TableRules } from "./shared/policy";
import type { Fields, Stamp, WireRow, WireValue } from "./shared/protocol";
import { stampFromBigint } from "./shared/stamp";

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
export function fieldsOf(document: SyncedDocument, rules: TableRules): Fields {
  if (document.deletedAt !== null) return {};
  return Object.fromEntries(
    Object.entries(rules.fields).map(([name, rule]) => [
      name,
      // Safe: only checked wire values are written to these fields. A field that is newer than the row has its default.
      (document[name] as WireValue | undefined) ?? rule.default ?? null,
    ]),
  );
}

/** The row as the merge sees it. */
export function currentRow(
  document: SyncedDocument,
  rules: TableRules,
): CurrentRow {
  return {
    fields: fieldsOf(document, rules),
    stamp: stampOf(document) ?? unresolvedStamp,
    deleted: document.deletedAt !== null,
    edited: document.edited,
    opId: document.opId,
    clocks: document.clocks,
  };
}

/** Stands for the stamp of a row that the running mutation wrote: later than every other. */
export const unresolvedStamp: Stamp = "9".repeat(19);

/** The row as its owner may read it: synced fields only, and nothing of a deleted one. */
export function wireRow(document: SyncedDocument, rules: TableRules): WireRow {
  return {
    clientId: document.clientId,
    serverId: document._id,
    stamp: stampOf(document),
    userId: document.userId,
    createdAt: document.createdAt,
    updatedAt: document.updatedAt,
    deletedAt: document.deletedAt,
    fields: fieldsOf(document, rules),
  };
}

/** Fields as Convex stores them: `null` becomes absent. */
export function storedFields(
  rules: TableRules,
  fields: Fields,
): Record<string, Value | undefined> {
  return Object.fromEntries(
    Object.keys(rules.fields).map((name) => [
      name,
      // Safe: a wire value is a Convex value but for `readonly`, and nobody changes it any more.
      (fields[name] ?? undefined) as Value | undefined,
    ]),
  );
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
