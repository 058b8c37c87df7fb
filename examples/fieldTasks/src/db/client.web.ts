// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import {
  deleteDatabaseAsync,
  openDatabaseAsync,
  type SQLiteDatabase,
} from "expo-sqlite";
import { createLock } from "../sync/lock";
import type { SqlDriver, SqlValue } from "../sync/ports";
import type { Migrations, OpenedDatabase, OpenOptions } from "./database";
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

/**
 * Opens the database `name` in a browser and brings it to the newest schema. One tab can have it open at a time;
 * a second one waits here and continues when the first closes.
 *
 * Through expo-sqlite's asynchronous API, because its synchronous one cuts results at 255 bytes in browsers.
 */
export async function openDatabase(
  name: string,
  migrations: Migrations,
  options: OpenOptions = {},
): Promise<OpenedDatabase> {
  const releaseTab = await takeTab(name, options);
  let database: SQLiteDatabase | null = null;
  try {
    database = await openDatabaseAsync(name);
    await database.execAsync("PRAGMA foreign_keys = OFF;");
    const driver = createDriver(database);
    await migrate(driver, migrations);
    await database.execAsync("PRAGMA foreign_keys = ON;");
    const end = async (last: () => Promise<void>) => {
      try {
        await driver.close();
        await last();
      } finally {
        releaseTab();
      }
    };
    const close = () => end(() => Promise.resolve());
    return {
      name,
      driver: { ...driver, close },
      drizzle: createReadDatabase(driver),
      close,
      closeAndDelete: () => end(() => deleteDatabaseAsync(name)),
    };
  } catch (error) {
    // Also one that does not close: the next tab, or try, has to get its turn.
    await database?.closeAsync().catch(() => undefined);
    releaseTab();
    throw error;
  }
}

/**
 * The worker runs statements one by one but knows no caller: a statement sent while a transaction is open
 * becomes part of it. So every statement, reads included, waits for its turn.
 */
function createDriver(database: SQLiteDatabase): SqlDriver {
  const lock = createLock();
  let released: Promise<unknown> = Promise.resolve();
  const statements = createStatementCache(
    (sql) => database.prepareAsync(sql),
    (statement) => {
      const end = statement.then((it) => it.finalizeAsync());
      // One that could not be prepared said so when it was used.
      released = Promise.allSettled([released, end]);
    },
  );
  const execute = async (sql: string, parameters: readonly SqlValue[]) =>
    (await statements.get(sql)).executeForRawResultAsync<
      Record<string, SqlValue>
    >([...parameters]);
  return {
    bulk: "json",
    select: (sql, parameters) =>
      lock(async () => (await execute(sql, parameters)).getAllAsync()),
    transaction: (work) =>
      lock(async () => {
        await execute("BEGIN", []);
        try {
          for (const { sql, rows } of work)
            for (const row of rows) await execute(sql, row);
          await execute("COMMIT", []);
        } catch (error) {
          if (await database.isInTransactionAsync())
            await execute("ROLLBACK", []);
          throw error;
        }
      }),
    close: () =>
      lock(async () => {
        statements.clear();
        // The worker does not know the statements of a closed database.
        await released;
        await database.closeAsync();
      }),
  };
}

/** Waits until no other tab has the database; the result lets the next tab have it. */
function takeTab(name: string, options: OpenOptions): Promise<() => void> {
  // Absent in old browsers and outside secure contexts; opening then fails where another tab has the file.
  const locks = globalThis.navigator?.locks as LockManager | undefined;
  if (locks === undefined) return Promise.resolve(() => undefined);
  const key = `sync-database:${name}`;
  return new Promise((resolve, reject) => {
    const hold = () => new Promise<void>((release) => resolve(release));
    locks
      .request(key, { ifAvailable: true }, (lock) => {
        if (lock !== null) return hold();
        options.onWaiting?.();
        const waiting = options.signal ? { signal: options.signal } : {};
        locks.request(key, waiting, hold).catch(reject);
        return undefined;
      })
      .catch(reject);
  });
}
