import { openDatabase, type OpenedDatabase } from "../src/db/client";
import { migrations } from "../src/db/migrations/migrations";
import { createConvexBackend } from "../src/sync/convexBackend";
import { createDatabaseLease } from "../src/sync/lease";
import type { Clock, Ids, Network, Timers } from "../src/sync/ports";
import { createSqliteStore } from "../src/sync/SqliteStore";
import { createSync } from "../src/sync/SyncService";
import { registry } from "../src/sync/TableRegistry";
import type { Sync } from "../src/sync/types";
import { account, type Link, type Office } from "./office";

const clock: Clock = { now: () => Date.now() };
const timers: Timers = {
  after: (delay, task) => {
    const timer = setTimeout(task, delay);
    return () => clearTimeout(timer);
  },
};
const ids: Ids = {
  randomBytes: (count) => crypto.getRandomValues(new Uint8Array(count)),
  random: () => Math.random(),
};

/** One phone: a SQLite file, the emitted engine on it, and a network that can be switched off. */
export interface Phone {
  readonly name: string;
  readonly sync: Sync<typeof registry>;
  readonly database: OpenedDatabase;
  readonly link: Link;
  setOnline(online: boolean): void;
  /** Resolves when nothing waits and the last cycle ended well. */
  quiet(): Promise<void>;
}

/** Opens the database file of a phone, migrates it, and makes its engine. */
export async function openPhone(name: string, office: Office): Promise<Phone> {
  const database = await openDatabase(`${name}.db`, migrations);
  const link: Link = { online: true, losesNextAnswer: false };
  const listeners = new Set<(online: boolean) => void>();
  const network: Network = {
    isOnline: () => link.online,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
  const sync = createSync({
    registry,
    account,
    timeout: 300,
    ports: {
      store: createSqliteStore(registry, database.driver),
      backend: createConvexBackend(registry, office.connect(link)),
      clock,
      ids,
      timers,
      network,
      lifecycle: { subscribe: () => () => undefined },
      lease: createDatabaseLease({
        driver: database.driver,
        clock,
        ids,
        timers,
        process: name,
      }),
    },
  });
  return {
    name,
    sync,
    database,
    link,
    setOnline: (online) => {
      link.online = online;
      for (const listener of [...listeners]) listener(online);
    },
    quiet: async () => {
      for (let tries = 0; tries < 400; tries += 1) {
        const status = await sync.syncNow();
        if (status.phase === "idle" && status.pendingCount === 0) return;
        await new Promise((resolve) => setTimeout(resolve, 25));
      }
      throw new Error(`${name} does not come to rest`);
    },
  };
}
