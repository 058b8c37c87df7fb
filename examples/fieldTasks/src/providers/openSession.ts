// Written by sync-gen 0.1.0 from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { deleteDatabaseAsync } from "expo-sqlite";
import { databaseName, openDatabase } from "../db/client";
import type { Migrations, OpenedDatabase, OpenOptions } from "../db/database";
import type { DatabaseSession } from "./databaseContext";

/** A session that is being opened, and its end. */
export interface OpeningSession {
  /** Rejects when the database cannot be opened. */
  readonly session: Promise<DatabaseSession>;
  /** Ends what uses the database, then closes it, also one that is still being opened. Safe to call twice. */
  readonly close: () => Promise<void>;
}

/** Phones know no other tabs and ignore the options. */
const open: (
  name: string,
  migrations: Migrations,
  options?: OpenOptions,
) => Promise<OpenedDatabase> = openDatabase;

/** Databases that are being closed or deleted: the next opening of the same one waits for it. */
const closing = new Map<string, Promise<void>>();

/**
 * Opens and migrates the database of `account`.
 *
 * @param onErased is called once the file is gone, or with the error that kept it; the database is closed then
 * @param options `onWaiting` is called when another tab has the database; `signal` gives up
 */
export function openSession(
  account: string,
  migrations: Migrations,
  onErased: (error: unknown) => void,
  options: { readonly onWaiting: () => void; readonly signal: AbortSignal },
): OpeningSession {
  const name = databaseName(account);
  const ends: (() => Promise<void>)[] = [];
  const opened = (closing.get(name) ?? Promise.resolve()).then(() =>
    open(name, migrations, options),
  );
  let closed: Promise<void> | null = null;

  // At once, not when it has opened: an opening in the same turn has to see it.
  const announce = (end: Promise<void>) => {
    closing.set(
      name,
      end.catch(() => undefined),
    );
    return end;
  };
  const close = () =>
    (closed ??= announce(opened.then((database) => closeAll(database, ends))));
  const toSession = (database: OpenedDatabase): DatabaseSession => ({
    database: withoutClose(database),
    beforeClose: (end) => void ends.push(end),
    erase: async () => {
      const erased = announce(close().then(() => deleteDatabaseAsync(name)));
      await erased.then(() => onErased(null), onErased);
      await erased;
    },
  });
  return { session: opened.then(toSession), close };
}

async function closeAll(
  opened: OpenedDatabase,
  ends: readonly (() => Promise<void>)[],
): Promise<void> {
  // An engine that cannot end must not keep the file open.
  await Promise.allSettled(ends.map((end) => end()));
  await opened.close();
}

/** The engine closes what it was given, and so may several engines in turn; the file is closed once, by its owner. */
function withoutClose(opened: OpenedDatabase): OpenedDatabase {
  const close = () => Promise.resolve();
  return { ...opened, driver: { ...opened.driver, close }, close };
}
