// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import NetInfo, { type NetInfoState } from "@react-native-community/netinfo";
import type { Network } from "./ports";

/** The device's connectivity, by NetInfo. */
export interface NetworkMonitor extends Network {
  /** Stops listening to NetInfo. */
  readonly stop: () => void;
}

/** Starts to watch connectivity; counts as online until NetInfo says otherwise. */
export function createNetworkMonitor(): NetworkMonitor {
  const listeners = new Set<(online: boolean) => void>();
  let online = true;
  const stop = NetInfo.addEventListener((state) => {
    const next = isUsable(state);
    if (next === online) return;
    online = next;
    for (const listener of [...listeners]) listener(online);
  });
  return {
    isOnline: () => online,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    stop,
  };
}

/**
 * Unknown counts as usable: trying costs little, waiting for ever costs the user's trust. That NetInfo finds no internet
 * does not count: it asks a server that some networks block, and a server in the house needs none. That it does find it
 * counts: Android calls a network that it cannot name, such as one over USB, not connected.
 */
function isUsable({ isConnected, isInternetReachable }: NetInfoState): boolean {
  return isConnected !== false || isInternetReachable === true;
}
