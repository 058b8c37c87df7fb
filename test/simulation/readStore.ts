import type { Statement } from "better-sqlite3";
import type { QueuedOp } from "./ledger";
import type { Store } from "./phone";

/** A row as a device's database shows it. */
export interface ShownRow {
  readonly table: string;
  readonly clientId: string;
  readonly userId: string;
  readonly syncStatus: string;
  readonly changed: string | null;
  readonly values: Readonly<Record<string, unknown>>;
}

const prepared = new WeakMap<Store["database"], Map<string, Statement<unknown[]>>>();

/** A statement, prepared once a database. */
export function prepare(database: Store["database"], sql: string): Statement<unknown[]> {
  const statements = prepared.get(database) ?? new Map<string, Statement<unknown[]>>();
  prepared.set(database, statements);
  const statement = statements.get(sql) ?? database.prepare(sql);
  statements.set(sql, statement);
  return statement;
}

/** Every op of the queue, in order. */
export function readQueue({ database }: Store): QueuedOp[] {
  const rows = prepare(
    database,
    `SELECT "opId", "tableName", "clientId", "kind", "fields", "state", "baseStamp", "server" ->> 'stamp', "sealedBy", "groupId", "userId" FROM "sync_queue" ORDER BY "seq"`,
  )
    .raw(true)
    .all() as (string | null)[][];
  return rows.map((row) => ({
    opId: String(row[0]),
    table: String(row[1]),
    clientId: String(row[2]),
    kind: String(row[3]),
    fields: JSON.parse(String(row[4])) as QueuedOp["fields"],
    state: String(row[5]),
    baseStamp: row[6] ?? null,
    serverStamp: row[7] ?? null,
    sealedBy: row[8] ?? null,
    group: row[9] ?? null,
    userId: String(row[10]),
  }));
}

/** Every row of the database, values as the wire has them. */
export function readRows({ database }: Store, tables: readonly string[]): Map<string, ShownRow> {
  const found = new Map<string, ShownRow>();
  for (const table of tables) {
    const rows = prepare(database, `SELECT * FROM "${table}"`).raw(false).all() as Record<
      string,
      unknown
    >[];
    for (const {
      clientId,
      serverId,
      userId,
      createdAt,
      updatedAt,
      syncStatus,
      changed,
      ...rest
    } of rows) {
      void [serverId, createdAt, updatedAt];
      found.set(`${table} ${String(clientId)}`, {
        table,
        clientId: String(clientId),
        userId: String(userId),
        syncStatus: String(syncStatus),
        changed: changed === null ? null : String(changed),
        values: Object.fromEntries(
          Object.entries(rest).map(([field, value]) => [field, decode(field, value)]),
        ),
      });
    }
  }
  return found;
}

function decode(field: string, value: unknown): unknown {
  if (value === null) return null;
  if (field === "isCompleted") return value !== 0;
  return field === "checklist" || field === "tags" ? JSON.parse(String(value)) : value;
}
