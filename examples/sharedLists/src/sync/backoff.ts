// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

/** First wait, ms. */
const base = 1_000;
/** Longest wait, ms. */
const cap = 5 * 60_000;

/**
 * How long to wait after `failures` failures in a row, ms: anything between nothing and an exponentially growing
 * bound, so that devices which failed together do not return together. `random` is in [0, 1).
 */
export function backoffDelay(failures: number, random: number): number {
  return random * Math.min(cap, base * 2 ** Math.min(failures, 30));
}
