// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import type { Engine } from "./engine";
import { fromTheStart, progressKey, type Session } from "./session";
import { unitOf } from "./nextBatch";
import { createStep } from "./step";
import { unseal } from "./SyncQueue";

/**
 * After an update of the app: brings every queued op to the schema that runs now, or marks it failed with the reason,
 * and has changed tables fetched again, because their new columns are empty. Continues where a crash interrupted it.
 *
 * A sealed op changes too; that its batch then has another content than one that may have arrived is what receipts
 * are for. What lands together with one that cannot be sent any more waits: under its own id, so that it takes effect
 * once even if it has arrived.
 */
export async function upgradeQueue(
  engine: Engine,
  session: Session,
): Promise<void> {
  const { schemaVersion, upgrades } = engine.registry;
  if (session.schemaVersion === schemaVersion) return;
  await upgradeSealed(engine);
  // A project without upgrades comes here when an update was rolled back: its ops stay as they are.
  await upgrades?.upgradeAll(engine);
  const step = createStep();
  step.metadata({ schemaVersion: String(schemaVersion) });
  const changed = upgrades?.changedTables(session.schemaVersion);
  for (const { key, table } of session.feeds) {
    if (!changed?.has(table.name)) continue;
    session.progress.set(key, fromTheStart);
    step.metadata({ [progressKey(key)]: JSON.stringify(fromTheStart) });
  }
  await engine.commit(step);
  session.schemaVersion = schemaVersion;
}

/** In one commit, so that of what lands together nothing is left in flight alone. */
async function upgradeSealed(engine: Engine): Promise<void> {
  const { registry, ports } = engine;
  const { tables, upgrades } = registry;
  const sealed = await ports.store.readOps({ states: ["sealed"] });
  const ops = sealed.map((op) => [op, upgrades?.upgrade(op) ?? op] as const);
  // Also ops of a newer version, from before the app was set back, whose answer would find no table here.
  const held = new Set(
    ops
      .map(([, op]) => op)
      .filter((op) => op.state === "failed" || !tables[op.table])
      .map(unitOf),
  );
  const step = createStep();
  for (const [before, op] of ops)
    step.replace(
      before,
      op.state === "sealed" && held.has(unitOf(op)) ? unseal(op) : op,
    );
  await engine.commit(step);
}
