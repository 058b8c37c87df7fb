// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import type { HorizonDocument, SystemReader, SystemWriter } from "./context";
import type { Owner } from "./feed";
import { firstPosition, latestPosition, type Position } from "./positions";
import type { Stamp } from "./shared/protocol";
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

/** The stamps of the owner's horizons, by Convex table; of most tables there is none. */
export async function readHorizons(
  system: SystemReader,
  owner: Owner,
): Promise<ReadonlyMap<string, Stamp>> {
  const horizons = await horizonsOf(system, owner).collect();
  return new Map(
    horizons.map(({ table, changed }) => [table, stampFromBigint(changed)]),
  );
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
  return await horizonsOf(system, owner, table).first();
}

/** The owner's horizons; `table`: that of one Convex table. */
function horizonsOf(system: SystemReader, owner: Owner, table?: string) {
  const horizons = system.query("syncHorizons");
  return "scopeId" in owner
    ? horizons.withIndex("by_scope_and_table", (q) => {
        const own = q.eq("scopeId", owner.scopeId);
        return table === undefined ? own : own.eq("table", table);
      })
    : horizons.withIndex("by_user_and_table", (q) => {
        const own = q.eq("userId", owner.userId);
        return table === undefined ? own : own.eq("table", table);
      });
}
