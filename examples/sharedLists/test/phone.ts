import { openDatabase } from "../src/db/client";
import { migrations } from "../src/db/migrations/migrations";
import { createConvexBackend } from "../src/sync/convexBackend";
import { createSqliteStore } from "../src/sync/SqliteStore";
import { createSync } from "../src/sync/SyncService";
import { registry } from "../src/sync/TableRegistry";
import type { Link, Person } from "./server";

/** One device of a person: a SQLite database, the emitted engine on it, and a network that can be switched off. */
export async function openPhone(name: string, person: Person) {
  const { driver, drizzle } = await openDatabase(`${name}.db`, migrations);
  const link: Link = { online: true };
  const listeners = new Set<(online: boolean) => void>();
  const sync = createSync({
    registry,
    account: person.account,
    timeout: 300,
    ports: {
      store: createSqliteStore(registry, driver),
      backend: createConvexBackend(registry, person.connect(link)),
      clock: { now: () => Date.now() },
      ids: {
        randomBytes: (count) => crypto.getRandomValues(new Uint8Array(count)),
        random: () => Math.random(),
      },
      timers: {
        after: (delay, task) => {
          const timer = setTimeout(task, delay);
          return () => clearTimeout(timer);
        },
      },
      network: {
        isOnline: () => link.online,
        subscribe: (listener) => {
          listeners.add(listener);
          return () => void listeners.delete(listener);
        },
      },
      lifecycle: { subscribe: () => () => undefined },
      lease: { run: (task) => task() },
    },
  });
  await sync.start();
  return {
    sync,
    /** Reads the device's own database, as hooks do. */
    drizzle,
    setOnline: (online: boolean) => {
      link.online = online;
      for (const listener of [...listeners]) listener(online);
    },
    /** Sends and fetches until nothing waits. */
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

export type Phone = Awaited<ReturnType<typeof openPhone>>;
