import { goneChoices } from "./earlierApp";
import { Broken, type History, keyOf, timeOf } from "./history";
import { tablesOf } from "./knownTables";
import { oracleTables } from "./oracleTables";
import { feedsOf, type Feed } from "./feeds";
import type { QueuedOp } from "./ledger";
import type { Store } from "./phone";
import { readStore, type ShownRow, type StoreContent } from "./readStore";
import { checkFirstSync, checkScopes } from "./scopeChecks";
import { userIdOf } from "./server";
import {
  checkQueue,
  checkShown,
  checkVersions,
  checkWhole,
  isShutOut,
  standsOnNothing,
  type Fail,
} from "./shownChecks";
import { isUndisturbed, type World } from "./world";

const merging = new Set(["visits", "tags", "stage"]);

/** Checks every database that was written to since. */
export async function checkEverything(world: World): Promise<void> {
  if (world.broken !== null) throw world.broken;
  for (const phone of world.phones)
    for (const store of phone.stores.values()) {
      const { touched } = store;
      if (touched?.size === 0) continue;
      store.touched = new Set();
      checkStore(world, store, touched);
    }
}

/** What must hold in a database after every step (I1, I3, I5, I7, I8, I15). `touched`: as of `readStore`. */
function checkStore(world: World, store: Store, touched: ReadonlySet<string> | null): void {
  const { ledger, name } = store;
  const { tables } = world.options;
  const content = readStore(store, tables, touched);
  const { queue, rows, metadata, pending } = content;
  const epoch = metadata.get("epoch") ?? null;
  const fail = (invariant: string, message: string): never => {
    throw new Broken(invariant, `${name}: ${message}`);
  };
  // What a check looks at has to have changed for its answer to be another one.
  const isTouched = (table: string) => touched === null || touched.has(table);
  const isQueueTouched = isTouched("sync_queue");

  if (isQueueTouched) checkQueue(store, content, fail);
  if (isQueueTouched || tables.some(isTouched)) checkShown(store, content, fail);
  if (isQueueTouched) {
    for (const op of queue) checkFollows(world, store, op, fail);
    checkRemoved(world, store, queue, fail);
  }
  checkWritten(world, store, content, fail);

  const isNewEpoch = epoch !== ledger.epoch;
  if (isNewEpoch) ledger.versions.clear();
  const cursors: Record<string, string> = {};
  for (const feed of feedsOf(world, store, metadata)) {
    const { key, table } = feed;
    const progress = metadata.get(key);
    const isFurther = ledger.cursors[key] !== progress;
    if (isFurther || isNewEpoch || isTouched(table))
      checkVersions(world, store, feed, content, fail);
    if (progress === undefined) continue;
    cursors[key] = progress;
    if (isFurther && world.server.epoch === epoch)
      checkPulled(world, feed, progress, rows, pending, fail);
  }
  checkFirstSync(store, tablesOf(world, store.version), content, fail);
  checkScopes(world, store, tables, content, fail);
  ledger.epoch = epoch;
  ledger.cursors = cursors;

  const deviceId = metadata.get("deviceId") ?? null;
  const isRenewed = ledger.deviceId !== null && deviceId !== ledger.deviceId;
  const isSearching = world.searching.has(ledger.deviceId ?? "");
  // An update makes another batch of the one in flight.
  if (isRenewed && isUndisturbed(world) && !isSearching && !store.isMigrated)
    fail("I21", `is another device since nothing happened: ${String(deviceId)}`);
  ledger.deviceId = deviceId;
  if (!isQueueTouched) return;
  ledger.queue = new Map(queue.map((op) => [op.opId, op]));
  ledger.added.clear();
}

/** The phone is back at a backup: its op went on from this value before it was sent, and was sent then. */
function wasSentLater(
  { history }: World,
  { queue }: Store["ledger"],
  row: string,
  field: string,
  value: unknown,
): boolean {
  return [...queue.values()].some(
    (op) =>
      `${op.table} ${op.clientId}` === row &&
      JSON.stringify(op.fields[field]) === JSON.stringify(value) &&
      wentOn(history, op),
  );
}

/** The op was sent with later edits, by the phone that this is a copy of. */
function wentOn({ edits }: History, op: QueuedOp): boolean {
  return (edits.get(op.opId) ?? "") > op.edited;
}

/** How far a clock may be off, and be believed for certain, ms. */
const closeBy = 60_000;

