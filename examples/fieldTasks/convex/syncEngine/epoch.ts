// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import type { SystemReader, SystemWriter } from "./context";

/** The epoch of a deployment that never began another. */
const firstEpoch = "1";

/** Which history of this deployment the stamps belong to. A device that knows another one fetches everything again. */
export async function readEpoch(system: SystemReader): Promise<string> {
  const document = await system.query("syncEpochs").first();
  return document?.epoch ?? firstEpoch;
}

/** Begins another history, after a backup was imported: what devices know of stamps no longer holds. `now` in ms. */
export async function writeEpoch(
  system: SystemWriter,
  now: number,
): Promise<string> {
  const epoch = now.toString(36);
  const document = await system.query("syncEpochs").first();
  if (document === null) await system.insert("syncEpochs", { epoch });
  else await system.patch("syncEpochs", document._id, { epoch });
  return epoch;
}
