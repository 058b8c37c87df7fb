// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { registry } from "../sync/TableRegistry";
import { offlineHooks } from "./createOfflineHooks";

const hooks = offlineHooks(registry);

/** Makes the hook of a table: live rows, and the writes that the table allows. */
export const createOfflineHook = hooks.createOfflineHook;

/** Makes the hook of a table for one of its rows. */
export const createOfflineRowHook = hooks.createOfflineRowHook;

/**
 * The sync engine with this project's tables, for writes that belong to no single
 * table's hook:
 *
 * ```ts
 * const sync = useOfflineFirst();
 * await sync.batch((tables) => {
 *   tables.lists.create({ … });
 * });
 * ```
 */
export const useOfflineFirst = hooks.useSync;
