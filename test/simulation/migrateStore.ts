import { migrate } from "../../templates/client/db/migrate";
import type { AppVersion } from "./earlierApp";
import type { Phone, Store } from "./phone";
import { createFaultyDriver } from "./storage";
import { migrationsIn } from "./update";
import type { World } from "./world";

/**
 * Runs the emitted migrations, as an app does before its sync starts. Resolves with whether the database is of the
 * phone's version then; never when the app dies meanwhile.
 */
export async function migrateStore(
  world: World,
  phone: Phone,
  store: Store,
  app: { readonly isStopped: boolean },
): Promise<boolean> {
  const { storageChance } = world;
  const driver = createFaultyDriver(store.database, {
    onStatement: (place) => {
      if (app.isStopped) return "never";
      if (phone.unreadable && place !== "committed") return "SQLITE_NOTADB";
      if (world.strikes("F10 killed", 0.01, storageChance)) {
        phone.kill(`at ${place} of a migration`);
        return "kill";
      }
      if (place === "begin" && world.strikes("F11 database busy", 0.05, storageChance))
        return "SQLITE_BUSY";
      if (place === "statement" && world.strikes("F12 disk full", 0.01, storageChance))
        return "SQLITE_FULL";
      return "go";
    },
    onCommit: () => {
      store.version = versionOf(store);
      store.isMigrated = true;
      store.touched = null;
    },
    wait: () => null,
  });
  try {
    await migrate(driver, migrationsIn[phone.version]);
    world.log(store.name, `is of version ${String(store.version)}`);
    return store.version === phone.version;
  } catch (error) {
    if (!(error instanceof Error && error.message.startsWith("SQLITE_"))) throw error;
    world.log(store.name, `could not be migrated: ${error.message}`);
    return false;
  }
}

function versionOf({ database }: Store): AppVersion {
  const applied = database.select(`SELECT count(*) FROM "__drizzle_migrations"`);
  // Safe: each version has a migration more than the one before.
  return Number(applied[0]?.[0]) as AppVersion;
}
