// The emitted engine, over the fastest driver that Node has, and a server that answers from memory.
import { Database } from "../../standins/nodeSqlite.mjs";
import { createBetterSqliteDriver } from "../../standins/betterSqliteDriver";
import { engineTasks } from "./engineTasks.mjs";
import { openFile } from "./file.mjs";
import { aside, peakMemory, timed } from "./rows.mjs";

/** What can be asked for; every task gets an empty database. */
export const tasks = engineTasks({
  open: async ({ path }) => createBetterSqliteDriver(openFile(new Database(path))),
  timed,
  aside,
  turn: () => new Promise((resolve) => setImmediate(resolve)),
  memory: peakMemory,
});
