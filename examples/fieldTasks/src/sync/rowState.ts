// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import type {
  NewOp,
  OpState,
  ServerState,
  StoredOp,
  StoredRow,
  RowSyncStatus,
} from "./ports";
import type { TableDefinition } from "./registry";
import { hlcTime } from "./shared/clock";
import { completeFields } from "./shared/codec";
import { combiningOf, wholeBase } from "./shared/combining";
import { pendingFields } from "./shared/merge";
import type { Fields, Stamp, WireRow } from "./shared/protocol";
import { compareStamps } from "./shared/stamp";

/** An op as the engine works with it; `seq` is `null` until it was stored. */
export type QueuedOp = NewOp & { readonly seq: number | null };

/** One row and all its ops: what every step of the engine starts from, and what it works out anew. */
export interface RowState {
  readonly table: TableDefinition;
  readonly clientId: string;
  /** The scope that the row is in; `null` where the table's rows are the user's own. */
  readonly scopeId: string | null;
  /** As far as this device has heard, the user may read the row. Else it is what its ops make it, and gone without them. */
  readonly isReadable: boolean;
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

/** The pending ops that were recorded before `op`, which is one of the row's. */
export function opsBefore(state: RowState, op: QueuedOp): readonly QueuedOp[] {
  const pending = pendingOps(state);
  const position = pending.findIndex(({ seq }) => seq === op.seq);
  return pending.slice(0, Math.max(0, position));
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
    userId: row.userId,
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
    userId: row?.userId ?? null,
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
    userId: row.userId,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
  };
}

/** There is no such row; `stamp`: as of when, `null` for one that nobody can tell. */
export function goneState(
  { createdAt }: QueuedOp,
  stamp: Stamp | null,
): ServerState {
  return {
    fields: null,
    stamp,
    serverId: null,
    userId: null,
    createdAt,
    updatedAt: createdAt,
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

/** What an op is built on. */
export type BuiltOn = Pick<
  QueuedOp,
  "base" | "baseStamp" | "baseUpdatedAt" | "server"
>;

/**
 * What an edit is built on that its author made of `server`: the server's row, and of the counters, sets and one-way
 * fields that it edits the values that they were set on (`seen`), so that what it changes of them stays the same. A row
 * that is created continues none.
 */
export function buildOn(
  { rules }: TableDefinition,
  server: ServerState | null,
  edit: Pick<QueuedOp, "kind" | "fields">,
  seen: Fields | null,
): BuiltOn {
  const fields = server?.fields ?? null;
  const base =
    edit.kind === "create" || fields === null
      ? null
      : combiningOf(rules).withSeen(rules, fields, edit.fields, seen);
  return {
    base,
    baseStamp: server?.stamp ?? null,
    baseUpdatedAt: server?.updatedAt ?? null,
    // Where the base does not tell the server's row; and a delete leaves no row here to tell its ids and times.
    server: edit.kind === "update" && base === fields ? null : server,
  };
}

/** `op` built on the row that the server has now. */
export function rebase(
  op: QueuedOp,
  table: TableDefinition,
  server: ServerState,
): QueuedOp {
  return { ...op, ...buildOn(table, server, op, op.base) };
}

/** The state with other ops, and with the row that these show over `server`. */
export function show(
  state: RowState,
  ops: readonly QueuedOp[],
  server: ServerState | null,
): RowState {
  return { ...state, row: shownRow(state, pendingOf(ops), server), ops };
}

function shownRow(
  state: RowState,
  pending: readonly QueuedOp[],
  server: ServerState | null,
): StoredRow | null {
  const { table, row } = state;
  const last = pending.at(-1);
  if (last === undefined && !state.isReadable) return null;
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
    scopeId: state.scopeId,
    // An op of an earlier app does not tell.
    userId: server?.userId ?? row?.userId ?? state.userId,
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
  const start = lastStart(pending);
  const kind = pending[start]?.kind ?? "update";
  if (kind === "delete") return null;
  const ops = start > 0 ? pending.slice(start) : pending;
  const whole = ops.map((op) => ({ ...op, base: wholeBase(op.base) }));
  const { combineAll } = combiningOf(rules);
  const fields = Object.assign({}, ...ops.map((op) => op.fields)) as Fields;
  const shown = (below: Fields | null, base: Fields | null) =>
    pendingFields(policy, rules, below, { kind, fields, base }, whole);
  if (kind === "create") {
    const isGone = pending.slice(0, start).some((op) => op.kind === "delete");
    const below = isGone ? null : (server?.fields ?? null);
    return {
      ...shown(below, null),
      ...combineAll(rules, ops, below),
    };
  }
  const below = server?.fields ?? null;
  const base = whole.find((op) => op.base !== null)?.base ?? null;
  // The server deleted the row. Where no op remembers it either, nothing is left to show an edit on; the ops stay
  // among the issues.
  if (below === null && base === null) return null;
  return {
    ...shown(below, base),
    ...combineAll(rules, ops, below ?? base),
  };
}

/** Where the ops begin that make the row what it is: at the last one that creates or deletes it; -1 when all edit it. */
function lastStart(ops: readonly QueuedOp[]): number {
  let start = ops.length - 1;
  while (start >= 0 && ops[start]?.kind === "update") start -= 1;
  return start;
}

function statusOf(pending: readonly QueuedOp[]): RowSyncStatus {
  if (pending.some(({ state }) => state === "failed")) return "failed";
  if (pending.some(({ state }) => state === "conflict")) return "conflict";
  return pending.length > 0 ? "pending" : "synced";
}

/** The values of `row` in the fields of `edited`. */
export function valuesOf(row: Fields, edited: Fields): Fields {
  return Object.fromEntries(
    Object.entries(row).filter(([field]) => Object.hasOwn(edited, field)),
  );
}

/** `op` as it was read. */
export function isStored(op: QueuedOp): op is StoredOp {
  return op.seq !== null;
}
