// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { createBatchBuilder, rowOf } from "./batchBuilder";
import type { Engine } from "./engine";
import type { OpName, OpState, StoredOp } from "./ports";
import type { TableDefinition } from "./registry";
import type { Session } from "./session";
import { wireBytes } from "./shared/codec";
import { opsBudget } from "./shared/budget";
import { limits } from "./shared/protocol";
import { createStep } from "./step";
import { toWire } from "./SyncQueue";

/** What lands together: an op, or all ops of a group. */
export function unitOf(op: StoredOp): string {
  return op.group ?? op.opId;
}

/** How many ops are looked at together: a full batch, and what shows that the last of its units is whole. */
const pageSize = limits.batchOps + 1;

/**
 * The batch to send, sealed: the one in flight as it was, or the next, as large as the session's search allows. Empty
 * when nothing can be sent, or nothing is to be.
 *
 * Ops go in the order recorded, with three exceptions: an op follows the creation of every row that it references;
 * a row has one op a batch, because the next one builds on the answer; and an op stays behind while its row, or the
 * creation of a row that it references, has failed. Nothing else waits for those, except the rest of a group, which
 * lands together. Ops of a table that only a later version of the app has stay, too, with their group, until that version
 * runs again.
 */
export async function nextBatch(
  engine: Engine,
  session: Session,
): Promise<readonly StoredOp[]> {
  const { span, isProbing } = session.search;
  if (engine.counts.sealed > 0) return sealedOps(engine);
  if (isProbing || engine.counts.waiting === 0) return [];
  const ops = inSendingOrder(engine, await selectOps(engine, span));
  if (ops.length === 0) return [];
  const sealedBy = {
    deviceId: session.deviceId,
    batchSeq: session.batchSeq + 1,
  };
  const step = createStep();
  step.seal(ops, sealedBy);
  await engine.commit(step);
  return ops.map((op) => ({ ...op, state: "sealed", sealedBy }));
}

/** The batch in flight, in the order in which it was sent first: in another one, it would be another batch. */
export async function sealedOps(engine: Engine): Promise<readonly StoredOp[]> {
  const { store } = engine.ports;
  return inSendingOrder(engine, await store.readOps({ states: ["sealed"] }));
}

/** The order told by the ops themselves: as recorded, but each behind the creation of every row that it references. */
function inSendingOrder(
  engine: Engine,
  ops: readonly StoredOp[],
): readonly StoredOp[] {
  const left = cutUnits([...ops].sort((a, b) => a.seq - b.seq));
  const awaited = new Set(
    ops.filter(({ kind }) => kind === "create").map(rowOf),
  );
  const isReady = (unit: readonly StoredOp[]) => {
    const own = new Set(unit.map(rowOf));
    return unit
      .flatMap((op) => referencesOf(engine, op).map(rowOf))
      .every((row) => !awaited.has(row) || own.has(row));
  };
  const ordered: StoredOp[] = [];
  while (left.length > 0) {
    // Of rows that reference each other in a circle, the first recorded goes first.
    const position = Math.max(0, left.findIndex(isReady));
    const [unit = []] = left.splice(position, 1);
    ordered.push(...unit);
    for (const op of unit) awaited.delete(rowOf(op));
  }
  return ordered;
}

async function selectOps(
  engine: Engine,
  span: number,
): Promise<readonly StoredOp[]> {
  const { store } = engine.ports;
  const batch = createBatchBuilder(
    { units: span, ops: limits.batchOps, bytes: opsBudget },
    (op) => referencesOf(engine, op).map(rowOf),
    (op) => wireBytes(toWire(op)),
  );
  const { failed, conflict } = engine.counts;
  let afterSeq = 0;
  let begun: readonly StoredOp[] = [];
  while (!batch.isFull()) {
    const page = await store.readOps({
      states: ["waiting"],
      afterSeq,
      limit: pageSize,
    });
    const lastOfFull = page[pageSize - 1];
    const whole = cutUnits([...begun, ...page]);
    begun = lastOfFull ? whole.splice(-1).flat() : [];
    const ops = whole.flat();
    const references = ops.flatMap((op) => referencesOf(engine, op));
    // Of the failed ops only those that stand in the way: there may be thousands.
    const torn = new Set<string>();
    if (failed + conflict > 0) {
      const states = ["failed", "conflict"] as const;
      batch.hold(await opsOn(engine, [...ops, ...references], states));
      const groups = ops.flatMap(({ group }) => group ?? []);
      if (groups.length > 0)
        for (const op of await store.readOps({ states, groups }))
          torn.add(unitOf(op));
    }
    const isHeld = (op: StoredOp) =>
      torn.has(unitOf(op)) || !engine.registry.tables[op.table];
    for (const op of await opsOn(engine, references, ["waiting"]))
      if (op.kind === "create") batch.awaitCreate(op);
    for (const unit of whole)
      if (unit.some(isHeld)) batch.hold(unit);
      else batch.offer(unit);
    if (!lastOfFull) break;
    afterSeq = lastOfFull.seq;
  }
  return batch.finish();
}

/** Ops by unit, in the order recorded. */
function cutUnits(ops: readonly StoredOp[]): StoredOp[][] {
  const units = new Map<string, StoredOp[]>();
  for (const op of ops) {
    const unit = units.get(unitOf(op));
    if (unit) unit.push(op);
    else units.set(unitOf(op), [op]);
  }
  return [...units.values()];
}

/** The ops on these rows, wherever they stand in the queue. */
async function opsOn(
  engine: Engine,
  rows: readonly RowName[],
  states: readonly OpState[],
): Promise<readonly OpName[]> {
  const idsByTable = new Map<string, Set<string>>();
  for (const { table, clientId } of rows) {
    const ids = idsByTable.get(table) ?? new Set();
    idsByTable.set(table, ids.add(clientId));
  }
  const { store } = engine.ports;
  const found: OpName[] = [];
  for (const [table, ids] of idsByTable)
    for (const op of await store.readOpNames({
      table,
      clientIds: [...ids],
      states,
    }))
      found.push(op);
  return found;
}

/** The rows that an op's values name; none for a table that this version of the app does not have. */
export function referencesOf(engine: Engine, op: StoredOp): RowName[] {
  const definition = engine.registry.tables[op.table];
  if (definition === undefined) return [];
  const references: RowName[] = [];
  for (const [field, table] of referencesFrom(definition)) {
    const value = op.fields[field];
    if (typeof value === "string") references.push({ table, clientId: value });
  }
  return references;
}

const knownReferences = new WeakMap<
  TableDefinition,
  readonly (readonly [field: string, table: string])[]
>();

/** The fields of a table that hold references, and the tables that these point to. */
function referencesFrom(definition: TableDefinition) {
  let references = knownReferences.get(definition);
  if (references === undefined) {
    references = Object.entries(definition.rules.fields).flatMap(
      ([field, { references: table }]) =>
        table === undefined ? [] : [[field, table] as const],
    );
    knownReferences.set(definition, references);
  }
  return references;
}

interface RowName {
  readonly table: string;
  readonly clientId: string;
}
