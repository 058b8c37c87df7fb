// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { openDatabase } from "../db/client";
import type { OpenedDatabase } from "../db/database";

/** A file of its own: it is read before it is known whose database to open. */
const fileName = "sync_account.db";

/** Who was signed in last on this device; `null` for nobody. */
export async function readAccount(): Promise<string | null> {
  return inFile(async ({ driver }) => {
    const [row] = await driver.select(`SELECT "account" FROM "account"`, []);
    return typeof row?.[0] === "string" ? row[0] : null;
  });
}

/** Keeps the account for the next start; `null` forgets it. */
export async function writeAccount(account: string | null): Promise<void> {
  await inFile(({ driver }) =>
    driver.transaction([
      { sql: `DELETE FROM "account"`, rows: [[]] },
      {
        sql: `INSERT INTO "account" ("account") VALUES (?)`,
        rows: account === null ? [] : [[account]],
      },
    ]),
  );
}

/** A phone has no other tab that could forget the account. */
export const watchForgotten: (
  onForgotten: (account: string) => void,
) => () => void = () => () => undefined;

/** Calls take turns: a file that is being closed is not opened. */
let last: Promise<unknown> = Promise.resolve();

function inFile<T>(work: (file: OpenedDatabase) => Promise<T>): Promise<T> {
  const next = last.then(async () => {
    const file = await openDatabase(fileName, migrations);
    try {
      return await work(file);
    } finally {
      await file.close();
    }
  });
  last = next.catch(() => undefined);
  return next;
}

const migrations = {
  journal: {
    entries: [{ idx: 0, when: 1, tag: "0000_account", breakpoints: false }],
  },
  migrations: { m0000: `CREATE TABLE "account" ("account" text NOT NULL)` },
};
