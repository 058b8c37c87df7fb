// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import type { Engine } from "./engine";
import type { Feed } from "./feeds";
import { pendingStates, type RowState } from "./rowState";

/** The rows of a feed that ops are pending on; `scopeId: null`: those of all scopes. */
export async function pendingRows(
  engine: Engine,
  { table, scopeId }: Pick<Feed, "table" | "scopeId">,
): Promise<readonly RowState[]> {
  const ops = await engine.ports.store.readOpNames({
    table: table.name,
    scopeId,
    states: pendingStates,
  });
  const ids = new Set(ops.map(({ clientId }) => clientId));
  return engine.readStates(table, [...ids]);
}
