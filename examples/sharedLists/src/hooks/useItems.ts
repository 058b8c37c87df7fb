// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { createOfflineHook, createOfflineRowHook } from "./useOfflineFirst";

/**
 * Live rows of `items`, and the writes that the table allows: `create`,
 * `update` and `remove`.
 */
export const useItems = createOfflineHook("items");

/**
 * The row of `items` with a `clientId`, live; none for `null`. The writes are
 * the same.
 */
export const useItem = createOfflineRowHook("items");
