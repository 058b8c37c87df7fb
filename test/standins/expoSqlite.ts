import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { Database } from "./nodeSqlite.mjs";

/**
 * expo-sqlite's API over better-sqlite3, for tests under Node: what the emitted clients and Drizzle call of it,
 * synchronous and asynchronous. Databases live in memory by name until `resetDatabases`, so that a test can close
 * and open one again, or in files (`EXPO_SQLITE_FOLDER`); `failStatementsAfter` makes the disk fail.
 *
 * As its native modules do: who opens an open file gets the same connection, which is closed as often as it was
 * opened, and whose file cannot be deleted before; releasing a statement that failed last reports that once more; and
 * whole numbers are bound as 64-bit integers, as on Android.
 */
type Value = string | number | null | boolean;
type Row = Record<string, Value>;

interface ChangeEvent {
  readonly databaseName: string;
  readonly databaseFilePath: string;
  readonly tableName: string;
  readonly rowId: number;
}

const files = new Map<string, Uint8Array>();
const undeletable = new Set<string>();
/** Opened last, also when it is closed. */
const connections = new Map<string, SQLiteDatabase>();
/** Opened by the synchronous API, and still open. */
const shared = new Map<string, SQLiteDatabase>();
const changeListeners = new Set<(event: ChangeEvent) => void>();
let failAfter = Infinity;
let unreadable: RegExp | null = null;
/** With this set, databases are files in that folder. */
const folder = process.env["EXPO_SQLITE_FOLDER"];

/** Every query since databases were forgotten, as SQL. */
export const queries: string[] = [];

/** Forgets every database. */
export function resetDatabases(): void {
  files.clear();
  shared.clear();
  queries.length = 0;
  failAfter = Infinity;
  unreadable = null;
  undeletable.clear();
}

/** After `count` more executed statements, every statement fails, as on a full disk, until it is called with `Infinity`. */
export function failStatementsAfter(count: number): void {
  failAfter = count;
}

/** From now on every query that `pattern` matches fails; none with `null`. */
export function failQueries(pattern: RegExp | null): void {
  unreadable = pattern;
}

class SQLiteStatement {
  readonly #database: SQLiteDatabase;
  readonly #source: string;
  readonly #statement: Database.Statement<unknown[]>;
  #finalized = false;
  #problem: unknown = null;

  constructor(database: SQLiteDatabase, source: string, statement: Database.Statement<unknown[]>) {
    this.#database = database;
    this.#source = source;
    this.#statement = statement;
    database.openStatements += 1;
  }

  executeSync(parameters: readonly Value[]) {
    return this.#execute(parameters, false);
  }

  executeForRawResultSync(parameters: readonly Value[]) {
    return this.#execute(parameters, true);
  }

  async executeAsync(parameters: readonly Value[]) {
    await Promise.resolve();
    return this.#execute(parameters, false);
  }

  async executeForRawResultAsync(parameters: readonly Value[]) {
    await Promise.resolve();
    return this.#execute(parameters, true);
  }

