// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import type { OpName, StoredOp } from "./ports";

/** Everything that decides which units a batch may take. */
export interface BatchLimits {
  readonly units: number;
  readonly ops: number;
  readonly bytes: number;
}

/** Collects the units of one batch; see `nextBatch` for the order it keeps. */
export interface BatchBuilder {
  /** Ops that cannot be sent now. */
  hold(ops: readonly OpName[]): void;
  /** The creation of this op's row waits somewhere in the queue. */
  awaitCreate(op: OpName): void;
  /** The next unit in the order recorded. */
  offer(unit: readonly StoredOp[]): void;
  isFull(): boolean;
  /** The batch, once every unit was offered or it is full. */
  finish(): readonly StoredOp[];
}

type Row = string;

/** An empty batch. */
export function createBatchBuilder(
  limits: BatchLimits,
  referencesOf: (op: StoredOp) => readonly Row[],
  bytesOf: (op: StoredOp) => number,
): BatchBuilder {
  const batch: StoredOp[] = [];
  const placed = new Set<Row>();
  const held = new Set<Row>();
  const heldCreates = new Set<Row>();
  const awaitedCreates = new Set<Row>();
  let deferred: (readonly StoredOp[])[] = [];
  const deferredRows = new Set<Row>();
  let units = 0;
  let bytes = 0;
  let full = false;

  function hold(ops: readonly OpName[]): void {
    for (const op of ops) {
      const row = rowOf(op);
      held.add(row);
      if (op.kind === "create") heldCreates.add(row);
    }
  }

  function isHeld(unit: readonly StoredOp[]): boolean {
    return unit.some(
      (op) =>
        held.has(rowOf(op)) ||
        placed.has(rowOf(op)) ||
        referencesOf(op).some((row) => heldCreates.has(row)),
    );
  }

  /** References to rows that this very unit creates are no reason to wait. */
  function isEarly(unit: readonly StoredOp[]): boolean {
    if (awaitedCreates.size === 0) return false;
    const own = new Set(unit.map(rowOf));
    return unit
      .flatMap(referencesOf)
      .some((row) => awaitedCreates.has(row) && !own.has(row));
  }

  function place(unit: readonly StoredOp[]): void {
    const size = unit.reduce((sum, op) => sum + bytesOf(op), 0);
    const fits =
      units < limits.units &&
      batch.length + unit.length <= limits.ops &&
      bytes + size <= limits.bytes;
    // A unit that is too large for any batch goes alone: the server says so, and it is marked failed.
    if (!fits && batch.length > 0) {
      full = true;
      return;
    }
    batch.push(...unit);
    units += 1;
    bytes += size;
    for (const op of unit) {
      placed.add(rowOf(op));
      if (op.kind === "create") awaitedCreates.delete(rowOf(op));
    }
    full = units >= limits.units || batch.length >= limits.ops;
  }

  function placeDeferred(isReady: (unit: readonly StoredOp[]) => boolean) {
    for (let found = true; found && !full;) {
      const position = deferred.findIndex(
        (unit) => isReady(unit) && !isHeld(unit),
      );
      const unit = deferred[position];
      found = unit !== undefined;
      if (!unit) return;
      deferred = deferred.filter((other) => other !== unit);
      place(unit);
    }
  }

  return {
    hold,
    awaitCreate: (op) => {
      if (!placed.has(rowOf(op)) && !heldCreates.has(rowOf(op)))
        awaitedCreates.add(rowOf(op));
    },
    offer: (unit) => {
      if (full) return;
      if (isHeld(unit) || unit.some((op) => deferredRows.has(rowOf(op))))
        return hold(unit);
      if (isEarly(unit)) {
        deferred.push(unit);
        for (const op of unit) deferredRows.add(rowOf(op));
        return;
      }
      place(unit);
      placeDeferred((other) => !isEarly(other));
    },
    isFull: () => full,
    finish: () => {
      // Rows that reference each other in a circle: one has to go first.
      if (batch.length === 0) placeDeferred(() => true);
      return batch;
    },
  };
}

/** Names a row of any table. */
export function rowOf(op: {
  readonly table: string;
  readonly clientId: string;
}): Row {
  return `${op.table} ${op.clientId}`;
}
