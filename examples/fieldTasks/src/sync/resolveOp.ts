// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { checkedChanges, withinSize } from "./checkChanges";
import { copyValues } from "./copyValues";
import type { Engine } from "./engine";
import { decide, theirsOf } from "./issues";
import { buildOn, serverState, type QueuedOp, type RowState } from "./rowState";
import type { Session } from "./session";
import { completeFields, equalValues } from "./shared/codec";
import type { Fields } from "./shared/protocol";
import { discard } from "./SyncQueue";
import { SyncError, type OpView } from "./types";
import { waitAgain } from "./waitAgain";

/** A conflict ends: the chosen values become an edit of the newest row, or nothing of this device does. */
export async function resolveOp(
  engine: Engine,
  conflict: string | OpView,
  given: Fields | "mine" | "theirs",
): Promise<void> {
  const chosen = typeof given === "string" ? given : copyValues(given);
  const opId = typeof conflict === "string" ? conflict : conflict.opId;
  return decide(engine, opId, {
    states: ["conflict"],
    move: (state, op, session) => {
      if (chosen === "theirs") return discard(state, op);
      if (typeof conflict !== "string") checkSeen(op, conflict.theirs, chosen);
      return resolved(engine, session, state, op, chosen);
    },
  });
}

/** Nobody overwrites what they have not seen: the values that the choice is about are those that were shown. */
function checkSeen(
  op: QueuedOp,
  seen: Fields | null,
  chosen: Fields | "mine",
): void {
  const theirs = theirsOf(op);
  const names = new Set(
    Object.keys(
      op.kind === "delete"
        ? { ...seen, ...theirs }
        : { ...op.fields, ...(chosen === "mine" ? {} : chosen) },
    ),
  );
  const partOf = (row: Fields | null): Fields =>
    Object.fromEntries(
      Object.entries({ ...row }).filter(([name]) => names.has(name)),
    );
  if (!equalValues(partOf(seen), partOf(theirs)))
    throw new SyncError(
      "outdated",
      "The other version has changed since it was shown.",
    );
}

function resolved(
  engine: Engine,
  session: Session,
  state: RowState,
  op: QueuedOp,
  chosen: Fields | "mine",
): RowState {
  const server = serverState(state);
  const edited = engine.tick(session);
  const base = server?.fields ?? null;
  if (chosen === "mine" && op.kind === "delete")
    return waitAgain(engine, state, op, {
      ...buildOn(state.table, server, op, null),
      edited,
    });
  const values =
    chosen === "mine"
      ? op.fields
      : checkedChanges(state.table, chosen, { ...op.base, ...op.fields });
  // Nothing was chosen.
  if (base !== null && Object.keys(values).length === 0)
    return discard(state, op);
  // A row that the server deleted is created again, whole.
  const whole = completeFields(state.table.rules, { ...op.base, ...values });
  const edit: Pick<QueuedOp, "kind" | "fields"> =
    base === null
      ? { kind: "create", fields: whole }
      : { kind: "update", fields: values };
  // What was typed is to be the value; what was edited before stays the edit that it was.
  const seen = chosen === "mine" ? op.base : null;
  return withinSize(
    waitAgain(engine, state, op, {
      ...edit,
      ...buildOn(state.table, server, edit, seen),
      edited,
    }),
  );
}
