import { Database } from "../standins/nodeSqlite.mjs";
import { migrate } from "../../templates/client/db/migrate";
import type {
  ChangeSet,
  LocalStore,
  Ports,
  SqlDriver,
  StoredRow,
} from "../../templates/client/sync/ports";
import { createSqliteStore } from "../../templates/client/sync/SqliteStore";
import { createSync } from "../../templates/client/sync/SyncService";
import type { Registry } from "../../templates/client/sync/registry";
import type { Sync, SyncOptions } from "../../templates/client/sync/types";
import { createBetterSqliteDriver } from "../standins/betterSqliteDriver";
import { migrations as fixtureMigrations } from "./fixture/migrations";
import type { Migrations } from "../../templates/client/db/database";
import { registry as fixture } from "./fixture/registry";
import type { FakeServer } from "./fakeServer";

/** Time and chance as a test wants them. */
export interface ManualTime {
  now: number;
  readonly ports: Pick<Ports, "clock" | "ids" | "timers">;
  /** Lets `duration` ms pass, running what is due, and everything that follows from it. */
  pass(duration: number): Promise<void>;
  /** Timers that are waiting. */
  readonly waiting: number;
}

/** Lets everything that is not waiting for a timer come to its end. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 30; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

/** A clock that stands still until told, and seeded chance. */
export function createManualTime(seed = 1): ManualTime {
  let timers: { at: number; task: () => void }[] = [];
  let state = seed;
  const random = () => {
    // mulberry32
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const time: ManualTime = {
    now: 1_700_000_000_000,
    ports: {
      clock: { now: () => time.now },
      ids: {
        randomBytes: (count) =>
          Uint8Array.from({ length: count }, () => Math.floor(random() * 256)),
        random,
      },
      timers: {
        after: (delay, task) => {
          const timer = { at: time.now + delay, task };
          timers.push(timer);
          return () => {
            timers = timers.filter((other) => other !== timer);
          };
        },
      },
    },
    pass: async (duration) => {
      const end = time.now + duration;
      await settle();
      for (;;) {
        const next = timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
        if (!next) break;
        timers = timers.filter((other) => other !== next);
        time.now = Math.max(time.now, next.at);
        next.task();
        await settle();
      }
      time.now = end;
      await settle();
    },
    get waiting() {
      return timers.length;
    },
  };
  return time;
}

export interface Device {
  readonly sync: Sync<typeof fixture>;
  readonly store: LocalStore;
  readonly time: ManualTime;
  setOnline(online: boolean): void;
  /** The platform says that there is no network, though there is one. */
  misjudgeNetwork(): void;
  setActive(active: boolean): void;
  /** The process is killed: nothing is told, and the same database is opened again. */
  restart(change?: DeviceOptions): Promise<Device>;
  /** Another runner over the same database, such as a background task. */
  beside(change?: DeviceOptions): Promise<Device>;
  /** A copy of the database as it is now, opened as another phone. */
  clone(change?: DeviceOptions): Promise<Device>;
  row(table: string, clientId: string): Promise<StoredRow | null>;
  /** Row contents by id. */
  rows(table: string): Promise<Record<string, unknown>>;
  /** Every column of a row: the device-only fields, too. */
  columns(table: string, clientId: string): unknown;
  ops(): ReturnType<LocalStore["readOps"]>;
  /** The database file as it is now. */
  file(): Buffer;
  /** Called before every commit; throwing makes it fail. */
  onCommit: (changes: ChangeSet) => void;
  leaseHeld: boolean;
}

export interface DeviceOptions {
  readonly server: Pick<FakeServer, "backend">;
  readonly time?: ManualTime;
  readonly file?: Buffer;
  /** One that is open already. */
  readonly database?: InstanceType<typeof Database>;
  readonly online?: boolean;
  readonly account?: string;
  readonly registry?: Registry;
  /** What the tables of `registry` are made by. */
  readonly migrations?: Migrations;
  readonly ports?: Partial<Ports>;
  readonly interval?: number;
}

let seeds = 100;

/** A device with a real SQLite database and everything else made up. */
export async function createDevice(options: DeviceOptions): Promise<Device> {
  const { server, file, registry = fixture } = options;
  const time = options.time ?? createManualTime((seeds += 1));
  const database = options.database ?? new Database(file ?? ":memory:");
  const driver: SqlDriver = createBetterSqliteDriver(database);
  await migrate(driver, options.migrations ?? fixtureMigrations);
  const inner = createSqliteStore(registry, driver);
  let online = options.online ?? true;
  let isConnected = online;
  let missed: () => void = () => undefined;
  const networkListeners = new Set<(online: boolean) => void>();
  const activeListeners = new Set<(active: boolean) => void>();
  let killed = false;
  const store: LocalStore = {
    ...inner,
    commit: async (changes) => {
      if (killed) throw new Error("killed");
      device.onCommit(changes);
      await inner.commit(changes);
    },
  };
  // Looked up at every call: tests replace them.
  const backend = () => options.ports?.backend ?? server.backend;
  const ports: Ports = {
    store,
    ...time.ports,
    network: {
      isOnline: () => online,
      subscribe: (listener) => {
        networkListeners.add(listener);
        return () => networkListeners.delete(listener);
      },
    },
    lifecycle: {
      subscribe: (listener) => {
        activeListeners.add(listener);
        return () => activeListeners.delete(listener);
      },
    },
    lease: { run: async (task) => (device.leaseHeld ? "held" : task()) },
    ...options.ports,
    backend: {
      push: (batch) => backend().push(batch),
      pull: (request) => backend().pull(request),
      snapshot: (request) => backend().snapshot(request),
      head: () => backend().head(),
      subscribe: (onHead, onError) =>
        backend().subscribe((head) => {
          const hear = () => onHead(head);
          if (isConnected) hear();
          else missed = hear;
        }, onError),
    },
  };
  const syncOptions: SyncOptions<typeof fixture> = {
    // Tests of upgrades bring tables of their own; the writers' types stay those of the fixture.
    registry: registry as typeof fixture,
    ports,
    account: options.account ?? "user",
    // The pages of tests are small.
    partRows: 8,
    ...(options.interval === undefined ? {} : { interval: options.interval }),
  };
  const device: Device = {
    sync: createSync(syncOptions),
    store,
    time,
    setOnline: (next) => {
      online = isConnected = next;
      for (const listener of [...networkListeners]) listener(next);
      if (next) missed();
      missed = () => undefined;
    },
    misjudgeNetwork: () => {
      device.setOnline(false);
      isConnected = true;
    },
    setActive: (next) => {
      for (const listener of [...activeListeners]) listener(next);
    },
    restart: async (change) => {
      killed = true;
      const copy = database.serialize();
      await device.sync.stop();
      database.close();
      return createDevice({ ...options, online, time, file: copy, ...change });
    },
    beside: async (change) => createDevice({ ...options, online, time, database, ...change }),
    clone: async (change) =>
      createDevice({
        ...options,
        online,
        file: database.serialize(),
        time: createManualTime((seeds += 1)),
        ...change,
      }),
    row: async (table, clientId) => (await store.readRows(table, [clientId]))[0] ?? null,
    rows: async (table) => {
      const ids = (await driver.select(`SELECT "clientId" FROM "${table}"`, [])).map(([id]) =>
        String(id),
      );
      return Object.fromEntries(
        (await store.readRows(table, ids)).map((row) => [row.clientId, row.fields]),
      );
    },
    columns: (table, clientId) =>
      database.prepare(`SELECT * FROM "${table}" WHERE "clientId" = ?`).get(clientId),
    ops: () => store.readOps({}),
    file: () => database.serialize(),
    onCommit: () => undefined,
    leaseHeld: false,
  };
  return device;
}

/** A device that has started and is quiet. */
export async function startDevice(options: DeviceOptions): Promise<Device> {
  const device = await createDevice(options);
  await device.sync.start();
  await settle();
  return device;
}
