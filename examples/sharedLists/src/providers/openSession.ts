// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { deleteDatabaseAsync } from "expo-sqlite";
import { databaseName, openDatabase } from "../db/client";
import type { Migrations, OpenedDatabase, OpenOptions } from "../db/database";
import type { SqlDriver } from "../sync/ports";
import type { DatabaseSession } from "./databaseContext";

/** A session that is being opened, and its end. */
export interface OpeningSession {
  /** Rejects when the database cannot be opened. */
  readonly session: Promise<DatabaseSession>;
  /** Ends what uses the database, then closes it, also one that is still being opened. Safe to call twice. */
  readonly close: () => Promise<void>;
}

/** How deleting a database ended; it is closed in every case. */
export type Erased =
  | { readonly kind: "gone" }
  /** It holds edits that are nowhere else. */
  | { readonly kind: "kept" }
  | { readonly kind: "failed"; readonly error: unknown };

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
 * @param onErased is called when deleting the database has ended
 * @param options `onWaiting` is called when another tab has the database; `signal` gives up
 */
export function openSession(
  account: string,
  migrations: Migrations,
  onErased: (erased: Erased) => void,
  options: { readonly onWaiting: () => void; readonly signal: AbortSignal },
): OpeningSession {
  const name = databaseName(account);
  const ends: (() => Promise<void>)[] = [];
  const opened = (closing.get(name) ?? Promise.resolve())
    .then(() => open(name, migrations, options))
    .then(guardWrites);
  let closed: Promise<number> | null = null;
  let erased: Promise<number> | null = null;

  // At once, not when it has opened: an opening in the same turn has to see it.
  const announce = <T>(end: Promise<T>): Promise<T> => {
    const settled = end.then(
      () => undefined,
      () => undefined,
    );
    closing.set(name, settled);
    return end;
  };
  const close = (end: End) =>
    (closed ??= announce(
      opened.then((database) => endAll(database, ends, end)),
    ));
  const remove = async (what: "sent" | "all") => {
    if (what === "sent" && closed !== null)
      throw new Error("The database is closed: nobody saw what it holds.");
    const removed =
      closed === null
        ? close(what === "sent" ? eraseSent : eraseAll)
        : announce(closed.then(() => deleteDatabaseAsync(name)).then(() => 0));
    await removed.then(
      (count) => onErased({ kind: count === 0 ? "gone" : "kept" }),
      (error: unknown) => onErased({ kind: "failed", error }),
    );
    return removed;
  };
  const toSession = (database: OpenedDatabase): DatabaseSession => ({
    database: withoutClose(database),
    beforeClose: (end) => void ends.push(end),
    // Once: what has this name afterwards is another database.
    erase: (what) => (erased ??= remove(what)),
  });
  return {
    session: opened.then(toSession),
    close: () => close(closeOnly).then(() => undefined),
  };
}

/** Closes a database, and may delete it. Says how many edits, which are nowhere else, kept it from being deleted. */
type End = (database: OpenedDatabase) => Promise<number>;

const closeOnly: End = async (database) => {
  await database.close();
  return 0;
};

const eraseAll: End = async (database) => {
  await database.closeAndDelete();
  return 0;
};

const eraseSent: End = async (database) => {
  const count = await countQueue(database).catch(async (error: unknown) => {
    await database.close();
    throw error;
  });
  await (count === 0 ? database.closeAndDelete() : database.close());
  return count;
};

async function countQueue({ driver }: OpenedDatabase): Promise<number> {
  const [row] = await driver.select(`SELECT count(*) FROM "sync_queue"`, []);
  return Number(row?.[0]);
}

interface GuardedDatabase extends OpenedDatabase {
  /** From now on every write is refused. */
  readonly endWrites: () => void;
}

/** After the engines' last write and before the file is closed, nothing else may become durable: it may be deleted. */
function guardWrites(opened: OpenedDatabase): GuardedDatabase {
  let isEnded = false;
  const transaction: SqlDriver["transaction"] = (work) =>
    isEnded
      ? Promise.reject(new Error("The database is being closed."))
      : opened.driver.transaction(work);
  return {
    ...opened,
    driver: { ...opened.driver, transaction },
    endWrites: () => {
      isEnded = true;
    },
  };
}

async function endAll(
  opened: GuardedDatabase,
  ends: readonly (() => Promise<void>)[],
  end: End,
): Promise<number> {
  // An engine that cannot end must not keep the file open.
  await Promise.allSettled(ends.map((endOne) => endOne()));
  opened.endWrites();
  return end(opened);
}

/** The engine closes what it was given, and so may several engines in turn; the file is closed once, by its owner, who may delete it. */
function withoutClose(opened: OpenedDatabase): OpenedDatabase {
  const close = () => Promise.resolve();
  const driver = { ...opened.driver, close };
  return { ...opened, driver, close, closeAndDelete: close };
}
