import { join } from "node:path";
import SQLiteAdapter from "@nozbe/watermelondb/adapters/sqlite/index.js";
import { schema, watermelonTasks } from "./watermelonTasks.mjs";

export const tasks = watermelonTasks(
  (folder) =>
    new SQLiteAdapter.default({ schema, dbName: join(folder, "watermelon.db"), jsi: false }),
);
