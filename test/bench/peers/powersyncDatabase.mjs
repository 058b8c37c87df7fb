// The thread in which PowerSync opens SQLite: with better-sqlite3 for the Node that runs, as sync-gen does.
import { startPowerSyncWorker } from "@powersync/node/worker.js";
import { Database } from "../../standins/nodeSqlite.mjs";

startPowerSyncWorker({ loadBetterSqlite3: async () => Database });
