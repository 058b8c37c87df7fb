// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { drizzle } from "drizzle-orm/sqlite-proxy";
import type { SqlDriver } from "../sync/ports";
import type { ReadDatabase } from "./database";

/**
 * Drizzle over the engine's own driver: reads take their turn among its commits, and a statement is prepared once,
 * while `drizzle-orm/expo-sqlite` prepares one per query and never releases it.
 */
export function createReadDatabase(driver: SqlDriver): ReadDatabase {
  return drizzle(async (sql, parameters, method) => {
    // Drizzle binds through this callback what `SqlDriver` takes: text, numbers and null.
    const rows = await driver.select(sql, parameters);
    // For one row, Drizzle wants the row itself, and nothing for none; its types know lists alone.
    return { rows: method === "get" ? (rows[0] as never) : [...rows] };
  });
}
