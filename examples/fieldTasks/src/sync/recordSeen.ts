// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { receive } from "./answers";
import type { ServerState, StoredRow } from "./ports";
import { pendingOps, serverState, show, type RowState } from "./rowState";
import { moveEdits } from "./shared/combine";
import { compareStamps } from "./shared/stamp";
import { recordWrite, type Recorded, type Write } from "./SyncQueue";

/**
 * Adds a write to its row that was decided on when the row was `seen`: as if it had been recorded then, and what came
 * from the server since had come afterwards. Behind other ops of this device, which say themselves what they are built
 * on, its values alone are moved on.
 */
export function recordSeen(
  state: RowState,
  seen: ServerState | null,
  write: Write,
): Recorded {
  if (seen === null) return recordWrite(state, write);
  const server = serverState(state);
  const isBehind =
    server !== null && compareStamps(seen.stamp, server.stamp) < 0;
  if (isBehind && seen.stamp !== null && pendingOps(state).length === 0) {
    const recorded = recordWrite(show(state, state.ops, seen), write);
    return { ...recorded, state: receive(recorded.state, server) };
  }
  const { rules } = state.table;
  // Safe: an edit of a row that is not there was refused before.
  const shown = state.row as StoredRow;
  const fields = moveEdits(rules, write.fields, seen.fields, shown.fields);
  return recordWrite(state, { ...write, fields });
}
