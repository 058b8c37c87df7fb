import { createConvexBackend } from "../../templates/client/sync/convexBackend";
import { createDatabaseLease } from "../../templates/client/sync/lease";
import type { Ports } from "../../templates/client/sync/ports";
import { createSqliteStore } from "../../templates/client/sync/SqliteStore";
import { createSync } from "../../templates/client/sync/SyncService";
import type { Sync } from "../../templates/client/sync/types";
import { createChance, seedOf, type Chance } from "./chance";
import { emptyDeviceDatabase, type DeviceDatabase } from "./databases";
import { currentVersion, type AppVersion } from "./earlierApp";
import { createLedger, type Ledger } from "./ledger";
import type { LookedAt } from "./looking";
import { migrateStore } from "./migrateStore";
import { createConnection } from "./network";
import { tablesOf } from "./knownTables";
import { registryOf } from "./project";
import { createFaultyDriver, type StorageEvent } from "./storage";
import { userIdOf } from "./server";
import type { World } from "./world";

/** One database of one user on one phone; it outlives every process. */
export interface Store {
  readonly user: string;
  readonly name: string;
  database: DeviceDatabase;
  /** The version of the app that the database was last migrated to. */
  version: AppVersion;
  /** It came from an earlier version. */
  isMigrated: boolean;
  ledger: Ledger;
  /** Of the backup that it goes on from: when each op was last edited, by op id. */
  copied: ReadonlyMap<string, string>;
  /** Its user's account is gone, and with it the token that its requests carry. */
  isErased: boolean;
  /** Tables written to since the last check; `null`: all. */
  touched: Set<string> | null;
}

/** A running app, or its background task. */
export interface Process {
  readonly name: string;
  readonly store: Store;
  readonly sync: Sync;
  readonly isBackground: boolean;
  readonly version: AppVersion;
  alive: boolean;
  /** Live queries of the newest stamps. */
  readonly bells: Set<() => void>;
  /** Rows as they were shown some time ago, by `table clientId`. */
  readonly looked: Map<string, LookedAt>;
  isOnline(): boolean;
  /** A request has come this far; the process may be killed at it. */
  onNetwork(place: "sent" | "arrived" | "answered"): void;
  /** Whose token a call carries now. */
  tokenUser(): string | null;
  ring(user: string): void;
  setOnline(online: boolean): void;
  setActive(active: boolean): void;
}

export interface Phone {
  readonly name: string;
  readonly stores: Map<string, Store>;
  readonly processes: Process[];
  /** Who is signed in. */
  user: string;
  token: "valid" | "expired";
  online: boolean;
  /** What the clock is ahead of true time, ms. */
  skew: number;
  /** The database cannot be read, until the app starts again. */
  unreadable: boolean;
  /** Its storage is, for whatever app starts. */
  isSlow: boolean;
  /** Of the app that is installed; what runs is of it, too. */
  version: AppVersion;
  /** Starts the app; does nothing while it runs. */
  start(): void;
  /** Starts the background task beside the app; returns whether there was none. */
  startBackground(): boolean;
  /** The background task is gone, mid-sentence. */
  endBackground(): void;
  /** Every process is gone, mid-sentence. */
  kill(why: string): void;
  signIn(user: string): Promise<void>;
  setOnline(online: boolean): void;
  storeOf(user: string): Store;
  readonly app: Process | null;
}

/** Hooks of a scripted run; a random one draws from the world's chance. */
export interface PhoneScript {
  /** Before a statement, after a commit, and when a request leaves, arrives and is answered. */
  onPoint(place: string): StorageEvent;
  /** A new database of one user. */
  openDatabase(user: string): DeviceDatabase;
}

