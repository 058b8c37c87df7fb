import { isLater, keep, winsByTime, writeRow } from "../decision";
import type { Policy } from "../policy";

/**
 * The edit with the higher hybrid logical clock wins the row.
 *
 * - **Wins**: the higher clock reading, whenever it reaches the server. A device's clock moves past every change that it
 *   has seen, so an edit that knew of another one wins over it even when the device's time is behind. A delete beats
 *   every edit with a lower reading; an edit with a higher one brings the row back.
 * - **Loses**: the lower edit, all of it, also fields that the higher one did not touch. An edit that is already too low
 *   when it arrives is shown once as superseded; one that was applied and is overtaken later is not.
 * - **Needs**: a clock that survives restarts, which the engine keeps. It never runs more than 5 minutes ahead of the
 *   server; equal readings are decided by the larger op id.
 * - **Choose it** over `last-write-wins` when several people edit the same rows and cause must come before effect.
 */
export const hlcWins: Policy = {
  name: "hlc",
  pending: "row",
  fieldClocks: false,
  merge(input) {
    const later = isLater(input.op, input.current);
    return winsByTime(input, later) ? writeRow(input) : keep;
  },
};
