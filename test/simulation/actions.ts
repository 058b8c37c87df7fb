import { makeFunctionReference } from "convex/server";
import { stampFromBigint } from "../../templates/shared/stamp";
import { SyncError, type Sync } from "../../templates/client/sync/types";
import type { Chance } from "./chance";
import { Broken, keyOf } from "./history";
import { forgetRow, type Ledger } from "./ledger";
import { oracleTables } from "./oracle";
import type { Phone, Process } from "./phone";
import { removeOf, upsertOf, type TableName } from "./project";
import { userIdOf } from "./server";
import { valuesFor, type Values } from "./values";
import type { World } from "./world";

/** A table's writer as this file uses it: whatever the types say, a missing method is a missing operation. */
interface Writer {
  create?(values: Values): Promise<{ clientId: string }>;
  update?(clientId: string, values: Values): Promise<{ clientId: string }>;
  remove?(clientId: string): Promise<{ clientId: string }>;
}

const writerOf = (sync: Sync, table: string) =>
  // Safe: as above.
  (sync.table as unknown as (name: string) => Writer)(table);

let tags = 0;

/** Starts the numbering of values again; once a run. */
export function resetTags(): void {
  tags = 0;
}

function rowIds({ store }: Process, table: string): string[] {
  return store.database.select(`SELECT "clientId" FROM "${table}" ORDER BY "clientId"`).map(String);
}

/** Errors that a write may end with while the storage fails, or because the row went away meanwhile. */
function isExpected(error: unknown): boolean {
  if (error instanceof SyncError)
    return ["not-found", "not-allowed", "storage", "invalid-value", "not-ready"].includes(
      error.code,
    );
  return error instanceof Error && error.message.startsWith("SQLITE_");
}

