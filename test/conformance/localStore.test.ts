import { Database } from "../standins/nodeSqlite.mjs";
import { openDatabase as openPhone } from "../../templates/client/db/client";
import { openDatabase as openWeb } from "../../templates/client/db/client.web";
import { migrate } from "../../templates/client/db/migrate";
import { createSqliteStore } from "../../templates/client/sync/SqliteStore";
import { syncMetadata, syncQueue } from "../../templates/client/db/syncTables";
import { migrationsOf } from "../client/fixture/migrations";
import { registry as fixture } from "../client/fixture/registry";
import * as schema from "../client/fixture/schema";
import { scopedRegistry, scopedSchema } from "../client/fixture/scopes";
import { createBetterSqliteDriver } from "../standins/betterSqliteDriver";
import { runLocalStoreConformance, type StoreUnderTest } from "./localStore";
import { createMemoryStore, type MemoryFile } from "./memoryStore";

const registry = { ...scopedRegistry, tables: { ...fixture.tables, ...scopedRegistry.tables } };
const migrations = migrationsOf([
  syncQueue,
  syncMetadata,
  ...Object.values({ ...schema, ...scopedSchema }),
]);

let opened = 0;

async function openBetterSqlite(file?: Buffer): Promise<StoreUnderTest> {
  const database = file ? new Database(file) : new Database(":memory:");
  const driver = createBetterSqliteDriver(database);
  await migrate(driver, migrations);
  const store = createSqliteStore(registry, driver);
  return {
    store,
    reopen: async () => {
      const content = database.serialize();
      await store.close();
      return openBetterSqlite(content);
    },
    close: () => store.close(),
  };
}

async function openClient(open: typeof openPhone, name: string): Promise<StoreUnderTest> {
  const database = await open(name, migrations);
  const store = createSqliteStore(registry, database.driver);
  return {
    store,
    reopen: async () => {
      await store.close();
      return openClient(open, name);
    },
    close: () => store.close(),
  };
}

runLocalStoreConformance("better-sqlite3", () => openBetterSqlite());
runLocalStoreConformance("expo-sqlite on phones", () =>
  openClient(openPhone, `phone${(opened += 1)}`),
);
runLocalStoreConformance("expo-sqlite in browsers", () =>
  openClient(openWeb, `web${(opened += 1)}`),
);
runLocalStoreConformance("in memory, the reference", async () => openMemory({}));

function openMemory(file: MemoryFile): StoreUnderTest {
  const store = createMemoryStore(file);
  return { store, reopen: async () => openMemory(file), close: () => store.close() };
}
