// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import type {
  ChangeSet,
  OpChange,
  OpState,
  RowChange,
  StoredOp,
  StoredRow,
  BatchName,
} from "./ports";
import { isStored, type RowState } from "./rowState";
import type { Fields } from "./shared/protocol";

/** How many ops more, or fewer, are in each state. */
export type CountChange = Readonly<Partial<Record<OpState, number>>>;

/** Gathers what one step of the engine changes, for one commit. */
export interface Step {
  /** The row and its ops become those of `after`. */
  move(before: RowState, after: RowState, deviceFields?: Fields): void;
  /** Rows as the server sent them, none of which has an op. */
  receive(table: string, rows: readonly StoredRow[]): void;
  delete(table: string, clientIds: readonly string[]): void;
  rows(change: RowChange): void;
  seal(ops: readonly StoredOp[], sealedBy: BatchName): void;
  replace(before: StoredOp, after: StoredOp): void;
  /** Removes an op whose table is gone, and with it the row. */
  remove(op: StoredOp): void;
  metadata(values: Readonly<Record<string, string | null>>): void;
  readonly changes: Required<Omit<ChangeSet, "writer" | "more">>;
  readonly counts: CountChange;
  /** How many ops more, or fewer, of each table are on their way. */
  readonly pending: ReadonlyMap<string, number>;
}

type CountedOp = Pick<StoredOp, "table" | "state">;

/** A step that changes nothing yet. */
export function createStep(): Step {
  const rows: RowChange[] = [];
  const ops: OpChange[] = [];
  const metadata: Record<string, string | null> = {};
  const counts: Partial<Record<OpState, number>> = {};
  const pending = new Map<string, number>();
  const count = ({ table, state }: CountedOp, difference: number) => {
    counts[state] = (counts[state] ?? 0) + difference;
    if (state === "waiting" || state === "sealed")
      pending.set(table, (pending.get(table) ?? 0) + difference);
  };

  function replace(before: StoredOp, after: StoredOp): void {
    ops.push({ kind: "replace", before, op: after });
    count(before, -1);
    count(after, 1);
  }

  function moveOps(before: RowState, after: RowState): void {
    const kept = new Set(after.ops.map(({ seq }) => seq));
    const gone = before.ops
      .filter(isStored)
      .filter(({ seq }) => !kept.has(seq));
    // Removed before others are added or changed: one op a row may wait.
    if (gone.length > 0)
      ops.push({ kind: "remove", seqs: gone.map(({ seq }) => seq) });
    for (const op of gone) count(op, -1);
    const known = new Map(before.ops.map((op) => [op.seq, op]));
    for (const op of after.ops) {
      const former = known.get(op.seq);
      if (!isStored(op)) {
        ops.push({ kind: "add", op });
        count(op, 1);
      } else if (former && isStored(former) && former !== op)
        replace(former, op);
    }
  }

  return {
    move: (before, after, deviceFields) => {
      const table = after.table.name;
      const device = deviceFields ? { deviceFields } : {};
      const { row } = after;
      if (row === null) {
        if (before.row !== null)
          rows.push({ kind: "delete", table, clientIds: [after.clientId] });
      } else if (before.row === null)
        rows.push({ kind: "put", table, rows: [row], guard: false, ...device });
      else if (row !== before.row)
        rows.push({
          kind: "update",
          table,
          before: before.row,
          row,
          ...device,
        });
      moveOps(before, after);
    },
    receive: (table, received) => {
      if (received.length > 0)
        rows.push({ kind: "put", table, rows: received, guard: true });
    },
    delete: (table, clientIds) => {
      if (clientIds.length > 0) rows.push({ kind: "delete", table, clientIds });
    },
    rows: (change) => {
      rows.push(change);
    },
    seal: (sealed, sealedBy) => {
      ops.push({
        kind: "seal",
        seqs: sealed.map(({ seq }) => seq),
        sealedBy,
      });
      for (const op of sealed) {
        count(op, -1);
        count({ table: op.table, state: "sealed" }, 1);
      }
    },
    replace,
    remove: (op) => {
      ops.push({ kind: "remove", seqs: [op.seq] });
      count(op, -1);
    },
    metadata: (values) => {
      Object.assign(metadata, values);
    },
    changes: { rows, ops, metadata },
    counts,
    pending,
  };
}
