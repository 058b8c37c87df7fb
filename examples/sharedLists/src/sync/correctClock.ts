// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { nodeOf } from "./deviceClock";
import type { Engine } from "./engine";
import type { StoredOp } from "./ports";
import { rowsOf } from "./rowsOf";
import { serverState, show, type QueuedOp } from "./rowState";
import type { Session } from "./session";
import { hlcAt, hlcTime, maxDrift, tickHlc } from "./shared/clock";
import type { Hlc } from "./shared/protocol";
import { createStep } from "./step";

/**
 * Takes a clock back that a wrong wall clock once set far ahead of `serverTime` (ms), and with it the ops that are
 * still here. Nobody else has seen those readings: whoever receives one believes it by `maxDrift` at most. Without
 * this, each later edit of this device would be `maxDrift` ahead, and win over edits made after it.
 */
export async function correctClock(
  engine: Engine,
  session: Session,
  serverTime: number,
): Promise<void> {
  const latest = serverTime + maxDrift;
  const isAhead = (reading: Hlc) => hlcTime(reading) > latest;
  if (session.hlc === null || !isAhead(session.hlc)) return;
  const ops = (await engine.ports.store.readOps({})).filter((op) =>
    readingsOf(op).some(isAhead),
  );
  const wrong = new Set(ops.flatMap(readingsOf).filter(isAhead));
  const corrected = new Map<Hlc, Hlc>();
  const node = nodeOf(session);
  let hlc = hlcAt(latest, node);
  // In the order that they had: so no two are equal, and edits stay in the order made.
  for (const reading of [...wrong].sort()) {
    hlc = tickHlc(hlc, latest, node);
    corrected.set(reading, hlc);
  }
  const step = createStep();
  for (const state of await rowsOf(engine, ops)) {
    const own = state.ops.map((op) => withReadings(op, corrected));
    step.move(state, show(state, own, serverState(state)));
  }
  // Ops of tables that are gone have no row.
  for (const op of ops)
    if (!engine.registry.tables[op.table])
      step.replace(op, withReadings(op, corrected));
  step.metadata({ hlc });
  await engine.commit(step);
  session.hlc = hlc;
}

function readingsOf({ edited, clocks }: StoredOp): Hlc[] {
  return [edited, ...Object.values(clocks ?? {})];
}

function withReadings<Op extends QueuedOp>(
  op: Op,
  corrected: ReadonlyMap<Hlc, Hlc>,
): Op {
  const read = (reading: Hlc) => corrected.get(reading) ?? reading;
  return {
    ...op,
    edited: read(op.edited),
    clocks:
      op.clocks &&
      Object.fromEntries(
        Object.entries(op.clocks).map(([field, reading]) => [
          field,
          read(reading),
        ]),
      ),
  };
}
