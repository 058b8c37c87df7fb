// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import type { SystemReader, SystemWriter } from "./context";
import { deploymentOf, epochWith } from "./shared/epoch";
import { uuidV7 } from "./shared/ids";

/** The epoch of a deployment that was never written to. */
const firstEpoch = "1";

/**
 * Which history of which deployment the stamps belong to. A device that knows another history fetches everything again;
 * one that knows another deployment keeps back what it was about to send, too.
 */
export async function readEpoch(system: SystemReader): Promise<string> {
  const document = await system.query("syncEpochs").first();
  return document?.epoch ?? firstEpoch;
}

/**
 * `epoch`, which was just read, with the identity of this deployment: made here unless it has one. Random and not its
 * address, which may change. Called before anything is written, so that a deployment without one holds nothing.
 */
export async function nameDeployment(
  system: SystemWriter,
  epoch: string,
  now: number,
): Promise<string> {
  return deploymentOf(epoch) === null
    ? await store(system, epochWith(newIdentity(now), epoch))
    : epoch;
}

/** Databases of mutations that have done so: each is one mutation's own. */
const named = new WeakSet<SystemWriter>();

/** As `nameDeployment`, once a mutation, however many rows it makes. */
export async function nameDeploymentOnce(
  system: SystemWriter,
  now: number,
): Promise<void> {
  if (named.has(system)) return;
  named.add(system);
  await nameDeployment(system, await readEpoch(system), now);
}

/** Begins another history, after a backup was imported: what devices know of stamps no longer holds. `now` in ms. */
export async function writeEpoch(
  system: SystemWriter,
  now: number,
): Promise<string> {
  const deployment = deploymentOf(await readEpoch(system)) ?? newIdentity(now);
  return await store(system, epochWith(deployment, now.toString(36)));
}

function newIdentity(now: number): string {
  return uuidV7(now, crypto.getRandomValues(new Uint8Array(10)));
}

async function store(system: SystemWriter, epoch: string): Promise<string> {
  const document = await system.query("syncEpochs").first();
  if (document === null) await system.insert("syncEpochs", { epoch });
  else await system.patch("syncEpochs", document._id, { epoch });
  return epoch;
}
