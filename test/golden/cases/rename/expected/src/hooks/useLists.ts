// Written by sync-gen 0.1.0 from sync.config.ts (npx sync-gen generate).
// Edit sync.config.ts instead: an edit here stays, and stops the run that would change this file.

import { createOfflineHook, createOfflineRowHook } from "./useOfflineFirst";

/**
 * Live rows of `lists`, and the writes that the table allows: `create`,
 * `update` and `remove`.
 */
export const useLists = createOfflineHook("lists");

/**
 * The row of `lists` with a `clientId`, live; none for `null`. The writes are
 * the same.
 */
export const useList = createOfflineRowHook("lists");
