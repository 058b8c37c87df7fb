// Written by sync-gen 0.1.0 from sync.config.ts (npx sync-gen generate).
// Do not edit, it is overwritten: edit sync.config.ts instead.

import { createOfflineHook, createOfflineRowHook } from "./useOfflineFirst";

/**
 * Live rows of `contacts`, and the writes that the table allows: `create`,
 * `update` and `remove`.
 */
export const useContacts = createOfflineHook("contacts");

/**
 * The row of `contacts` with a `clientId`, live; none for `null`. The writes
 * are the same.
 */
export const useContact = createOfflineRowHook("contacts");
