import { deleteDatabaseAsync } from "expo-sqlite";
import { databaseName, openDatabase } from "../db/client";
import type { Migrations, OpenedDatabase, OpenOptions } from "../db/database";
import type { DatabaseSession } from "./databaseContext";

/** A session with its end. */
export interface OwnedSession extends DatabaseSession {
  /** Ends what uses the database, then closes it. Safe to call twice. */
  close(): Promise<void>;
}

/** Phones know no other tabs and ignore the options. */
const open: (
  name: string,
  migrations: Migrations,
  options?: OpenOptions,
) => Promise<OpenedDatabase> = openDatabase;

/** Databases that are being closed: the next opening of the same one waits for it. */
const closing = new Map<string, Promise<unknown>>();

/**
 * Opens and migrates the database of `account`.
 *
 * @param onErased is called once the file is gone
 * @param options `onWaiting` is called when another tab has the database; `signal` gives up
 */
export async function openSession(
  account: string,
  migrations: Migrations,
  onErased: () => void,
  options: { readonly onWaiting: () => void; readonly signal: AbortSignal },
): Promise<OwnedSession> {
  const name = databaseName(account);
  await closing.get(name);
  const opened = await open(name, migrations, options);
  const ends: (() => Promise<void>)[] = [];
  let closed: Promise<void> | null = null;

  const close = () => {
    closed ??= closeAll(opened, ends);
    const finished = closed.catch(() => undefined);
    closing.set(name, finished);
    return closed;
  };
  return {
    database: withoutClose(opened),
    beforeClose: (end) => void ends.push(end),
    close,
    erase: async () => {
      await close();
      await deleteDatabaseAsync(name);
      onErased();
    },
  };
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
