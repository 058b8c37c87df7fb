import { makeFunctionReference } from "convex/server";
import { stampFromBigint } from "../../templates/shared/stamp";
import type { Chance } from "./chance";
import { currentVersion, goneChoices, isKnownTo } from "./earlierApp";
import { Broken, keyOf } from "./history";
import { forgetRow } from "./ledger";
import { oracleTables } from "./oracleTables";
import type { Phone, Process } from "./phone";
import { removeOf, upsertOf, type TableName } from "./project";
import { userIdOf } from "./server";
import { valuesFor, type Values } from "./values";
import type { World } from "./world";
import { createRow, isExpected, removeRow, updateRow, visitsOf, writeTogether } from "./writing";

let tags = 0;

/** Starts the numbering of values again; once a run. */
export function resetTags(): void {
  tags = 0;
}

/** The rows that an app shows. */
export function rowIds({ store }: Process, table: string): string[] {
  return store.database.select(`SELECT "clientId" FROM "${table}" ORDER BY "clientId"`).map(String);
}

/** A person writes in the app. */
export function writeSomething(world: World, phone: Phone, chance: Chance): void {
  const process = phone.processes.length > 1 ? chance.pick(phone.processes) : phone.app;
  if (!process) return;
  const table = chance.pick(world.options.tables);
  const { operations = [] } = oracleTables[table] ?? {};
  const ids = rowIds(process, table);
  tags += 1;
  const tag = `${phone.name}:${String(tags)}`;
  const kind =
    ids.length === 0 || chance.happens(0.3) ? "create" : chance.happens(0.25) ? "remove" : "update";
  const others = (name: string) =>
    (world.options.tables as readonly string[]).includes(name) ? rowIds(process, name) : [];
  if (kind === "create" && operations.includes("create")) {
    const values = knownTo(
      process,
      table,
      chance,
      valuesFor(world, table, "create", chance, tag, others),
    );
    world.log(process.name, `create ${table} ${tag}`);
    void createRow(world, process, table, values);
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
      valuesFor(world, table, "update", chance, tag, others),
    );
    if (table === "contacts" && chance.happens(0.5))
      values["visits"] = (visitsOf(process, clientId) ?? 0) + 1 + chance.below(3);
    if (Object.keys(values).length === 0) return;
    world.log(process.name, `update ${row} ${JSON.stringify(values).slice(0, 120)}`);
    updateRow(world, process, table, clientId, values);
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
  tags += 1;
  const tag = `${name}:${String(tags)}`;
  const values = knownTo(
    app,
    table,
    chance,
    valuesFor(world, table, "update", chance, tag, () => []),
  );
  if (Object.keys(values).length === 0) return;
  world.log(app.name, `update ${table} ${clientId} ${JSON.stringify(values).slice(0, 120)}`);
  updateRow(world, app, table, clientId, values);
}

/** What the app can write of it. An earlier one also has choices that are gone since. */
function knownTo({ version }: Process, table: string, chance: Chance, values: Values): Values {
  if (version === currentVersion) return values;
  const known = Object.entries(values)
    .filter(([field]) => isKnownTo(version, table, field))
    .map(([field, value]) => {
      const gone = goneChoices[table]?.[field];
      return [field, gone !== undefined && chance.happens(0.15) ? gone : value] as const;
    });
  return Object.fromEntries(known);
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
  tags += 1;
  const tag = `${phone.name}:${String(tags)}`;
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
    const decide = async (name: string, work: () => Promise<void>, givesUp: boolean) => {
      world.log(process.name, `${name} ${issue.state} ${issue.kind} ${table} ${clientId}`);
      ledger.decided.add(opId);
      world.history.decide(table, clientId);
      if (issue.state !== "superseded") world.visits.delete(clientId);
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
  if (row) world.visits.delete(row.clientId);
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
