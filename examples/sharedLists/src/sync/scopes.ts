// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import type { Engine } from "./engine";
import { countAgain } from "./countAgain";
import { feedsOf, type Feed } from "./feeds";
import { createLiveScopes } from "./liveScopes";
import type { ScopeParts, TableDefinition, Values } from "./registry";
import {
  goneState,
  serverState,
  show,
  type QueuedOp,
  type RowState,
} from "./rowState";
import {
  fromTheStart,
  hasEverything,
  progressKey,
  type Session,
} from "./session";
import { combiningOf } from "./shared/combining";
import type { Head, RejectionCode, Scope } from "./shared/protocol";
import { isOtherDeployment } from "./shared/epoch";
import { isScopeId, scopeIdRule } from "./shared/scopeId";
import { createStep, type Step } from "./step";
import { SyncError } from "./types";

const code: RejectionCode = "no-access";

/** What becomes of an op that waits when its user is taken out of the scope. */
const shutOut = {
  outcome: "rejected",
  code,
  message: "You are not in this scope any more.",
} as const;

/** What the engine does for rows that several people share. */
export const scopeParts: ScopeParts = {
  place,
  checkWrite,
  redact,
  countAgain,
  told,
  adopt,
  live: createLiveScopes,
};

function place(
  table: TableDefinition,
  values: Values,
): ReturnType<ScopeParts["place"]> {
  if (table.rules.scope === undefined) return { scopeId: null, values };
  const { scopeId, ...others } = values;
  if (isScopeId(scopeId)) return { scopeId, values: others };
  const field = `${table.name}.scopeId`;
  throw new SyncError(
    "invalid-value",
    `${field}: a new row needs the id of the ${table.rules.scope} that it is in, ${scopeIdRule}`,
    { field },
  );
}

/** Into a scope that this device has not heard of, anybody may write: it may have been made a moment ago. */
function checkWrite({ scopes }: Session, { table, scopeId }: RowState): void {
  const { scope } = table.rules;
  const known = scopes?.find(
    (it) => it.scope === scope && it.scopeId === scopeId,
  );
  if (known?.access === "read")
    throw new SyncError(
      "no-access",
      `You may read this ${known.scope}, and change nothing in it.`,
    );
}

/**
 * An answer that was on its way when the scope was left shows what is not to be seen any more. What waits behind it, and
 * was made on that, is not sent without: it fails, as what waits when a scope is left.
 */
function redact(before: RowState, after: RowState, isSeen: boolean): RowState {
  const isLeft = serverState(before)?.fields === null;
  const isKept = after.isReadable || (isSeen && !isLeft);
  if (isKept) return after;
  const ops = after.ops.map((op): QueuedOp =>
    op.state === "waiting" && op.base !== null
      ? { ...op, state: "failed", ...shutOut }
      : op,
  );
  return forgetOthers(after, ops);
}

/** A server that knows of no scopes takes nobody out of any: it was set back, and what it cannot tell is as it was. */
function told(session: Session, head: Head): readonly Scope[] | null {
  const { scopes: known, epoch } = session;
  const isElsewhere = epoch !== null && isOtherDeployment(epoch, head.epoch);
  const { scopes: given = (isElsewhere ? null : known) ?? [] } = head;
  const scopes = inOrder(given);
  return JSON.stringify(scopes) === JSON.stringify(known) ? null : scopes;
}

async function adopt(
  engine: Engine,
  session: Session,
  scopes: readonly Scope[],
): Promise<void> {
  const { registry } = engine;
  const feeds = feedsOf(registry, scopes);
  const progress = new Map(
    feeds.map(({ key }) => [key, session.progress.get(key) ?? fromTheStart]),
  );
  const initialSyncComplete =
    session.initialSyncComplete ||
    hasEverything(registry, { scopes, progress });
  const step = createStep();
  step.metadata({
    scopes: JSON.stringify(scopes),
    ...(initialSyncComplete ? { initialSync: "complete" } : {}),
  });
  const failed: QueuedOp[] = [];
  for (const feed of session.feeds)
    if (!progress.has(feed.key))
      failed.push(...(await leave(engine, feed, step)));
  await engine.commit(step);
  Object.assign(session, { scopes, feeds, progress, initialSyncComplete });
  for (const { opId } of failed) engine.settle(opId, shutOut);
  // Once more: whoever listens to the commit still finds the former scopes.
  engine.changed.emit();
}

/** Each scope once, always in the same order. */
function inOrder(given: readonly Scope[]): readonly Scope[] {
  const scopes = new Map(
    given.map(({ scope, scopeId, access }) => [
      `${scope} ${scopeId}`,
      { scope, scopeId, access },
    ]),
  );
  return [...scopes]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, scope]) => scope);
}

/**
 * Adds to `step` that the user is out of the scope. What came from it goes at once. What was to be sent there fails, and
 * a person may try it again once they are back; what is in flight waits for its answer. Resolves with the ops that fail.
 */
async function leave(
  engine: Engine,
  { key, table, scopeId }: Feed,
  step: Step,
): Promise<readonly QueuedOp[]> {
  const rows = { table: table.name, scopeId };
  step.metadata({ [progressKey(key)]: null });
  step.rows({ kind: "forget-versions", ...rows });
  step.rows({ kind: "delete-unversioned", ...rows });
  const ops = await engine.ports.store.readOpNames(rows);
  const clientIds = new Set(ops.map(({ clientId }) => clientId));
  const failed: QueuedOp[] = [];
  for (const state of await engine.readStates(table, [...clientIds])) {
    const left = state.ops.map((op): QueuedOp => {
      if (op.state !== "waiting" && op.state !== "conflict") return op;
      failed.push(op);
      return { ...op, state: "failed", ...shutOut };
    });
    step.move(state, forgetOthers(state, left));
  }
  return failed;
}

/** The row as `ops` alone make it: nothing that others wrote is shown, or kept but for what is in flight. */
function forgetOthers(state: RowState, ops: readonly QueuedOp[]): RowState {
  const without = (op: QueuedOp) => withoutBase(state, op);
  const own = ops.map(without);
  const left = { ...state, row: null, ops: own };
  const { row } = show(left, own, serverState(left));
  const kept = ops.map((op) => {
    const alone = without(op);
    return op.state === "sealed" ? { ...op, server: alone.server } : alone;
  });
  return { ...left, row, ops: kept };
}

/** The op without what it is built on, as if the server had no such row; what it counts from is its author's. */
function withoutBase({ table }: RowState, op: QueuedOp): QueuedOp {
  const { rules } = table;
  const base = combiningOf(rules).countedFrom(rules, op);
  return {
    ...op,
    base,
    baseStamp: null,
    baseUpdatedAt: null,
    server: goneState(op, null),
  };
}
