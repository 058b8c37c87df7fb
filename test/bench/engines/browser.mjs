// Runs in a page: the emitted engine on the emitted asynchronous driver, and plain statements on the same driver.
import { openDatabase } from "emitted/db/client.web";
import { migrations } from "emitted/db/migrations/migrations";
import { createSqliteStore } from "emitted/sync/SqliteStore";
import { createSync } from "emitted/sync/SyncService";
import { createIds } from "emitted/sync/platform";
import { registry } from "emitted/sync/TableRegistry";
import { fieldsOf, pagesOf, wireRow } from "./rows.mjs";
import { createServer, user } from "./server.mjs";

const fields = Object.keys(fieldsOf(0));
const columns = [
  ...["clientId", "serverId", "userId", "createdAt", "updatedAt", "syncStatus", "changed"],
  ...fields,
].map((name) => `"${name}"`);
const into = `INSERT INTO "items1" (${columns.join(", ")})`;
const conflict = `ON CONFLICT ("clientId") DO UPDATE SET ${columns
  .slice(1)
  .map((name) => `${name} = excluded.${name}`)
  .join(", ")}`;
const tuple = `(${columns.map(() => "?").join(", ")})`;
const remember = `INSERT INTO "sync_metadata" ("key", "value") VALUES ('cursor', ?) ON CONFLICT ("key") DO UPDATE SET "value" = excluded."value"`;
/** Rows of one statement, far below SQLite's limit of variables. */
const atOnce = 100;

/** The statements that write a page of decoded rows. */
const ways = {
  row: (rows) => [{ sql: `${into} VALUES ${tuple} ${conflict}`, rows }],
  multi: (rows) =>
    Array.from({ length: Math.ceil(rows.length / atOnce) }, (_, index) => {
      const part = rows.slice(index * atOnce, (index + 1) * atOnce);
      return {
        sql: `${into} VALUES ${part.map(() => tuple).join(", ")} ${conflict}`,
        rows: [part.flat()],
      };
    }),
  json: (rows) => [
    {
      sql: `${into} SELECT ${columns.map((_, index) => `value ->> ${index}`).join(", ")} FROM json_each(?) WHERE true ${conflict}`,
      rows: [[JSON.stringify(rows)]],
    },
  ],
};

const encode = (row) => [
  row.clientId,
  row.serverId,
  row.userId,
  row.createdAt,
  row.updatedAt,
  "synced",
  row.stamp,
  ...fields.map((name) => {
    const value = row.fields[name];
    return typeof value === "boolean" ? Number(value) : value;
  }),
];

let apart = 0;

function aside(work) {
  const start = performance.now();
  const result = work();
  apart += performance.now() - start;
  return result;
}

async function timed(work) {
  const before = apart;
  const start = performance.now();
  await work();
  return performance.now() - start - (apart - before);
}

async function statements(driver, way, rows, pageRows) {
  const pages = pagesOf(rows, (position) => wireRow(position), pageRows);
  const nextPage = () => aside(() => pages.next().value);
  return timed(async () => {
    for (let page = nextPage(); page !== undefined; page = nextPage()) {
      const decoded = aside(() => JSON.parse(page).rows.map(encode));
      await driver.transaction([...ways[way](decoded), { sql: remember, rows: [["cursor"]] }]);
    }
  });
}

async function engine(driver, rows, pageRows) {
  const server = createServer("items1", {
    aside,
    turn: () => new Promise((resolve) => setTimeout(resolve)),
  });
  server.pages = pagesOf(rows, (position) => wireRow(position), pageRows);
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
          const timer = setTimeout(task, delay);
          return () => clearTimeout(timer);
        },
      },
      network: { isOnline: () => true, subscribe: () => () => undefined },
      lifecycle: { subscribe: () => () => undefined },
      lease: { run: (task) => task() },
    },
  });
  const took = await timed(async () => {
    await sync.start();
    await sync.syncNow();
  });
  await sync.stop();
  return took;
}

/** A first sync into an empty database, in ms; `way` is `engine` or one of `ways`. */
globalThis.firstSync = async (way, rows, pageRows) => {
  const { driver } = await openDatabase("bench.db", migrations);
  const took = await (way === "engine"
    ? engine(driver, rows, pageRows)
    : statements(driver, way, rows, pageRows));
  const [[count]] = await driver.select(`SELECT count(*) FROM "items1"`, []);
  await driver.close();
  if (count !== rows) throw new Error(`${count} rows arrived.`);
  return took;
};
