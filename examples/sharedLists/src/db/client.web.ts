// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import {
  deleteDatabaseAsync,
  openDatabaseAsync,
  type SQLiteDatabase,
} from "expo-sqlite";
import { createLock } from "../sync/lock";
import { systemTimers } from "../sync/platform";
import type { SqlDriver, SqlValue } from "../sync/ports";
import {
  forgetDatabase,
  makeRoom,
  takeBrowser,
  takeLock,
} from "./browserFiles";
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
 * Opens the database `name` in a browser and brings it to the newest schema. One tab at a time can have databases
 * open; a second one waits here and continues when the first is closed.
 *
 * Through expo-sqlite's asynchronous API, because its synchronous one cuts results at 255 bytes in browsers.
 */
export async function openDatabase(
  name: string,
  migrations: Migrations,
  options: OpenOptions = {},
): Promise<OpenedDatabase> {
  await takeBrowser(options);
  const { signal } = options;
  const release = await takeLock(
    `sync-database:${name}`,
    signal ? { signal } : {},
  );
  let database: SQLiteDatabase | null = null;
  try {
    await makeRoom(name, isSpare, deleteDatabaseAsync);
    database = await openFile(name);
    await database.execAsync("PRAGMA foreign_keys = OFF;");
    const driver = createDriver(database);
    await migrate(driver, migrations);
    await database.execAsync("PRAGMA foreign_keys = ON;");
    const end = async (last: () => Promise<void>) => {
      try {
        await driver.close();
        await last();
      } finally {
        release();
      }
    };
    const close = () => end(() => Promise.resolve());
    return {
      name,
      driver: { ...driver, close },
      drizzle: createReadDatabase(driver),
      close,
      closeAndDelete: () =>
        end(async () => {
          await deleteDatabaseAsync(name);
          forgetDatabase(name);
        }),
    };
  } catch (error) {
    // Also one that does not close: the next try has to get its turn.
    await database?.closeAsync().catch(() => undefined);
    release();
    throw error;
  }
}

/** How long the browser may take to load SQLite, ms. */
const mostLoading = 30_000;

/** It did not load in that time. expo-sqlite loads its worker once, so that asking again cannot help. */
let isStuck = false;

/** Opens a file, and says so when SQLite does not load: expo-sqlite waits for ever then. */
function openFile(name: string): Promise<SQLiteDatabase> {
  // Somebody pressed the button below the message.
  if (isStuck) globalThis.location.reload();
  return new Promise((resolve, reject) => {
    const opening = openDatabaseAsync(name);
    const giveUp = () => {
      isStuck = true;
      reject(
        new Error("SQLite did not load. Trying again loads the page anew."),
      );
      // It was only slow: the next opening may have it.
      const close = (late: SQLiteDatabase) => {
        isStuck = false;
        return late.closeAsync();
      };
      opening.then(close).catch(() => undefined);
    };
    const cancel = systemTimers.after(mostLoading, giveUp);
    opening.finally(cancel).then(resolve, reject);
  });
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

/** Whether another account's database holds nothing that is nowhere else. */
async function isSpare(name: string): Promise<boolean> {
  const driver = createDriver(await openFile(name));
  const find = async (what: string) =>
    (await driver.select(`SELECT EXISTS (SELECT 1 FROM ${what})`, []))[0]?.[0];
  try {
    const hasQueue = await find(`sqlite_schema WHERE name = 'sync_queue'`);
    return hasQueue === 0 || (await find(`"sync_queue"`)) === 0;
  } catch {
    // Nobody knows what it holds.
    return false;
  } finally {
    await driver.close();
  }
}
