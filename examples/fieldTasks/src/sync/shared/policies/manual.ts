// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { overwritesNothing, repeats, same, writeChanges } from "../decision";
import type { Policy } from "../policy";

/**
 * A person decides. Nothing is overwritten by itself.
 *
 * - **Wins**: nobody, until someone chooses. The device keeps three versions: the row before the edit, its own, and the
 *   server's newest. An edit of a deleted row, and a delete of an edited one, are conflicts, too.
 * - **Loses**: nothing. What is chosen becomes an edit of the newest row and may meet yet another change.
 * - **Needs**: a screen where people choose (`useConflicts`).
 * - **Choose it** when both versions are work that no rule can weigh: documents, reports, medical notes.
 */
export const manual: Policy = {
  name: "manual",
  pending: "row",
  fieldClocks: false,
  merge(input) {
    if (repeats(input)) return same;
    return overwritesNothing(input)
      ? writeChanges(input)
      : { kind: "conflict" };
  },
};
