// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import type {
  NewOp,
  OpState,
  ServerState,
  StoredOp,
  StoredRow,
  SyncStatusOfRow,
} from "./ports";
import type { TableDefinition } from "./registry";
import { hlcTime } from "./shared/clock";
import { completeFields } from "./shared/codec";
import { moveEdits } from "./shared/combine";
import { pendingFields } from "./shared/merge";
import type { Fields, OpKind, Stamp, WireRow } from "./shared/protocol";
import { compareStamps } from "./shared/stamp";

/** An op as the engine works with it; `seq` is `null` until it was stored. */
export type QueuedOp = NewOp & { readonly seq: number | null };

/** One row and all its ops: what every step of the engine starts from, and what it works out anew. */
export interface RowState {
  readonly table: TableDefinition;
  readonly clientId: string;
  /** Whose database it is. */
  readonly userId: string;
  /** As it is shown; `null` for a row that is not. */
  readonly row: StoredRow | null;
  /** In the order they were recorded. */
  readonly ops: readonly QueuedOp[];
  /** See `Session`. */
  readonly recordedBefore: number;
}

/** States of ops that the shown row contains. */
export const pendingStates = [
  "waiting",
  "sealed",
  "failed",
  "conflict",
] as const satisfies readonly OpState[];

/** The ops that the shown row contains, in order. */
export function pendingOps(state: RowState): readonly QueuedOp[] {
  return pendingOf(state.ops);
}

function pendingOf(ops: readonly QueuedOp[]): readonly QueuedOp[] {
  return ops.length === 0 ? ops : ops.filter((op) => op.state !== "superseded");
}

/** The server's row as far as this device knows; `null` when it never had one. */
export function serverState(state: RowState): ServerState | null {
  const [first] = pendingOps(state);
  if (first) return first.server ?? baseState(first, state.row);
  const { row } = state;
  return row === null ? null : rowAsServerState(row);
}

/** `row` as the server's: for one without pending ops. */
function rowAsServerState(row: StoredRow): ServerState {
  return {
    fields: row.fields,
    stamp: row.changed,
    serverId: row.serverId,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
  };
}

function baseState(op: QueuedOp, row: StoredRow | null): ServerState | null {
  if (op.base === null) return null;
  return {
    fields: op.base,
    stamp: op.baseStamp,
    serverId: row?.serverId ?? null,
    createdAt: row?.createdAt ?? op.createdAt,
    updatedAt: op.baseUpdatedAt ?? op.createdAt,
  };
}

/** A row from the wire. `stamp`: of the call which wrote it, for a row that cannot tell its own yet. */
export function receivedState(
  table: TableDefinition,
  row: WireRow,
  stamp: Stamp | null,
): ServerState {
  return {
    fields:
      row.deletedAt === null ? completeFields(table.rules, row.fields) : null,
    stamp: row.stamp ?? stamp,
    serverId: row.serverId,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
  };
}

/** The later of two states of the server; `a` when they are equal. */
export function newest(
  a: ServerState | null,
  b: ServerState | null,
): ServerState | null {
  if (a === null || b === null) return a ?? b;
  return compareStamps(a.stamp, b.stamp) >= 0 ? a : b;
}

/** `op` built on the row that the server has now, which holds `fields`. */
export function rebase(
  op: QueuedOp,
  { rules }: TableDefinition,
  fields: Fields,
  server: ServerState,
): QueuedOp {
  return {
    ...op,
    fields: moveEdits(rules, op.fields, op.base, fields),
    base: fields,
    baseStamp: server.stamp,
    baseUpdatedAt: server.updatedAt,
    // A deleted row is not there any more to tell the rest of it.
    server: op.kind === "delete" ? server : null,
  };
}

/** The state with other ops, and with the row that these show over `server`. */
export function show(
  state: RowState,
  ops: readonly QueuedOp[],
  server: ServerState | null,
): RowState {
  const { table, clientId, userId, recordedBefore } = state;
  const row = shownRow(state, pendingOf(ops), server);
  return { table, clientId, userId, row, ops, recordedBefore };
}

function shownRow(
  state: RowState,
  pending: readonly QueuedOp[],
  server: ServerState | null,
): StoredRow | null {
  const { table, row } = state;
  const last = pending.at(-1);
  const fields =
    last === undefined ? server?.fields : shownFields(table, server, pending);
  if (!fields) return null;
  if (last !== undefined && !isComplete(table.rules, fields))
    // An op of an earlier app may make what no row can be today. The database would refuse it, with all else in the commit.
    return row && { ...row, syncStatus: statusOf(pending) };
  const edited =
    last === undefined
      ? // Safe: the fields are the server's.
        (server as ServerState).updatedAt
      : hlcTime(last.edited);
  return {
    clientId: state.clientId,
    serverId: server?.serverId ?? row?.serverId ?? null,
    userId: row?.userId ?? state.userId,
    createdAt: server?.createdAt ?? row?.createdAt ?? edited,
    updatedAt: edited,
    syncStatus: statusOf(pending),
    changed: server?.stamp ?? null,
    fields,
  };
}

/** Every field that must have a value has one, if only what the database gives it. */
function isComplete(rules: TableDefinition["rules"], fields: Fields): boolean {
  return Object.entries(rules.fields).every(([name, rule]) => {
    const value = fields[name];
    const stored =
      value === undefined ? (rule.default ?? rule.choices?.[0]) : value;
    return rule.optional || (stored !== undefined && stored !== null);
  });
}

function shownFields(
  { policy, rules }: TableDefinition,
  server: ServerState | null,
  pending: readonly QueuedOp[],
): Fields | null {
  const edit = combinedEdit(rules, pending);
  if (edit.kind === "delete") return null;
  const below = server?.fields ?? null;
  if (below !== null || edit.kind === "create")
    return pendingFields(policy, rules, below, edit);
  // The server deleted the row. Where no op remembers it either, nothing is left to show an edit on; the ops stay
  // among the issues.
  const base = pending.find((op) => op.base !== null)?.base ?? null;
  return base && pendingFields(policy, rules, null, { ...edit, base });
}

/** All ops of a row as if they were one. */
function combinedEdit(
  rules: TableDefinition["rules"],
  ops: readonly QueuedOp[],
): {
  readonly kind: OpKind;
  readonly fields: Fields;
  readonly base: Fields | null;
} {
  let kind: OpKind = "update";
  let fields: Fields = {};
  for (const op of ops) {
    if (op.kind === "update")
      fields = { ...fields, ...behind(rules, fields, op) };
    else ({ kind, fields } = op);
  }
  return { kind, fields, base: ops[0]?.base ?? null };
}

/** The values of `op` behind those of the ops before it. */
function behind(
  rules: TableDefinition["rules"],
  fields: Fields,
  op: QueuedOp,
): Fields {
  return moveEdits(
    rules,
    op.fields,
    op.base,
    op.base && { ...op.base, ...fields },
  );
}

function statusOf(pending: readonly QueuedOp[]): SyncStatusOfRow {
  if (pending.some(({ state }) => state === "failed")) return "failed";
  if (pending.some(({ state }) => state === "conflict")) return "conflict";
  return pending.length > 0 ? "pending" : "synced";
}

/** `op` as it was read. */
export function isStored(op: QueuedOp): op is StoredOp {
  return op.seq !== null;
}
