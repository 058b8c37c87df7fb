// The emitted engine, over the fastest driver that Node has, and a server that answers from memory.
import { Database } from "../../standins/nodeSqlite.mjs";
import { createSqliteStore } from "emitted/sync/SqliteStore";
import { createSync } from "emitted/sync/SyncService";
import { createIds } from "emitted/sync/platform";
import { registry } from "emitted/sync/TableRegistry";
import { createBetterSqliteDriver } from "../../standins/betterSqliteDriver";
import { openFile } from "./file.mjs";
import { createServer, user } from "./server.mjs";
import {
  aside,
  changedRow,
  fieldsOf,
  pagesOf,
  peakMemory,
  rowId,
  timed,
  wireRow,
} from "./rows.mjs";

async function open(path) {
  const database = openFile(new Database(path));
  const server = createServer("items1", {
    aside,
    turn: () => new Promise((resolve) => setImmediate(resolve)),
  });
  const driver = createBetterSqliteDriver(database);
  const ids = await createIds(driver);
  let switchNetwork = () => undefined;
  const network = { online: true };
  const sync = createSync({
    registry,
    account: user,
    ports: {
      store: createSqliteStore(registry, driver),
      backend: server.backend,
      clock: { now: () => Date.now() },
      ids,
      timers: {
        after: (delay, task) => {
          // Between the parts of a page.
          const takeUp = delay === 0 ? server.giveWay() : () => undefined;
          const timer = setTimeout(() => {
            takeUp();
            task();
          }, delay);
          return () => clearTimeout(timer);
        },
      },
      network: {
        isOnline: () => network.online,
        subscribe: (listener) => {
          switchNetwork = (online) => listener((network.online = online));
          return () => undefined;
        },
      },
      lifecycle: { subscribe: () => () => undefined },
      lease: { run: (task) => task() },
    },
  });
  return { database, server, sync, switchNetwork: (online) => switchNetwork(online) };
}

/** Ops of rows of their own, as a day offline leaves them; put into the queue directly. */
async function queueUp(database, sync, count) {
  if (count === 0) return;
  await sync.table("items1").create(fieldsOf(0));
  const [template] = database.prepare(`SELECT * FROM "sync_queue"`).all();
  const names = Object.keys(template).filter((name) => name !== "seq");
  const add = database.prepare(
    `INSERT INTO "sync_queue" (${names.map((name) => `"${name}"`).join(", ")}) VALUES (${names.map(() => "?").join(", ")})`,
  );
  database.transaction(() => {
    for (let index = 1; index < count; index += 1)
      add.run(
        names.map((name) =>
          name === "clientId" || name === "opId" ? rowId(5_000_000 + index) : template[name],
        ),
      );
  })();
}

const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;

/** What can be asked for; every task gets an empty database. */
export const tasks = {
  sync: async ({ path, rows, changes, pageRows, pending = 0 }) => {
    const { database, server, sync } = await open(path);
    server.pages = pagesOf(rows, (position) => wireRow(position), pageRows);
    const firstSync = await timed(async () => {
      await sync.start();
      await sync.syncNow();
    });
    server.rest();
    const count = database.prepare(`SELECT count(*) FROM "items1"`).pluck().get();
    if (count !== rows) throw new Error(`${count} rows arrived.`);
    if (pending > 0) {
      await queueUp(database, sync, pending);
      // Refused by the server, so that they stay: the next cycle would send them before it pulls.
      database.exec(`UPDATE "sync_queue" SET "state" = 'failed'`);
    }
    const firstHolds = server.holds.splice(0);
    server.pages = pagesOf(changes, (index) => changedRow(index, changes, rows), pageRows);
    const pull = await timed(async () => {
      server.ring();
      await sync.syncNow();
    });
    if (!server.pages.next().done) throw new Error("Pages were left.");
    await sync.dispose();
    const holds = [...firstHolds, ...server.holds];
    return {
      firstSync,
      pull,
      memory: peakMemory(),
      holds: { longest: Math.max(...holds), median: median(holds), pages: holds.length },
    };
  },
  // The first `warmUp` writes nobody times: as in the raw limit, the code is warm.
  writes: async ({ path, writes, depth = 0, warmUp }) => {
    const { database, server, sync } = await open(path);
    server.pages = pagesOf(writes + warmUp, (position) => wireRow(position), 500);
    await sync.start();
    await sync.syncNow();
    await sync.stop();
    await queueUp(database, sync, depth);
    const items = sync.table("items1");
    const createRows = async (count) => {
      for (let index = 0; index < count; index += 1) await items.create(fieldsOf(writes + index));
    };
    const updateRows = async (from, count) => {
      for (let index = from; index < from + count; index += 1)
        await items.update(rowId(index), { title: `Another title ${index}` });
    };
    await createRows(warmUp);
    const create = await timed(() => createRows(writes));
    await updateRows(writes, warmUp);
    const update = await timed(() => updateRows(0, writes));
    return { create, update };
  },
  // A first flush of `warmUp` ops nobody times.
  flush: async ({ path, ops, warmUp }) => {
    const { server, sync, switchNetwork } = await open(path);
    await sync.start();
    await sync.syncNow();
    const items = sync.table("items1");
    const writeOffline = async (count) => {
      switchNetwork(false);
      for (let index = 0; index < count; index += 1) await items.create(fieldsOf(index));
    };
    const sendAll = async () => {
      switchNetwork(true);
      await sync.syncNow();
    };
    await writeOffline(warmUp);
    await sendAll();
    await writeOffline(ops);
    server.batches = 0;
    const flush = await timed(sendAll);
    if (server.batches !== Math.ceil(ops / 100)) throw new Error(`${server.batches} batches.`);
    await sync.dispose();
    return { flush };
  },
};
