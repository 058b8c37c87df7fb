// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import type { Engine } from "./engine";
import { leaveDeployment, leftBehind } from "./leaveDeployment";
import { fromTheStart, progressKey, type Session } from "./session";
import { isNamed, isOtherDeployment } from "./shared/epoch";
import { createStep, type Step } from "./step";

/**
 * Remembers the server's epoch. Another one than before is another history: versions of the old one mean nothing, so
 * everything is fetched again and pending ops forget which version they saw. The ops themselves stay; a batch in
 * flight is thereby sealed anew, and the server refuses it as it was. Ops of another deployment stay, too, but are not
 * sent. A deployment that has got its identity goes on with its history. Returns whether tables are fetched again.
 */
export async function restartTables(
  engine: Engine,
  session: Session,
  epoch: string,
): Promise<boolean> {
  const { epoch: known } = session;
  if (known === epoch) return false;
  const restart = known !== null && !isNamed(known, epoch);
  const isElsewhere = restart && isOtherDeployment(known, epoch);
  const step = createStep();
  step.metadata({ epoch });
  const restarted = restart ? session.feeds : [];
  for (const { key } of restarted)
    step.metadata({ [progressKey(key)]: JSON.stringify(fromTheStart) });
  const left = isElsewhere
    ? await leaveDeployment(engine, session, step)
    : null;
  if (restart && !isElsewhere) await forgetStamps(engine, step);
  await engine.commit(step);
  Object.assign(session, { epoch, ...left?.session });
  for (const { key } of restarted) session.progress.set(key, fromTheStart);
  for (const { opId } of left?.ops ?? []) engine.settle(opId, leftBehind);
  return restart;
}

async function forgetStamps(engine: Engine, step: Step): Promise<void> {
  for (const op of await engine.ports.store.readOps({}))
    step.replace(op, {
      ...op,
      baseStamp: null,
      server: op.server && { ...op.server, stamp: null },
    });
}