/** Runs a write and notes what a person may rely on once it has returned. */
function watch(
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

function note(ledger: Ledger, table: string, clientId: string, values: Values): void {
  const row = `${table} ${clientId}`;
  const key = oracleTables[table]?.key;
  for (const [field, value] of Object.entries(values))
    if (field !== key && field !== "visits" && field !== "tags" && field !== "stage")
      ledger.dirty.set(`${row} ${field}`, value);
  if (ledger.deleted.delete(row)) ledger.undone.add(row);
}

/** A person writes in the app. */
export function writeSomething(world: World, phone: Phone, chance: Chance): void {
  const process = phone.processes.length > 1 ? chance.pick(phone.processes) : phone.app;
  if (!process) return;
  const table = chance.pick(world.options.tables);
  const writer = writerOf(process.sync, table);
  const ids = rowIds(process, table);
  const { ledger } = process.store;
  tags += 1;
  const tag = `${phone.name}:${String(tags)}`;
  const kind =
    ids.length === 0 || chance.happens(0.3) ? "create" : chance.happens(0.25) ? "remove" : "update";
  const others = (name: string) =>
    (world.options.tables as readonly string[]).includes(name) ? rowIds(process, name) : [];
  if (kind === "create" && writer.create) {
    const values = valuesFor(world, table, "create", chance, tag, others);
    world.log(process.name, `create ${table} ${tag}`);
    const create = writer.create;
    watch(world, process, attemptedBy(process, table, values), async () => {
      const { clientId } = await create(values);
      if (table === "contacts") world.visits.set(clientId, 0);
      note(ledger, table, clientId, values);
    });
    return;
  }
  if (ids.length === 0) return;
  const clientId = chance.pick(ids);
  const row = `${table} ${clientId}`;
  if (kind === "remove" && writer.remove) {
    world.log(process.name, `remove ${row}`);
    const remove = writer.remove;
    world.visits.set(clientId, null);
    watch(world, process, [[`${row} deleted`, true]], async () => {
      await remove(clientId);
      forgetRow(ledger, table, clientId);
      ledger.deleted.add(row);
      ledger.undone.delete(row);
    });
  } else if (writer.update) {
    const values = valuesFor(world, table, "update", chance, tag, others);
    if (table === "contacts" && chance.happens(0.5))
      addVisits(world, process, clientId, values, chance);
    if (Object.keys(values).length === 0) return;
    world.log(process.name, `update ${row} ${JSON.stringify(values).slice(0, 120)}`);
    const update = writer.update;
    const keys = Object.entries(values).map(([field, value]): [string, unknown] => [
      `${row} ${field}`,
      value,
    ]);
    const counted = countVisits(world, process, clientId, values);
    watch(world, process, keys, async () => {
      await update(clientId, values);
      note(ledger, table, clientId, values);
      counted();
    });
  }
}

/** A create whose natural key is there already writes to that row. */
function attemptedBy(process: Process, table: string, values: Values): [string, unknown][] {
  const key = oracleTables[table]?.key;
  if (key === undefined) return [];
  return process.store.database
    .select(`SELECT "clientId", "${key}" FROM "${table}"`)
    .filter(([, stored]) => stored === values[key])
    .flatMap(([clientId]) =>
      Object.entries(values).map(([field, value]): [string, unknown] => [
        `${table} ${String(clientId)} ${field}`,
        value,
      ]),
    );
}

function visitsOf(process: Process, clientId: string): number | null {
  return versionAndVisits(process, clientId)?.[1] ?? null;
}

/** Notes what a change of the counter means; the result is to be called once the write has returned. */
function countVisits(world: World, process: Process, clientId: string, values: Values): () => void {
  const wanted = values["visits"];
  if (typeof wanted !== "number") return () => undefined;
  const seen = versionAndVisits(process, clientId);
  const total = world.visits.get(clientId);
  // Until it returns, and for ever when the process dies before that, nobody can tell whether it counts.
  world.visits.set(clientId, null);
  return () => {
    const now = versionAndVisits(process, clientId);
    if (typeof total === "number" && now?.[0] === seen?.[0] && now?.[1] === wanted)
      world.visits.set(clientId, total + wanted - Number(seen?.[1]));
  };
}

function versionAndVisits({ store }: Process, clientId: string) {
  const sql = `SELECT "changed", "visits" FROM "contacts" WHERE "clientId" = ?`;
  // Safe: the two columns.
  return store.database.select(sql, [clientId])[0] as [string | null, number] | undefined;
}

function addVisits(
  _world: World,
  process: Process,
  clientId: string,
  values: Values,
  chance: Chance,
): void {
  values["visits"] = (visitsOf(process, clientId) ?? 0) + 1 + chance.below(3);
}

/** Several writes that land together. */
export function writeGroup(world: World, phone: Phone, chance: Chance): void {
  const process = phone.processes.length > 1 ? chance.pick(phone.processes) : phone.app;
  if (
    !process ||
    !world.options.tables.includes("projects") ||
    !world.options.tables.includes("tasks")
  )
    return;
  const { ledger } = process.store;
  tags += 1;
  const tag = `${phone.name}:${String(tags)}`;
  const known = rowIds(process, "tasks");
  world.log(process.name, `batch ${tag}`);
  watch(world, process, [], async () => {
    let project = "";
    let task = "";
    const other = known.length > 0 && chance.happens(0.5) ? chance.pick(known) : null;
    // Safe: the two tables are in the registry.
    const batch = process.sync.batch as unknown as (
      write: (tables: {
        projects: { create(values: Values): string };
        tasks: { create(values: Values): string; update(id: string, values: Values): void };
      }) => void,
    ) => Promise<unknown>;
    await batch(({ projects, tasks }) => {
      project = projects.create({ name: tag });
      task = tasks.create({ text: tag, project });
      if (other !== null) tasks.update(other, { text: `${tag}b` });
    });
    note(ledger, "projects", project, { name: tag });
    note(ledger, "tasks", task, { text: tag, project });
    if (other !== null) note(ledger, "tasks", other, { text: `${tag}b` });
  });
}

/** A person looks at what did not go through. `last`: gives up what cannot go through. */
export async function handleIssues(
  world: World,
  process: Process,
  chance: Chance,
  last: boolean,
): Promise<void> {
  const { sync, store } = process;
  const { ledger } = store;
  const issues = await sync.issues().catch((error: unknown) => {
    if (!isExpected(error)) throw error;
    return [];
  });
  for (const issue of issues) {
    const { opId, table, clientId } = issue;
    const decide = async (name: string, work: () => Promise<void>, givesUp: boolean) => {
      world.log(process.name, `${name} ${issue.state} ${issue.kind} ${table} ${clientId}`);
      ledger.decided.add(opId);
      if (issue.state !== "superseded") world.visits.set(clientId, null);
      // What the row's other ops hold is checked by what is left of them.
      if (givesUp) forgetRow(ledger, table, clientId);
      await work().catch((error: unknown) => {
        if (!isExpected(error)) throw error;
      });
    };
    if (issue.state === "superseded") await decide("dismiss", () => sync.dismiss(opId), false);
    else if (issue.state === "conflict") {
      const choice = chance.pick(["mine", "theirs"] as const);
      await decide(`resolve ${choice}`, () => sync.resolve(opId, choice), true);
    } else if (last || chance.happens(0.3)) await decide("discard", () => sync.discard(opId), true);
    else if (chance.happens(0.5) || issue.kind === "delete")
      await decide("retry", () => sync.retry(opId), false);
    else {
      const field = Object.keys(issue.mine).find(
        (name) =>
          typeof issue.mine[name] === "string" &&
          !["project", "priority", "stage", "level", "name"].includes(name),
      );
      tags += 1;
      const values: Values = field === undefined ? {} : { [field]: `edited:${String(tags)}` };
      await decide("edit", () => sync.edit(opId, values as never), true);
    }
  }
}

/** The project's own code, or a web page, writes a row. */
export async function writeOnServer(world: World, user: string, chance: Chance): Promise<void> {
  const table = chance.pick(world.options.tables);
  const userId = userIdOf(user);
  const rows = [...world.history.rows.values()].filter(
    (row) => row.user === userId && row.table === table && row.fields !== null,
  );
  tags += 1;
  const tag = `web:${String(tags)}`;
  const row = rows.length > 0 ? chance.pick(rows) : null;
  if (row === null && table !== "tasks") return;
  world.count("F24 server code wrote");
  if (row) world.visits.set(row.clientId, null);
  world.log("web", `writes ${table} ${row?.clientId ?? ""} ${tag}`);
  const values = valuesFor(world, table, "update", chance, tag, () => []);
  if (row === null)
    await world.server.call(user, "mutation", makeFunctionReference<"mutation">("web:addTask"), {
      text: tag,
    });
  else if (table === "tasks" && chance.happens(0.3))
    await world.server.call(user, "mutation", makeFunctionReference<"mutation">("web:deleteTask"), {
      clientId: row.clientId,
    });
  else if (chance.happens(0.25) && oracleTables[table]?.operations.includes("delete"))
    await world.server.call(user, "mutation", removeOf(table), { clientId: row.clientId });
  else
    await world.server.call(user, "mutation", upsertOf(table), {
      clientId: row.clientId,
      fields: values,
    });
  await adoptRows(world, table);
  world.ring(user);
}

/** Takes over what server code wrote: its rules are its own. What it may never do is checked. */
async function adoptRows(world: World, table: TableName): Promise<void> {
  for (const document of await world.server.rows(table)) {
    const key = keyOf(document.userId, table, document.clientId);
    const before = world.history.rows.get(key);
    const stamp = stampFromBigint(document.changed);
    if (before?.stamp === stamp) continue;
    if (before && stamp < before.stamp)
      throw new Broken("I5", `${key} was stamped ${stamp} after ${before.stamp}`);
    const { fields: names = {} } = oracleTables[table] ?? {};
    const fields =
      document.deletedAt === null
        ? Object.fromEntries(Object.keys(names).map((field) => [field, document[field] ?? null]))
        : null;
    if (fields === null && Object.keys(names).some((field) => field in document))
      throw new Broken("I14", `the tombstone of ${key} holds content`);
    if (
      oracleTables[table]?.policy === "append-only" &&
      before?.fields &&
      fields &&
      JSON.stringify(fields) !== JSON.stringify(before.fields)
    )
      throw new Broken("I11", `${key} changed`);
    if (
      oracleTables[table]?.policy === "max-wins" &&
      before?.fields &&
      fields &&
      Number(fields["points"]) < Number(before.fields["points"])
    )
      throw new Broken("I12", `${key} decreased`);
    if (oracleTables[table]?.policy === "field-merge" && fields && before?.fields)
      for (const field of Object.keys(fields))
        if (
          !["visits", "tags", "stage"].includes(field) &&
          JSON.stringify(fields[field]) !== JSON.stringify(before.fields[field]) &&
          (document.clocks[field] ?? "") <= (before.clocks[field] ?? "")
        )
          throw new Broken("I10", `${key}: ${field} was written without a clock`);
    world.history.adopt({
      user: document.userId,
      table,
      clientId: document.clientId,
      fields,
      stamp,
      edited: document.edited,
      opId: document.opId,
      clocks: document.clocks,
    });
  }
}
