import { Database } from "../standins/nodeSqlite.mjs";
import { ConvexError } from "convex/values";
import { AppState, type AppStateStatus } from "react-native";
import { afterEach, describe, expect, it, vi } from "vitest";
import { migrate } from "../../templates/client/db/migrate";
import {
  createConvexBackend,
  type ConvexConnection,
} from "../../templates/client/sync/convexBackend";
import { createDatabaseLease } from "../../templates/client/sync/lease";
import { createNetworkMonitor } from "../../templates/client/sync/NetworkMonitor";
import { appLifecycle, createIds, systemTimers } from "../../templates/client/sync/platform";
import { BackendError } from "../../templates/client/sync/ports";
import type { Head } from "../../templates/shared/protocol";
import { createBetterSqliteDriver } from "../standins/betterSqliteDriver";
import { networkListeners, setNetwork } from "../standins/netinfo";
import { migrations } from "./fixture/migrations";
import { registry } from "./fixture/registry";
import { createManualTime, settle } from "./world";

async function openDriver() {
  const driver = createBetterSqliteDriver(new Database(":memory:"));
  await migrate(driver, migrations);
  return driver;
}

describe("ids", () => {
  afterEach(() => vi.unstubAllGlobals());

  it.each([
    ["the platform's source", globalThis.crypto],
    ["SQLite's, where JavaScript has none", undefined],
  ])("E18: are random bytes of %s, never the same twice", async (_name, source) => {
    vi.stubGlobal("crypto", source);
    const [a, b] = [await createIds(await openDriver()), await createIds(await openDriver())];
    const drawn = [a, a, b].map((ids) => [...ids.randomBytes(45)].join());
    expect(new Set(drawn).size).toBe(3);
    const bytes = a.randomBytes(20_000);
    const mean = bytes.reduce((sum, byte) => sum + byte, 0) / bytes.length;
    expect(bytes).toHaveLength(20_000);
    expect(new Set(bytes).size).toBe(256);
    expect(Math.abs(mean - 127.5)).toBeLessThan(4);
    expect(a.random()).toBeLessThan(1);
  });

  it("are of bytes that all differ from one id to the next, however many were made", async () => {
    vi.stubGlobal("crypto", undefined);
    const ids = await createIds(await openDriver());
    ids.randomBytes(16 * 123_450);
    const made = Array.from({ length: 50 }, () => ids.randomBytes(10));
    for (let position = 0; position < 10; position += 1)
      expect(new Set(made.map((bytes) => bytes[position])).size).toBeGreaterThan(30);
  });
});

describe("timers", () => {
  it("run once, unless they are cancelled, and take delays beyond what setTimeout can", async () => {
    const ran: string[] = [];
    systemTimers.after(1, () => ran.push("a"));
    systemTimers.after(1, () => ran.push("b"))();
    const cancel = systemTimers.after(Number.MAX_SAFE_INTEGER, () => ran.push("c"));
    await new Promise((resolve) => setTimeout(resolve, 20));
    cancel();
    expect(ran).toEqual(["a"]);
  });
});

describe("the app's life", () => {
  afterEach(() => vi.restoreAllMocks());

  it("goes on while iOS says inactive, for a call or the app switcher", () => {
    let tell: (state: AppStateStatus) => void = () => undefined;
    vi.spyOn(AppState, "addEventListener").mockImplementation((_event, listener) => {
      tell = listener;
      return { remove: () => undefined };
    });
    const heard: boolean[] = [];
    appLifecycle.subscribe((active) => heard.push(active));
    for (const state of ["inactive", "active", "inactive", "background"] as const) tell(state);
    expect(heard).toEqual([true, false]);
  });
});

