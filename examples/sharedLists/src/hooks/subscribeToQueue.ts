// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import type { Sync, SyncStatus } from "../sync/types";

/** Calls when the queue may have changed: with a commit that touched it, or with the counts in the status. The result stops it. */
export function subscribeToQueue(sync: Sync, onChange: () => void): () => void {
  const stopRows = sync.onRowsChanged((tables) => {
    if (tables.has("sync_queue")) onChange();
  });
  let known = countsOf(sync.getStatus());
  const stopStatus = sync.subscribe(() => {
    const counts = countsOf(sync.getStatus());
    if (counts === known) return;
    known = counts;
    onChange();
  });
  return () => {
    stopRows();
    stopStatus();
  };
}

function countsOf(status: SyncStatus): string {
  const { pendingCount, failedCount, conflictCount, supersededCount } = status;
  return [pendingCount, failedCount, conflictCount, supersededCount].join();
}
