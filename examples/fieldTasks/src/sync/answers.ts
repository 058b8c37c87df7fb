// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import type { OpState, ServerState } from "./ports";
import {
  newest,
  rebase,
  receivedState,
  serverState,
  show,
  type QueuedOp,
  type RowState,
} from "./rowState";
import { moveEdits } from "./shared/combine";
import type { OpResult, RejectionCode, Stamp } from "./shared/protocol";

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
