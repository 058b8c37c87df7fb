import { valuesToday, type AppVersion } from "./earlierApp";
import type { QueuedOp } from "./ledger";
import type { Store } from "./phone";
import { scopeOf } from "./scopedTables";

/** A row as a device's database shows it. */
export interface ShownRow {
  /** `table clientId`. */
  readonly key: string;
  readonly table: string;
  readonly clientId: string;
  /** The scope that it is in. */
  readonly scopeId: string | null;
  readonly userId: string;
  readonly syncStatus: string;
  readonly changed: string | null;
  /** Under the names of today, whatever the app's. */
  readonly values: Readonly<Record<string, unknown>>;
}

/** What was read from a database; only tables that were written to since are read again. */
export interface StoreContent {
  readonly queue: readonly QueuedOp[];
  /** The ops that are not done with, by `table clientId`. */
  readonly pending: ReadonlyMap<string, readonly QueuedOp[]>;
  /** By `table clientId`. */
  readonly rows: ReadonlyMap<string, ShownRow>;
  readonly rowsOfTable: ReadonlyMap<string, readonly ShownRow[]>;
  readonly metadata: ReadonlyMap<string, string>;
}

interface Reading extends StoreContent {
  queue: readonly QueuedOp[];
  pending: ReadonlyMap<string, readonly QueuedOp[]>;
  readonly rows: Map<string, ShownRow>;
  readonly rowsOfTable: Map<string, readonly ShownRow[]>;
  metadata: ReadonlyMap<string, string>;
}

const readings = new WeakMap<Store, Reading>();

/** The content of the database. `touched`: tables written to since the last reading; `null`: all. */
export function readStore(
  store: Store,
  tables: readonly string[],
  touched: ReadonlySet<string> | null,
): StoreContent {
  const known = touched && readings.get(store);
  const reading: Reading = known ?? {
    queue: [],
    pending: new Map(),
    rows: new Map(),
    rowsOfTable: new Map(),
    metadata: new Map(),
  };
  readings.set(store, reading);
  const isRead = (table: string) => known && !touched.has(table);
  if (!isRead("sync_queue")) {
    reading.queue = readQueue(store, reading.queue);
    reading.pending = pendingOf(reading.queue);
  }
  if (!isRead("sync_metadata"))
    // Safe: two text columns.
    reading.metadata = new Map(
      store.database.select(`SELECT "key", "value" FROM "sync_metadata"`) as [string, string][],
    );
  for (const table of tables) {
    if (isRead(table)) continue;
    for (const { key } of reading.rowsOfTable.get(table) ?? []) reading.rows.delete(key);
    const found = readTable(store, table);
    for (const row of found) reading.rows.set(row.key, row);
    reading.rowsOfTable.set(table, found);
  }
  return reading;
}

const pendingStates = new Set(["waiting", "sealed", "failed", "conflict"]);

function pendingOf(queue: readonly QueuedOp[]): Map<string, readonly QueuedOp[]> {
  const pending = new Map<string, QueuedOp[]>();
  for (const op of queue) {
    if (!pendingStates.has(op.state)) continue;
    const row = `${op.table} ${op.clientId}`;
    const others = pending.get(row);
    if (others) others.push(op);
    else pending.set(row, [op]);
  }
  return pending;
}

/** The queue as of now, which is not read again while nobody has written to it. */
export function knownQueue(store: Store): readonly QueuedOp[] {
  const isKnown = store.touched !== null && !store.touched.has("sync_queue");
  return (isKnown ? readings.get(store)?.queue : undefined) ?? readQueue(store);
}

/** Every op of the queue, in order; values that are known from `before` are not read again. */
function readQueue({ database }: Store, before: readonly QueuedOp[] = []): QueuedOp[] {
  const known = new Map(before.map((op) => [op.opId, op]));
  const rows = database.select(
    `SELECT "opId", "tableName", "clientId", "kind", "fields", "state", "baseStamp", "server" ->> 'stamp', "sealedBy", "groupId", "userId", "edited", "server" ->> 'fields' IS NULL AND ("base" IS NULL OR ${isCountedOnly}), "schemaVersion", "scopeId", "code" FROM "sync_queue" ORDER BY "seq"`,
    // Safe: the columns in this order.
  ) as [...(string | null)[], number, number, string | null, string | null][];
  return rows.map((row) => {
    const text = String(row[4]);
    const table = String(row[1]);
    // Safe: the version of an app.
    const version = row[13] as AppVersion;
    const old = known.get(String(row[0]));
    return {
      opId: String(row[0]),
      table,
      scopeId: textOf(row[14]),
      clientId: String(row[2]),
      kind: String(row[3]),
      text,
      fields:
        old?.text === text && old.version === version
          ? old.fields
          : valuesToday(version, table, JSON.parse(text) as QueuedOp["fields"]),
      state: String(row[5]),
      baseStamp: textOf(row[6]),
      serverStamp: textOf(row[7]),
      sealedBy: textOf(row[8]),
      group: textOf(row[9]),
      userId: String(row[10]),
      edited: String(row[11]),
      isBaseless: row[12] === 1,
      version,
      code: textOf(row[15]),
    };
  });
}

/** Nothing is left of the row that it was made on, but what its counters and sets count from: their fields alone. */
const isCountedOnly = `(json_type("base", '$.""') IS NOT NULL AND NOT EXISTS (
  SELECT 1 FROM json_each("base") WHERE "key" NOT IN ('', 'visits', 'calls', 'tags', 'stage')))`;

const textOf = (value: unknown) => (typeof value === "string" ? value : null);

/** By version and table: no version changes what it has. */
const columns = new Map<string, readonly string[]>();

function readTable({ database, version }: Store, table: string): ShownRow[] {
  const at = `${String(version)} ${table}`;
  let names = columns.get(at);
  if (!names) {
    names = database.select(`SELECT "name" FROM pragma_table_info('${table}')`).map(String);
    columns.set(at, names);
  }
  const own = names.filter((name) => !syncColumns.has(name));
  const list = own.map((name) => `, "${name}"`).join("");
  return database
    .select(
      `SELECT "clientId", ${scopeOf(table) === null ? "NULL" : `"scopeId"`}, "userId", "syncStatus", "changed"${list} FROM "${table}"`,
    )
    .map(([clientId, scopeId, userId, syncStatus, changed, ...values]) => ({
      key: `${table} ${String(clientId)}`,
      table,
      clientId: String(clientId),
      scopeId: textOf(scopeId),
      userId: String(userId),
      syncStatus: String(syncStatus),
      changed: textOf(changed),
      values: valuesToday(
        version,
        table,
        Object.fromEntries(own.map((field, position) => [field, decode(field, values[position])])),
      ),
    }));
}

const syncColumns = new Set([
  "clientId",
  "serverId",
  "scopeId",
  "userId",
  "createdAt",
  "updatedAt",
  "syncStatus",
  "changed",
]);

/** A column's value as the wire has it. */
function decode(field: string, value: unknown): unknown {
  if (value === null) return null;
  if (field === "isCompleted") return value !== 0;
  return field === "checklist" || field === "tags" ? JSON.parse(String(value)) : value;
}
