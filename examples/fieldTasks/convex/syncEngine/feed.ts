// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import type { IndexRange, IndexRangeBuilder } from "convex/server";
import type { RowReader, SyncedDocument, SyncedTableInfo } from "./context";
import type { ServerRules } from "./rules";

/** Whom rows are found by: the user whose own they are, or the scope that they are in. */
export type Owner = { readonly userId: string } | { readonly scopeId: string };

/** What is pulled with one cursor: a user's own rows of a table, or a table's rows in a scope. */
export interface Feed {
  readonly table: string;
  readonly owner: Owner;
}

/** Whom a row is found by. */
export function ownerOf(document: SyncedDocument, rules: ServerRules): Owner {
  const scopeId = scopeIdOf(document, rules);
  return scopeId === null ? { userId: document.userId } : { scopeId };
}

/** The scope that a row is in; `null` where the table's rows are their users' own. */
export function scopeIdOf(
  document: SyncedDocument,
  { scope }: ServerRules,
): string | null {
  // A table without a scope may have a field of that name.
  if (scope === undefined) return null;
  // Safe: the column of every row of such a table.
  return document["scopeId"] as string;
}

/** The column that says so, for a row that is written or sent; nothing for a row that is its user's own. */
export function scopeColumn(scopeId: string | null): { scopeId?: string } {
  return scopeId === null ? {} : { scopeId };
}

type ByUser = SyncedTableInfo["indexes"]["by_user_and_updated"];

/** A feed's own part of its index, from which on both indexes are the same: the stamp, then the id. */
type OwnRange = IndexRangeBuilder<SyncedDocument, ByUser, 1>;

/** The rows of a feed in the order of their changes, tombstones included; `within`: of a part of them. */
export function changesOf(
  rows: RowReader,
  { table, owner }: Feed,
  within: (own: OwnRange) => IndexRange = (own) => own,
) {
  const query = rows.query(table);
  return "scopeId" in owner
    ? query.withIndex("by_scope_and_updated", (q) =>
        // Safe: `within` does not name what the range begins with.
        within(q.eq("scopeId", owner.scopeId) as unknown as OwnRange),
      )
    : query.withIndex("by_user_and_updated", (q) =>
        within(q.eq("userId", owner.userId)),
      );
}
