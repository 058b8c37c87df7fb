import LokiJSAdapter from "@nozbe/watermelondb/adapters/lokijs/index.js";
import { schema, watermelonTasks } from "./watermelonTasks.mjs";

export const tasks = watermelonTasks(
  () =>
    new LokiJSAdapter.default({
      schema,
      useWebWorker: false,
      useIncrementalIndexedDB: true,
      dbName: "bench",
    }),
);
