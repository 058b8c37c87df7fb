import type Database from "better-sqlite3";
import type { SqlDriver, SqlValue } from "../../templates/client/sync/ports";

/** What happens instead of a statement. */
export type StorageEvent =
  "go" | "kill" | "SQLITE_BUSY" | "SQLITE_FULL" | "SQLITE_NOTADB" | "never";

/** Decides about the storage of one process. */
export interface StorageFaults {
  /** Before each statement; the place says which. */
  onStatement(place: "select" | "begin" | "statement" | "commit" | "committed"): StorageEvent;
  /** Resolves when the storage has time for the next call. */
  wait(): Promise<void> | null;
}

/** Statements by database, prepared once, however often its process is killed. */
const prepared = new WeakMap<Database.Database, Map<string, Database.Statement<unknown[]>>>();

/** A `SqlDriver` whose statements may fail, and during each of which its process may be killed. */
export function createFaultyDriver(database: Database.Database, faults: StorageFaults): SqlDriver {
  const statements = prepared.get(database) ?? new Map<string, Database.Statement<unknown[]>>();
  prepared.set(database, statements);
  const prepare = (sql: string) => {
    let statement = statements.get(sql);
    if (!statement) {
      statement = database.prepare(sql);
      statements.set(sql, statement);
    }
    return statement;
  };
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
      return prepare(sql)
        .raw(true)
        .all(...parameters) as SqlValue[][];
    },
    transaction: async (work) => {
      await faults.wait();
      if (!check("begin")) return never();
      prepare("BEGIN IMMEDIATE").run();
      // What a killed process leaves behind, SQLite rolls back when the file is opened again.
      const rollBack = () => {
        if (database.inTransaction) prepare("ROLLBACK").run();
      };
      try {
        for (const { sql, rows } of work) {
          const statement = prepare(sql);
          for (const row of rows) {
            if (!check("statement")) {
              rollBack();
              return never();
            }
            statement.run(...row);
          }
        }
        if (!check("commit")) {
          rollBack();
          return never();
        }
        prepare("COMMIT").run();
      } catch (error) {
        rollBack();
        throw error;
      }
      if (!check("committed")) return never();
    },
    close: async () => undefined,
  };
}
