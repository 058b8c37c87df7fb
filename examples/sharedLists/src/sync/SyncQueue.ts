// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import type { ServerState } from "./ports";
import {
  buildOn,
  opsBefore,
  pendingOps,
  serverState,
  show,
  valuesOf,
  type QueuedOp,
  type RowState,
} from "./rowState";
import { isLostTogether } from "./lostTogether";
import { combiningOf, seenAfter } from "./shared/combining";
import { combines } from "./shared/decision";
import { coalesce } from "./shared/merge";
import type { Fields, Hlc, Op, OpKind } from "./shared/protocol";
import { compareStamps } from "./shared/stamp";

/** A write of the app, checked and complete. */
export interface Write {
  readonly opId: string;
  readonly kind: OpKind;
  readonly fields: Fields;
  /** The row that the values were set on, where that is not the one that is shown. */
  readonly seen?: Fields | null;
  /** The row that its author saw, where the server's is a newer one. */
  readonly madeOn?: ServerState | null;
  readonly edited: Hlc;
  readonly group: string | null;
  readonly userId: string;
  readonly schemaVersion: number;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** What recording a write came to; `opId` is the op that now stands for it. */
export interface Recorded {
  readonly state: RowState;
  readonly opId: string | null;
}

/**
 * Adds a write to its row. It joins the op that waits already, so that the queue grows with rows touched and not with
 * edits made; never one that was sent before, whose content the server may have seen.
 */
export function recordWrite(state: RowState, write: Write): Recorded {
  const last = pendingOps(state).at(-1);
  const seen = write.seen ?? state.row?.fields ?? null;
  const edit: Edit = {
    kind: write.kind,
    fields: write.fields,
    base: seen,
    clocks: clocksOf(state, write),
    edited: write.edited,
  };
  const server = serverState(state);
  const { madeOn = null } = write;
  if (
    last &&
    takesEdits(state, last) &&
    // What another version of the app wrote may have other names.
    last.schemaVersion === write.schemaVersion &&
    landsWith(last, write.group) &&
    canJoin(state, last, edit, server) &&
    // It would count as made by somebody who had seen what that one is built on.
    !(madeOn && compareStamps(madeOn.stamp, last.baseStamp) < 0)
  )
    return joinWaiting(state, last, edit);
  const builtOn = buildOn(state.table, madeOn ?? server, write, seen);
  const op: QueuedOp = {
    seq: null,
    opId: write.opId,
    table: state.table.name,
    clientId: state.clientId,
    scopeId: state.scopeId,
    kind: write.kind,
    fields: builtOn.base === null ? onTop(state, edit) : write.fields,
    ...builtOn,
    server: madeOn ? server : builtOn.server,
    edited: write.edited,
    clocks: edit.clocks,
    schemaVersion: write.schemaVersion,
    // One ungrouped op a row may wait; behind an op with a group, the next one needs a group of its own.
    group: write.group ?? (hasWaiting(state) ? write.opId : null),
    userId: write.userId,
    state: "waiting",
    sealedBy: null,
    carriedBy: null,
    attempts: 0,
    lastAttemptAt: null,
    outcome: null,
    code: null,
    message: null,
    createdAt: write.now,
  };
  return {
    state: show(state, [...state.ops, op], server),
    opId: op.opId,
  };
}

/**
 * The values of an edit without a base, of which the counters, sets and one-way fields count from what is shown: that is
 * what the ops before it make.
 */
function onTop({ row, table }: RowState, edit: Edit): Fields {
  if (row === null || edit.kind !== "update") return edit.fields;
  const { combineFields } = combiningOf(table.rules);
  const combined = combineFields(table.rules, edit, row.fields);
  return { ...edit.fields, ...valuesOf(combined, edit.fields) };
}

/** An edit that may join an op; `base` is the row that its values were set on. */
type Edit = Pick<QueuedOp, "kind" | "fields" | "base" | "clocks" | "edited">;

function joinWaiting(state: RowState, waiting: QueuedOp, edit: Edit): Recorded {
  const server = serverState(state);
  const joined = withEdit(state, waiting, server, edit);
  const ops = [...state.ops.filter((op) => op !== waiting), ...joined];
  return {
    state: show(state, ops, server),
    opId: joined.length > 0 ? waiting.opId : null,
  };
}

/** `op` with a later edit of its row in it; none when nothing of both is left to send. */
function withEdit(
  state: RowState,
  op: QueuedOp,
  server: ServerState | null,
  edit: Edit,
): readonly QueuedOp[] {
  const { table } = state;
  const { kind, fields, clocks, edited } = edit;
  const anew = { ...op, kind, fields, clocks, edited };
  if (kind === "create" && op.kind === "update")
    // The row is gone: it is made anew and not edited.
    return [{ ...anew, ...buildOn(table, server, edit, null) }];
  const both =
    op.kind === "delete" || kind === "delete"
      ? { fields, base: op.base }
      : combiningOf(table.rules).joinEdits(table.rules, op, edit);
  const joined = coalesce(table.policy, op, {
    kind,
    fields: both.fields,
    clocks,
  });
  if (joined !== "cancelled") {
    // Behind another delete, the row is gone by then: it is made anew and not edited.
    const isAnew = op.kind === "delete" && isBehindDelete(state, op);
    return [
      {
        ...op,
        ...joined,
        ...(isAnew ? { kind, base: null } : { base: both.base }),
        edited,
        server:
          op.server ??
          (kind === "delete" || both.base !== op.base ? server : null),
      },
    ];
  }
  // By its natural key, the row came from elsewhere meanwhile, or what is in flight brings it back: it is to be deleted.
  if (!server?.fields && !isBehindFlight(state, op)) return [];
  return [{ ...anew, ...buildOn(table, server, edit, null) }];
}

function isBehindDelete(state: RowState, op: QueuedOp): boolean {
  return opsBefore(state, op).at(-1)?.kind === "delete";
}

/** What was sent of the row, and not answered, may leave one. */
function isBehindFlight(state: RowState, op: QueuedOp): boolean {
  return (
    opsBefore(state, op).some((other) => other.state === "sealed") &&
    !isBehindDelete(state, op)
  );
}

/** True for an op whose content no server can have seen. */
function takesEdits({ recordedBefore }: RowState, op: QueuedOp): boolean {
  return (
    op.state === "waiting" &&
    op.sealedBy === null &&
    op.carriedBy === null &&
    (op.seq === null || op.seq > recordedBefore)
  );
}

/**
 * A new row says what it holds, and not what it changes: of counters, sets and one-way fields, it continues none. So
 * an edit of these is an op of its own where the key of the new row turned out to be there already, also behind an edit
 * that was made before, and so is the new row itself behind the delete that makes room for it.
 */
function canJoin(
  state: RowState,
  op: QueuedOp,
  edit: Edit,
  server: ServerState | null,
): boolean {
  const { rules } = state.table;
  const isNextToNew =
    op.kind === "delete"
      ? edit.kind === "create" && !isBehindDelete(state, op)
      : op.base === null && edit.kind === "update" && !!server?.fields;
  const isRefused =
    isNextToNew &&
    Object.keys(edit.fields).some((field) => combines(rules, field));
  return !isRefused && !isLostTogether(state, op, edit, server);
}

/** An op that is a group of its own takes edits like one without a group. */
function landsWith(op: QueuedOp, group: string | null): boolean {
  return op.group === group || (group === null && op.group === op.opId);
}

function hasWaiting(state: RowState): boolean {
  return state.ops.some((op) => op.state === "waiting" && op.group === null);
}

function clocksOf(state: RowState, write: Write): QueuedOp["clocks"] {
  if (!state.table.policy.fieldClocks) return null;
  return Object.fromEntries(
    Object.keys(write.fields).map((field) => [field, write.edited]),
  );
}

/**
 * `op`, which is one of the row's, waits again: as a new op, because the server's answer to the old one counts. Where it
 * was sent and never answered, it stays the same op and says who carried it, because it may have taken effect.
 * `change` is what a person made of it, or who may have carried it.
 */
export function requeue(
  state: RowState,
  op: QueuedOp,
  newId: string,
  change: Partial<
    Pick<
      QueuedOp,
      | "kind"
      | "fields"
      | "base"
      | "baseStamp"
      | "baseUpdatedAt"
      | "server"
      | "edited"
      | "clocks"
      | "carriedBy"
    >
  > = {},
): RowState {
  const position = state.ops.indexOf(op);
  const changed = { ...op, ...change };
  const { carriedBy = op.carriedBy ?? op.sealedBy } = change;
  const opId = carriedBy === null ? newId : op.opId;
  const again: QueuedOp = {
    ...changed,
    opId,
    state: "waiting",
    clocks:
      changed.clocks &&
      Object.fromEntries(
        Object.keys(changed.fields).map((field) => [
          field,
          changed.clocks?.[field] ?? changed.edited,
        ]),
      ),
    sealedBy: null,
    carriedBy,
    attempts: 0,
    lastAttemptAt: null,
    outcome: null,
    code: null,
    message: null,
  };
  const server = serverState(state);
  const next = state.ops[position + 1];
  if (
    next &&
    // What may have taken effect is asked for as it was.
    carriedBy === null &&
    next.group === again.group &&
    // What another version of the app wrote may have other names.
    next.schemaVersion === again.schemaVersion &&
    takesEdits(state, next) &&
    // It would count as made by somebody who had seen what that one is built on.
    compareStamps(next.baseStamp, op.baseStamp) >= 0 &&
    canJoin(state, again, next, server)
  ) {
    // One op a row may wait: what was written since joins what waits again.
    const before = [...state.ops.slice(0, position), again];
    const base = next.base ?? seenAfter(before, null);
    const joined = withEdit(state, again, server, { ...next, base });
    const others = state.ops.filter((other) => other !== op && other !== next);
    return show(state, insert(others, position, joined), server);
  }
  const others = state.ops.filter((other) => other !== op);
  if (again.group === null && hasWaiting({ ...state, ops: others }))
    return show(
      state,
      insert(others, position, [{ ...again, group: opId }]),
      server,
    );
  return show(state, insert(others, position, [again]), server);
}

function insert(
  ops: readonly QueuedOp[],
  position: number,
  inserted: readonly QueuedOp[],
): readonly QueuedOp[] {
  return [...ops.slice(0, position), ...inserted, ...ops.slice(position)];
}

/**
 * `op`, which is one of the row's, is given up: the row goes back to the server's, below what else is pending. Where the server never had the
 * row, everything that was written to it goes too.
 */
export function discard(state: RowState, op: QueuedOp): RowState {
  const server = serverState(state);
  const others = state.ops.filter((other) => other !== op);
  const gone =
    op.kind === "create" && !server?.fields && op.state !== "superseded";
  const ops = gone
    ? others.filter((other) => other.state === "superseded")
    : others;
  return show(state, ops, server);
}

/** The op as it travels. */
export function toWire(op: QueuedOp): Op {
  return {
    opId: op.opId,
    table: op.table,
    ...(op.scopeId === null ? {} : { scopeId: op.scopeId }),
    clientId: op.clientId,
    kind: op.kind,
    fields: op.fields,
    base: op.base,
    baseStamp: op.baseStamp,
    edited: op.edited,
    clocks: op.clocks,
    schemaVersion: op.schemaVersion,
    group: op.group,
    carriedBy: op.carriedBy,
  };
}

/** An op that left its batch unanswered: it waits, but takes no further edits, because an earlier sending may still arrive. */
export function unseal<Op extends QueuedOp>(op: Op): Op {
  return { ...op, state: "waiting", group: op.group ?? op.opId };
}
