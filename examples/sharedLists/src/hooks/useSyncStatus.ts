// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { useSyncExternalStore } from "react";
import type { SyncStatus } from "../sync/types";
import { useSync } from "./syncContext";

/** What the sync is doing; renders again whenever that changes. */
export function useSyncStatus(): SyncStatus {
  const sync = useSync();
  return useSyncExternalStore(sync.subscribe, sync.getStatus, sync.getStatus);
}
