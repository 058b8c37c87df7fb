// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import type { HorizonDocument, SystemReader, SystemWriter } from "./context";
import type { Owner } from "./feed";
import { firstPosition, latestPosition, type Position } from "./positions";
import { stampFromBigint } from "./shared/stamp";

/**
 * The last of the owner's tombstones that was removed from the Convex table `table`: a device whose cursor is before it
 * may have missed a delete, and has to fetch these rows again.
 */
export async function readHorizon(
  system: SystemReader,
  owner: Owner,
  table: string,
): Promise<Position> {
  return placeOf(await findHorizon(system, owner, table));
}

/** Moves the horizon behind a tombstone that is removed in this mutation. It never moves back. */
export async function moveHorizon(
  system: SystemWriter,
  owner: Owner,
  table: string,
  removed: Position,
): Promise<void> {
  const horizon = await findHorizon(system, owner, table);
  const { stamp, clientId } = latestPosition(placeOf(horizon), removed);
  const changed = BigInt(stamp);
  if (horizon === null)
    await system.insert("syncHorizons", { ...owner, table, changed, clientId });
  else await system.patch("syncHorizons", horizon._id, { changed, clientId });
}

function placeOf(horizon: HorizonDocument | null): Position {
  return horizon === null
    ? firstPosition
    : { stamp: stampFromBigint(horizon.changed), clientId: horizon.clientId };
}

async function findHorizon(
  system: SystemReader,
  owner: Owner,
  table: string,
): Promise<HorizonDocument | null> {
  const horizons = system.query("syncHorizons");
  const found =
    "scopeId" in owner
      ? horizons.withIndex("by_scope_and_table", (q) =>
          q.eq("scopeId", owner.scopeId).eq("table", table),
        )
      : horizons.withIndex("by_user_and_table", (q) =>
          q.eq("userId", owner.userId).eq("table", table),
        );
  return await found.first();
}
