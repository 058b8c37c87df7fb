// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import type { Doorbell } from "./doorbell";
import type { Engine } from "./engine";
import { BackendError, TakenOver } from "./ports";
import { ServerRefused } from "./ServerRefused";
import { createStep } from "./step";
import { pull } from "./SyncPull";
import { push } from "./SyncPush";

/**
 * One cycle: push, then pull. `"held"`: another tab or task syncs this database, and nothing was done. Throws what stood
 * in the way, and `TakenOver` when another runner came in between, or has left something to send. `isAsked`: the server is
 * asked what changed, and not taken at what it told by itself, which a connection may have swallowed.
 */
export function runCycle(
  engine: Engine,
  doorbell: Doorbell,
  isAsked: boolean,
): Promise<void | "held"> {
  return engine.ports.lease.run(async () => {
    const session = await engine.reload();
    await doorbell.ready(isAsked);
    const problem = await push(engine, session).then(() => null, asPushProblem);
    await pull(engine, session, isAsked);
    if (problem) throw problem;
    await rememberSuccess(engine);
    // What another runner left to send goes out now, and not with the next look at the clock.
    if (!engine.isCurrent(session)) throw new TakenOver();
  });
}

/** A push that comes too early, or at which the server throws, does not keep the device from fetching. */
function asPushProblem(cause: unknown): ServerRefused | BackendError {
  if (cause instanceof ServerRefused && cause.code === "rate-limited")
    return cause;
  if (cause instanceof BackendError && cause.kind === "server") return cause;
  throw cause;
}

async function rememberSuccess(engine: Engine): Promise<void> {
  const now = engine.now();
  const step = createStep();
  step.metadata({ lastSyncedAt: String(now) });
  await engine.turn(async (session) => {
    await engine.commit(step);
    session.lastSyncedAt = now;
  });
}
