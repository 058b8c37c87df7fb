// The limit: the statements that have to be run, prepared once, on decoded rows, and nothing else.
import { Database } from "../../standins/nodeSqlite.mjs";
import {
  aside,
  changedRow,
  fieldsOf,
  firstRows,
  pagesOf,
  peakMemory,
  rowId,
  timed,
  wireRow,
} from "./rows.mjs";
import { openFile } from "./file.mjs";

const fields = Object.keys(fieldsOf(0));
const columns = [
  "clientId",
  "serverId",
  "userId",
  "createdAt",
  "updatedAt",
  "syncStatus",
  "changed",
];
const all = [...columns, ...fields];
const quoted = all.map((name) => `"${name}"`);
const insertRow = `INSERT INTO "items1" (${quoted.join(", ")}) VALUES (${all.map(() => "?").join(", ")})`;
const upsertRow = `${insertRow} ON CONFLICT ("clientId") DO UPDATE SET ${quoted
  .slice(1)
  .map((name) => `${name} = excluded.${name}`)
  .join(", ")}`;

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

function open(path) {
  return openFile(new Database(path));
}

/** Decoded pages; making them is nobody's time. */
function decodedPage(pages) {
  return aside(() => {
    const { value, done } = pages.next();
    if (done) return null;
    return JSON.parse(value).rows.map((row) => (row.deletedAt === null ? encode(row) : row));
  });
}

function applyPages(database, pages) {
  const upsert = database.prepare(upsertRow);
  const remove = database.prepare(`DELETE FROM "items1" WHERE "clientId" = ?`);
  const remember = database.prepare(
    `INSERT INTO "sync_metadata" ("key", "value") VALUES ('cursor', ?) ON CONFLICT ("key") DO UPDATE SET "value" = excluded."value"`,
  );
  for (let rows = decodedPage(pages); rows !== null; rows = decodedPage(pages)) {
    database.exec("BEGIN");
    for (const row of rows)
      if (Array.isArray(row)) upsert.run(row);
      else remove.run(row.clientId);
    remember.run("cursor");
    database.exec("COMMIT");
  }
}

const readBatch = `SELECT * FROM "sync_queue" ORDER BY "seq" LIMIT 100`;

/** Creates that wait, of rows of their own. */
function queueUp(database, ops) {
  const add = database.prepare(
    `INSERT INTO "sync_queue" ("opId", "tableName", "clientId", "kind", "fields", "edited", "schemaVersion", "userId", "state", "attempts", "createdAt") VALUES (?, 'items1', ?, 'create', ?, '000000000000001-0000-device00', 1, 'user|1', 'waiting', 0, 1)`,
  );
  database.transaction(() => {
    for (let index = 0; index < ops; index += 1)
      add.run(rowId(index), rowId(index), JSON.stringify(fieldsOf(index)));
  })();
}

/** Statements on a table with `writes` rows, after 1,000 that nobody times; `fresh` are rows that are not in it. */
function prepareWrites(database, writes) {
  const rows = firstRows(writes * 2 + 1_000).map(encode);
  const insert = database.prepare(insertRow);
  database.transaction(() => rows.slice(0, writes).forEach((row) => insert.run(row)))();
  const update = database.prepare(
    `UPDATE "items1" SET "title" = ?, "updatedAt" = ? WHERE "clientId" = ?`,
  );
  rows.slice(writes, writes + 1_000).forEach((row) => insert.run(row));
  return { insert, update, fresh: rows.slice(writes + 1_000) };
}

