import { createChance, seedOf, type Chance } from "./chance";
import { currentVersion, goneChoices, isKnownTo } from "./earlierApp";
import { scopeForNew } from "./knownScopes";
import { tablesOf } from "./knownTables";
import { forgetRow } from "./ledger";
import { lookedAt } from "./looking";
import { oracleTables } from "./oracleTables";
import type { Phone, Process } from "./phone";
import type { TableName } from "./project";
import { scopeOf } from "./scopedTables";
import { writeCombinedGroup, writeSharedGroup } from "./sharedGroups";
import { valuesFor, type Values } from "./values";
import type { World } from "./world";
import {
  createRow,
  isCounting,
  isExpected,
  nowhere,
  removeRow,
  updateRow,
  visitsOf,
  writeTogether,
} from "./writing";

let tags = 0;

/** Starts the numbering of values again; once a run. */
export function resetTags(): void {
  tags = 0;
}

/** A value that was not written before, by whom it is written. */
export function nextTag(by: string): string {
  tags += 1;
  return `${by}:${String(tags)}`;
}

/** The rows that an app shows; `scopeId`: those of a scope alone. */
export function rowIds({ store }: Process, table: string, scopeId?: string): string[] {
  const [where, parameters] =
    scopeId === undefined || scopeOf(table) === null
      ? ["", []]
      : [`WHERE "scopeId" = ?`, [scopeId]];
  return store.database
    .select(`SELECT "clientId" FROM "${table}" ${where} ORDER BY "clientId"`, parameters)
    .map(String);
}

/** The scope whose rows an edit of the row names: its own, or by mistake any. */
function namedScope(
  { store }: Process,
  table: string,
  clientId: string,
  chance: Chance,
): string | undefined {
  if (scopeOf(table) === null || chance.happens(0.2)) return undefined;
  const sql = `SELECT "scopeId" FROM "${table}" WHERE "clientId" = ?`;
  return store.database.select(sql, [clientId]).map(String)[0];
}

/** A person writes in the app. `by`: what runs of it; told by chance unless said. */
export function writeSomething(
  world: World,
  phone: Phone,
  chance: Chance,
  by: Process | null = null,
): void {
  const process = by ?? (phone.processes.length > 1 ? chance.pick(phone.processes) : phone.app);
  if (!process) return;
  const table = chance.pick(world.options.tables);
  if (!tablesOf(world, process.version).includes(table)) return;
  const { operations = [] } = oracleTables[table] ?? {};
  const ids = rowIds(process, table);
  const tag = nextTag(phone.name);
  const kind =
    ids.length === 0 || chance.happens(0.3) ? "create" : chance.happens(0.25) ? "remove" : "update";
  const others = (scopeId: string | undefined) => (name: string) =>
    (world.options.tables as readonly string[]).includes(name)
      ? rowIds(process, name, scopeId)
      : [];
  if (kind === "create" && operations.includes("create")) {
    const scopeId = scopeForNew(process, table, chance);
    const values = knownTo(
      process,
      table,
      chance,
      valuesFor(world, table, "create", chance, tag, others(scopeId)),
    );
    world.log(
      process.name,
      `create ${table}${scopeId === undefined ? "" : ` in ${scopeId}`} ${tag}`,
    );
    void createRow(world, process, table, values, scopeId);
    return;
  }
  if (ids.length === 0) return;
  const clientId = chance.pick(ids);
  const row = `${table} ${clientId}`;
  if (kind === "remove" && operations.includes("delete")) {
    world.log(process.name, `remove ${row}`);
    removeRow(world, process, table, clientId);
  } else if (operations.includes("update")) {
    const values = knownTo(
      process,
      table,
      chance,
      valuesFor(
        world,
        table,
        "update",
        chance,
        tag,
        others(namedScope(process, table, clientId, chance)),
      ),
    );
    const given = lookedAt(world, process, table, clientId, tag);
    if (isCounting(table) && chance.happens(0.5))
      values["visits"] = (visitsOf(process, table, clientId, given) ?? 0) + 1 + chance.below(3);
    if (Object.keys(values).length === 0) return;
    const asOf = given === null ? "" : ` as of ${String(given.changed)}`;
    world.log(process.name, `update ${row}${asOf} ${JSON.stringify(values).slice(0, 120)}`);
    updateRow(world, process, table, clientId, values, given);
  }
}

