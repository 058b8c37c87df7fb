// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import type { HorizonDocument, SystemReader, SystemWriter } from "./context";
import { firstPosition, latestPosition, type Position } from "./positions";
import { stampFromBigint } from "./shared/stamp";

/**
 * The last of the user's tombstones that was removed from the Convex table `table`: a device whose cursor is before it
 * may have missed a delete, and has to fetch the table again.
 */
export async function readHorizon(
  system: SystemReader,
  userId: string,
  table: string,
): Promise<Position> {
  return placeOf(await findHorizon(system, userId, table));
}

/** Moves the horizon behind a tombstone that is removed in this mutation. It never moves back. */
export async function moveHorizon(
  system: SystemWriter,
  userId: string,
  table: string,
  removed: Position,
): Promise<void> {
  const horizon = await findHorizon(system, userId, table);
  const { stamp, clientId } = latestPosition(placeOf(horizon), removed);
  const changed = BigInt(stamp);
  if (horizon === null)
    await system.insert("syncHorizons", { userId, table, changed, clientId });
  else await system.patch("syncHorizons", horizon._id, { changed, clientId });
}

function placeOf(horizon: HorizonDocument | null): Position {
  return horizon === null
    ? firstPosition
    : { stamp: stampFromBigint(horizon.changed), clientId: horizon.clientId };
}

async function findHorizon(
  system: SystemReader,
  userId: string,
  table: string,
): Promise<HorizonDocument | null> {
  return await system
    .query("syncHorizons")
    .withIndex("by_user_and_table", (q) =>
      q.eq("userId", userId).eq("table", table),
    )
    .first();
}
