// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { ConvexError, getConvexSize, type Value } from "convex/values";
import { newId } from "./changeRow";
import type { SyncedDocument } from "./context";
import { serverDefaults, serverFieldsOf } from "./documents";
import { dropUndefined } from "./dropUndefined";
import type { ServerRules } from "./rules";
import { checkFields, completeFields } from "./shared/codec";
import { naturalId } from "./shared/naturalId";
import type { Fields } from "./shared/protocol";
import { isScopeId } from "./shared/scopeId";

/** Values of a row as server code gives them. */
export type Values = Readonly<Record<string, Value | undefined>>;

/** Checks the names and values of server-only fields; those of synced fields are checked with the change. */
export function splitValues(
  rules: ServerRules,
  values: Values,
): { readonly synced: Fields; readonly server: Values } {
  const serverFields = rules.serverFields ?? {};
  const isServer = (name: string) => Object.hasOwn(serverFields, name);
  const entries = Object.entries(dropUndefined(values));
  const server = Object.fromEntries(entries.filter(([name]) => isServer(name)));
  const [problem] = checkFields(
    { ...rules, fields: serverFields },
    server,
    "update",
  );
  if (problem !== undefined)
    throw refusal("invalid", rules.name, `${problem.field} ${problem.message}`);
  return {
    // Safe: what is no wire value is found by the check of the change.
    synced: Object.fromEntries(
      entries.filter(([name]) => !isServer(name)),
    ) as Fields,
    server: Object.fromEntries(
      Object.entries(server).map(
        ([name, value]): [string, Value | undefined] => [
          name,
          value ?? undefined,
        ],
      ),
    ),
  };
}

/**
 * What server-only fields of a row may have together, in bytes. Convex holds 1 MiB a document: `limits.rowBytes` of it
 * are for the synced fields, so that an edit of a device never depends on what it cannot see, and the rest is for the
 * columns and the clocks.
 */
export const maxServerBytes = 100 * 1024;

/** Throws when they would have more with these values than before, and more than that. */
export function checkServerBytes(
  rules: ServerRules,
  document: SyncedDocument | null,
  values: Values,
): void {
  if (Object.keys(values).length === 0) return;
  const row =
    document === null || document.deletedAt !== null ? null : document;
  const before =
    row === null ? serverDefaults(rules) : serverFieldsOf(row, rules);
  const bytes = getConvexSize({ ...before, ...values });
  // A row from before there was a bound may stay as large as it is.
  if (bytes <= maxServerBytes || bytes <= getConvexSize(before)) return;
  const message = `the server-only fields of a row take ${maxServerBytes / 1024} KiB at most`;
  throw refusal("too-large", rules.name, message);
}

/** The scope that a table's rows are written in; `null` where it has none. Types let nothing else through. */
export function checkedScopeId(
  { name, scope }: ServerRules,
  scopeId: string | null,
): string | null {
  if (scope === undefined ? scopeId === null : isScopeId(scopeId))
    return scopeId;
  const message =
    scope === undefined
      ? "the table has no scope"
      : `scopeId is missing, or is no id of a ${scope}`;
  throw refusal("invalid", name, message);
}

/** The id of a new row, or of the row with its natural key. `owner`: the id of its scope, else of its user. */
export function newClientId(
  rules: ServerRules,
  owner: string,
  values: Fields,
  copyOf: string | undefined,
): string {
  if (rules.uniqueBy.length === 0)
    return copyOf === undefined
      ? newId(Date.now())
      : copyId(rules, owner, copyOf);
  const row = completeFields(rules, values);
  const key = rules.uniqueBy.map((field) => row[field] ?? null);
  return naturalId(owner, rules.firstName ?? rules.name, key);
}

/** The id of a copy, in a table without a natural key. `owner`: as in `newClientId`. */
export function copyId(
  rules: ServerRules,
  owner: string,
  copyOf: string,
): string {
  const name = rules.firstName ?? rules.name;
  return naturalId(owner, name, ["copy of", copyOf]);
}

/** The error that says so. */
export function refusal(
  code: string,
  table: string,
  message: string | null,
): ConvexError<{ code: string; message: string }> {
  return new ConvexError({ code, message: `${table}: ${message ?? code}` });
}
