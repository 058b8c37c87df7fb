// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import type { Engine } from "./engine";
import type { OpName } from "./ports";
import type { RowState } from "./rowState";

/** The rows of `ops`, with all their ops; those of tables that are gone have none. */
export async function rowsOf(
  engine: Engine,
  ops: readonly OpName[],
): Promise<readonly RowState[]> {
  const states: RowState[] = [];
  for (const table of Object.values(engine.registry.tables)) {
    const own = ops.filter((op) => op.table === table.name);
    const clientIds = new Set(own.map(({ clientId }) => clientId));
    states.push(...(await engine.readStates(table, [...clientIds])));
  }
  return states;
}
