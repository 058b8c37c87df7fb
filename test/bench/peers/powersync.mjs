import { fork } from "node:child_process";
import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { PowerSyncDatabase, Schema, Table, column } from "@powersync/node";
import { syncingPeerTasks } from "./peer.mjs";

// Whatever proxy is set up, the service is on this machine.
process.env.no_proxy = "127.0.0.1";

const columns = {
  serverId: column.text,
  updatedAt: column.integer,
  stamp: column.text,
  title: column.text,
  notes: column.text,
  status: column.text,
  priority: column.integer,
  amount: column.real,
  isDone: column.integer,
  dueAt: column.integer,
  color: column.text,
  score: column.integer,
  label: column.text,
};
const schema = new Schema({
  items1: new Table(columns, { indexes: { status: ["status"], dueAt: ["dueAt"] } }),
});
const names = ["id", ...Object.keys(columns)];
const insertRow = `INSERT INTO items1 (${names.join(", ")}) VALUES (${names.map(() => "?").join(", ")})`;

/**
 * PowerSync as its documentation shows it: HTTP streaming of JSON lines, checksums, SQLite in worker threads. The
 * service is a process of its own that has made its answers before: neither its processor time nor its memory counts.
 */
export const tasks = syncingPeerTasks(async ({ rows, changes, pageRows, folder }) => {
  const service = fork(new URL("./powersyncService.mjs", import.meta.url), {
    execArgv: [],
    env: { ...process.env, ROWS: rows, CHANGES: changes, PAGE_ROWS: pageRows },
  });
  const [port] = await once(service, "message");
  const database = new PowerSyncDatabase({
    schema,
    database: {
      dbFilename: "powersync.db",
      dbLocation: folder,
      openWorker: (_, options) =>
        new Worker(new URL("./powersyncDatabase.mjs", import.meta.url), options),
    },
  });
  await database.init();
  const connector = {
    fetchCredentials: async () => ({ endpoint: `http://127.0.0.1:${port}`, token: "token" }),
    uploadData: async () => undefined,
  };
  return {
    firstSync: async () => {
      await database.connect(connector);
      await database.waitForFirstSync();
    },
    pull: async () => {
      let isUnderWay = false;
      const applied = database.waitForStatus(({ downloading }) => {
        const wasUnderWay = isUnderWay;
        isUnderWay = downloading;
        return wasUnderWay && !downloading;
      });
      service.send("changes");
      await applied;
    },
    // As sync-gen is: with nobody who would send the writes meanwhile.
    stop: async () => {
      await database.disconnect();
      service.kill();
    },
    create: (clientId, fields) =>
      database.execute(insertRow, [
        clientId,
        null,
        null,
        null,
        ...Object.values({ ...fields, isDone: Number(fields.isDone) }),
      ]),
    count: async () => (await database.get("SELECT count(*) AS rows FROM items1")).rows,
  };
});
