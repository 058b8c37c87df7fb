// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import type { Settled } from "./types";

/** What became of a write, where no reason comes with it. */
export function settledAs(outcome: Settled["outcome"]): Settled {
  return { outcome, code: null, message: null };
}
