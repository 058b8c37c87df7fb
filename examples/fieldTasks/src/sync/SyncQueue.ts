// Written by sync-gen 0.1.0 from sync.config.ts (npx sync-gen generate).
// Do not edit, it is overwritten: edit sync.config.ts instead.

import type { OpState, ServerState } from "./ports";
import {
  newest,
  pendingOps,
  rebase,
  receivedState,
  serverState,
  show,
  type QueuedOp,
  type RowState,
} from "./rowState";
import { moveEdits } from "./shared/combine";
import { coalesce } from "./shared/merge";
import type {
  Fields,
  Hlc,
  Op,
  OpKind,
  OpResult,
  RejectionCode,
  Stamp,
} from "./shared/protocol";

/** A write of the app, checked and complete. */
export interface Write {
  readonly opId: string;
  readonly kind: OpKind;
  readonly fields: Fields;
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
 * edits made; never one that was sent before, whose content the server may have seen (I3).
 */
export function recordWrite(state: RowState, write: Write): Recorded {
  const last = pendingOps(state).at(-1);
  if (last && takesEdits(state, last) && landsWith(last, write.group))
    return joinWaiting(state, last, write);
  const server = serverState(state);
  const op: QueuedOp = {
    seq: null,
    opId: write.opId,
    table: state.table.name,
    clientId: state.clientId,
    kind: write.kind,
    fields: moveEdits(
      state.table.rules,
      write.fields,
      state.row?.fields ?? null,
      server?.fields ?? null,
    ),
    base: server?.fields ?? null,
    baseStamp: server?.stamp ?? null,
    baseUpdatedAt: server?.updatedAt ?? null,
    edited: write.edited,
    clocks: clocksOf(state, write),
    schemaVersion: write.schemaVersion,
    // One ungrouped op a row may wait; behind an op with a group, the next one needs a group of its own.
    group: write.group ?? (hasWaiting(state) ? write.opId : null),
    userId: write.userId,
    state: "waiting",
    // A deleted row is not there any more to tell the rest of the server's state.
    server: write.kind === "delete" ? server : null,
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

function joinWaiting(
  state: RowState,
  waiting: QueuedOp,
  write: Write,
): Recorded {
  const server = serverState(state);
  const joined = withEdit(state, waiting, server, {
    kind: write.kind,
    fields: moveEdits(
      state.table.rules,
      write.fields,
      state.row?.fields ?? null,
      { ...(waiting.base ?? state.row?.fields), ...waiting.fields },
    ),
    clocks: clocksOf(state, write),
    edited: write.edited,
  });
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
  edit: Pick<QueuedOp, "kind" | "fields" | "clocks" | "edited">,
): readonly QueuedOp[] {
  const { edited, ...edits } = edit;
  const joined = coalesce(state.table.policy, op, edits);
  const below = op.server ?? (edits.kind === "delete" ? server : null);
  if (joined !== "cancelled") {
    // Behind another delete, the row is gone by then: it is made anew and not edited.
    const kind =
      op.kind === "delete" && isBehindDelete(state, op)
        ? edits.kind
        : joined.kind;
    return [{ ...op, ...joined, kind, edited, server: below }];
  }
  if (!server?.fields) return [];
  // By its natural key, the row came from elsewhere meanwhile: that one is to be deleted.
  const { fields: base, stamp: baseStamp } = server;
  return [{ ...op, ...edits, edited, base, baseStamp, server: below }];
}

function isBehindDelete(state: RowState, op: QueuedOp): boolean {
  const pending = pendingOps(state);
  const position = pending.findIndex(({ seq }) => seq === op.seq);
  return pending[position - 1]?.kind === "delete";
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

/** The server answered `op`, which is one of the row's. `stamp`: of the rows that the call wrote. */
export function acknowledge(
  state: RowState,
  op: QueuedOp,
  result: OpResult,
  stamp: Stamp,
): RowState {
  const others = state.ops.filter((other) => other !== op);
  const known = serverState(state);
  const answered = result.row && receivedState(state.table, result.row, stamp);
  const server = newest(answered, known);
  const { outcome, code, message } = result;
  switch (outcome) {
    case "applied":
    case "merged": {
      const settled = answered ? server : assumed(state, op, known, stamp);
      // An edit made since builds on this answer: it must not look like somebody else's change.
      const rest = others.map((other) =>
        other.state === "superseded"
          ? other
          : settled?.fields
            ? rebase(
                // Behind a create, its values count from what the create made.
                other.base === null ? onTopOf(state, op, known, other) : other,
                state.table,
                settled.fields,
                settled,
              )
            : { ...onTopOf(state, op, known, other), server: settled },
      );
      return show(state, rest, settled);
    }
    case "superseded":
    case "conflict":
    case "rejected": {
      const ended = endedState[outcome];
      const ops = state.ops.map((other) =>
        other === op
          ? { ...op, state: ended, server, outcome, code, message }
          : other.state === "superseded"
            ? other
            : outcome === "superseded" && other.base === null
              ? { ...onTopOf(state, op, known, other), server }
              : { ...other, server },
      );
      return show(state, ops, server);
    }
  }
}

const endedState = {
  superseded: "superseded",
  conflict: "conflict",
  rejected: "failed",
} as const satisfies Record<string, OpState>;

/**
 * `other` with the row as `op` made it below: all there is to go back to once the server has no such row. Its values
 * were set on what the ops in between had made of that row.
 */
function onTopOf(
  state: RowState,
  op: QueuedOp,
  known: ServerState | null,
  other: QueuedOp,
): QueuedOp {
  const below = show(state, [op], known).row?.fields;
  if (below === undefined) return other;
  const { ops } = state;
  const between = ops.slice(ops.indexOf(op) + 1, ops.indexOf(other));
  const seen = show(state, [op, ...between], known).row?.fields ?? below;
  const { rules } = state.table;
  const fields = moveEdits(rules, other.fields, other.base ?? seen, below);
  return { ...other, fields, base: below };
}

/** The server accepted `op` without showing the row: it is what the op made of it, until a pull tells more. */
function assumed(
  state: RowState,
  op: QueuedOp,
  known: ServerState | null,
  stamp: Stamp,
): ServerState {
  const alone = show(state, [op], known).row;
  return {
    fields: alone?.fields ?? null,
    // Not the call's own: the receipt of an earlier call may have answered.
    stamp: alone === null ? stamp : (known?.stamp ?? null),
    serverId: known?.serverId ?? null,
    createdAt: known?.createdAt ?? op.createdAt,
    updatedAt: alone?.updatedAt ?? op.createdAt,
  };
}

/** A newer row of the server arrived while ops are pending: they stay on top of it (I7, I8). */
export function receive(state: RowState, server: ServerState): RowState {
  const known = newest(server, serverState(state));
  const ops = state.ops.map((op) =>
    op.state === "superseded" ? op : { ...op, server: known },
  );
  return show(state, ops, known);
}

/** `op`, which is one of the row's, cannot be sent on: it stays, with its reason. */
export function fail(
  state: RowState,
  op: QueuedOp,
  code: RejectionCode,
  message: string,
): RowState {
  const ops = state.ops.map((other): QueuedOp =>
    other === op
      ? { ...op, state: "failed", outcome: "rejected", code, message }
      : other,
  );
  return show(state, ops, serverState(state));
}

/**
 * `op`, which is one of the row's, waits again, as a new op: the server answered the old one.
 * `change` is what a person made of it.
 */
export function requeue(
  state: RowState,
  op: QueuedOp,
  newId: string,
  change: Partial<
    Pick<
      QueuedOp,
      "kind" | "fields" | "base" | "baseStamp" | "edited" | "carriedBy"
    >
  > = {},
): RowState {
  const position = state.ops.indexOf(op);
  const changed = { ...op, ...change };
  const again: QueuedOp = {
    ...changed,
    opId: newId,
    state: "waiting",
    clocks:
      op.clocks &&
      Object.fromEntries(
        Object.keys(changed.fields).map((field) => [
          field,
          op.clocks?.[field] ?? changed.edited,
        ]),
      ),
    sealedBy: null,
    carriedBy: change.carriedBy ?? null,
    attempts: 0,
    lastAttemptAt: null,
    outcome: null,
    code: null,
    message: null,
  };
  const server = serverState(state);
  const next = state.ops[position + 1];
  if (next && takesEdits(state, next) && next.group === again.group) {
    // One op a row may wait: what was written since joins what waits again.
    const joined = withEdit(state, again, server, {
      kind: next.kind,
      fields: moveEdits(
        state.table.rules,
        next.fields,
        next.base,
        next.base && { ...next.base, ...again.fields },
      ),
      clocks: next.clocks,
      edited: next.edited,
    });
    const others = state.ops.filter((other) => other !== op && other !== next);
    return show(state, insert(others, position, joined), server);
  }
  const others = state.ops.filter((other) => other !== op);
  if (again.group === null && hasWaiting({ ...state, ops: others }))
    return show(
      state,
      insert(others, position, [{ ...again, group: newId }]),
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
    clientId: op.clientId,
    kind: op.kind,
    fields: op.fields,
    base: op.base,
    baseStamp: op.baseStamp,
    edited: op.edited,
    clocks: op.clocks,
    schemaVersion: op.schemaVersion,
    group: op.group,
    sealedBy: op.carriedBy,
  };
}

/** An op that left its batch unanswered: it waits, but takes no further edits, because an earlier sending may still arrive. */
export function unseal<Op extends QueuedOp>(op: Op): Op {
  return { ...op, state: "waiting", group: op.group ?? op.opId };
}
