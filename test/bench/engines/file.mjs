// The database file as the emitted client opens it, with the emitted migrations.
import { migrations } from "emitted/db/migrations/migrations";

/** Brings an empty database to the emitted schema. */
export function openFile(database) {
  database.exec(
    "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 500;",
  );
  for (const source of Object.values(migrations.migrations))
    for (const part of source.split("--> statement-breakpoint")) database.exec(part);
  return database;
}
