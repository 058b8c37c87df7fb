// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import type { Engine } from "./engine";
import { fromTheStart, progressKey, type Session } from "./session";
import { createStep } from "./step";

/**
 * Remembers the server's epoch. Another one than before is another history: versions of the old one mean nothing, so
 * every table is fetched again and pending ops forget which version they saw. The ops themselves stay; a batch in
 * flight is thereby sealed anew, and the server refuses it as it was. Returns whether that happened.
 */
export async function restartTables(
  engine: Engine,
  session: Session,
  epoch: string,
): Promise<boolean> {
  if (session.epoch === epoch) return false;
  const restart = session.epoch !== null;
  const step = createStep();
  step.metadata({ epoch });
  if (restart) {
    for (const name of session.tables.keys())
      step.metadata({ [progressKey(name)]: JSON.stringify(fromTheStart) });
    for (const op of await engine.ports.store.readOps({}))
      step.replace(op, {
        ...op,
        baseStamp: null,
        server: op.server && { ...op.server, stamp: null },
      });
  }
  await engine.commit(step);
  session.epoch = epoch;
  if (restart)
    for (const name of session.tables.keys())
      session.tables.set(name, fromTheStart);
  return restart;
}