/** Writes follow reads: an edit of a row is later than the version that it was made on. */
function checkFollows(world: World, store: Store, op: QueuedOp, fail: Fail): void {
  const isNew = store.ledger.queue.get(op.opId)?.edited !== op.edited;
  if (isNew && !world.readAt.has(op.edited)) world.readAt.set(op.edited, world.scheduler.now);
  const owner = op.scopeId ?? userIdOf(store.user);
  const seen = world.history.rows.get(keyOf(owner, op.table, op.clientId));
  if (!isNew || op.state !== "waiting" || !seen || op.baseStamp !== seen.stamp) return;
  // What was retried or decided is as old as it was.
  if (isDecided(store.ledger, op) || world.isTakenBack(seen.edited)) return;
  // Of what was seen; the clock of the device that saw it may be wrong.
  const isRight = Math.abs(timeOf(seen.edited) - world.scheduler.now) <= closeBy;
  if (isRight && op.edited <= seen.edited)
    fail("I4", `${op.kind} of ${op.table} ${op.clientId} of ${op.edited} saw ${seen.edited}`);
}

/** An op leaves the queue for a reason, or not at all (I3). */
function checkRemoved(world: World, store: Store, queue: readonly QueuedOp[], fail: Fail): void {
  const { ledger } = store;
  const kept = new Set(queue.map(({ opId }) => opId));
  for (const op of ledger.queue.values()) {
    if (kept.has(op.opId)) continue;
    checkWhole(world, op, queue, fail);
    if (ledger.decided.has(op.opId)) continue;
    // Giving up a create gives up what was written to the row since.
    if (isDecided(ledger, op)) continue;
    const row = `${op.table} ${op.clientId}`;
    // By its key, a row of which nothing was left but edits was made anew before it was deleted.
    const isMadeAnew = ledger.added.has(row) && ledger.deleted.has(row);
    const isCreate = op.kind === "create" || isMadeAnew;
    const isCancelled = op.state === "waiting" && op.sealedBy === null && isCreate;
    const left = queue.filter((other) => `${other.table} ${other.clientId}` === row);
    // Behind what is in flight, the row has to be gone without it.
    if (isCancelled && (left.every(({ state }) => state !== "sealed") || isDelete(left.at(-1))))
      continue;
    const outcome = world.history.answers.get(op.opId);
    if (outcome === "landed") continue;
    // What was retried waits under another name.
    if (op.state === "failed" || op.state === "conflict")
      if (left.some(({ state }) => state === "waiting")) continue;
    fail("I3", `${op.state} ${op.kind} of ${row} is gone, the server said ${String(outcome)}`);
  }
}

function isDelete(op: QueuedOp | undefined): boolean {
  return op?.kind === "delete";
}

function isDecided({ decided, queue }: Store["ledger"], op: QueuedOp): boolean {
  return [...decided].some((id) => {
    const other = queue.get(id);
    if (other === undefined) return false;
    const isSameGroup = op.group !== null && other.group === op.group;
    return isSameGroup || (other.table === op.table && other.clientId === op.clientId);
  });
}

