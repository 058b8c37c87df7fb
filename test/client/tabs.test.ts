import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { databaseName } from "../../templates/client/db/database";
import * as expoSqlite from "../standins/expoSqlite";
import { migrations } from "./fixture/migrations";
import { settle } from "./world";

vi.mock("../../templates/client/db/client", () => import("../../templates/client/db/client.web"));

let locks: ReturnType<typeof createLocks>;

beforeEach(() => {
  expoSqlite.resetDatabases();
  locks = createLocks();
  vi.stubGlobal("navigator", { locks });
  vi.stubGlobal("localStorage", createStorage());
});
afterEach(() => vi.unstubAllGlobals());

const read = `SELECT count(*) FROM "sync_metadata"`;
const write = [{ sql: `INSERT INTO "sync_metadata" VALUES ('secret', 'a')`, rows: [[]] }];

/** The emitted modules as another tab loads them, over the same files. */
async function openTab() {
  vi.resetModules();
  vi.doMock("expo-sqlite", () => expoSqlite);
  const { openDatabase } = await import("../../templates/client/db/client.web");
  const { openSession } = await import("../../templates/client/providers/openSession");
  return { openDatabase, openSession };
}

describe("a worker of SQLite that does not load", () => {
  afterEach(() => vi.useRealTimers());

  it("is given up after half a minute, and loaded with the page when asked again", async () => {
    const reload = vi.fn();
    vi.stubGlobal("location", { reload });
    let answer: (database: expoSqlite.SQLiteDatabase) => void = () => undefined;
    let isLoaded = false;
    vi.resetModules();
    vi.doMock("expo-sqlite", () => ({
      ...expoSqlite,
      openDatabaseAsync: (name: string) =>
        isLoaded
          ? expoSqlite.openDatabaseAsync(name)
          : new Promise<expoSqlite.SQLiteDatabase>((resolve) => (answer = resolve)),
    }));
    const { openDatabase } = await import("../../templates/client/db/client.web");
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const wait = () => vi.advanceTimersByTimeAsync(30_000);

    const first = expect(openDatabase("a.db", migrations)).rejects.toThrow("did not load");
    await settle();
    await wait();
    await first;
    expect(reload).not.toHaveBeenCalled();
    const second = expect(openDatabase("a.db", migrations)).rejects.toThrow("did not load");
    await settle();
    expect(reload).toHaveBeenCalledOnce();
    await wait();
    await second;

    // It was slow, and is there now.
    const late = await expoSqlite.openDatabaseAsync("a.db");
    answer(late);
    await settle();
    expect(late.uses).toBe(0);
    isLoaded = true;
    await (await openDatabase("a.db", migrations)).close();
    expect(reload).toHaveBeenCalledOnce();
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe("a second tab", () => {
  it("waits until the first is closed: its worker has the files until then", async () => {
    const onWaiting = vi.fn();
    const [one, two] = [await openTab(), await openTab()];
    const first = await one.openDatabase("a.db", migrations);
    const opened = vi.fn();
    const second = two.openDatabase("b.db", migrations, { onWaiting });
    void second.then(opened);
    await settle();
    expect(onWaiting).toHaveBeenCalledOnce();

    await first.driver.transaction(write);
    await first.close();
    await settle();
    expect(opened).not.toHaveBeenCalled();

    locks.endTab();
    await (await second).close();
    const { driver, close } = await two.openDatabase("a.db", migrations);
    expect(await driver.select(read, [])).toEqual([[1]]);
    await close();
  });

  it("can give up waiting, and stands in nobody's way then", async () => {
    const [one, two, three] = [await openTab(), await openTab(), await openTab()];
    await one.openDatabase("a.db", migrations);
    const giveUp = new AbortController();
    const second = two.openDatabase("a.db", migrations, { signal: giveUp.signal });
    const third = three.openDatabase("a.db", migrations);
    await settle();

    giveUp.abort();
    await expect(second).rejects.toThrow();

    locks.endTab();
    await (await third).close();
  });

  it("goes on waiting for an opening that came after one that was given up", async () => {
    const [one, two] = [await openTab(), await openTab()];
    await one.openDatabase("a.db", migrations);
    const giveUp = new AbortController();
    const first = two.openDatabase("a.db", migrations, { signal: giveUp.signal });
    const second = two.openDatabase("b.db", migrations);
    giveUp.abort();
    await expect(first).rejects.toThrow();

    locks.endTab();
    await (await second).close();
  });
});

describe("one tab", () => {
  it("opens a database that is erased on sign-out when it is gone", async () => {
    const { openDatabase, openSession } = await openTab();
    const steps: string[] = [];
    const { session } = openSession("ada", migrations, ({ kind }) => steps.push(kind), {
      onWaiting: () => steps.push("another tab has it"),
      signal: new AbortController().signal,
    });
    const { database, erase } = await session;
    await database.driver.transaction(write);
    const second = openDatabase(databaseName("ada"), migrations).then((opened) => {
      steps.push("opened");
      return opened;
    });

    await erase("all");

    const { driver, close } = await second;
    expect(steps).toEqual(["gone", "opened"]);
    expect(await driver.select(read, [])).toEqual([[0]]);
    await close();
  });
});

describe("a browser with room for four databases", () => {
  const queueUp = [
    {
      sql: `INSERT INTO "sync_queue" ("opId", "tableName", "clientId", "kind", "fields", "edited", "schemaVersion", "userId", "state", "attempts", "createdAt") VALUES ('1', 'tasks', '1', 'create', '{}', '', 1, 'ada', 'waiting', 0, 0)`,
      rows: [[]],
    },
  ];

  async function use(names: readonly string[], work: typeof write = []): Promise<void> {
    const { openDatabase } = await openTab();
    locks.endTab();
    for (const name of names) {
      const { driver, close } = await openDatabase(name, migrations);
      if (work.length > 0) await driver.transaction(work);
      await close();
    }
  }

  async function contentOf(name: string): Promise<unknown> {
    const { openDatabase } = await openTab();
    locks.endTab();
    const { driver, close } = await openDatabase(name, migrations);
    const content = await driver.select(read, []);
    await close();
    return content;
  }

  it("gives up the one that was not used for the longest time and holds nothing unsent", async () => {
    await use(["a.db"], queueUp);
    await use(["b.db", "c.db", "d.db"], write);
    await use(["b.db"]);
    await use(["e.db"], write);
    expect(await contentOf("b.db")).toEqual([[1]]);
    expect(await contentOf("d.db")).toEqual([[1]]);
    expect(await contentOf("c.db")).toEqual([[0]]);
  });

  it("refuses another account while all hold something unsent, and opens those", async () => {
    await use(["a.db", "b.db", "c.db", "d.db"], queueUp);
    await expect(use(["e.db"])).rejects.toThrow("changes of 4 other accounts");
    await use(["a.db"]);
  });

  it("has room again for what was erased", async () => {
    await use(["a.db", "b.db", "c.db"], queueUp);
    const { openDatabase } = await openTab();
    locks.endTab();
    const { closeAndDelete } = await openDatabase("d.db", migrations);
    await closeAndDelete();
    expect(localStorage.getItem("sync-databases")).toBe('["a.db","b.db","c.db"]');
    await use(["e.db"], queueUp);
    expect(localStorage.getItem("sync-databases")).toBe('["a.db","b.db","c.db","e.db"]');
  });

  it("opens whatever there is where storage is blocked", async () => {
    vi.stubGlobal("localStorage", undefined);
    await use(["a.db", "b.db", "c.db", "d.db", "e.db"], queueUp);
  });
});

/** `navigator.locks`, as tabs share them. */
function createLocks() {
  const held = new Map<string, { end: () => void }>();
  const waiting = new Map<string, (() => void)[]>();
  const next = (name: string) => {
    held.delete(name);
    waiting.get(name)?.shift()?.();
  };
  const request = (
    name: string,
    { ifAvailable, signal }: { readonly ifAvailable?: boolean; readonly signal?: AbortSignal },
    run: (lock: object | null) => unknown,
  ): Promise<unknown> => {
    if (ifAvailable === true && held.has(name)) return Promise.resolve(run(null));
    return new Promise((resolve, reject) => {
      const take = () => {
        let isHeld = true;
        const end = () => {
          if (isHeld) next(name);
          isHeld = false;
        };
        held.set(name, { end });
        Promise.resolve(run({})).then(resolve, reject).finally(end);
      };
      if (!held.has(name)) return take();
      const queue = waiting.get(name) ?? [];
      waiting.set(name, [...queue, take]);
      signal?.addEventListener("abort", () => {
        waiting.set(
          name,
          (waiting.get(name) ?? []).filter((other) => other !== take),
        );
        reject(new Error("aborted"));
      });
    });
  };
  return {
    request,
    /** The tab that has the files is closed. */
    endTab: () => {
      for (const { end } of [...held.values()]) end();
    },
  };
}

function createStorage() {
  const items = new Map<string, string>();
  return {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
  };
}
