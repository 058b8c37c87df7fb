// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { checkedChanges, withinSize } from "./checkChanges";
import { rowOf } from "./batchBuilder";
import { copyValues } from "./copyValues";
import type { Engine } from "./engine";
import { feedKey } from "./feeds";
import type { OpState, StoredOp } from "./ports";
import { moveRows } from "./moveRows";
import type { QueuedOp, RowState } from "./rowState";
import type { Session } from "./session";
import { wholeBase } from "./shared/combining";
import type { Fields } from "./shared/protocol";
import { settledAs } from "./settledAs";
import { createStep, type Step } from "./step";
import { discard } from "./SyncQueue";
import { SyncError, type OpView } from "./types";
import { waitAgain } from "./waitAgain";

const issueStates = ["failed", "conflict", "superseded"] as const;

/** Failed, conflicting and superseded ops, oldest first. */
export async function listIssues(engine: Engine): Promise<readonly OpView[]> {
  await engine.load();
  const ops = await engine.ports.store.readOps({ states: issueStates });
  return ops.map((op) => ({
    opId: op.opId,
    table: op.table,
    clientId: op.clientId,
    scopeId: op.scopeId,
    kind: op.kind,
    state: op.state,
    mine: op.fields,
    base: wholeBase(op.base),
    theirs: theirsOf(op),
    code: op.code,
    message: op.message,
    attempts: op.attempts,
    createdAt: op.createdAt,
  }));
}

/** The row as the server has it, as far as the op tells. */
export function theirsOf({ server, base }: QueuedOp): Fields | null {
  return server ? server.fields : base;
}

/** A failed op waits again; with it, the others of its group whose tables are still there. */
export function retryOp(engine: Engine, opId: string): Promise<void> {
  return decide(engine, opId, {
    states: ["failed"],
    along: async (op) => {
      const others = await othersOf(engine, op);
      return others.filter(
        ({ state, table }) =>
          state === "failed" && engine.registry.tables[table],
      );
    },
    move: (state, op) => waitAgain(engine, state, op),
  });
}

/** Those of the op's group that failed, or wait for a person. */
async function othersOf(
  { ports }: Engine,
  { opId, group }: StoredOp,
): Promise<readonly StoredOp[]> {
  if (group === null) return [];
  const states = ["failed", "conflict"] as const;
  const ops = await ports.store.readOps({ states, groups: [group] });
  return ops.filter((op) => op.opId !== opId);
}

/** The rest of the op's group, once nothing but the op has kept it from landing. */
async function freedBy(
  engine: Engine,
  op: StoredOp,
): Promise<readonly StoredOp[]> {
  const others = await othersOf(engine, op);
  const isFree = others.every(
    (other) => other.code === "group" && canWait(engine, other),
  );
  return isFree ? others : [];
}

/** False where the table is gone, or where an op counts from a row of a scope that its user is not in. */
function canWait(
  { registry, session }: Engine,
  { table, scopeId, base }: StoredOp,
): boolean {
  if (!registry.tables[table]) return false;
  if (wholeBase(base) === base) return true;
  // Safe: asked within a turn.
  return (session as Session).progress.has(feedKey(table, scopeId));
}

/** Every failed op waits again, except those that cannot: they can be given up alone. */
export async function retryAll(engine: Engine): Promise<void> {
  await engine.turn(async () => {
    for (;;) {
      const all = await engine.ports.store.readOps({ states: ["failed"] });
      const failed = all.filter((op) => canWait(engine, op));
      if (failed.length === 0) return;
      // The first of each row: two of one row may become one.
      const firsts = new Map(
        [...failed].reverse().map((op) => [rowOf(op), op]),
      );
      await commitMoves(
        engine,
        createStep(),
        [...firsts.values()],
        (state, op) => waitAgain(engine, state, op),
      );
    }
  });
}

/** A failed op takes other values and waits again; with it, the rest of its group when nothing else is in the way. */
export async function editOp(
  engine: Engine,
  opId: string,
  changes: Fields,
): Promise<void> {
  const own = copyValues(changes);
  return decide(engine, opId, {
    states: ["failed"],
    move: (state, op, session) => {
      if (op.kind === "delete")
        throw new SyncError("not-allowed", "The end of a row has no values.");
      const known = { ...op.base, ...op.fields };
      const checked = checkedChanges(state.table, own, known);
      const clocks = Object.entries({ ...op.clocks });
      return withinSize(
        waitAgain(engine, state, op, {
          fields: { ...op.fields, ...checked },
          edited: engine.tick(session),
          // What is corrected was edited now.
          clocks:
            op.clocks &&
            Object.fromEntries(
              clocks.filter(([field]) => !Object.hasOwn(checked, field)),
            ),
        }),
      );
    },
  });
}

/** The row goes back to the server's newest; the op is gone, and the rest of its group goes without it. */
export function discardOp(engine: Engine, opId: string): Promise<void> {
  return decide(engine, opId, {
    states: ["waiting", "failed", "conflict", "superseded"],
    move: discard,
    isEnd: true,
  });
}

/** A superseded edit was seen. */
export function dismissOp(engine: Engine, opId: string): Promise<void> {
  return decide(engine, opId, {
    states: ["superseded"],
    move: discard,
    isEnd: true,
  });
}

/** Every op of the queue as JSON text. */
export async function exportQueue(engine: Engine): Promise<string> {
  await engine.load();
  const ops = await engine.ports.store.readOps({});
  return JSON.stringify({ userId: engine.userId, ops }, null, 2);
}

interface Decision {
  /** The op has to be in one of these. */
  readonly states: readonly OpState[];
  readonly move: (state: RowState, op: QueuedOp, session: Session) => RowState;
  /** Ops of the same group that wait again with it; those that it alone was in the way of unless given. */
  readonly along?: (op: StoredOp) => Promise<readonly StoredOp[]>;
  /** The op is gone afterwards, which also works where its table is gone. */
  readonly isEnd?: boolean;
}

/** Finds an op, and carries out what was decided about it, in one commit. */
export async function decide(
  engine: Engine,
  opId: string,
  decision: Decision,
): Promise<void> {
  const { states, move, isEnd = false } = decision;
  const { along = (op) => freedBy(engine, op) } = decision;
  await engine.turn(async (session) => {
    const [op] = await engine.ports.store.readOps({ opIds: [opId] });
    if (!op) throw new SyncError("not-found", "There is no such op.");
    if (!states.includes(op.state))
      throw new SyncError("not-allowed", `The op is ${op.state}.`);
    const isThere = engine.registry.tables[op.table] !== undefined;
    if (!isThere && !isEnd)
      throw new SyncError("not-allowed", `The table ${op.table} is gone.`);
    const step = createStep();
    if (!isThere) step.remove(op);
    const others = await along(op);
    const moved = isThere ? [op, ...others] : others;
    await commitMoves(engine, step, moved, (state, own) =>
      own.opId === opId
        ? move(state, own, session)
        : waitAgain(engine, state, own),
    );
    if (!isThere) engine.settle(opId, settledAs("discarded"));
  });
}

/** Adds to `step`, and commits, what `move` makes of the row of each of `ops`, no two of one row. */
async function commitMoves(
  engine: Engine,
  step: Step,
  ops: readonly StoredOp[],
  move: (state: RowState, op: QueuedOp) => RowState,
): Promise<void> {
  const gone = await moveRows(engine, ops, step, move);
  await engine.commit(step);
  for (const { opId, isTakenAlong } of gone)
    engine.settle(opId, settledAs(isTakenAlong ? "merged-away" : "discarded"));
}
