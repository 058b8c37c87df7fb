import { createRequire } from "node:module";
import { join } from "node:path";
import { Database } from "../../standins/nodeSqlite.mjs";
import { schema, watermelonTasks } from "./watermelonTasks.mjs";

// WatermelonDB asks for better-sqlite3 by name: it gets the version for the Node that runs, as sync-gen does.
const require = createRequire(import.meta.url);
const id = require.resolve("better-sqlite3");
require.cache[id] = { id, filename: id, loaded: true, children: [], exports: Database };
const { default: SQLiteAdapter } = await import("@nozbe/watermelondb/adapters/sqlite/index.js");

export const tasks = watermelonTasks(
  (folder) =>
    new SQLiteAdapter.default({ schema, dbName: join(folder, "watermelon.db"), jsi: false }),
);
