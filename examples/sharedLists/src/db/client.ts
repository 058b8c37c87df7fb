// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import {
  deleteDatabaseAsync,
  openDatabaseSync,
  type SQLiteDatabase,
} from "expo-sqlite";
import type { SqlDriver, SqlValue } from "../sync/ports";
import type { Migrations, OpenedDatabase } from "./database";
import { migrate } from "./migrate";
import { createReadDatabase } from "./readDatabase";
import { createStatementCache } from "./statementCache";

export { databaseName } from "./database";
export type {
  Migrations,
  OpenedDatabase,
  OpenOptions,
  ReadDatabase,
} from "./database";

/** Opens the database file `name` on a phone and brings it to the newest schema. */
export async function openDatabase(
  name: string,
  migrations: Migrations,
): Promise<OpenedDatabase> {
  const database = openDatabaseSync(name);
  try {
    // First: what comes after may find the file locked, as by an app that is just being restarted.
    database.execSync("PRAGMA busy_timeout = 5000;");
    // The log goes into the file every 500 pages (2 MB), half of SQLite's default: the thread waits half as long for it.
    database.execSync(
      "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 500; PRAGMA foreign_keys = OFF;",
    );
    const driver = createDriver(database);
    await migrate(driver, migrations);
    database.execSync("PRAGMA foreign_keys = ON;");
    return {
      name,
      driver,
      drizzle: createReadDatabase(driver),
      close: () => driver.close(),
      closeAndDelete: async () => {
        await driver.close();
        await deleteDatabaseAsync(name);
      },
    };
  } catch (error) {
    database.closeSync();
    throw error;
  }
}

/**
 * Every call runs from first to last statement in one turn of the event loop: nothing can come in between,
 * and no lock is held while the app is suspended.
 */
function createDriver(database: SQLiteDatabase): SqlDriver {
  const statements = createStatementCache(
    (sql) => database.prepareSync(sql),
    (statement) => {
      try {
        statement.finalizeSync();
      } catch {
        // It is gone all the same: SQLite reports once more what its last execution failed with.
      }
    },
  );
  const run = (sql: string) => statements.get(sql).executeSync([]);
  return {
    bulk: "row",
    select: (sql, parameters) =>
      atOnce(() =>
        statements
          .get(sql)
          .executeForRawResultSync<Record<string, SqlValue>>([...parameters])
          .getAllSync(),
      ),
    transaction: (work) =>
      atOnce(() => {
        run("BEGIN IMMEDIATE");
        try {
          for (const { sql, rows } of work) {
            const statement = statements.get(sql);
            for (const row of rows) statement.executeSync([...row]);
          }
          run("COMMIT");
        } catch (error) {
          if (database.isInTransactionSync()) run("ROLLBACK");
          throw error;
        }
      }),
    close: () =>
      atOnce(() => {
        statements.clear();
        database.closeSync();
      }),
  };
}

/** What the work gives back, or its error, as a promise; the work is done when this returns. */
function atOnce<T>(work: () => T): Promise<T> {
  return new Promise((resolve) => resolve(work()));
}