describe("the lease in the database", () => {
  async function twoRunners() {
    const driver = await openDriver();
    const time = createManualTime();
    const { clock, ids, timers } = time.ports;
    const make = (process = "this") => createDatabaseLease({ driver, clock, ids, timers, process });
    return { time, driver, make, a: make(), b: make() };
  }

  it("B19: lets one run at a time, and the next when it is given back, also by an error", async () => {
    const { a, b } = await twoRunners();
    let finish: (value: string) => void = () => undefined;
    const running = a.run(() => new Promise<string>((resolve) => (finish = resolve)));
    await settle();
    expect(await b.run(async () => "b")).toBe("held");
    finish("a");
    expect(await running).toBe("a");
    await expect(b.run(() => Promise.reject(new Error("b failed")))).rejects.toThrow("b failed");
    expect(await a.run(async () => "again")).toBe("again");
  });

  it("I17: is renewed while its task runs, and expires when its owner was killed", async () => {
    const { time, driver, a, b } = await twoRunners();
    let finish: () => void = () => undefined;
    const running = a.run(() => new Promise<void>((resolve) => (finish = resolve)));
    await time.pass(300_000);
    expect(await b.run(async () => "b")).toBe("held");
    finish();
    await running;
    expect(time.waiting).toBe(0);
    // A killed owner renews nothing.
    const dead = JSON.stringify({ process: "this", owner: "dead", until: time.now + 60_000 });
    await driver.transaction([
      { sql: `INSERT INTO "sync_metadata" VALUES ('lease', ?)`, rows: [[dead]] },
    ]);
    expect(await b.run(async () => "b")).toBe("held");
    time.now += 60_000;
    expect(await b.run(async () => "b")).toBe("b");
  });

  it("I17: that cannot be renewed is lost in time, and its task goes on", async () => {
    const { time, driver, b } = await twoRunners();
    const { clock, ids, timers } = time.ports;
    let works = true;
    const breaking = {
      ...driver,
      transaction: async (statements: Parameters<typeof driver.transaction>[0]) => {
        if (!works) throw new Error("disk I/O error");
        await driver.transaction(statements);
      },
    };
    const a = createDatabaseLease({ driver: breaking, clock, ids, timers, process: "this" });
    let finish: (result: string) => void = () => undefined;
    const running = a.run(() => new Promise<string>((resolve) => (finish = resolve)));
    await settle();
    works = false;
    await time.pass(30_000);
    expect(await b.run(async () => "b")).toBe("held");
    await time.pass(60_000);
    expect(await b.run(async () => "b")).toBe("b");
    works = true;
    finish("a");
    expect(await running).toBe("a");
  });

  it("I17: what a killed app or a reloaded tab left keeps the next start waiting for nothing", async () => {
    const { time, driver, make } = await twoRunners();
    const killed = JSON.stringify({ process: "last", owner: "x", until: time.now + 60_000 });
    const leave = () =>
      driver.transaction([
        { sql: `INSERT INTO "sync_metadata" VALUES ('lease', ?)`, rows: [[killed]] },
      ]);
    await leave();
    const next = make();
    expect(await next.run(async () => "now")).toBe("now");
    // Once: what another process holds from then on, it holds.
    await leave();
    expect(await next.run(async () => "again")).toBe("held");
    // Another engine of the same process, such as its background task, is alive.
    time.now += 60_000;
    let finish: () => void = () => undefined;
    const running = next.run(() => new Promise<void>((resolve) => (finish = resolve)));
    await settle();
    expect(await make().run(async () => "b")).toBe("held");
    finish();
    await running;
  });

  it("I17: a lease that ends years from now, by a clock that was wrong, does not count", async () => {
    const { time, driver, a } = await twoRunners();
    const wrong = JSON.stringify({ owner: "x", until: time.now + 1e11 });
    await driver.transaction([
      { sql: `INSERT INTO "sync_metadata" VALUES ('lease', ?)`, rows: [[wrong]] },
    ]);
    expect(await a.run(async () => "a")).toBe("a");
  });
});

describe("the network monitor", () => {
  it("is online until NetInfo says otherwise, tells changes only, and stops", async () => {
    const monitor = createNetworkMonitor();
    const heard: boolean[] = [];
    const stop = monitor.subscribe((online) => heard.push(online));
    expect(monitor.isOnline()).toBe(true);
    await settle();
    for (const [isConnected, isInternetReachable] of [
      [true, null],
      [true, false],
      [false, false],
      [null, null],
      [true, true],
    ] as const)
      setNetwork({ isConnected, isInternetReachable });
    expect(heard).toEqual([false, true]);
    stop();
    setNetwork({ isConnected: false, isInternetReachable: false });
    expect(heard).toHaveLength(2);
    monitor.stop();
    expect(networkListeners()).toBe(0);
    setNetwork({ isConnected: true, isInternetReachable: true });
  });
});

describe("a network that NetInfo cannot name", () => {
  // Natively, `isConnected` is that the type is neither none nor unknown. Android knows no USB, satellite or Thread.
  it.each([
    ["Android, and has found the internet through", true, true],
    ["Android, and has not found the internet through", false, false],
    ["a browser that is offline", null, false],
  ])("of %s", async (_name, isInternetReachable, want) => {
    const monitor = createNetworkMonitor();
    await settle();
    setNetwork({ type: "unknown", isConnected: false, isInternetReachable });
    expect(monitor.isOnline()).toBe(want);
    setNetwork({ isConnected: true, isInternetReachable: true });
    monitor.stop();
  });
});

