import type { Settled } from "./types";

/** What became of a write, where no reason comes with it. */
export function settledAs(outcome: Settled["outcome"]): Settled {
  return { outcome, code: null, message: null };
}
