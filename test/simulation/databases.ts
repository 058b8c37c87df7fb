import type { Statement } from "better-sqlite3";
import { Database } from "../standins/nodeSqlite.mjs";
import { currentVersion, type AppVersion } from "./earlierApp";
import { emptyDatabase } from "./project";

/** A device's SQLite database, open, its statements prepared once. */
export interface DeviceDatabase {
  readonly isInTransaction: boolean;
  /** Rows as arrays. */
  select(sql: string, parameters?: readonly unknown[]): unknown[][];
  /** Returns how many rows it wrote. */
  run(sql: string, parameters?: readonly unknown[]): number;
  /** Everything in it. */
  copy(): DatabaseCopy;
  /** Not to be used any more. */
  release(): void;
}

/** The rows of each table, in their order; the file, of a database whose tables are not those of the others. */
export type DatabaseCopy = ReadonlyMap<string, readonly (readonly unknown[])[]> | Buffer;

/** Databases of runs that are over: their statements are what makes a new one expensive. */
const spare: DeviceDatabase[] = [];

/** An empty database in memory, as a version of the app begins it. */
export function emptyDeviceDatabase(version: AppVersion): DeviceDatabase {
  // A database of the earlier version becomes another one when the app is updated.
  if (version !== currentVersion) return openDatabase(new Database(emptyDatabase(version)), false);
  const database = spare.pop();
  if (!database) return openDatabase(new Database(emptyDatabase(version)), true);
  database.run("BEGIN");
  for (const table of tablesOf(database)) database.run(`DELETE FROM "${table}"`);
  database.run("COMMIT");
  return database;
}

/** A database in memory with the content of another. */
export function restoredDatabase(copy: DatabaseCopy): DeviceDatabase {
  if (Buffer.isBuffer(copy)) return openDatabase(new Database(copy), false);
  const database = emptyDeviceDatabase(currentVersion);
  database.run("BEGIN");
  for (const [table, rows] of copy) {
    if (table === sequences) database.run(`DELETE FROM "${table}"`);
    for (const row of rows)
      database.run(`INSERT INTO "${table}" VALUES (${row.map(() => "?").join(", ")})`, row);
  }
  database.run("COMMIT");
  return database;
}

/** Its tables: all that run in memory have the same. */
function tablesOf(database: DeviceDatabase): readonly string[] {
  tableNames ??= database
    .select(`SELECT "name" FROM "sqlite_schema" WHERE "type" = 'table'`)
    .map(String)
    // The last numbers given; an insert with its own number changes them, so they come last.
    .sort((a, b) => Number(a === sequences) - Number(b === sequences));
  return tableNames;
}

let tableNames: readonly string[] | undefined;
const sequences = "sqlite_sequence";

/** An open database. @param isSpare keeps its statements for the next run when it is released */
export function openDatabase(database: Database.Database, isSpare: boolean): DeviceDatabase {
  const statements = new Map<string, Statement<unknown[]>>();
  const prepare = (sql: string) => {
    let statement = statements.get(sql);
    if (!statement) {
      statement = database.prepare<unknown[]>(sql);
      if (statement.reader) statement.raw(true);
      statements.set(sql, statement);
    }
    return statement;
  };
  const device: DeviceDatabase = {
    get isInTransaction() {
      return database.inTransaction;
    },
    // Safe: raw rows are arrays.
    select: (sql, parameters = []) => prepare(sql).all(...parameters) as unknown[][],
    run: (sql, parameters = []) => {
      const statement = prepare(sql);
      return statement.reader
        ? statement.all(...parameters).length
        : statement.run(...parameters).changes;
    },
    copy: () =>
      isSpare
        ? new Map(
            tablesOf(device).map((table) => [
              table,
              device.select(`SELECT * FROM "${table}" ORDER BY rowid`),
            ]),
          )
        : database.serialize(),
    release: () => {
      if (isSpare) spare.push(device);
      else database.close();
    },
  };
  return device;
}

const tables = new Map<string, string | null>();

/** The table that a statement writes to; `null`: it is about the lease alone, at which no check looks. */
export function tableOf(sql: string): string | null {
  const known = tables.get(sql);
  if (known !== undefined) return known;
  const found = /(?:INTO|FROM|UPDATE|TABLE|EXISTS)\s+["`](\w+)["`]/i.exec(sql)?.[1];
  if (found === undefined) throw new Error(`No table is known to be changed by ${sql}`);
  const table = /VALUES \('lease', |WHERE "key" = 'lease'/.test(sql) ? null : found;
  tables.set(sql, table);
  return table;
}
