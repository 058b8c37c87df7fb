// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { AppState } from "react-native";
import type { OpenedDatabase } from "../db/database";
import { createConvexBackend, type ConvexConnection } from "./convexBackend";
import { createDatabaseLease } from "./lease";
import { createNetworkMonitor } from "./NetworkMonitor";
import type { Clock, Ids, Lifecycle, Ports, SqlDriver, Timers } from "./ports";
import type { Registry } from "./registry";
import { hashText } from "./shared/hash";
import { hexBytes, uuidV7 } from "./shared/ids";
import { sendOnce } from "./sendOnce";
import { createSqliteStore } from "./SqliteStore";

/** The real ports, and what ends them. */
export interface OpenedPorts {
  readonly ports: Ports;
  /** Stops listening to the platform; the database stays open. */
  readonly close: () => void;
}

/** Everything the engine needs on a phone or in a browser. */
export async function openPorts(options: {
  readonly registry: Registry;
  readonly database: OpenedDatabase;
  readonly convex: ConvexConnection;
}): Promise<OpenedPorts> {
  const { registry, database, convex } = options;
  const ids = await createIds(database.driver);
  const network = createNetworkMonitor();
  const store = createSqliteStore(registry, database.driver);
  const stopWaiting = store.subscribe((tables) => {
    if (!tables.has("sync_queue")) return;
    stopWaiting();
    keepStorage();
  });
  return {
    ports: {
      store,
      backend: sendOnce(createConvexBackend(registry, convex), systemClock),
      clock: systemClock,
      ids,
      timers: systemTimers,
      network,
      lifecycle: appLifecycle,
      lease: createDatabaseLease({
        driver: database.driver,
        clock: systemClock,
        ids,
        timers: systemTimers,
        process: nameProcess(ids),
      }),
    },
    close: network.stop,
  };
}

/** Asks a browser not to throw away what the app stores when it needs room: an edit that waits is nowhere else. */
function keepStorage(): void {
  // Phones have none, nor have pages without https.
  const storage = globalThis.navigator?.storage as StorageManager | undefined;
  // One that refuses goes on as before.
  storage?.persist().catch(() => undefined);
}

let processName: string | null = null;

/** The same for every engine until the app is started again. */
function nameProcess(ids: Ids): string {
  processName ??= uuidV7(systemClock.now(), ids.randomBytes(10));
  return processName;
}

/** The device's clock. */
export const systemClock: Clock = { now: () => Date.now() };

/** The platform's timers. */
export const systemTimers: Timers = {
  after: (delay, task) => {
    // Longer delays overflow and would fire at once.
    const timer = setTimeout(task, Math.min(delay, 2 ** 31 - 1));
    return () => clearTimeout(timer);
  },
};

/** The app in the foreground and in the background. */
export const appLifecycle: Lifecycle = {
  subscribe: (listener) => {
    // iOS also passes through `inactive`, for a call or the app switcher: the app still runs.
    const subscription = AppState.addEventListener("change", (state) => {
      if (state !== "inactive") listener(state === "active");
    });
    return () => subscription.remove();
  },
};

/**
 * Ids from the platform's cryptographic source where JavaScript has one. React Native has none, but SQLite does:
 * its bytes seed a generator that hashes a counter. Ids have to be unlike all others, and are no secrets.
 */
export async function createIds(driver: SqlDriver): Promise<Ids> {
  const source = globalThis.crypto as Crypto | undefined;
  const random = () => Math.random();
  if (typeof source?.getRandomValues === "function")
    return {
      randomBytes: poolBytes((count) =>
        source.getRandomValues(new Uint8Array(count)),
      ),
      random,
    };
  const [row] = await driver.select("SELECT hex(randomblob(32))", []);
  const seed = String(row?.[0]);
  let drawn = 0;
  return {
    randomBytes: (count) => {
      let hex = "";
      while (hex.length < 2 * count) {
        drawn += 1;
        // The counter first: what follows spreads it over every digit.
        hex += hashText(`${String(drawn)} ${seed}`);
      }
      return hexBytes(hex).subarray(0, count);
    },
    random,
  };
}

/** Draws many bytes at a time: a call into the platform costs more than the bytes. */
function poolBytes(
  draw: (count: number) => Uint8Array,
): (count: number) => Uint8Array {
  const size = 1_000;
  let pool = new Uint8Array(0);
  return (count) => {
    if (count > size) return draw(count);
    if (pool.length < count) pool = Uint8Array.from(draw(size));
    const bytes = pool.slice(0, count);
    pool = pool.subarray(count);
    return bytes;
  };
}
