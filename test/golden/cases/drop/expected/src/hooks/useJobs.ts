// Written by sync-gen 0.1.0 from sync.config.ts (npx sync-gen generate).
// Do not edit, it is overwritten: edit sync.config.ts instead.

import { createOfflineHook } from "./useOfflineFirst";

/**
 * Live rows of `jobs`, and the writes that the table allows: `create`, `update`
 * and `remove`.
 */
export const useJobs = createOfflineHook("jobs");
