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
  const held = noneHeld();
  /** Only because of units that are deferred, which may wait for one of these. */
  const behind = noneHeld();
  const behindUnits: (readonly StoredOp[])[] = [];
  const awaitedCreates = new Set<Row>();
  let deferred: (readonly StoredOp[])[] = [];
  const deferredRows = new Set<Row>();
  let units = 0;
  let bytes = 0;
  let full = false;

  function isIn({ rows, creates }: Held, unit: readonly StoredOp[]): boolean {
    return unit.some(
      (op) =>
        rows.has(rowOf(op)) || referencesOf(op).some((row) => creates.has(row)),
    );
  }

  function isHeld(unit: readonly StoredOp[]): boolean {
    return isIn(held, unit) || unit.some((op) => placed.has(rowOf(op)));
  }

  /** Rows do not count: what stands behind a deferred unit on its own row is later than it. */
  function isBehindCreate(unit: readonly StoredOp[]): boolean {
    return unit.flatMap(referencesOf).some((row) => behind.creates.has(row));
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
        (unit) => isReady(unit) && !isHeld(unit) && !isBehindCreate(unit),
      );
      const unit = deferred[position];
      found = unit !== undefined;
      if (!unit) return;
      deferred = deferred.filter((other) => other !== unit);
      place(unit);
    }
  }

  /** The first deferred unit that waits for nothing that is held, in whatever many steps. */
  function firstUnblocked(): readonly StoredOp[] | undefined {
    const free = new Set([...deferred, ...behindUnits]);
    for (;;) {
      const unit = [...free].find(isHeld);
      if (unit === undefined) break;
      free.delete(unit);
      hold(held, unit);
    }
    return deferred.find((unit) => free.has(unit));
  }

  return {
    hold: (ops) => hold(held, ops),
    awaitCreate: (op) => {
      const row = rowOf(op);
      const isHeldBack = held.creates.has(row) || behind.creates.has(row);
      if (!placed.has(row) && !isHeldBack) awaitedCreates.add(row);
    },
    offer: (unit) => {
      if (full) return;
      if (isHeld(unit)) return hold(held, unit);
      if (
        isIn(behind, unit) ||
        unit.some((op) => deferredRows.has(rowOf(op)))
      ) {
        behindUnits.push(unit);
        return hold(behind, unit);
      }
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
      // Or what one waits for stands behind it.
      if (batch.length === 0) {
        const first = firstUnblocked();
        if (first) place(first);
      }
      return batch;
    },
  };
}

/** What cannot be sent now: rows, and those of them that are not created before. */
interface Held {
  readonly rows: Set<Row>;
  readonly creates: Set<Row>;
}

function noneHeld(): Held {
  return { rows: new Set(), creates: new Set() };
}

function hold({ rows, creates }: Held, ops: readonly OpName[]): void {
  for (const op of ops) {
    rows.add(rowOf(op));
    if (op.kind === "create") creates.add(rowOf(op));
  }
}

/** Names a row of any table. */
export function rowOf(op: {
  readonly table: string;
  readonly clientId: string;
}): Row {
  return `${op.table} ${op.clientId}`;
}