/** A person changes this row, if it is there. */
export function updateSomeRow(
  world: World,
  { app, name }: Phone,
  table: TableName,
  clientId: string,
  chance: Chance,
): void {
  if (!app || !rowIds(app, table).includes(clientId)) return;
  if (oracleTables[table]?.operations.includes("update") !== true) return;
  const tag = nextTag(name);
  const values = knownTo(
    app,
    table,
    chance,
    valuesFor(world, table, "update", chance, tag, () => []),
  );
  if (isCounting(table) && scopeOf(table) !== null && chance.happens(0.5))
    values["visits"] = (visitsOf(app, table, clientId) ?? 0) + 1 + chance.below(3);
  if (Object.keys(values).length === 0) return;
  world.log(app.name, `update ${table} ${clientId} ${JSON.stringify(values).slice(0, 120)}`);
  updateRow(world, app, table, clientId, values);
}

/** What the app can write of it. An earlier one also has choices that are gone since. */
export function knownTo(
  { version }: Process,
  table: string,
  chance: Chance,
  values: Values,
): Values {
  if (version === currentVersion) return values;
  const known = Object.entries(values)
    .filter(([field]) => isKnownTo(version, table, field))
    .map(([field, value]) => {
      const gone = goneChoices[table]?.[field];
      return [field, gone !== undefined && chance.happens(0.15) ? gone : value] as const;
    });
  return Object.fromEntries(known);
}

/** The app has every table of the run. */
const isWhole = (world: World, { version }: Process) =>
  tablesOf(world, version).length === world.options.tables.length;

/** Several writes that land together. */
export function writeGroup(world: World, phone: Phone, chance: Chance): void {
  const process = phone.processes.length > 1 ? chance.pick(phone.processes) : phone.app;
  const { tables } = world.options;
  if (process && tables.includes("boards") && (!tables.includes("tasks") || chance.happens(0.7)))
    return writeSharedGroup(world, process, chance);
  if (process && tables.includes("patients") && isWhole(world, process))
    return writeCombinedGroup(world, process, chance);
  if (
    !process ||
    !world.options.tables.includes("projects") ||
    !world.options.tables.includes("tasks")
  )
    return;
  const tag = nextTag(phone.name);
  const known = rowIds(process, "tasks");
  world.log(process.name, `batch ${tag}`);
  const other = known.length > 0 && chance.happens(0.5) ? chance.pick(known) : null;
  writeTogether(world, process, tag, other, world.stormy && chance.happens(0.2));
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
    const isMisled = issue.mine["project"] === nowhere;
    // Of a group, some are left for later; by a chance of its own.
    if (!last && (isMisled || issue.code === "group"))
      if (createChance(seedOf(opId)).happens(0.5)) continue;
    const decide = async (name: string, work: () => Promise<void>, givesUp: boolean) => {
      world.log(process.name, `${name} ${issue.state} ${issue.kind} ${table} ${clientId}`);
      ledger.decided.add(opId);
      // With it, the rest of its group may go.
      const group = ledger.queue.get(opId)?.group ?? opId;
      for (const op of ledger.queue.values())
        if (op.group === group) world.history.decide(op.table, op.clientId);
      world.history.decide(table, clientId);
      // What could not be sent from out of a scope counts all the same, once it is.
      const stillCounts = name === "retry" && issue.code === "no-access";
      if (issue.state !== "superseded" && !stillCounts) world.visits.delete(clientId);
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
          !["project", "board", "priority", "stage", "level", "name"].includes(name),
      );
      const tag = nextTag("edited");
      const values: Values = field === undefined ? {} : { [field]: tag };
      if (isMisled) values["project"] = null;
      await decide("edit", () => sync.edit(opId, values as never), true);
    }
  }
}
