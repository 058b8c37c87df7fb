// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import type { TableDefinition, Values } from "./registry";
import type { RowState } from "./rowState";
import {
  checkFields,
  equalValues,
  isWithin,
  normalizeFields,
  type FieldProblem,
} from "./shared/codec";
import { limits, type Fields } from "./shared/protocol";
import { SyncError } from "./types";

/** The changes as they are stored, checked; `known` is the row that they are made to. Throws a `SyncError`. */
export function checkedChanges(
  table: TableDefinition,
  changes: Values,
  known: Fields,
): Fields {
  const [problem] = checkFields(table.rules, changes, "update");
  if (problem) throw invalidValue(table, problem);
  const fields = normalizeFields(changes);
  checkKey(table, fields, known);
  return fields;
}

/** Refuses another value for a field of the natural key, from which the row's id was made. */
export function checkKey(
  { name, rules }: TableDefinition,
  fields: Fields,
  known: Fields = {},
): void {
  for (const field of rules.uniqueBy) {
    const value = fields[field];
    const before = known[field];
    if (value === undefined) continue;
    if (before !== undefined && equalValues(value, before)) continue;
    throw new SyncError(
      "not-allowed",
      `${name}.${field} is part of the row's key and cannot change.`,
      { field: `${name}.${field}` },
    );
  }
}

/** The state, unless its row is larger than the server can store. */
export function withinSize(state: RowState): RowState {
  if (state.row === null || isWithin(limits.rowBytes, state.row.fields))
    return state;
  throw new SyncError(
    "invalid-value",
    `The row of ${state.table.name} is too large.`,
  );
}

/** What an app is told of a value that cannot be stored. */
export function invalidValue(
  { name }: TableDefinition,
  { field, message }: FieldProblem,
): SyncError {
  return new SyncError("invalid-value", `${name}.${field}: ${message}`, {
    field: `${name}.${field}`,
  });
}
