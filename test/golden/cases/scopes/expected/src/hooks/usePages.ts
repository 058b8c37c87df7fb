// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { createOfflineHook, createOfflineRowHook } from "./useOfflineFirst";

/**
 * Live rows of `pages`, and the writes that the table allows: `create`,
 * `update` and `remove`.
 */
export const usePages = createOfflineHook("pages");

/**
 * The row of `pages` with a `clientId`, live; none for `null`. The writes are
 * the same.
 */
export const usePage = createOfflineRowHook("pages");
