// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { receive } from "./answers";
import { pendingOps, serverState, show, type RowState } from "./rowState";
import { saysTheSame } from "./shared/decision";
import { compareStamps } from "./shared/stamp";
import type { SeenRow } from "./shownRow";
import { recordWrite, type Recorded, type Write } from "./SyncQueue";

/**
 * Adds a write to its row that was decided on when the row was `seen`: as if it had been recorded then, and what came
 * from the server since had come afterwards. Behind other ops of this device, which say themselves what they are built
 * on, only its counters, sets and one-way fields count from what was seen.
 */
export function recordSeen(
  state: RowState,
  seen: SeenRow | null,
  write: Write,
): Recorded {
  if (seen === null) return recordWrite(state, write);
  const server = serverState(state);
  if (pendingOps(state).length > 0 || !server?.fields)
    return recordWrite(state, { ...write, seen: seen.fields });
  const { rules } = state.table;
  // Where both say the same, nothing of others is in between: this device put there what was seen.
  const isBehind =
    compareStamps(seen.stamp, server.stamp) < 0 &&
    !saysTheSame(rules, server.fields, seen.fields);
  if (!isBehind) return recordWrite(state, { ...write, seen: seen.fields });
  const recorded = recordWrite(show(state, state.ops, seen), write);
  return { ...recorded, state: receive(recorded.state, server) };
}