describe("a network that lets nobody ask the servers of others", () => {
  it("counts as one: the app's own server may be in it", async () => {
    const monitor = createNetworkMonitor();
    await settle();
    setNetwork({ isConnected: true, isInternetReachable: false });
    expect(monitor.isOnline()).toBe(true);
    setNetwork({ isConnected: true, isInternetReachable: true });
    monitor.stop();
  });
});

describe("the Convex backend", () => {
  const head: Head = { userId: "user", epoch: "e", stamps: { tasks: null } };
  const batch = { deviceId: "d", batchSeq: 1, batchHash: "h", schemaVersion: 1, ops: [] };

  /** What the backend calls of a Convex client. */
  const connect = (client: object) => createConvexBackend(registry, client as ConvexConnection);

  it("E11: reads the commit timestamp, which exceeds 2^53, without losing a digit", async () => {
    const ok = {
      status: "ok",
      results: [],
      stamp: 9_007_199_254_740_993n,
      serverTime: 1,
      epoch: "e",
    };
    const reply = await connect({ mutation: async () => ok }).push(batch);
    expect(reply).toEqual({ ...ok, stamp: "0009007199254740993" });
    const stale = { status: "stale-device" };
    expect(await connect({ mutation: async () => stale }).push(batch)).toEqual(stale);
  });

  it("asks the table's own functions for pages, with cursor, limit and schema version alone", async () => {
    const asked: unknown[] = [];
    const backend = connect({
      query: async (reference: unknown, args: unknown) => asked.push(reference, args),
    });
    await backend.pull({ table: "tasks", cursor: "c", limit: 5 });
    await backend.snapshot({ table: "tasks", cursor: null, limit: 5 });
    const { changesSince, all } = registry.tables.tasks.remote;
    expect(asked).toEqual([
      changesSince,
      { cursor: "c", limit: 5, schemaVersion: 1 },
      all,
      { cursor: null, limit: 5, schemaVersion: 1 },
    ]);
  });

  it("names the scope that a page is asked of", async () => {
    const asked: unknown[] = [];
    const backend = connect({ query: async (_: unknown, args: unknown) => asked.push(args) });
    await backend.pull({ table: "tasks", scopeId: "team", cursor: "c", limit: 5 });
    expect(asked).toEqual([{ cursor: "c", limit: 5, schemaVersion: 1, scopeId: "team" }]);
  });

  it.each([
    ["unauthenticated", new ConvexError({ code: "unauthenticated" })],
    ["server", new ConvexError({ code: "something else" })],
    ["server", new ConvexError("text")],
    ["server", new Error("[CONVEX M(sync:push)] Server Error")],
    ["server", "not even an error"],
  ])("tells %s from other failures, by data and never by text", async (kind, error) => {
    const failure = connect({ mutation: () => Promise.reject(error) }).push(batch);
    await expect(failure).rejects.toBeInstanceOf(BackendError);
    await expect(failure).rejects.toMatchObject({ kind, cause: error });
  });

  it("refuses a table that the registry does not have", async () => {
    const backend = connect({ query: async () => ({}) });
    const failure = backend.pull({ table: "nothing", cursor: null, limit: 5 });
    await expect(failure).rejects.toThrow("no such table");
  });

  it("watches the head through ConvexReactClient: value, error, change, end", () => {
    let changed: () => void = () => undefined;
    let result: () => Head | undefined = () => undefined;
    let stopped = 0;
    const backend = connect({
      watchQuery: () => ({
        localQueryResult: () => result(),
        onUpdate: (listener: () => void) => {
          changed = listener;
          return () => void (stopped += 1);
        },
      }),
    });
    const [heads, errors]: [Head[], string[]] = [[], []];
    const stop = backend.subscribe(
      (next) => heads.push(next),
      ({ kind }) => errors.push(kind),
    );
    expect(heads).toEqual([]);
    result = () => head;
    changed();
    result = () => {
      throw new ConvexError({ code: "unauthenticated" });
    };
    changed();
    stop();
    expect([heads, errors, stopped]).toEqual([[head], ["unauthenticated"], 1]);
  });

  it("watches the head through ConvexClient", () => {
    let tell: (next: Head) => void = () => undefined;
    let fail: (error: unknown) => void = () => undefined;
    const backend = connect({
      onUpdate: (
        _reference: unknown,
        _args: unknown,
        onHead: typeof tell,
        onError: typeof fail,
      ) => {
        [tell, fail] = [onHead, onError];
        return () => undefined;
      },
    });
    const [heads, errors]: [Head[], string[]] = [[], []];
    backend.subscribe(
      (next) => heads.push(next),
      ({ kind }) => errors.push(kind),
    );
    tell(head);
    fail(new Error("Server Error"));
    expect([heads, errors]).toEqual([[head], ["server"]]);
  });
});
