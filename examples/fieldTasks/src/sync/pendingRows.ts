// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import type { Engine } from "./engine";
import { pendingStates, type RowState } from "./rowState";
import type { TableDefinition } from "./registry";

/** The rows of a table that ops are pending on. */
export async function pendingRows(
  engine: Engine,
  table: TableDefinition,
): Promise<readonly RowState[]> {
  const ops = await engine.ports.store.readOpNames({
    table: table.name,
    states: pendingStates,
  });
  const ids = new Set(ops.map(({ clientId }) => clientId));
  return engine.readStates(table, [...ids]);
}
