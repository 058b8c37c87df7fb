import type { Fields } from "../../templates/shared/protocol";
import { createChance, seedOf } from "./chance";
import { nameIn } from "./earlierApp";
import { oracleTables } from "./oracleTables";
import type { Process } from "./phone";
import { registryOf } from "./project";
import type { World } from "./world";

/** A row as an app has it on its screen: all its columns, in the words of the app. */
export interface LookedAt extends Fields {
  readonly clientId: string;
  readonly changed: string | null;
  readonly syncStatus: string;
}

const combining = ["visits", "tags", "stage"];

/**
 * The row that a person acts on: as it is shown, or as it was when the person looked at it some time ago; `null` for one
 * who names it by its id. By a chance of its own. `tag`: what is written.
 */
export function lookedAt(
  world: World,
  process: Process,
  table: string,
  clientId: string,
  tag: string,
): LookedAt | null {
  const chance = createChance(seedOf(world.options.seed, process.name, "looks", tag));
  const [byId, keeps, usesKept] = [0.5, 0.5, 0.6].map((share) => chance.happens(share));
  const shown = readShown(world, process, table, clientId);
  if (shown === null) return null;
  const key = `${table} ${clientId}`;
  const kept = process.looked.get(key) ?? shown;
  if (keeps || kept === shown) process.looked.set(key, shown);
  if (byId) return null;
  return usesKept ? kept : shown;
}

/** The row as it is shown now. */
export function readShown(
  { options }: World,
  { store, version }: Process,
  table: string,
  clientId: string,
): LookedAt | null {
  const definition = Object.values(registryOf(options.tables, version).tables).find(
    ({ name }) => name === table,
  );
  if (!definition) return null;
  const names = ["clientId", "serverId", "createdAt", "updatedAt", "changed", "syncStatus"];
  const fields = Object.entries(definition.rules.fields);
  if (definition.rules.scope !== undefined) names.push("scopeId");
  const columns = [...names, ...fields.map(([name]) => name)].map((name) => `"${name}"`);
  const sql = `SELECT ${columns.join()} FROM "${table}" WHERE "clientId" = ?`;
  const [row] = store.database.select(sql, [clientId]);
  if (row === undefined) return null;
  // Safe: the columns in this order.
  const values = row as (string | number | null)[];
  const decoded = fields.map(([name, { kind }], index) => {
    const value = values[names.length + index] ?? null;
    if (value === null) return [name, null];
    if (kind === "json") return [name, JSON.parse(String(value)) as unknown];
    return [name, kind === "boolean" ? value === 1 : value];
  });
  const own = names.map((name, index) => [name, values[index] ?? null]);
  // Safe: every column of the row.
  return Object.fromEntries([...own, ...decoded]) as LookedAt;
}

/** What nobody may overwrite unseen: fields that do not combine. */
function plainValues(process: Process, table: string, row: LookedAt): string {
  const { fields = {} } = oracleTables[table] ?? {};
  return JSON.stringify(
    Object.keys(fields)
      .filter((field) => !combining.includes(field))
      .map((field) => row[nameIn(process.version, table, field)] ?? null),
  );
}

/**
 * For a write to a row as it was `given`; the result is to be called once the write has returned, and throws where the
 * write does not tell what its author had not seen (I10).
 */
export function watchUnseen(
  world: World,
  process: Process,
  table: string,
  given: LookedAt,
): () => void {
  const { clientId } = given;
  const before = readShown(world, process, table, clientId);
  if (before?.changed !== given.changed) world.history.lookBack(table, clientId);
  const stampsOf = () =>
    process.store.database.select(
      `SELECT "baseStamp" FROM "sync_queue" WHERE "clientId" = ? AND "state" <> 'superseded'`,
      [clientId],
    ) as [string | null][];
  const isNews =
    before?.syncStatus === "synced" &&
    before.changed !== null &&
    (given.changed ?? "") < before.changed &&
    plainValues(process, table, given) !== plainValues(process, table, before);
  return () => {
    const stamps = stampsOf().flat();
    const now = readShown(world, process, table, clientId);
    if (!isNews || stamps.length === 0 || now?.changed !== before.changed) return;
    // It may have joined an edit that was made on a row as old, or older.
    if (stamps.every((stamp) => (stamp ?? "") > (given.changed ?? "")))
      throw new Error(
        `I10: an edit of ${table} ${clientId} as of ${String(given.changed)} counts as one of ${stamps.join()}`,
      );
  };
}
