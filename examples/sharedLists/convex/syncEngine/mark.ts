// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import type { SyncedDocument } from "./context";
import { positionOf } from "./page";
import type { Stamp } from "./shared/protocol";

/**
 * What the head says of a feed: another text than before whenever something changed. The newest stamp alone does not do:
 * the mark of a row that was deleted last is removed some day, and with it goes its stamp.
 */
export function markOf(
  newest: SyncedDocument | null,
  horizon: Stamp | undefined,
): string | null {
  const stamp = newest === null ? null : positionOf(newest).stamp;
  return horizon === undefined ? stamp : `${stamp ?? ""}/${horizon}`;
}
