// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { createOfflineHook, createOfflineRowHook } from "./useOfflineFirst";

/**
 * Live rows of `lists`, and the writes that the table allows: `create` and
 * `remove`.
 */
export const useLists = createOfflineHook("lists");

/**
 * The row of `lists` with a `clientId`, live; none for `null`. The writes are
 * the same.
 */
export const useList = createOfflineRowHook("lists");
