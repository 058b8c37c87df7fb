// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { keep, recreates, repeats, same, writeChanges } from "../decision";
import type { Policy } from "../policy";

/**
 * The device that syncs last wins, field by field.
 *
 * - **Wins**: the fields that the device changed. Fields that it did not change keep what others wrote meanwhile.
 *   An edit brings back a row that was deleted meanwhile; with `deletes: "win"` the row stays deleted.
 * - **Loses**: what others wrote to the same fields since the device last saw the row. Nobody is told.
 * - **Needs**: nothing; the order of arrival at the server decides, clocks are not looked at.
 * - **Choose it** when the person with the device in hand knows best: work in the field, stock counts, inspections.
 */
export const mobileWins: Policy = {
  name: "mobile-wins",
  pending: "field",
  fieldClocks: false,
  merge(input) {
    const { current, concurrent, rules } = input;
    if (repeats(input)) return same;
    const deletedMeanwhile = concurrent && current.deleted && !recreates(input);
    if (deletedMeanwhile && rules.options.deletes === "win") return keep;
    return writeChanges(input);
  },
};
