// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { acknowledge, fail } from "./answers";
import { clockOffset, type CallTimes } from "./clockOffset";
import { correctClock } from "./correctClock";
import type { Engine } from "./engine";
import { moveRows } from "./moveRows";
import { nextBatch, sealedOps, unitOf } from "./nextBatch";
import { findOrphans } from "./orphans";
import {
  BackendError,
  TakenOver,
  type PushAnswer,
  type StoredOp,
} from "./ports";
import { restartTables } from "./restartTables";
import type { QueuedOp, RowState } from "./rowState";
import {
  afterAnswer,
  afterThrow,
  beginCycle,
  halved,
  noSearch,
} from "./search";
import { ServerRefused } from "./ServerRefused";
import type { Session } from "./session";
import { hashOps } from "./shared/hash";
import type {
  OpResult,
  PushBatch,
  PushReply,
  RejectionCode,
} from "./shared/protocol";
import { settledAs } from "./settledAs";
import { createStep } from "./step";
import { requeue, toWire, unseal } from "./SyncQueue";
import { isPushReply, understood } from "./understood";

/** After so many throws of the server, the op that breaks the batch is searched for. */
const maxAttempts = 3;

type Answer = PushAnswer | BackendError;

/** By the device's clock, ms. */
interface PushTimes extends CallTimes {
  /** When the answer was asked for; a call that was given up may have handed the batch over before. */
  readonly askedAt: number;
}

/** A sealed batch, and what it was made from. */
interface InFlight {
  readonly batch: PushBatch;
  readonly session: Session;
  readonly ops: readonly StoredOp[];
}

/**
 * Sends what waits, batch by batch, until nothing can be sent. Throws a `BackendError` or `ServerRefused`, and
 * `TakenOver` when another runner of this database came in between.
 */
export async function push(engine: Engine, session: Session): Promise<void> {
  let before: Answer | null = null;
  session.search = beginCycle(session.search);
  while (engine.active) {
    if (!engine.isCurrent(session)) throw new TakenOver();
    const sent = await engine.turn(async (current): Promise<InFlight> => {
      const ops = await nextBatch(engine, current);
      return { ops, session: current, batch: batchOf(engine, current, ops) };
    });
    if (sent.ops.length === 0 && !sent.session.search.isProbing) return;
    const { clock } = engine.ports;
    const askedAt = clock.now();
    const answer = await send(engine, sent.batch);
    const { sentAt = askedAt } = answer instanceof BackendError ? {} : answer;
    const times = { askedAt, sentAt, receivedAt: clock.now() };
    if (isStaleAgain(before, answer))
      throw new BackendError("server", "The server takes no batch.");
    await engine.turn(async (current) => {
      const ops = await opsInFlight(engine, current, sent);
      if (ops !== null) await handle(engine, current, ops, answer, times);
    });
    before = answer;
  }
}

/** A renewed batch that is stale for the same reason: renewing it once more would not help. */
function isStaleAgain(before: Answer | null, answer: Answer): boolean {
  const statusOf = (of: Answer | null) =>
    of === null || of instanceof BackendError ? null : of.status;
  const status = statusOf(answer);
  return status?.startsWith("stale") === true && status === statusOf(before);
}

/** The ops that an answer is about, as they are now; `null` when another runner has handled the batch meanwhile. */
async function opsInFlight(
  engine: Engine,
  session: Session,
  sent: InFlight,
): Promise<readonly StoredOp[] | null> {
  if (session === sent.session) return sent.ops;
  const ops = await sealedOps(engine);
  const { deviceId, batchSeq, batchHash, epoch } = batchOf(
    engine,
    session,
    ops,
  );
  const { batch } = sent;
  const isSame =
    deviceId === batch.deviceId &&
    batchSeq === batch.batchSeq &&
    batchHash === batch.batchHash &&
    epoch === batch.epoch;
  return isSame ? ops : null;
}

async function handle(
  engine: Engine,
  session: Session,
  ops: readonly StoredOp[],
  answer: Answer,
  times: PushTimes,
): Promise<void> {
  if (answer instanceof BackendError)
    return handleThrow(engine, session, ops, answer);
  switch (answer.status) {
    case "ok":
      await handleResults(engine, session, ops, answer, times);
      session.search = afterAnswer(session.search);
      return correctClock(
        engine,
        session,
        answer.serverTime + (times.askedAt - times.sentAt),
      );
    case "stale-device":
      return renewDevice(engine, session, ops);
    case "stale-epoch":
      await restartTables(engine, session, answer.epoch);
      return;
    case "refused":
      if (answer.code !== "too-large")
        throw new ServerRefused(answer.code, answer.retryAfter);
      return handleTooLarge(engine, session, ops);
  }
}

