import type { SQLiteTable } from "drizzle-orm/sqlite-core";

/**
 * The engine's own tables, `templates/client/db/syncTables.ts`, by name with the fingerprint of their snapshot. They are
 * written down so that a run that changes nothing loads neither Drizzle nor drizzle-kit; a test compares them with the file
 * and prints the new value when the file changed. A changed fingerprint gives every project a migration.
 */
export const systemTableFingerprints: Readonly<Record<string, string>> = {
  sync_queue: "b3f8fa8b1fdb7f93",
  sync_metadata: "5a92909ceec89b67",
};

/** The Drizzle tables themselves, loaded by the call. */
export async function loadSystemTables(): Promise<Record<string, SQLiteTable>> {
  const { syncMetadata, syncQueue } = await import("../../../../templates/client/db/syncTables");
  return { syncQueue, syncMetadata };
}
