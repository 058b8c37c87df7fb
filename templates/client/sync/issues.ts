import { checkedChanges, withinSize } from "./checkChanges";
import { copyValues } from "./copyValues";
import type { Engine } from "./engine";
import type { OpState, StoredOp } from "./ports";
import { moveRows } from "./moveRows";
import { serverState, type QueuedOp, type RowState } from "./rowState";
import { completeFields } from "./shared/codec";
import { moveEdits } from "./shared/combine";
import type { Session } from "./session";
import type { Fields } from "./shared/protocol";
import { createStep } from "./step";
import { discard, requeue } from "./SyncQueue";
import { SyncError, type OpView, type Settled } from "./types";

const issueStates = ["failed", "conflict", "superseded"] as const;

/** Failed, conflicting and superseded ops, oldest first. */
export async function listIssues(engine: Engine): Promise<readonly OpView[]> {
  await engine.load();
  const ops = await engine.ports.store.readOps({ states: issueStates });
  return ops.map((op) => ({
    opId: op.opId,
    table: op.table,
    clientId: op.clientId,
    kind: op.kind,
    state: op.state,
    mine: op.fields,
    base: op.base,
    theirs: op.server ? op.server.fields : op.base,
    code: op.code,
    message: op.message,
    attempts: op.attempts,
    createdAt: op.createdAt,
  }));
}

/** A failed op waits again; with it, the others of its group whose tables are still there. */
export function retryOp(engine: Engine, opId: string): Promise<void> {
  return decide(
    engine,
    opId,
    ["failed"],
    async (op) => {
      const failed = await sendableAgain(engine);
      return failed.filter(
        (other) =>
          other.opId === opId ||
          (op.group !== null && other.group === op.group),
      );
    },
    (state, op) => requeue(state, op, engine.newId()),
  );
}

/** Every failed op waits again, except those whose tables are gone: they can be given up alone. */
export async function retryAll(engine: Engine): Promise<void> {
  await engine.load();
  for (const { opId } of await sendableAgain(engine))
    // One of a group takes the others along.
    await retryOp(engine, opId).catch((error: unknown) => {
      if (!(error instanceof SyncError && error.code === "not-found"))
        throw error;
    });
}

/** Failed ops of tables that are still there. */
async function sendableAgain(engine: Engine): Promise<readonly StoredOp[]> {
  const failed = await engine.ports.store.readOps({ states: ["failed"] });
  return failed.filter(({ table }) => engine.registry.tables[table]);
}

/** A failed op takes other values and waits again. */
export async function editOp(
  engine: Engine,
  opId: string,
  changes: Fields,
): Promise<void> {
  const own = copyValues(changes);
  return decide(engine, opId, ["failed"], only, (state, op, session) => {
    if (op.kind === "delete")
      throw new SyncError("not-allowed", "The end of a row has no values.");
    const known = { ...op.base, ...op.fields };
    const checked = checkedChanges(state.table, own, known);
    return withinSize(
      requeue(state, op, engine.newId(), {
        fields: { ...op.fields, ...checked },
        edited: engine.tick(session),
      }),
    );
  });
}

/** The row goes back to the server's newest; the op is gone. */
export function discardOp(engine: Engine, opId: string): Promise<void> {
  return decide(
    engine,
    opId,
    ["waiting", "failed", "conflict", "superseded"],
    only,
    discard,
  );
}

/** A conflict ends: the chosen values become an edit of the newest row, or nothing of this device does. */
export async function resolveOp(
  engine: Engine,
  opId: string,
  given: Fields | "mine" | "theirs",
): Promise<void> {
  const chosen = typeof given === "string" ? given : copyValues(given);
  return decide(engine, opId, ["conflict"], only, (state, op, session) => {
    if (chosen === "theirs") return discard(state, op);
    const server = serverState(state);
    const edited = engine.tick(session);
    const base = server?.fields ?? null;
    const baseStamp = server?.stamp ?? null;
    if (chosen === "mine" && op.kind === "delete")
      return requeue(state, op, engine.newId(), { base, baseStamp, edited });
    const values =
      chosen === "mine"
        ? moveEdits(state.table.rules, op.fields, op.base, base)
        : checkedChanges(state.table, chosen, { ...op.base, ...op.fields });
    // Nothing was chosen.
    if (base !== null && Object.keys(values).length === 0)
      return discard(state, op);
    // A row that the server deleted is created again, whole.
    const whole = completeFields(state.table.rules, { ...op.base, ...values });
    return withinSize(
      requeue(state, op, engine.newId(), {
        kind: base === null ? "create" : "update",
        fields: base === null ? whole : values,
        base,
        baseStamp,
        edited,
      }),
    );
  });
}

/** A superseded edit was seen. */
export function dismissOp(engine: Engine, opId: string): Promise<void> {
  return decide(engine, opId, ["superseded"], only, discard);
}

/** Every op of the queue as JSON text. */
export async function exportQueue(engine: Engine): Promise<string> {
  await engine.load();
  const ops = await engine.ports.store.readOps({});
  return JSON.stringify({ userId: engine.userId, ops }, null, 2);
}

const only = async (op: StoredOp): Promise<readonly StoredOp[]> => [op];

/** Finds an op, and moves its row, and those of the ops that go along, by `move`, in one commit. */
async function decide(
  engine: Engine,
  opId: string,
  states: readonly OpState[],
  along: (op: StoredOp) => Promise<readonly StoredOp[]>,
  move: (state: RowState, op: QueuedOp, session: Session) => RowState,
): Promise<void> {
  await engine.turn(async (session) => {
    const { store } = engine.ports;
    const [op] = await store.readOps({ opIds: [opId] });
    if (!op) throw new SyncError("not-found", "There is no such op.");
    if (!states.includes(op.state))
      throw new SyncError("not-allowed", `The op is ${op.state}.`);
    const step = createStep();
    if (!engine.registry.tables[op.table]) {
      if (move !== discard)
        throw new SyncError("not-allowed", `The table ${op.table} is gone.`);
      step.remove(op);
      await engine.commit(step);
      engine.settle(opId, discarded);
      return;
    }
    const removed: string[] = [];
    await moveRows(engine, await along(op), step, (before, own) => {
      const after = move(before, own, session);
      const kept = new Set(after.ops.map(({ seq }) => seq));
      for (const { seq, opId: id } of before.ops)
        if (!kept.has(seq)) removed.push(id);
      return after;
    });
    await engine.commit(step);
    for (const id of removed) engine.settle(id, discarded);
  });
}

const discarded: Settled = {
  outcome: "discarded",
  code: null,
  message: null,
};