function batchOf(
  engine: Engine,
  session: Session,
  ops: readonly StoredOp[],
): PushBatch {
  const wire = ops.map(toWire);
  return {
    deviceId: session.deviceId,
    forUser: engine.userId,
    // Safe: the doorbell was ready before anything is sent, and has told it.
    epoch: session.epoch as string,
    batchSeq: session.batchSeq + 1,
    batchHash: hashOps(wire),
    schemaVersion: engine.registry.schemaVersion,
    ops: wire,
  };
}

/** The server's answer, understood; a throw of the server is one too. */
async function send(engine: Engine, batch: PushBatch): Promise<Answer> {
  const answer = await ask(engine, batch);
  if (answer instanceof BackendError) return answer;
  const reply = understood(isPushReply, answer);
  if (reply.status === "ok" && !answersAll(batch, reply.results))
    return new BackendError("server", "The server left ops unanswered.");
  return reply;
}

async function ask(engine: Engine, batch: PushBatch): Promise<Answer> {
  try {
    return await engine.call(() => engine.ports.backend.push(batch));
  } catch (error) {
    if (error instanceof BackendError && error.kind === "server") return error;
    throw error;
  }
}

function answersAll(batch: PushBatch, results: readonly OpResult[]): boolean {
  const answered = new Set(results.map(({ opId }) => opId));
  return batch.ops.every(({ opId }) => answered.has(opId));
}

async function handleResults(
  engine: Engine,
  session: Session,
  ops: readonly StoredOp[],
  reply: Extract<PushReply, { status: "ok" }>,
  times: CallTimes,
): Promise<void> {
  const step = createStep();
  const results = new Map(reply.results.map((it) => [it.opId, it]));
  for (const opId of findOrphans(engine, ops, results)) results.delete(opId);
  // A copy of this device may hold an orphan, too; the attempt that this answer ends does not count any more.
  const upcoming = {
    deviceId: session.deviceId,
    batchSeq: session.batchSeq + 2,
  };
  const ended: QueuedOp[] = [];
  const gone = await moveRows(engine, ops, step, (state, op) => {
    const result = results.get(op.opId);
    return result
      ? redacted(engine, state, acknowledge(state, op, result, reply.stamp), {
          isSeen: result.row !== null,
          ended,
        })
      : requeue(state, op, op.opId, { carriedBy: op.carriedBy && upcoming });
  });
  const edits = reply.results.flatMap(({ row }) => row?.updatedAt ?? []);
  engine.witness(edits, reply.serverTime, step);
  const batchSeq = session.batchSeq + 1;
  const offset = clockOffset(session.clockOffset, reply.serverTime, times);
  step.metadata({
    batchSeq: String(batchSeq),
    clockOffset: String(offset),
  });
  await engine.commit(step);
  session.batchSeq = batchSeq;
  session.clockOffset = offset;
  for (const { opId } of gone)
    if (!results.has(opId)) engine.settle(opId, settledAs("merged-away"));
  settleEnded(engine, ended);
  if (ops.length > 0) report(engine, ops, results);
}

function report(
  engine: Engine,
  ops: readonly StoredOp[],
  results: ReadonlyMap<string, OpResult>,
): void {
  const tally = {
    applied: 0,
    merged: 0,
    superseded: 0,
    conflict: 0,
    rejected: 0,
  };
  for (const { opId, table } of ops) {
    const result = results.get(opId);
    if (!result) continue;
    const { outcome, code, message } = result;
    tally[outcome] += 1;
    if (outcome !== "applied" && outcome !== "rejected") {
      engine.stats.conflicts += 1;
      engine.emit("sync.conflict:action:detected", { table, opId, outcome });
    }
    engine.settle(opId, { outcome, code, message });
  }
  engine.stats.opsPushed += ops.length;
  const { conflict: conflicts, ...others } = tally;
  engine.emit("sync.push:action:after", {
    ops: ops.length,
    ...others,
    conflicts,
  });
}

