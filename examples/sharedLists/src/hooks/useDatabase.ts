// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import type { ReadDatabase } from "../db/database";
import { useSyncSession } from "./syncContext";

/**
 * Drizzle over this device's database, to read once: in a callback, for an export.
 * What a screen shows comes from the hooks of tables and from `useLiveQuery`. It
 * reads only: writes go through the hooks and the sync engine, because a row and
 * its entry in the queue become durable together or not at all.
 *
 * ```ts
 * const database = useDatabase();
 * const count = await database.$count(households);
 * ```
 */
export function useDatabase(): ReadDatabase {
  return useSyncSession().drizzle;
}
