// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { momentOf } from "../clock";
import { keep, winsByTime, writeRow } from "../decision";
import type { CurrentRow, IncomingOp, Policy } from "../policy";

/**
 * The edit that was made last wins the row.
 *
 * - **Wins**: the later edit time, in milliseconds, whenever it reaches the server. Within one millisecond, the edit
 *   that its device counted higher, so that of two of one device the later wins; then the larger op id. It wins the
 *   whole row as its device saw it. A delete is an edit like any other: a later edit brings the row back.
 * - **Loses**: the earlier edit, all of it, also fields that the later one did not touch. An edit that is already too
 *   old when it arrives is shown once as superseded; one that was applied and is overtaken later is not.
 * - **Needs**: device clocks that are roughly right. They are corrected by the server's time, and a time more than
 *   5 minutes ahead of the server's counts as 5 minutes ahead.
 * - **Choose it** for settings, notes and profiles of one person on several devices, edited one at a time.
 */
export const lastWriteWins: Policy = {
  name: "last-write-wins",
  pending: "row",
  fieldClocks: false,
  merge(input) {
    const later = isLater(input.op, input.current);
    return winsByTime(input, later) ? writeRow(input) : keep;
  },
};

function isLater(op: IncomingOp, current: CurrentRow): boolean {
  const [mine, theirs] = [momentOf(op.edited), momentOf(current.edited)];
  return mine === theirs ? op.opId > (current.opId ?? "") : mine > theirs;
}