/** What was written here is shown, and on its way (I3, I8). */
function checkWritten(
  world: World,
  store: Store,
  { rows, pending, metadata }: StoreContent,
  fail: Fail,
): void {
  const { ledger } = store;
  for (const [key, value] of ledger.dirty) {
    const [table = "", clientId = "", field = ""] = key.split(" ");
    const row = `${table} ${clientId}`;
    const ops = pending.get(row) ?? [];
    const last = ops.findLast((op) => op.kind === "delete" || field in op.fields);
    const attempts = ledger.attempted.get(key);
    if (
      last?.kind === "delete" &&
      (ledger.deleted.has(row) || ledger.attempted.has(`${row} deleted`))
    ) {
      ledger.dirty.delete(key);
      continue;
    }
    const queued = last?.fields[field];
    if (last === undefined || JSON.stringify(queued) !== JSON.stringify(value)) {
      if (last !== undefined && attempts?.has(JSON.stringify(queued))) {
        ledger.dirty.set(key, queued);
      } else if (
        [JSON.stringify(value), ...(attempts ?? [])].some((text) =>
          world.landed.has(`${key} ${text}`),
        ) ||
        (ledger.attempted.has(`${row} deleted`) && !rows.has(row)) ||
        wasSentLater(world, ledger, row, field, value)
      ) {
        ledger.dirty.delete(key);
        continue;
      } else {
        fail("I3", `${key} = ${JSON.stringify(value)} is neither queued nor answered`);
      }
    }
    // Of a row that is gone, and of which nothing is known but edits, these are what a person is shown.
    const isIssueAlone = standsOnNothing(ops) || isShutOut(metadata, ops);
    if (!rows.has(row) && isIssueAlone) continue;
    const shown = rows.get(row)?.values[field];
    const written = ledger.dirty.get(key);
    if (oracleTables[table]?.policy === "max-wins" || merging.has(field)) continue;
    // Rows are migrated before the queue is.
    if (goneChoices[table]?.[field] === written) continue;
    if (JSON.stringify(shown) !== JSON.stringify(written))
      fail("I8", `${key} shows ${JSON.stringify(shown)}, written was ${JSON.stringify(written)}`);
  }
  for (const row of ledger.deleted) {
    const ops = pending.get(row) ?? [];
    if (ops.some(({ kind }) => kind === "delete")) {
      if (ops.at(-1)?.kind === "delete" && rows.has(row))
        fail("I8", `${row} was deleted and is shown`);
      continue;
    }
    // A natural key may be somebody else's row, too: then it is enough that it is not shown, or that a create, whose
    // process died before it was told, made it again.
    const isCommon =
      oracleTables[row.split(" ")[0] ?? ""]?.key !== undefined &&
      (!rows.has(row) || ops.length > 0);
    // Its own create, which no server took, went with the delete; the same event may have brought somebody else's row.
    const isTakenBack = [...ledger.queue.values()].some(
      (op) =>
        `${op.table} ${op.clientId}` === row &&
        op.kind === "create" &&
        ((op.state === "waiting" && op.sealedBy === null && op.serverStamp === null) ||
          (op.state === "failed" && !hasLanded(world, op))),
    );
    // As in `wasSentLater`: it was made again before it was sent.
    const wasMadeAgain = [...ledger.queue.values()].some(
      (op) =>
        `${op.table} ${op.clientId}` === row && op.kind === "delete" && wentOn(world.history, op),
    );
    if (
      !wasMadeAgain &&
      !world.landed.has(`${row} deleted`) &&
      world.sentRows.has(row) &&
      !ledger.undone.has(row) &&
      !isCommon &&
      !isTakenBack
    )
      fail("I3", `the delete of ${row} is neither queued nor answered`);
    ledger.deleted.delete(row);
  }
}

/** Some server holds a value of the op, or held it. */
function hasLanded({ landed }: World, { table, clientId, fields }: QueuedOp): boolean {
  return Object.entries(fields).some(([field, value]) =>
    landed.has(`${table} ${clientId} ${field} ${JSON.stringify(value)}`),
  );
}

/** Up to the cursor nothing is missing (I5). */
function checkPulled(
  world: World,
  { table, owner }: Feed,
  progress: string,
  rows: ReadonlyMap<string, ShownRow>,
  pending: ReadonlyMap<string, readonly QueuedOp[]>,
  fail: Fail,
): void {
  // Safe: written by the engine.
  const { cursor, again, complete } = JSON.parse(progress) as {
    readonly cursor: string | null;
    readonly again?: boolean;
    readonly complete: boolean;
  };
  if (cursor === null) return;
  const [, stamp = "", until = "", ...rest] = cursor.split(".");
  if (until !== "-" && complete)
    fail("I5", `${table} counts as fetched in the middle of its first download`);
  // Until a table is whole again, its rows count as unknown.
  if (until !== "-" || again === true) return;
  const end = `${stamp} ${rest.join(".")}`;
  for (const row of world.history.rows.values()) {
    if (row.owner !== owner || row.table !== table) continue;
    if (`${row.stamp} ${row.clientId}` > end) continue;
    const key = `${table} ${row.clientId}`;
    const shown = rows.get(key);
    const ops = pending.get(key) ?? [];
    const known = [shown?.changed, ...ops.flatMap((op) => [op.baseStamp, op.serverStamp])];
    if (
      row.fields === null
        ? !shown || ops.length > 0
        : known.some((version) => version != null && version >= row.stamp)
    )
      continue;
    fail(
      "I5",
      `${key} of ${row.stamp} is missing behind the cursor ${end}; known ${JSON.stringify(known)}`,
    );
  }
}