/** A phone that is switched on and signed in, its app not started. */
export function createPhone(
  world: World,
  index: number,
  user: string,
  script?: PhoneScript,
): Phone {
  const { scheduler } = world;
  const name = `phone${String(index)}`;
  let processCount = 0;
  /** An app that brings its database to its own version before it starts. */
  let migrating: { isStopped: boolean } | null = null;
  const storageDelay = () => world.storageChance.below(800);
  const phone: Phone = {
    name,
    stores: new Map(),
    processes: [],
    user,
    token: "valid",
    online: true,
    skew: 0,
    unreadable: false,
    isSlow: false,
    version: currentVersion,
    get app() {
      return phone.processes.find(({ isBackground }) => !isBackground) ?? null;
    },
    storeOf: (owner) => {
      let store = phone.stores.get(owner);
      if (!store) {
        store = {
          user: owner,
          name: `${name}/${owner}`,
          database: script?.openDatabase(owner) ?? emptyDeviceDatabase(phone.version),
          version: phone.version,
          isMigrated: false,
          ledger: createLedger(),
          copied: new Map(),
          isErased: false,
          touched: null,
        };
        phone.stores.set(owner, store);
      }
      return store;
    },
    start: () => {
      if (!phone.app && !migrating) launch(false);
    },
    startBackground: () => {
      if (phone.processes.length !== 1) return false;
      launch(true);
      return true;
    },
    endBackground: () => {
      const task = phone.processes.findIndex(({ isBackground }) => isBackground);
      for (const process of task < 0 ? [] : phone.processes.splice(task, 1)) {
        world.log(process.name, "ends");
        process.alive = false;
      }
    },
    kill: (why) => {
      if (phone.processes.length > 0) world.log(name, `killed: ${why}`);
      for (const process of phone.processes.splice(0)) process.alive = false;
      stopMigrating();
      phone.unreadable = false;
    },
    signIn: async (next) => {
      world.log(name, `signs in as ${next}`);
      // The token changes at once; the engine of the user before is told only then.
      phone.user = next;
      stopMigrating();
      const old = phone.processes.splice(0);
      // Live queries run again with another token.
      for (const { bells } of old) for (const bell of [...bells]) bell();
      await Promise.all(
        old.map(async (process) => {
          // An app needs a moment to notice, and sometimes a long one.
          const delay = storageDelay();
          const slow = createChance(seedOf(world.options.seed, name, "notices", scheduler.now));
          const isSlow = world.stormy && slow.happens(0.3);
          const wait = isSlow ? 1_500 + slow.below(6_000) : delay;
          await new Promise<void>((resolve) => void scheduler.after(wait, resolve));
          const ended = process.sync.dispose();
          await Promise.race([
            ended,
            new Promise<void>((resolve) => void scheduler.after(1000, resolve)),
          ]);
          process.alive = false;
        }),
      );
      phone.start();
    },
    setOnline: (online) => {
      if (online === phone.online) return;
      world.log(name, online ? "online" : "offline");
      phone.online = online;
      for (const process of phone.processes) process.setOnline(online);
    },
  };

  function stopMigrating(): void {
    if (migrating) migrating.isStopped = true;
    migrating = null;
  }

  function launch(isBackground: boolean): void {
    const store = phone.storeOf(phone.user);
    processCount += 1;
    if (store.version !== phone.version) {
      const own = { isStopped: false };
      migrating = own;
      void migrateStore(world, phone, store, own).then((isDone) => {
        if (own.isStopped) return;
        migrating = null;
        // Otherwise a person opens the app again.
        if (isDone) launch(isBackground);
      });
      return;
    }
    const chance = createChance(seedOf(world.options.seed, name, processCount));
    phone.processes.push(createProcess(world, phone, store, isBackground, chance, script));
  }
  return phone;
}

