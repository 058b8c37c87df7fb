import { naturalId } from "../../templates/shared/naturalId";
import { SyncError, type Sync } from "../../templates/client/sync/types";
import { nameIn, valuesIn } from "./earlierApp";
import { scopeForNew } from "./knownScopes";
import { tablesOf } from "./knownTables";
import { forgetRow, type Ledger } from "./ledger";
import { watchUnseen, type LookedAt } from "./looking";
import { oracleTables } from "./oracleTables";
import type { Process } from "./phone";
import { userIdOf } from "./server";
import type { Values } from "./values";
import type { World } from "./world";

/** A table's writer as this file uses it: whatever the types say, a missing method is a missing operation. */
interface Writer {
  create?(values: Values): Promise<{ clientId: string }>;
  update?(row: string | LookedAt, values: Values): Promise<{ clientId: string }>;
  remove?(clientId: string): Promise<{ clientId: string }>;
}

const writerOf = (sync: Sync, table: string) =>
  // Safe: as above.
  (sync.table as unknown as (name: string) => Writer)(table);

/** Errors that a write may end with while the storage fails, or because the row went away meanwhile. */
export function isExpected(error: unknown): boolean {
  if (error instanceof SyncError)
    return [
      "not-found",
      "not-allowed",
      "no-access",
      "storage",
      "invalid-value",
      "not-ready",
    ].includes(error.code);
  return error instanceof Error && error.message.startsWith("SQLITE_");
}

/** Runs a write and notes what a person may rely on once it has returned. */
export function watch(
  world: World,
  process: Process,
  keys: readonly [string, unknown][],
  work: () => Promise<void>,
): void {
  const { ledger } = process.store;
  for (const [key, value] of keys) {
    const values = ledger.attempted.get(key) ?? new Set();
    ledger.attempted.set(key, values.add(JSON.stringify(value)));
  }
  // An attempt that returned, well or not, is no attempt any more.
  const done = () => {
    for (const [key, value] of keys) ledger.attempted.get(key)?.delete(JSON.stringify(value));
    for (const [key] of keys)
      if (ledger.attempted.get(key)?.size === 0) ledger.attempted.delete(key);
  };
  work().then(done, (error: unknown) => {
    done();
    if (!isExpected(error) && process.alive) world.broken ??= error;
  });
}

/** The write has returned. */
export function note(ledger: Ledger, table: string, clientId: string, values: Values): void {
  const row = `${table} ${clientId}`;
  const key = oracleTables[table]?.key;
  for (const [field, value] of Object.entries(values))
    if (field !== key && field !== "visits" && field !== "tags" && field !== "stage")
      ledger.dirty.set(`${row} ${field}`, value);
  if (ledger.deleted.delete(row)) ledger.undone.add(row);
}

/**
 * A person adds a row; resolves with its id once the write has returned, or with `null`. `scopeId`: where, in a table
 * whose rows are shared.
 */
export function createRow(
  world: World,
  process: Process,
  table: string,
  values: Values,
  scopeId = scopeForNew(process, table, null),
): Promise<string | null> {
  // An earlier app may be without it.
  if (!tablesOf(world, process.version).some((name) => name === table))
    return Promise.resolve(null);
  const { create } = writerOf(process.sync, table);
  const owner = scopeId ?? userIdOf(process.store.user);
  const place = scopeId === undefined ? {} : { scopeId };
  return new Promise((resolve) => {
    watch(world, process, attemptedBy(owner, table, values), async () => {
      const row = await create?.({ ...valuesIn(process.version, table, values), ...place });
      if (!row) return resolve(null);
      if (isCounting(table)) world.visits.set(row.clientId, 0);
      note(process.store.ledger, table, row.clientId, values);
      process.store.ledger.added.add(`${table} ${row.clientId}`);
      resolve(row.clientId);
    });
  });
}

/** A create may write to the row of its natural key: one that is there, or that another create is about to make. */
function attemptedBy(owner: string, table: string, values: Values): [string, unknown][] {
  const key = oracleTables[table]?.key;
  if (key === undefined) return [];
  const clientId = naturalId(owner, table, [String(values[key])]);
  return Object.entries(values).map(([field, value]): [string, unknown] => [
    `${table} ${clientId} ${field}`,
    value,
  ]);
}

