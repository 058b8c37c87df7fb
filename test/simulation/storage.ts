import type { SqlDriver, SqlValue } from "../../templates/client/sync/ports";
import { tableOf, type DeviceDatabase } from "./databases";

/** What happens instead of a statement. */
export type StorageEvent =
  "go" | "kill" | "SQLITE_BUSY" | "SQLITE_FULL" | "SQLITE_NOTADB" | "never";

/** Decides about the storage of one process. */
export interface StorageFaults {
  /** Before each statement; the place says which. */
  onStatement(place: "select" | "begin" | "statement" | "commit" | "committed"): StorageEvent;
  /** Tables whose rows have changed, as soon as they have. */
  onCommit(tables: ReadonlySet<string>): void;
  /** Resolves when the storage has time for the next call. */
  wait(): Promise<void> | null;
}

/** A `SqlDriver` whose statements may fail, and during each of which its process may be killed. */
export function createFaultyDriver(device: DeviceDatabase, faults: StorageFaults): SqlDriver {
  const never = () => new Promise<never>(() => undefined);

  /** Returns whether to go on; a killed process hears nothing any more. */
  function check(place: Parameters<StorageFaults["onStatement"]>[0]): boolean {
    const event = faults.onStatement(place);
    if (event === "go") return true;
    if (event === "kill" || event === "never") return false;
    throw new Error(event);
  }

  return {
    bulk: "row",
    select: async (sql, parameters) => {
      await faults.wait();
      if (!check("select")) return never();
      // Raw rows are arrays of what SQLite holds.
      return device.select(sql, parameters) as SqlValue[][];
    },
    transaction: async (work) => {
      await faults.wait();
      if (!check("begin")) return never();
      device.run("BEGIN IMMEDIATE");
      const tables = new Set<string>();
      // What a killed process leaves behind, SQLite rolls back when the file is opened again.
      const rollBack = () => {
        if (device.isInTransaction) device.run("ROLLBACK");
      };
      try {
        for (const { sql, rows } of work) {
          const table = tableOf(sql);
          for (const row of rows) {
            if (!check("statement")) {
              rollBack();
              return never();
            }
            if (device.run(sql, row) > 0 && table !== null) tables.add(table);
          }
        }
        if (!check("commit")) {
          rollBack();
          return never();
        }
        device.run("COMMIT");
        faults.onCommit(tables);
      } catch (error) {
        rollBack();
        throw error;
      }
      if (!check("committed")) return never();
    },
    close: async () => undefined,
  };
}