/** What can be asked for; every task gets an empty database. */
export const tasks = {
  sync: async ({ path, rows, changes, pageRows }) => {
    const database = open(path);
    const first = pagesOf(rows, (position) => wireRow(position), pageRows);
    const changed = pagesOf(changes, (index) => changedRow(index, changes, rows), pageRows);
    const firstSync = await timed(async () => applyPages(database, first));
    const pull = await timed(async () => applyPages(database, changed));
    return { firstSync, pull, memory: peakMemory() };
  },
  writes: async ({ path, writes }) => {
    const { insert, update, fresh } = prepareWrites(open(path), writes);
    return {
      create: await timed(async () => fresh.forEach((row) => insert.run(row))),
      update: await timed(async () => {
        for (let index = 0; index < writes; index += 1)
          update.run(`Another title ${index}`, index, rowId(index));
      }),
    };
  },
  // What an engine that keeps a queue cannot do without: the row's statement and the op's in one transaction, and of a
  // row that changes, reading it first.
  both: async ({ path, writes }) => {
    const database = open(path);
    const { insert, update, fresh } = prepareWrites(database, writes);
    const [begin, commit] = ["BEGIN IMMEDIATE", "COMMIT"].map((sql) => database.prepare(sql));
    const add = database.prepare(
      `INSERT INTO "sync_queue" ("opId", "tableName", "clientId", "kind", "fields", "base", "edited", "schemaVersion", "userId", "state", "attempts", "createdAt") VALUES (?, 'items1', ?, ?, ?, ?, '000000000000001-0000-device00', 1, 'user|1', 'waiting', 0, 1)`,
    );
    const read = database.prepare(`SELECT * FROM "items1" WHERE "clientId" = ?`).raw(true);
    const base = JSON.stringify(fieldsOf(0));
    return {
      create: await timed(async () => {
        for (const row of fresh) {
          begin.run();
          insert.run(row);
          add.run(row[0], row[0], "create", base, null);
          commit.run();
        }
      }),
      update: await timed(async () => {
        for (let index = 0; index < writes; index += 1) {
          const id = rowId(index);
          read.all(id);
          begin.run();
          update.run(`Another title ${index}`, index, id);
          add.run(id, id, "update", `{"title":"Another title ${index}"}`, base);
          commit.run();
        }
      }),
    };
  },
  flush: async ({ path, ops }) => {
    const database = open(path);
    queueUp(database, ops);
    const read = database.prepare(readBatch).raw(true);
    const remove = database.prepare(`DELETE FROM "sync_queue" WHERE "seq" <= ?`);
    const flush = await timed(async () => {
      for (let batch = read.all(); batch.length > 0; batch = read.all())
        remove.run(batch.at(-1)[0]);
    });
    return { flush };
  },
  // What a batch that is written down before it is sent, and rows that learn their version, cannot do without.
  flushSealed: async ({ path, ops }) => {
    const database = open(path);
    queueUp(database, ops);
    const insert = database.prepare(insertRow);
    database.transaction(() => firstRows(ops).forEach((row) => insert.run(encode(row))))();
    const [begin, commit] = ["BEGIN IMMEDIATE", "COMMIT"].map((sql) => database.prepare(sql));
    const read = database.prepare(readBatch).raw(true);
    const seal = database.prepare(
      `UPDATE "sync_queue" SET "state" = 'sealed', "sealedBy" = ? WHERE "seq" <= ?`,
    );
    const rowsOf = database
      .prepare(`SELECT * FROM "items1" WHERE "clientId" IN (SELECT value FROM json_each(?))`)
      .raw(true);
    const update = database.prepare(
      `UPDATE "items1" SET "serverId" = ?, "syncStatus" = 'synced', "changed" = ? WHERE "clientId" = ?`,
    );
    const remove = database.prepare(`DELETE FROM "sync_queue" WHERE "seq" <= ?`);
    const batchName = JSON.stringify({ deviceId: rowId(0), batchSeq: 1 });
    const flush = await timed(async () => {
      for (let batch = read.all(); batch.length > 0; batch = read.all()) {
        const last = batch.at(-1)[0];
        begin.run();
        seal.run(batchName, last);
        commit.run();
        rowsOf.all(JSON.stringify(batch.map((op) => op[3])));
        begin.run();
        for (const op of batch) update.run(`j97${op[3]}`, "0000000000000000001", op[3]);
        remove.run(last);
        commit.run();
      }
    });
    return { flush };
  },
};