/** A person changes a row; `given`: the row as the person saw it, where the app says so. */
export function updateRow(
  world: World,
  process: Process,
  table: string,
  clientId: string,
  values: Values,
  given: LookedAt | null = null,
): void {
  const { update } = writerOf(process.sync, table);
  const keys = Object.entries(values).map(([field, value]): [string, unknown] => [
    `${table} ${clientId} ${field}`,
    value,
  ]);
  const counted = countVisits(world, process, { table, clientId }, values, given);
  const checkUnseen = given && watchUnseen(world, process, table, given);
  watch(world, process, keys, async () => {
    await update?.(given ?? clientId, valuesIn(process.version, table, values));
    note(process.store.ledger, table, clientId, values);
    counted();
    checkUnseen?.();
  });
}

/** A person deletes a row. */
export function removeRow(world: World, process: Process, table: string, clientId: string): void {
  const { ledger } = process.store;
  const { remove } = writerOf(process.sync, table);
  const row = `${table} ${clientId}`;
  world.visits.delete(clientId);
  watch(world, process, [[`${row} deleted`, true]], async () => {
    await remove?.(clientId);
    forgetRow(ledger, table, clientId);
    ledger.deleted.add(row);
    ledger.undone.delete(row);
  });
}

/** A reference to nothing. */
export const nowhere = "018bcfe5-0000-7000-8000-000000000000";

/** A project with a task, and an edit of another task, which land together or not at all; `isBad`: not at all. */
export function writeTogether(
  world: World,
  process: Process,
  tag: string,
  other: string | null,
  isBad = false,
): void {
  const { ledger } = process.store;
  const keys: [string, unknown][] = other === null ? [] : [[`tasks ${other} text`, `${tag}b`]];
  watch(world, process, keys, async () => {
    let project = "";
    let task = "";
    // Safe: the two tables are in the registry.
    const batch = process.sync.batch as unknown as (
      write: (tables: {
        projects: { create(values: Values): string };
        tasks: { create(values: Values): string; update(id: string, values: Values): void };
      }) => void,
    ) => Promise<unknown>;
    const its = (table: string, values: Values) => valuesIn(process.version, table, values);
    await batch(({ projects, tasks }) => {
      project = projects.create(its("projects", { name: tag }));
      task = tasks.create(its("tasks", { text: tag, project }));
      if (isBad) tasks.create(its("tasks", { text: `${tag}c`, project: nowhere }));
      if (other !== null) tasks.update(other, its("tasks", { text: `${tag}b` }));
    });
    note(ledger, "projects", project, { name: tag });
    note(ledger, "tasks", task, { text: tag, project });
    if (other !== null) note(ledger, "tasks", other, { text: `${tag}b` });
  });
}

/** True for a table whose rows count visits. */
export const isCounting = (table: string): boolean =>
  oracleTables[table]?.fields["visits"] !== undefined;

/** What the row's counter shows, or did in the row as it is `given`. */
export function visitsOf(
  process: Process,
  table: string,
  clientId: string,
  given: LookedAt | null = null,
): number | null {
  if (given !== null) return Number(given[nameIn(process.version, table, "visits")]);
  return versionAndVisits(process, table, clientId)?.[1] ?? null;
}

/** Notes what a change of the counter means; the result is to be called once the write has returned. */
function countVisits(
  world: World,
  process: Process,
  { table, clientId }: { readonly table: string; readonly clientId: string },
  values: Values,
  given: LookedAt | null,
): () => void {
  const wanted = values["visits"];
  if (typeof wanted !== "number") return () => undefined;
  const seen = versionAndVisits(process, table, clientId);
  const change = wanted - Number(visitsOf(process, table, clientId, given));
  const total = world.visits.get(clientId);
  // Until it returns, and for ever when the process dies before that, nobody can tell whether it counts.
  if (typeof total === "number") world.visits.set(clientId, null);
  else world.visits.delete(clientId);
  return () => {
    const now = versionAndVisits(process, table, clientId);
    const isAlone = world.visits.get(clientId) === null && now?.[0] === seen?.[0];
    // What the person saw may be the row of before: what it was counted from is known all the same.
    const isShown = given !== null || now?.[1] === wanted;
    if (isAlone && typeof total === "number" && isShown) world.visits.set(clientId, total + change);
  };
}

function versionAndVisits({ store }: Process, table: string, clientId: string) {
  const visits = nameIn(store.version, table, "visits");
  const sql = `SELECT "changed", "${visits}" FROM "${table}" WHERE "clientId" = ?`;
  // Safe: the two columns.
  return store.database.select(sql, [clientId])[0] as [string | null, number] | undefined;
}
