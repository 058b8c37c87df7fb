// Runs in a page: the emitted engine on the emitted asynchronous driver, and plain statements on the same driver.
import { openDatabase } from "emitted/db/client.web";
import { migrations } from "emitted/db/migrations/migrations";
import { engineTasks } from "./engineTasks.mjs";
import { changedRow, fieldsOf, pagesOf, rowId, wireRow } from "./rows.mjs";

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
const remove = `DELETE FROM "items1" WHERE "clientId" IN (SELECT value FROM json_each(?))`;
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

const open = async () => (await openDatabase("bench.db", migrations)).driver;

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
  return { wall: performance.now() - start - (apart - before) };
}

/** The longest time, in ms, for which `work` keeps a timer of the page waiting; what is `aside` does not count. */
async function longestHold(work) {
  // What browsers make of timers that follow each other.
  const least = 4;
  let longest = 0;
  let before = { time: performance.now(), apart };
  let timer = setTimeout(function look() {
    const now = { time: performance.now(), apart };
    longest = Math.max(longest, now.time - before.time - (now.apart - before.apart) - least);
    before = now;
    timer = setTimeout(look);
  });
  const result = await work();
  clearTimeout(timer);
  return { ...result, hold: longest };
}

const engine = engineTasks({
  open,
  timed,
  aside,
  turn: () => new Promise((resolve) => setTimeout(resolve)),
  memory: () => 0,
});

/** The statements that each task cannot do without, and nothing else; `write` is one of `ways`. */
const statements = (write) => ({
  sync: async ({ rows, changes, pageRows }) => {
    const driver = await open();
    const apply = (pages) =>
      timed(async () => {
        const next = () => aside(() => pages.next().value);
        for (let page = next(); page !== undefined; page = next()) {
          const [live, gone] = aside(() => {
            const decoded = JSON.parse(page).rows;
            return [
              decoded.filter(({ deletedAt }) => deletedAt === null).map(encode),
              decoded.filter(({ deletedAt }) => deletedAt !== null).map((row) => row.clientId),
            ];
          });
          await driver.transaction([
            ...write(live),
            ...(gone.length > 0 ? [{ sql: remove, rows: [[JSON.stringify(gone)]] }] : []),
            { sql: remember, rows: [["cursor"]] },
          ]);
        }
      });
    const firstSync = await apply(pagesOf(rows, (position) => wireRow(position), pageRows));
    const pull = await apply(
      pagesOf(changes, (index) => changedRow(index, changes, rows), pageRows),
    );
    await driver.close();
    return { firstSync, pull };
  },
  writes: async ({ writes }) => {
    const driver = await open();
    const rows = Array.from({ length: 2 * writes }, (_, position) => encode(wireRow(position)));
    await driver.transaction(write(rows.slice(0, writes)));
    const insert = `${into} VALUES ${tuple}`;
    const create = await timed(async () => {
      for (const row of rows.slice(writes))
        await driver.transaction([{ sql: insert, rows: [row] }]);
    });
    const update = await timed(async () => {
      for (let index = 0; index < writes; index += 1)
        await driver.transaction([
          {
            sql: `UPDATE "items1" SET "title" = ?, "updatedAt" = ? WHERE "clientId" = ?`,
            rows: [[`Another title ${index}`, index, rowId(index)]],
          },
        ]);
    });
    await driver.close();
    return { create, update };
  },
  flush: async ({ ops }) => {
    const driver = await open();
    const ids = Array.from({ length: ops }, (_, index) => rowId(index));
    const content = JSON.stringify(fieldsOf(0));
    await driver.transaction([
      {
        sql: `INSERT INTO "sync_queue" ("opId", "tableName", "clientId", "kind", "fields", "edited", "schemaVersion", "userId", "state", "attempts", "createdAt") SELECT value, 'items1', value, 'create', ?, '000000000000001-0000-device00', 1, 'user|1', 'waiting', 0, 1 FROM json_each(?)`,
        rows: [[content, JSON.stringify(ids)]],
      },
    ]);
    const readBatch = () =>
      driver.select(`SELECT * FROM "sync_queue" ORDER BY "seq" LIMIT 100`, []);
    const flush = await timed(async () => {
      for (let batch = await readBatch(); batch.length > 0; batch = await readBatch())
        await driver.transaction([
          { sql: `DELETE FROM "sync_queue" WHERE "seq" <= ?`, rows: [[batch.at(-1)[0]]] },
        ]);
    });
    await driver.close();
    return { flush };
  },
});

/** Runs a task on an empty database; `way` is `engine` or one of `ways`. Times in ms. */
globalThis.runTask = (way, task, options) =>
  way === "engine"
    ? longestHold(() => engine[task](options))
    : statements(ways[way])[task](options);
