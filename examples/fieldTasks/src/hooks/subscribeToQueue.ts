// Written by sync-gen 0.1.0 from sync.config.ts (npx sync-gen generate).
// Do not edit, it is overwritten: edit sync.config.ts instead.

import type { Sync } from "../sync/types";

/** Calls when the queue may have changed: with a commit, or with the counts in the status. The result stops it. */
export function subscribeToQueue(sync: Sync, onChange: () => void): () => void {
  const stopRows = sync.onRowsChanged(onChange);
  const stopStatus = sync.subscribe(onChange);
  return () => {
    stopRows();
    stopStatus();
  };
}
