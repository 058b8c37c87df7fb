// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { copyValues } from "./copyValues";
import type { ServerState } from "./ports";
import type { TableDefinition, Values } from "./registry";
import { normalizeFields } from "./shared/codec";
import type { Fields } from "./shared/protocol";
import { SyncError } from "./types";

/** A row by its `clientId`, or as hooks and queries give it. */
export type GivenRow = string | ShownRow;

/** The columns that every synced table has; beside them it has its own. */
export type ShownRow = Values & {
  readonly clientId: string;
  readonly serverId: string | null;
  readonly userId: string;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly changed: string | null;
};

/** A row as it was seen. */
export type SeenRow = ServerState & { readonly fields: Fields };

/** Which row is meant, and as what it was seen; `null` for one that is named by its id. */
export function readGiven(
  table: TableDefinition,
  given: GivenRow,
): { readonly clientId: string; readonly seen: SeenRow | null } {
  if (typeof given === "string") return { clientId: given, seen: null };
  const { clientId, serverId, userId, createdAt, updatedAt, changed } = given;
  const names = Object.keys(table.rules.fields);
  // Without a column, nobody knows what was changed of it.
  if ([...names, "changed"].some((name) => given[name] === undefined))
    throw new SyncError(
      "invalid-value",
      `The row of ${table.name} that was given is not a whole one: give all its columns, or its clientId.`,
    );
  const own = Object.fromEntries(names.map((name) => [name, given[name]]));
  const fields = normalizeFields(copyValues(own));
  return {
    clientId,
    seen: { fields, stamp: changed, serverId, userId, createdAt, updatedAt },
  };
}
