// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { serverState, type RowState } from "./rowState";
import { saysTheSame } from "./shared/decision";
import { compareStamps } from "./shared/stamp";
import type { SeenRow } from "./shownRow";
import { recordWrite, type Recorded, type Write } from "./SyncQueue";

/**
 * Adds a write to its row that was decided on when the row was `seen`: as if it had been recorded then, and what came
 * from the server since had come afterwards.
 */
export function recordSeen(
  state: RowState,
  seen: SeenRow | null,
  write: Write,
): Recorded {
  if (seen === null) return recordWrite(state, write);
  const server = serverState(state);
  const { rules } = state.table;
  // Where both say the same, nothing of others is in between: this device put there what was seen.
  const isBehind =
    !!server?.fields &&
    compareStamps(seen.stamp, server.stamp) < 0 &&
    !saysTheSame(rules, server.fields, seen.fields);
  return recordWrite(state, {
    ...write,
    seen: seen.fields,
    madeOn: isBehind ? seen : null,
  });
}
