// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import type { OpState, ServerState } from "./ports";
import {
  goneState,
  newest,
  rebase,
  receivedState,
  serverState,
  show,
  valuesOf,
  type QueuedOp,
  type RowState,
} from "./rowState";
import { combiningOf, seenAfter } from "./shared/combining";
import { saysTheSame } from "./shared/decision";
import type { Fields, OpResult, RejectionCode, Stamp } from "./shared/protocol";
import { compareStamps } from "./shared/stamp";

/** The server answered `op`, which is one of the row's. `stamp`: of the rows that the call wrote. */
export function acknowledge(
  state: RowState,
  op: QueuedOp,
  result: OpResult,
  stamp: Stamp,
): RowState {
  const others = state.ops.filter((other) => other !== op);
  const known = serverState(state);
  const answered = result.isGone
    ? goneState(op, stamp)
    : result.row && receivedState(state.table, result.row, stamp);
  const server = newest(answered, known);
  const { outcome, code, message } = result;
  switch (outcome) {
    case "applied":
    case "merged": {
      const settled = answered ? server : assumed(state, op, known, stamp);
      // What this very call wrote: then a value of the op that is another now is what the server made of it, such as a
      // time that it did not believe.
      const isWritten = outcome === "applied" && result.row?.stamp === null;
      const rest = others.map((other) =>
        other.state === "superseded"
          ? other
          : buildBehind(state, { op, known, settled, isWritten }, other),
      );
      return show(state, rest, settled);
    }
    case "superseded":
    case "conflict":
    case "rejected": {
      const ended = endedState[outcome];
      const ops = state.ops.map((other) =>
        other === op
          ? {
              ...op,
              state: ended,
              // Answered: what is made of it now is another op.
              sealedBy: null,
              carriedBy: null,
              server,
              outcome,
              code,
              message,
            }
          : other.state === "superseded"
            ? other
            : {
                ...(outcome === "superseded"
                  ? buildOnLost(state, { op, known, server }, other)
                  : other),
                server,
              },
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

interface Answered {
  readonly op: QueuedOp;
  /** The server's row before and after the answer. */
  readonly known: ServerState | null;
  readonly settled: ServerState | null;
  /** The op decided the row that was answered, just now. */
  readonly isWritten: boolean;
}

/**
 * `other`, which was made while `op` was not answered, builds on the answer: what `op` did must not look like somebody
 * else's change. What somebody else did must: where the answered row holds that, `other` goes on from what its author
 * saw, with `op` in it, and the server decides between the two.
 */
function buildBehind(
  state: RowState,
  { op, known, settled, isWritten }: Answered,
  other: QueuedOp,
): QueuedOp {
  if (other.kind === "create") return { ...other, server: settled };
  // Behind a create, its values count from what the create made.
  const placed =
    other.base === null || !settled?.fields
      ? onTopOf(state, op, known, other)
      : other;
  const fields = settled?.fields;
  if (!fields) return { ...placed, server: settled };
  const { rules, policy } = state.table;
  const own = { ...placed.base, ...op.fields };
  const made = isWritten ? valuesOf(fields, op.fields) : {};
  const isOf = (row: Fields) => saysTheSame(rules, fields, { ...row, ...made });
  // What the op won as a whole was shown as a whole: what others had written is in neither.
  const isWhole =
    isWritten &&
    policy.pending !== "field" &&
    compareStamps(other.baseStamp, op.baseStamp) >= 0 &&
    isOf({ ...op.base, ...op.fields });
  if (isWhole || isOf(own)) return rebase(placed, state.table, settled);
  const { withSeen } = combiningOf(rules);
  const base = withSeen(rules, own, other.fields, placed.base);
  return { ...placed, base, server: settled };
}

/**
 * `other`, which was made on a row with `op` in it that has lost since: should it win the whole row, then the one that
 * its author saw. One that was made on what `op` lost to goes on from there, with the counters of `op` in it.
 */
function buildOnLost(
  state: RowState,
  lost: {
    readonly op: QueuedOp;
    readonly known: ServerState | null;
    readonly server: ServerState | null;
  },
  other: QueuedOp,
): QueuedOp {
  const { op, known, server } = lost;
  // A row that is made anew continues none.
  if (other.kind === "create") return other;
  if (other.base === null) return onTopOf(state, op, known, other);
  const { rules } = state.table;
  if (server?.fields && saysTheSame(rules, server.fields, other.base))
    return rebase(other, state.table, server);
  const seen = { ...other.base, ...op.fields };
  const { withSeen } = combiningOf(rules);
  return { ...other, base: withSeen(rules, seen, other.fields, other.base) };
}

/** `other` with the row as `op` made it below: all there is to go back to once the server has no such row. */
function onTopOf(
  state: RowState,
  op: QueuedOp,
  known: ServerState | null,
  other: QueuedOp,
): QueuedOp {
  const below = show(state, [op], known).row?.fields;
  if (below === undefined) return other;
  const { rules } = state.table;
  const { withSeen } = combiningOf(rules);
  const before = state.ops.slice(0, state.ops.indexOf(other));
  const seen = other.base ?? seenAfter(before, null);
  const base = withSeen(rules, below, other.fields, seen);
  return { ...other, base };
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
    userId: known?.userId ?? null,
    createdAt: known?.createdAt ?? op.createdAt,
    updatedAt: alone?.updatedAt ?? op.createdAt,
  };
}

/** A newer row of the server arrived while ops are pending: they stay on top of it. */
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
