import { scopesIn } from "./knownScopes";
import type { Store } from "./phone";
import type { StoreContent } from "./readStore";
import { scopeOf } from "./scopedTables";
import type { Fail } from "./shownChecks";

/** Of a scope that the device was told is not, or no longer, its user's to read, it has no more than was written here (I9). */
export function checkScopes(
  { ledger }: Store,
  tables: readonly string[],
  { queue, pending, rowsOfTable, metadata }: StoreContent,
  fail: Fail,
): void {
  const known = scopesIn(metadata);
  const isKnown = (table: string, scopeId: string | null) =>
    known?.some((it) => it.scope === scopeOf(table) && it.scopeId === scopeId) === true;
  const stored = metadata.get("scopes") ?? null;
  const before =
    ledger.scopes === stored ? null : scopesIn(new Map([["scopes", ledger.scopes ?? "[]"]]));
  ledger.scopes = stored;
  for (const table of tables.filter((name) => scopeOf(name) !== null)) {
    for (const key of metadata.keys()) {
      const [feed = "", scopeId = ""] = key.split("/");
      if (feed === `table:${table}` && !isKnown(table, scopeId))
        fail("I9", `remembers how far ${key} has come, whose scope it does not know`);
    }
    // A row that was made here, in a scope that the device has yet to hear of, may have landed.
    if (before === null) continue;
    for (const { key, scopeId } of rowsOfTable.get(table) ?? [])
      if (!isKnown(table, scopeId) && !pending.has(key))
        fail("I9", `shows ${key} of ${String(scopeId)}, which it may not read`);
  }
  for (const op of before === null ? [] : queue) {
    if (op.scopeId === null || isKnown(op.table, op.scopeId)) continue;
    const wasKnown = before?.some(
      (it) => it.scope === scopeOf(op.table) && it.scopeId === op.scopeId,
    );
    if (wasKnown && op.state === "waiting")
      fail("I9", `${op.kind} of ${op.table} ${op.clientId} waits for a scope that was taken away`);
    if (wasKnown && op.state === "failed" && !op.isBaseless)
      fail(
        "I9",
        `${op.kind} of ${op.table} ${op.clientId} holds what others wrote in ${op.scopeId}`,
      );
  }
}
