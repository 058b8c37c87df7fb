// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { copyValues } from "./copyValues";
import type { ServerState } from "./ports";
import type { TableDefinition, Values } from "./registry";
import { completeFields, normalizeFields } from "./shared/codec";
import { SyncError } from "./types";

/** A row by its `clientId`, or as hooks and queries give it. */
export type GivenRow = string | ShownRow;

/** The columns that every synced table has; beside them it has its own. */
export type ShownRow = Values & {
  readonly clientId: string;
  readonly serverId: string | null;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly changed: string | null;
};

/** Which row is meant, and as what it was seen; `null` for one that is named by its id. */
export function readGiven(
  table: TableDefinition,
  given: GivenRow,
): { readonly clientId: string; readonly seen: ServerState | null } {
  if (typeof given === "string") return { clientId: given, seen: null };
  const { clientId, serverId, createdAt, updatedAt, changed } = given;
  const own = Object.keys(table.rules.fields).map(
    (field): [string, Values[string]] => [field, valueOf(table, given, field)],
  );
  const values = normalizeFields(copyValues(Object.fromEntries(own)));
  const fields = completeFields(table.rules, values);
  return {
    clientId,
    seen: { fields, stamp: changed, serverId, createdAt, updatedAt },
  };
}

/** Without a column, nobody knows what was changed of it. */
function valueOf(
  { name }: TableDefinition,
  row: ShownRow,
  field: string,
): Values[string] {
  const value = row[field];
  if (value !== undefined && row.changed !== undefined) return value;
  throw new SyncError(
    "invalid-value",
    `The row of ${name} that was given is not a whole one: give all its columns, or its clientId.`,
  );
}