function createProcess(
  world: World,
  phone: Phone,
  store: Store,
  isBackground: boolean,
  chance: Chance,
  script: PhoneScript | undefined,
): Process {
  const { scheduler, storageChance } = world;
  const networkListeners = new Set<(online: boolean) => void>();
  const lifecycleListeners = new Set<(active: boolean) => void>();

  function onStatement(place: string): StorageEvent {
    if (!process.alive) return "never";
    const scripted = script?.onPoint(place) ?? "go";
    if (scripted === "kill") phone.kill(`at ${place}`);
    if (scripted !== "go") return scripted;
    if (phone.unreadable) return place === "committed" ? "go" : "SQLITE_NOTADB";
    if (world.strikes("F10 killed", 0.002, storageChance)) {
      phone.kill(`at ${place}`);
      return "kill";
    }
    if (place === "begin" && world.strikes("F11 database busy", 0.01, storageChance)) {
      world.log(process.name, "SQLITE_BUSY");
      return "SQLITE_BUSY";
    }
    if (place === "statement" && world.strikes("F12 disk full", 0.005, storageChance)) {
      world.log(process.name, "SQLITE_FULL");
      return "SQLITE_FULL";
    }
    return "go";
  }

  // Pages come in parts there.
  const isSlow = chance.happens(0.2) || phone.isSlow;
  const driver = createFaultyDriver(store.database, {
    onStatement,
    onCommit: (tables) => {
      for (const table of tables) store.touched?.add(table);
    },
    wait: () =>
      world.stormy && storageChance.happens(isSlow ? 0.4 : 0.06)
        ? new Promise((resolve) => void scheduler.after(storageChance.below(80), resolve))
        : null,
  });
  const clock = { now: () => scheduler.now + phone.skew };
  const ids = { randomBytes: (count: number) => chance.bytes(count), random: () => chance.next() };
  const timers: Ports["timers"] = {
    after: (delay, task) =>
      scheduler.after(delay, () => {
        if (process.alive) task();
      }),
  };
  const process: Process = {
    name: `${store.name}${isBackground ? "+" : ""}`,
    store,
    isBackground,
    version: phone.version,
    alive: true,
    bells: new Set(),
    looked: new Map(),
    isOnline: () => phone.online && process.alive,
    onNetwork: (place) => {
      if (process.alive && script?.onPoint(place) === "kill") phone.kill(`at ${place}`);
    },
    tokenUser: () => (phone.token === "valid" && !store.isErased ? phone.user : null),
    ring: (user) => {
      if (user !== phone.user || !phone.online || !process.alive) return;
      for (const bell of [...process.bells]) bell();
    },
    setOnline: (online) => {
      for (const listener of [...networkListeners]) listener(online);
      if (online) for (const bell of [...process.bells]) bell();
    },
    setActive: (active) => {
      for (const listener of [...lifecycleListeners]) listener(active);
    },
    // Set below: the engine wants ports that want the process.
    sync: undefined as unknown as Sync,
  };
  const registry = registryOf(tablesOf(world, phone.version), phone.version);
  const ports: Ports = {
    store: createSqliteStore(registry, driver),
    backend: createConvexBackend(registry, createConnection(world, process)),
    clock,
    ids,
    timers,
    network: {
      isOnline: () => phone.online,
      subscribe: (listener) => {
        networkListeners.add(listener);
        return () => void networkListeners.delete(listener);
      },
    },
    lifecycle: {
      subscribe: (listener) => {
        lifecycleListeners.add(listener);
        return () => void lifecycleListeners.delete(listener);
      },
    },
    lease: createDatabaseLease({
      driver,
      clock,
      ids,
      timers,
      process: ids.randomBytes(8).join(),
    }),
  };
  // Safe: the only field left open above.
  (process as { sync: Sync }).sync = createSync({
    registry,
    ports,
    account: userIdOf(store.user),
    // A simulated page is small, and slow storage has it come in parts.
    partRows: 1,
  });
  process.sync.on("sync.error:action", ({ code, message }) =>
    world.log(process.name, `error ${code}: ${message}`),
  );
  world.log(process.name, "starts");
  // A database that cannot be read yet: the app starts again later.
  process.sync.start().catch(() => {
    if (process.alive) phone.kill("the app could not start");
  });
  return process;
}
