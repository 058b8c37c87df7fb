import type { Feed } from "./feeds";
import type { QueuedOp } from "./ledger";
import type { Store } from "./phone";
import type { StoreContent } from "./readStore";
import { userIdOf } from "./server";
import type { World } from "./world";

export type Fail = (invariant: string, message: string) => never;

/** Whose the ops are, that a row has one of each kind at most, and that a copy leaves its ops as they are (I15, I18, I21). */
export function checkQueue(store: Store, { queue, pending }: StoreContent, fail: Fail): void {
  const userId = userIdOf(store.user);
  for (const op of queue) if (op.userId !== userId) fail("I15", `holds an op of ${op.userId}`);
  // The original may have sent it as it was. What a person then makes of it says so to the server.
  for (const { opId, kind, table, clientId, edited } of queue)
    if (edited > (store.copied.get(opId) ?? edited) && !store.ledger.decided.has(opId))
      fail("I21", `adds to the ${kind} of ${table} ${clientId} of the backup it went on from`);
  for (const [row, ops] of pending) {
    if (ops.length < 2) continue;
    for (const state of ["waiting", "sealed"])
      if (ops.filter((op) => op.group === null && op.state === state).length > 1)
        fail("I18", `holds two ${state} ops of ${row}`);
  }
}

/** A row is shown, and as what it is, by its ops (I1). */
export function checkShown(store: Store, content: StoreContent, fail: Fail): void {
  const { rows, pending, metadata } = content;
  const userId = userIdOf(store.user);
  for (const [key, row] of rows) {
    if (row.scopeId === null && row.userId !== userId) fail("I15", `shows ${key} of ${row.userId}`);
    if ((row.syncStatus === "synced") !== !pending.has(key))
      fail("I1", `${key} is ${row.syncStatus} with ${String(pending.get(key)?.length ?? 0)} ops`);
  }
  for (const [key, ops] of pending) {
    const isThere = rows.has(key);
    if (!isThere && isShutOut(metadata, ops)) continue;
    if (isThere !== (ops.at(-1)?.kind !== "delete" && !standsOnNothing(ops)))
      fail(
        "I1",
        `${key} is ${isThere ? "" : "not "}shown, its last op is a ${String(ops.at(-1)?.kind)}`,
      );
  }
}

/** Edits of a row that is gone, and that nothing is left of here, are issues without a row. */
export function standsOnNothing(ops: readonly QueuedOp[]): boolean {
  return ops.every(({ kind, isBaseless }) => kind === "update" && isBaseless);
}

/**
 * What was in flight when its user was taken out of the scope is shown no more, whatever it was made on: until it is
 * answered, or its row comes anew.
 */
export function isShutOut(metadata: StoreContent["metadata"], ops: readonly QueuedOp[]): boolean {
  const [first] = ops;
  if (first === undefined || first.scopeId === null) return false;
  const progress = metadata.get(`table:${first.table}/${first.scopeId}`);
  const isComing = progress?.includes('"complete":true') !== true;
  return (
    ops.every(({ kind }) => kind === "update") &&
    (isComing || ops.some(({ state }) => state === "sealed"))
  );
}

/** No row goes back to an earlier version (I7). */
export function checkVersions(
  world: World,
  { ledger }: Store,
  { key: progress, table, scopeId }: Feed,
  { rowsOfTable, metadata }: StoreContent,
  fail: Fail,
): void {
  if (metadata.get(progress)?.includes('"complete":true') !== true) return;
  for (const row of rowsOfTable.get(table) ?? []) {
    const { key, changed } = row;
    if (changed === null || row.scopeId !== scopeId) continue;
    const known = ledger.versions.get(key);
    // A restored server counts anew; the device learns of it with the next answer.
    if (
      known !== undefined &&
      changed < known &&
      (metadata.get("epoch") ?? null) === world.server.epoch
    )
      fail("I7", `${key} went from ${known} back to ${changed}`);
    ledger.versions.set(key, changed);
  }
}

/** Of a group, nothing has landed that left others behind (I1). */
export function checkWhole(
  { history }: World,
  { opId, kind, table, clientId, group }: QueuedOp,
  queue: readonly QueuedOp[],
  fail: Fail,
): void {
  if (group === null || history.answers.get(opId) !== "landed") return;
  const left = queue.find(
    (other) =>
      other.group === group &&
      ["waiting", "failed", "conflict"].includes(other.state) &&
      // It landed with the others, and was edited before anybody knew.
      other.code !== "duplicate-op",
  );
  if (left)
    fail(
      "I1",
      `${kind} of ${table} ${clientId} landed without ${left.state} ${left.kind} of ${left.table} ${left.clientId}`,
    );
}
