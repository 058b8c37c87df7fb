import { isKnownScope, scopesIn } from "./knownScopes";
import type { QueuedOp } from "./ledger";
import type { Store } from "./phone";
import type { StoreContent } from "./readStore";
import { scopeOf } from "./scopedTables";
import type { Fail } from "./shownChecks";
import type { World } from "./world";

/** Of a scope of which the device does not know that its user may read it, it has no more than was written here (I9). */
export function checkScopes(
  { history }: World,
  { ledger }: Store,
  tables: readonly string[],
  { queue, pending, rowsOfTable, metadata }: StoreContent,
  fail: Fail,
): void {
  const known = scopesIn(metadata);
  const stored = metadata.get("scopes") ?? null;
  const before = ledger.scopes;
  ledger.scopes = stored;
  const shared = tables.filter((table) => scopeOf(table) !== null);
  for (const key of metadata.keys()) {
    const [feed = "", scopeId = ""] = key.split("/");
    const table = shared.find((name) => feed === `table:${name}`);
    if (table !== undefined && !isKnownScope(known, { table, scopeId }))
      fail("I9", `remembers how far ${key} has come, whose scope it does not know`);
  }
  for (const row of shared.flatMap((table) => rowsOfTable.get(table) ?? []))
    if (!pending.has(row.key) && !isKnownScope(known, row))
      fail("I9", `shows ${row.key} of ${String(row.scopeId)}, which it may not read`);
  // What was in flight, and is answered without a word of its row.
  for (const op of queue)
    if (
      op.state === "failed" &&
      ledger.queue.get(op.opId)?.state === "sealed" &&
      history.unshown.has(op.opId) &&
      !isKnownScope(known, op) &&
      !op.isBaseless
    )
      fail("I9", `${op.kind} of ${op.table} ${op.clientId} holds what it was made on`);
  if (before === stored) return;
  const former = before === null ? [] : scopesIn(new Map([["scopes", before]]));
  const isShutOut = (at: { readonly table: string; readonly scopeId: string | null }) =>
    at.scopeId !== null && isKnownScope(former, at) && !isKnownScope(known, at);
  for (const row of shared.flatMap((table) => rowsOfTable.get(table) ?? [])) {
    const { key, scopeId } = row;
    if (isShutOut(row) && pending.get(key)?.some(({ kind }) => kind === "create") !== true)
      fail("I9", `shows ${key} of ${String(scopeId)}, of which it has edits alone`);
  }
  // An op that a person has added since is sent, as into any scope that is not known.
  const isOld = ({ opId, edited }: QueuedOp) => ledger.queue.get(opId)?.edited === edited;
  for (const op of queue.filter((it) => isShutOut(it) && isOld(it))) {
    const { kind, table, clientId, scopeId, state, isBaseless } = op;
    if (state === "waiting" || state === "conflict")
      fail(
        "I9",
        `${kind} of ${table} ${clientId} is ${state}, though ${String(scopeId)} was taken away`,
      );
    if (state !== "sealed" && !isBaseless)
      fail("I9", `${kind} of ${table} ${clientId} holds what others wrote in ${String(scopeId)}`);
  }
}

/** The first sync is complete once everything is here that the user may read, as far as the device knows (I5). */
export function checkFirstSync(
  { ledger }: Store,
  tables: readonly string[],
  { metadata }: StoreContent,
  fail: Fail,
): void {
  const isWhole = metadata.get("initialSync") === "complete";
  // In another epoch everything begins again, and with another scope there is more to come.
  const isSame =
    (metadata.get("epoch") ?? null) === ledger.epoch &&
    (metadata.get("scopes") ?? null) === ledger.scopes;
  const isNew = isWhole && !ledger.isWhole && isSame;
  ledger.isWhole = isWhole;
  if (!isNew) return;
  const known = scopesIn(metadata);
  for (const table of tables) {
    const scope = scopeOf(table);
    if (scope !== null && known === null)
      fail("I5", "its first sync is complete, and it knows of no scope");
    const inScopes = (known ?? []).filter((it) => it.scope === scope);
    const keys = scope === null ? [table] : inScopes.map(({ scopeId }) => `${table}/${scopeId}`);
    for (const key of keys)
      if (metadata.get(`table:${key}`)?.includes('"complete":true') !== true)
        fail("I5", `its first sync is complete, and ${key} is not`);
  }
}