/** The server threw, so nothing of the batch took effect. */
async function handleThrow(
  engine: Engine,
  session: Session,
  ops: readonly StoredOp[],
  error: BackendError,
): Promise<void> {
  const lastAttemptAt = engine.now();
  const step = createStep();
  const tried = ops.map((op) => {
    const attempts = op.attempts + 1;
    const after = { ...op, attempts, lastAttemptAt };
    step.replace(op, after);
    return after;
  });
  await engine.commit(step);
  const [unit, ...others] = unitsOf(tried);
  // An empty batch: the server takes nothing now, whatever it holds.
  if (unit === undefined) throw error;
  if (tried.every(({ attempts }) => attempts < maxAttempts)) throw error;
  const { isToBlame, search } = afterThrow(session.search, [unit, ...others]);
  if (isToBlame)
    await giveUp(engine, tried, "failed", "The server fails on this op.");
  else await unsealAll(engine, tried);
  session.search = search;
}

/** What is left of a row whose op was answered. Ops of it that are not to be sent any more are added to `ended`. */
function redacted(
  { registry }: Engine,
  before: RowState,
  after: RowState,
  { isSeen, ended }: { readonly isSeen: boolean; readonly ended: QueuedOp[] },
): RowState {
  const left = registry.scopes?.redact(before, after, isSeen) ?? after;
  const waited = new Set(
    after.ops.filter(({ state }) => state === "waiting").map(({ seq }) => seq),
  );
  for (const op of left.ops)
    if (op.state === "failed" && waited.has(op.seq)) ended.push(op);
  return left;
}

function settleEnded(engine: Engine, ended: readonly QueuedOp[]): void {
  for (const { opId, code, message } of ended)
    engine.settle(opId, { outcome: "rejected", code, message });
}

/** What cannot be halved is the op, or group of ops, to blame. */
async function handleTooLarge(
  engine: Engine,
  session: Session,
  ops: readonly StoredOp[],
): Promise<void> {
  const units = unitsOf(ops).length;
  if (units > 1) {
    await unsealAll(engine, ops);
    session.search = halved(session.search, units);
  } else {
    const message = "The server takes no op of this size.";
    await giveUp(engine, ops, "too-large", message);
    session.search = noSearch;
  }
}

function unitsOf(ops: readonly StoredOp[]): readonly string[] {
  return [...new Set(ops.map(unitOf))];
}

async function unsealAll(
  engine: Engine,
  ops: readonly StoredOp[],
): Promise<void> {
  const step = createStep();
  for (const op of ops) step.replace(op, unseal(op));
  await engine.commit(step);
}

async function giveUp(
  engine: Engine,
  ops: readonly StoredOp[],
  code: RejectionCode,
  message: string,
): Promise<void> {
  const step = createStep();
  const ended: QueuedOp[] = [];
  await moveRows(engine, ops, step, (state, op) =>
    redacted(engine, state, fail(state, op, code, message), {
      isSeen: false,
      ended,
    }),
  );
  await engine.commit(step);
  settleEnded(engine, ended);
  for (const { opId } of ops)
    engine.settle(opId, { outcome: "rejected", code, message });
}

/**
 * The server knows this device's numbering otherwise: a backup was restored, or the phone was cloned. The batch is
 * sent again under a new id; every op names the batch that carried it first, whose receipt tells whether it was applied.
 */
async function renewDevice(
  engine: Engine,
  session: Session,
  ops: readonly StoredOp[],
): Promise<void> {
  const deviceId = engine.newId();
  const step = createStep();
  const sealed = new Set(ops.map(({ opId }) => opId));
  const before = { deviceId: session.deviceId, batchSeq: session.batchSeq + 1 };
  // Also ops that were never sent from here: the phone that this is a copy of may have sent them.
  for (const op of await engine.ports.store.readOps({
    states: ["sealed", "waiting"],
  }))
    step.replace(op, {
      ...op,
      sealedBy: sealed.has(op.opId) ? { deviceId, batchSeq: 1 } : op.sealedBy,
      carriedBy: op.carriedBy ?? op.sealedBy ?? before,
    });
  step.metadata({ deviceId, batchSeq: "0" });
  await engine.commit(step);
  session.deviceId = deviceId;
  session.batchSeq = 0;
}
