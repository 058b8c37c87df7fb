// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { useSync } from "./syncContext";
import { useSyncExternalStore } from "react";

/** Whether the device is believed to have a connection. */
export interface NetworkStatus {
  readonly isOnline: boolean;
}

/** The connection as the sync engine sees it; renders again only when it comes or goes. */
export function useNetworkStatus(): NetworkStatus {
  const sync = useSync();
  const isOnline = useSyncExternalStore(
    sync.subscribe,
    () => sync.getStatus().online,
    () => true,
  );
  return { isOnline };
}
