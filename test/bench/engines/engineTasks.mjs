// The tasks of the emitted engine, on whatever driver and clock it is given.
import { createSqliteStore } from "emitted/sync/SqliteStore";
import { createSync } from "emitted/sync/SyncService";
import { createIds } from "emitted/sync/platform";
import { registry } from "emitted/sync/TableRegistry";
import { changedRow, fieldsOf, pagesOf, rowId, wireRow } from "./rows.mjs";
import { createServer, user } from "./server.mjs";

/**
 * What can be asked for; every task gets an empty database. `open` makes one and resolves with its driver, `timed` and
 * `aside` keep the time, `turn` waits for the next turn of the event loop, `memory` tells the peak in MB.
 */
export function engineTasks({ open, timed, aside, turn, memory }) {
  async function start(options) {
    const driver = await open(options);
    const server = createServer("items1", { aside, turn });
    let switchNetwork = () => undefined;
    const network = { online: true };
    const sync = createSync({
      registry,
      account: user,
      ports: {
        store: createSqliteStore(registry, driver),
        backend: server.backend,
        clock: { now: () => Date.now() },
        ids: await createIds(driver),
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
    return { driver, server, sync, switchNetwork: (online) => switchNetwork(online) };
  }

  /** Ops of rows of their own, as a day offline leaves them; put into the queue directly. */
  async function queueUp(driver, sync, count) {
    if (count === 0) return;
    await sync.table("items1").create(fieldsOf(0));
    const names = (await driver.select(`SELECT name FROM pragma_table_info('sync_queue')`, []))
      .map(([name]) => name)
      .filter((name) => name !== "seq");
    const values = names.map((name) =>
      name === "clientId" || name === "opId" ? "json_each.value" : `"sync_queue"."${name}"`,
    );
    const ids = Array.from({ length: count - 1 }, (_, index) => rowId(5_000_001 + index));
    await driver.transaction([
      {
        sql: `INSERT INTO "sync_queue" (${names.map((name) => `"${name}"`).join(", ")}) SELECT ${values.join(", ")} FROM "sync_queue", json_each(?)`,
        rows: [[JSON.stringify(ids)]],
      },
    ]);
  }

  return {
    sync: async ({ rows, changes, pageRows, pending = 0, ...options }) => {
      const { driver, server, sync } = await start(options);
      server.pages = pagesOf(rows, (position) => wireRow(position), pageRows);
      const firstSync = await timed(async () => {
        await sync.start();
        await sync.syncNow();
      });
      server.rest();
      const [[count]] = await driver.select(`SELECT count(*) FROM "items1"`, []);
      if (count !== rows) throw new Error(`${count} rows arrived.`);
      if (pending > 0) {
        await queueUp(driver, sync, pending);
        // Refused by the server, so that they stay: the next cycle would send them before it pulls.
        await driver.transaction([
          { sql: `UPDATE "sync_queue" SET "state" = 'failed'`, rows: [[]] },
        ]);
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
        memory: memory(),
        holds: { longest: Math.max(...holds), median: median(holds), pages: holds.length },
      };
    },
    // The first `warmUp` writes nobody times: as in the raw limit, the code is warm.
    writes: async ({ writes, depth = 0, warmUp, ...options }) => {
      const { driver, server, sync } = await start(options);
      server.pages = pagesOf(writes + warmUp, (position) => wireRow(position), 500);
      await sync.start();
      await sync.syncNow();
      await sync.stop();
      await queueUp(driver, sync, depth);
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
      await sync.dispose();
      return { create, update };
    },
    // A first flush of `warmUp` ops nobody times. `together`: so many ops are written by one commit, and land together.
    flush: async ({ ops, warmUp, together = 1, ...options }) => {
      const { server, sync, switchNetwork } = await start(options);
      await sync.start();
      await sync.syncNow();
      const items = sync.table("items1");
      const writeOffline = async (count) => {
        switchNetwork(false);
        for (let index = 0; index < count; index += together)
          if (together === 1) await items.create(fieldsOf(index));
          else
            await sync.batch(({ items1 }) => {
              for (let next = index; next < index + together; next += 1)
                items1.create(fieldsOf(next));
            });
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
}

const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;