  finalizeSync(): void {
    if (this.#finalized || this.#database.uses === 0)
      throw new Error("The statement was finalized before.");
    this.#finalized = true;
    this.#database.openStatements -= 1;
    if (this.#problem !== null) throw this.#problem;
  }

  async finalizeAsync(): Promise<void> {
    this.finalizeSync();
  }

  #execute(parameters: readonly Value[], raw: boolean) {
    if (this.#finalized) throw new Error("The statement is finalized.");
    this.#problem = null;
    try {
      return this.#run(parameters, raw);
    } catch (error) {
      this.#problem = error;
      throw error;
    }
  }

  #run(parameters: readonly Value[], raw: boolean) {
    if (!/^\s*(rollback|select|pragma)/i.test(this.#source)) {
      failAfter -= 1;
      if (failAfter < 0) throw new Error("database or disk is full");
    }
    const bound = parameters.map(bind);
    const statement = this.#statement;
    if (statement.reader) {
      if (unreadable?.test(this.#source) === true) throw new Error("disk I/O error");
      queries.push(this.#source);
      statement.raw(raw);
      const rows = statement.all(...bound);
      return result(0, 0, rows);
    }
    const { changes, lastInsertRowid } = statement.run(...bound);
    this.#database.noteChange(this.#source);
    return result(changes, Number(lastInsertRowid), []);
  }
}

/** As on Android: a whole number goes as a 64-bit integer, and one that is none as the nearest. */
function bind(value: Value): string | number | bigint | null {
  if (typeof value === "boolean") return Number(value);
  if (typeof value !== "number" || !Number.isInteger(value)) return value;
  if (Math.abs(value) < 2 ** 63) return BigInt(value);
  return value < 0 ? -(2n ** 63n) : 2n ** 63n - 1n;
}

function result(changes: number, lastInsertRowId: number, rows: readonly unknown[]) {
  return {
    changes,
    lastInsertRowId,
    getAllSync: () => [...rows],
    getFirstSync: () => rows[0] ?? null,
    getAllAsync: async () => [...rows],
    getFirstAsync: async () => rows[0] ?? null,
  };
}

/** An open connection. */
export class SQLiteDatabase {
  readonly databasePath: string;
  readonly #raw: Database.Database;
  readonly #announces: boolean;
  readonly #isFile: boolean;
  #changed: string[] = [];
  /** Statements that were prepared and not finalized. */
  openStatements = 0;
  /** Times that it was opened and not closed. */
  uses = 1;

  constructor(name: string, options: { readonly enableChangeListener?: boolean } = {}) {
    const file = files.get(name);
    this.databasePath = name;
    this.#isFile = folder !== undefined;
    // SQLite itself does not wait for a lock unless it is told to.
    if (folder !== undefined) this.#raw = new Database(join(folder, name), { timeout: 0 });
    else this.#raw = file ? new Database(Buffer.from(file)) : new Database(":memory:");
    this.#announces = options.enableChangeListener === true;
    connections.set(name, this);
  }

  prepareSync(source: string): SQLiteStatement {
    return new SQLiteStatement(this, source, this.#raw.prepare(source));
  }

  async prepareAsync(source: string): Promise<SQLiteStatement> {
    await Promise.resolve();
    return this.prepareSync(source);
  }

  execSync(source: string): void {
    this.#raw.exec(source);
  }

  async execAsync(source: string): Promise<void> {
    await Promise.resolve();
    this.execSync(source);
  }

  getAllSync(source: string, parameters: readonly Value[] = []): Row[] {
    return this.#raw.prepare<unknown[], Row>(source).all(...parameters);
  }

  isInTransactionSync(): boolean {
    return this.#raw.inTransaction;
  }

  async isInTransactionAsync(): Promise<boolean> {
    return this.isInTransactionSync();
  }

  /** As after the process was killed: an open transaction is gone. */
  closeSync(): void {
    if (this.uses === 0) throw new Error("The database was closed before.");
    this.uses -= 1;
    if (this.uses > 0) return;
    if (shared.get(this.databasePath) === this) shared.delete(this.databasePath);
    if (this.#raw.inTransaction) this.#raw.exec("ROLLBACK");
    if (!this.#isFile) files.set(this.databasePath, this.#raw.serialize());
    this.#raw.close();
  }

  async closeAsync(): Promise<void> {
    this.closeSync();
  }

  noteChange(sql: string): void {
    const table = /^\s*(?:insert(?:\s+or\s+\w+)?\s+into|update|delete\s+from)\s+["`]?(\w+)/i.exec(
      sql,
    )?.[1];
    if (table !== undefined) this.#changed.push(table);
    if (!this.#announces || this.#raw.inTransaction) return;
    const tables = new Set(this.#changed);
    this.#changed = [];
    for (const tableName of tables) {
      const event = {
        databaseName: "main",
        databaseFilePath: this.databasePath,
        tableName,
        rowId: 0,
      };
      queueMicrotask(() => changeListeners.forEach((listener) => listener(event)));
    }
  }
}

/** The connection that was opened last, for what reads beside the code that opened it. */
export function connectionTo(name: string): SQLiteDatabase {
  const connection = connections.get(name);
  if (connection === undefined) throw new Error(`Nobody opened ${name}.`);
  return connection;
}

/** As expo-sqlite's. */
export function openDatabaseSync(
  name: string,
  options?: { readonly enableChangeListener?: boolean },
): SQLiteDatabase {
  const found = shared.get(name);
  if (found !== undefined) {
    found.uses += 1;
    return found;
  }
  const opened = new SQLiteDatabase(name, options);
  shared.set(name, opened);
  return opened;
}

/** As expo-sqlite's. */
export async function openDatabaseAsync(
  name: string,
  options?: { readonly enableChangeListener?: boolean },
): Promise<SQLiteDatabase> {
  await Promise.resolve();
  return new SQLiteDatabase(name, options);
}

/** From now on no database of that name can be deleted; `false` ends that. */
export function keepDatabase(name: string, isKept = true): void {
  if (isKept) undeletable.add(name);
  else undeletable.delete(name);
}

/** As expo-sqlite's. */
export async function deleteDatabaseAsync(name: string): Promise<void> {
  // On the module's own queue: a database that is opened synchronously meanwhile comes first.
  await new Promise((resolve) => setTimeout(resolve, 0));
  if (undeletable.has(name) || shared.has(name))
    throw new Error(`Unable to delete database "${name}"`);
  const isThere = folder === undefined ? files.has(name) : existsSync(join(folder, name));
  if (!isThere) throw new Error(`Database '${name}' not found`);
  files.delete(name);
  if (folder !== undefined)
    for (const end of ["", "-wal", "-shm"]) rmSync(join(folder, name + end), { force: true });
}

/** As expo-sqlite's. */
export function addDatabaseChangeListener(listener: (event: ChangeEvent) => void): {
  remove(): void;
} {
  changeListeners.add(listener);
  return { remove: () => void changeListeners.delete(listener) };
}
