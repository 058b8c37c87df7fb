// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { createOfflineHook, createOfflineRowHook } from "./useOfflineFirst";

/**
 * Live rows of `households`, and the writes that the table allows: `update`.
 */
export const useHouseholds = createOfflineHook("households");

/**
 * The row of `households` with a `clientId`, live; none for `null`. The writes
 * are the same.
 */
export const useHousehold = createOfflineRowHook("households");
