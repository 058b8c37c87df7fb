// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import {
  keep,
  overwritesNothing,
  repeats,
  same,
  writeChanges,
} from "../decision";
import type { Policy } from "../policy";

/**
 * Whoever reaches the server first wins; an edit that did not see the server's row has no effect.
 *
 * - **Wins**: the server's row, whoever wrote it and whatever it says, a delete included.
 * - **Loses**: the device's whole edit, when anything in the row changed since the device last saw it. The edit is kept on
 *   the device as superseded until it was seen.
 * - **Needs**: nothing; no clock is looked at.
 * - **Choose it** when the server's data is authoritative and an edit made on stale data is worse than a lost edit:
 *   prices, schedules, anything that staff maintain on the web.
 */
export const serverWins: Policy = {
  name: "server-wins",
  pending: "row",
  fieldClocks: false,
  merge(input) {
    if (repeats(input)) return same;
    return overwritesNothing(input) ? writeChanges(input) : keep;
  },
};
