// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import type { Engine } from "./engine";
import { pendingRows } from "./pendingRows";
import type { StoredOp } from "./ports";
import { serverState, show, type QueuedOp, type RowState } from "./rowState";
import { noSearch } from "./search";
import type { Session } from "./session";
import type { RejectionCode } from "./shared/protocol";
import type { Step } from "./step";

const code: RejectionCode = "other-deployment";

/** What becomes of an op that was on its way to the deployment that is left. */
export const leftBehind = {
  outcome: "rejected",
  code,
  message:
    "This change was made while the app was connected to another server.",
} as const;

/** What holds once the step is committed. */
interface Left {
  readonly ops: readonly StoredOp[];
  readonly session: Partial<Session>;
}

/**
 * Adds to `step` that the server is another deployment than the one that this database knows. It is another device to
 * that one, whose first download begins. What came from the former goes at once, so that nobody edits it here. What
 * was on its way there is not sent here, where it may change what its author never saw: it fails, and a person may
 * send it all the same.
 */
export async function leaveDeployment(
  engine: Engine,
  session: Session,
  step: Step,
): Promise<Left> {
  const { tables } = engine.registry;
  for (const table of Object.values(tables)) {
    const all = { table: table.name, scopeId: null };
    step.rows({ kind: "forget-versions", ...all });
    step.rows({ kind: "delete-unversioned", ...all });
    for (const state of await pendingRows(engine, { table, scopeId: null }))
      step.move(state, leave(state));
  }
  const ops = await engine.ports.store.readOps({
    states: ["waiting", "sealed"],
  });
  for (const op of ops) if (!tables[op.table]) step.replace(op, leaveOp(op));
  const deviceId = engine.newId();
  // Who is in no scope may have nothing to download.
  const initialSyncComplete = session.feeds.length === 0;
  const initialSync = initialSyncComplete ? "complete" : null;
  step.metadata({ deviceId, batchSeq: "0", initialSync, rows: null });
  const search = noSearch;
  return {
    ops,
    session: { deviceId, batchSeq: 0, initialSyncComplete, rows: 0, search },
  };
}

/** As far as is known, the server has no such row. */
function leave(state: RowState): RowState {
  const known = serverState(state);
  const none = { fields: null, stamp: null, serverId: null };
  const server = known && { ...known, ...none };
  const ops = state.ops.map((op) =>
    op.state === "superseded" ? op : { ...leaveOp(op), server },
  );
  return show(state, ops, server);
}

function leaveOp<Op extends QueuedOp>(op: Op): Op {
  const isOnItsWay = op.state === "waiting" || op.state === "sealed";
  const failed = { state: "failed", ...leftBehind } as const;
  return { ...op, baseStamp: null, ...(isOnItsWay ? failed : {}) };
}
