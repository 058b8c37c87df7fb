import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { databaseName, openDatabase } from "../../templates/client/db/client.web";
import { openSession } from "../../templates/client/providers/openSession";
import { resetDatabases } from "../standins/expoSqlite";
import { migrations } from "./fixture/migrations";
import { settle } from "./world";

vi.mock("../../templates/client/db/client", () => import("../../templates/client/db/client.web"));

beforeEach(() => {
  resetDatabases();
  shareLocks();
});
afterEach(() => vi.unstubAllGlobals());

const read = `SELECT count(*) FROM "sync_metadata"`;
const write = [{ sql: `INSERT INTO "sync_metadata" VALUES ('secret', 'a')`, rows: [[]] }];

describe("a second tab", () => {
  it("waits until the first closes", async () => {
    const onWaiting = vi.fn();
    const first = await openDatabase("a.db", migrations);
    const second = openDatabase("a.db", migrations, { onWaiting });
    await settle();
    expect(onWaiting).toHaveBeenCalledOnce();

    await first.driver.transaction(write);
    await first.close();

    const { driver, close } = await second;
    expect(await driver.select(read, [])).toEqual([[1]]);
    await close();
  });

  it("can give up waiting, and stands in nobody's way then", async () => {
    const first = await openDatabase("a.db", migrations);
    const giveUp = new AbortController();
    const second = openDatabase("a.db", migrations, { signal: giveUp.signal });
    const third = openDatabase("a.db", migrations);
    await settle();

    giveUp.abort();
    await expect(second).rejects.toThrow();

    await first.close();
    await (await third).close();
  });

  it("opens a database that is erased on sign-out when it is gone", async () => {
    const steps: string[] = [];
    const { session } = openSession("ada", migrations, ({ kind }) => steps.push(kind), {
      onWaiting: () => undefined,
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

/** `navigator.locks`, as tabs share them. */
function shareLocks(): void {
  const last = new Map<string, Promise<unknown>>();
  const request = (
    name: string,
    { ifAvailable, signal }: { readonly ifAvailable?: boolean; readonly signal?: AbortSignal },
    run: (lock: object | null) => unknown,
  ): Promise<unknown> => {
    const before = last.get(name);
    if (ifAvailable === true && before !== undefined) return Promise.resolve(run(null));
    const mine = Promise.resolve(before).then(() => (signal?.aborted === true ? null : run({})));
    const end = mine.then(() => {
      if (last.get(name) === end) last.delete(name);
    });
    last.set(name, end);
    return new Promise((resolve, reject) => {
      mine.then(resolve, reject);
      signal?.addEventListener("abort", () => reject(new Error("aborted")));
    });
  };
  vi.stubGlobal("navigator", { locks: { request } });
}
