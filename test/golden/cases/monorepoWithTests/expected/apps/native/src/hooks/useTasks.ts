// Written by sync-gen 0.1.0 from sync.config.ts (npx sync-gen generate).
// Do not edit, it is overwritten: edit sync.config.ts instead.

import { createOfflineHook, createOfflineRowHook } from "./useOfflineFirst";

/**
 * Live rows of `tasks`, and the writes that the table allows: `create`,
 * `update` and `remove`.
 */
export const useTasks = createOfflineHook("tasks");

/**
 * The row of `tasks` with a `clientId`, live; none for `null`. The writes are
 * the same.
 */
export const useTask = createOfflineRowHook("tasks");
