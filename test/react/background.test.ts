// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { databaseName } from "../../templates/client/db/client";
import { openAppSync, showApp, withoutApp } from "../../templates/client/providers/appSync";
import { openSession } from "../../templates/client/providers/openSession";
import { openSync } from "../../templates/client/providers/openSync";
import { writeAccount } from "../../templates/client/providers/rememberedAccount";
import { systemTimers } from "../../templates/client/sync/platform";
import { anyTable } from "../client/anyTable";
import { settle } from "../client/world";
import { BackgroundTaskResult, BackgroundTaskStatus } from "../standins/expoBackgroundTask";
import { expire, setStatus } from "../standins/expoBackgroundTask";
import {
  connectionTo,
  deleteDatabaseAsync,
  failStatementsAfter,
  resetDatabases,
} from "../standins/expoSqlite";
import { endProcess, registrations } from "../standins/expoTaskManager";
import { networkListeners } from "../standins/netinfo";
import { accountOf, app, BackgroundPhone } from "./backgroundPhone";

const { Failed, Success } = BackgroundTaskResult;
let phone: BackgroundPhone;

beforeEach(() => {
  resetDatabases();
  endProcess("removed");
  setStatus(BackgroundTaskStatus.Available);
  phone = new BackgroundPhone();
});
afterEach(() => {
  vi.restoreAllMocks();
});

describe("a task while the app is not running", () => {
  it("sends what was written offline, and leaves nothing open", async () => {
    await phone.wroteOffline("a", "b");
    phone.start();

    expect(await phone.run()).toBe(Success);

    expect(await phone.stored()).toEqual(["a", "b"]);
    expect(phone.lines.at(-1)?.isClosed).toBe(true);
    expect(phone.liveQueries).toBe(0);
    expect(networkListeners()).toBe(0);
    expect(connectionTo(databaseName(accountOf("ann"))).uses).toBe(0);
    expect(await phone.waiting()).toBe(0);
  });

  it("is one cycle, which also fetches", async () => {
    await phone.wroteOffline("a");
    phone.start();
    await phone.run();
    await phone.useDatabase(async (sync) => {
      await sync.pendingCount("notes");
      expect(sync.getStatus().initialSync.complete).toBe(true);
    });
    phone.calls.length = 0;

    await phone.run();

    expect(phone.calls).toEqual(["sync:head", "sync:changes_notes"]);
  });

  it("opens nothing when nobody is signed in", async () => {
    await phone.wroteOffline("a");
    await writeAccount(null);
    phone.start();
    const before = connectionTo(databaseName(accountOf("ann")));
    const lines = phone.lines.length;

    expect(await phone.run()).toBe(Success);

    expect(phone.lines).toHaveLength(lines);
    expect(connectionTo(databaseName(accountOf("ann")))).toBe(before);
  });

  it.each([
    ["no", null],
    ["somebody else's", "bob"],
  ])("I3: with %s token fails, and leaves the queue as it is", async (_what, token) => {
    await phone.wroteOffline("a");
    phone.token = token;
    phone.start();

    expect(await phone.run()).toBe(Failed);

    expect(await phone.stored()).toEqual([]);
    expect(await phone.waiting()).toBe(1);
    expect(phone.calls.filter((name) => name === "sync:push")).toEqual([]);
    phone.token = "ann";
    expect(await phone.run()).toBe(Success);
    expect(await phone.stored()).toEqual(["a"]);
  });

  it("fails, and never throws, where it cannot connect or open the database", async () => {
    await phone.wroteOffline("a");
    phone.start(() => Promise.reject(new Error("no keychain")));
    expect(await phone.run()).toBe(Failed);

    phone.start(async () => {
      const connection = await phone.connectInBackground();
      failStatementsAfter(0);
      return connection;
    });
    expect(await phone.run()).toBe(Failed);
    failStatementsAfter(Infinity);
    expect(phone.lines.at(-1)?.isClosed).toBe(true);

    phone.start();
    expect(await phone.run()).toBe(Success);
    expect(await phone.stored()).toEqual(["a"]);
  });

  it("is not in the way of later ones when it never finds out who is signed in", async () => {
    await phone.wroteOffline("a");
    const { after } = systemTimers;
    vi.spyOn(systemTimers, "after").mockImplementation((delay, task) =>
      after(delay === 30_000 ? 0 : delay, task),
    );
    phone.start(() => new Promise(() => undefined));
    expect(await phone.run()).toBe(Failed);
    vi.restoreAllMocks();

    phone.start();
    expect(await phone.run()).toBe(Success);
    expect(await phone.stored()).toEqual(["a"]);
  });

  it("ends without waiting for its connection to close", async () => {
    await phone.wroteOffline("a");
    phone.start(async () => {
      const connection = await phone.connectInBackground();
      if (connection) connection.convex.close = () => new Promise(() => undefined);
      return connection;
    });

    expect(await phone.run()).toBe(Success);
    expect(await phone.stored()).toEqual(["a"]);
  });

  it("fails while another runner of the database syncs", async () => {
    await phone.wroteOffline("a");
    phone.start();
    phone.holdAnswers();
    const other = phone.useDatabase(async (sync) => {
      await sync.start();
      await vi.waitFor(() => expect(phone.calls).toContain("sync:push"));
      expect(await phone.run()).toBe(Failed);
      phone.releaseAnswers();
      await sync.syncNow();
    });

    await other;

    expect(await phone.stored()).toEqual(["a"]);
  });

  it("runs once when it is asked for again while it runs", async () => {
    await phone.wroteOffline("a");
    phone.start();
    const lines = phone.lines.length;
    phone.holdAnswers();
    const first = phone.run();
    await vi.waitFor(() => expect(phone.calls).toContain("sync:push"));
    const second = phone.run();
    await settle();
    phone.releaseAnswers();

    expect(await Promise.all([first, second])).toEqual([Success, Success]);

    expect(phone.lines).toHaveLength(lines + 1);
  });
});

