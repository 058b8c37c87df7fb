// The limit: the statements that have to be run, prepared once, on decoded rows, and nothing else.
import { Database } from "../../standins/nodeSqlite.mjs";
import { changedRows, fieldsOf, firstRows, peakMemory, rowId, timed } from "./rows.mjs";
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

function applyPages(database, rows, pageRows) {
  const upsert = database.prepare(upsertRow);
  const remove = database.prepare(`DELETE FROM "items1" WHERE "clientId" = ?`);
  const remember = database.prepare(
    `INSERT INTO "sync_metadata" ("key", "value") VALUES ('cursor', ?) ON CONFLICT ("key") DO UPDATE SET "value" = excluded."value"`,
  );
  for (let start = 0; start < rows.length; start += pageRows) {
    database.exec("BEGIN");
    for (const row of rows.slice(start, start + pageRows))
      if (Array.isArray(row)) upsert.run(row);
      else remove.run(row.clientId);
    remember.run(String(start));
    database.exec("COMMIT");
  }
}

/** What can be asked for; every task gets an empty database. */
export const tasks = {
  sync: async ({ path, rows, changes, pageRows }) => {
    const database = open(path);
    const first = firstRows(rows).map(encode);
    const changed = changedRows(changes, rows).map((row) =>
      row.deletedAt === null ? encode(row) : row,
    );
    const firstSync = await timed(async () => applyPages(database, first, pageRows));
    const pull = await timed(async () => applyPages(database, changed, pageRows));
    return { firstSync, pull, memory: peakMemory() };
  },
  writes: async ({ path, writes }) => {
    const database = open(path);
    const rows = firstRows(writes * 2).map(encode);
    const insert = database.prepare(insertRow);
    database.transaction(() => rows.slice(0, writes).forEach((row) => insert.run(row)))();
    const update = database.prepare(
      `UPDATE "items1" SET "title" = ?, "updatedAt" = ? WHERE "clientId" = ?`,
    );
    return {
      create: await timed(async () => rows.slice(writes).forEach((row) => insert.run(row))),
      update: await timed(async () => {
        for (let index = 0; index < writes; index += 1)
          update.run(`Another title ${index}`, index, rowId(index));
      }),
    };
  },
  flush: async ({ path, ops }) => {
    const database = open(path);
    const add = database.prepare(
      `INSERT INTO "sync_queue" ("opId", "tableName", "clientId", "kind", "fields", "edited", "schemaVersion", "userId", "state", "attempts", "createdAt") VALUES (?, 'items1', ?, 'create', ?, '000000000000001-0000-device00', 1, 'user|1', 'waiting', 0, 1)`,
    );
    database.transaction(() => {
      for (let index = 0; index < ops; index += 1)
        add.run(rowId(index), rowId(index), JSON.stringify(fieldsOf(index)));
    })();
    const read = database.prepare(`SELECT * FROM "sync_queue" ORDER BY "seq" LIMIT 100`).raw(true);
    const remove = database.prepare(`DELETE FROM "sync_queue" WHERE "seq" <= ?`);
    const flush = await timed(async () => {
      for (let batch = read.all(); batch.length > 0; batch = read.all())
        remove.run(batch.at(-1)[0]);
    });
    return { flush };
  },
};