describe("iOS stops a task", () => {
  it("I2, I3: whose batch is on its way: it takes effect once", async () => {
    await phone.wroteOffline("a");
    phone.start();
    phone.holdAnswers();
    const running = phone.run();
    await vi.waitFor(() => expect(phone.calls).toContain("sync:push"));

    expect(expire()).toBe(1);

    expect(await running).toBe(Failed);
    expect(connectionTo(databaseName(accountOf("ann"))).uses).toBe(0);
    expect(phone.lines.at(-1)?.isClosed).toBe(true);
    expect(await phone.waiting()).toBe(1);
    phone.releaseAnswers();
    expect(await phone.run()).toBe(Success);
    expect(await phone.stored()).toEqual(["a"]);
    expect(await phone.waiting()).toBe(0);
    expect(expire()).toBe(0);
  });

  it("before it has opened anything", async () => {
    await phone.wroteOffline("a");
    phone.start(async () => {
      const connection = await phone.connectInBackground();
      expire();
      return connection;
    });

    expect(await phone.run()).toBe(Failed);

    expect(phone.calls).toEqual([]);
    expect(connectionTo(databaseName(accountOf("ann"))).uses).toBe(0);
  });
});

it("I1, I3: an engine that was there before the task goes on, whatever it did not hear of", async () => {
  await phone.wroteOffline("a");
  phone.start();
  const account = accountOf("ann");
  const { session, close } = openSession(account, app.migrations, () => undefined, {
    onWaiting: () => undefined,
    signal: new AbortController().signal,
  });
  const { database } = await session;
  const { registry } = app;
  const { convex } = phone.connect();
  const opened = await openSync({ registry, database, convex, account });
  await opened.sync.start();
  await opened.sync.syncNow();
  const notes = anyTable(opened, "notes");
  const { clientId } = await notes.create({ text: "b" });
  await opened.sync.syncNow();

  expect(await phone.run()).toBe(Success);
  await notes.update(clientId, { text: "c" });
  expect((await opened.sync.syncNow()).error).toBeNull();

  expect(await phone.stored()).toEqual(["a", "c"]);
  await opened.close();
  await close();
  await deleteDatabaseAsync(databaseName(account));
});

it("the app's engine is made once a task has closed what it had open, and not before", async () => {
  let close: () => void = () => undefined;
  const work = withoutApp(() => new Promise<string>((resolve) => (close = () => resolve("done"))));
  const stopShowing = showApp();
  await phone.useDatabase(async (_sync, parts) => {
    const opening = openAppSync(parts);
    await settle();
    expect(await Promise.race([opening, settle().then(() => "waiting")])).toBe("waiting");

    close();

    const { sync, close: closeSync } = await opening;
    expect(sync.getStatus().phase).toBe("stopped");
    expect(await work).toBeNull();
    await closeSync();
  });
  stopShowing();
});

it("whatever a task that the app has ended came to, the app goes on from there", async () => {
  let stopShowing: () => void = () => undefined;
  const work = withoutApp(async () => {
    await settle();
    stopShowing = showApp();
    throw new Error("closed");
  });

  expect(await work).toBeNull();
  expect(await withoutApp(() => Promise.resolve("not asked"))).toBeNull();
  stopShowing();
  expect(await withoutApp(() => Promise.resolve("asked"))).toBe("asked");
});

describe("the registration", () => {
  const minutes = () => Object.values(registrations());

  it("is made by each start, and once", async () => {
    phone.start();
    await settle();
    phone.start();
    await settle();

    expect(minutes()).toEqual([{ minimumInterval: 15 }]);
  });

  it("follows another interval of the config", async () => {
    phone.start();
    await settle();
    phone.start(phone.connectInBackground, 60);
    await settle();

    expect(minutes()).toEqual([{ minimumInterval: 60 }]);
  });

  it("is not tried where the platform has no tasks", async () => {
    setStatus(BackgroundTaskStatus.Restricted);
    phone.start();
    await settle();

    expect(minutes()).toEqual([]);
  });

  it("ends by itself once the task is not defined any more", async () => {
    phone.start();
    await settle();
    endProcess();

    expect(await phone.run()).toBeNull();
    expect(minutes()).toEqual([]);
  });
});
