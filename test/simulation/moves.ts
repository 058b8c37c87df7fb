import { makeFunctionReference } from "convex/server";
import { ConvexError } from "convex/values";
import { stampFromBigint } from "../../templates/shared/stamp";
import { nextTag } from "./actions";
import type { Chance } from "./chance";
import { Broken, keyOf } from "./history";
import type { OracleRow } from "./oracle";
import { oracleTables } from "./oracleTables";
import { upsertOf, type TableName } from "./project";
import { knownQueue } from "./readStore";
import { adoptRows } from "./serverCode";
import { scopeOf } from "./scopedTables";
import { userIdOf, type ServerDocument } from "./server";
import { valuesFor } from "./values";
import type { World } from "./world";

/** Server code gives a row to somebody else: mostly one that a device of its owner has yet to send an edit of. */
export async function moveSomeRow(world: World, chance: Chance): Promise<void> {
  const rows = [...world.history.rows.values()].filter(
    ({ fields, table }) => fields !== null && scopeOf(table) === null,
  );
  const edited = rows.filter((row) => isQueued(world, row));
  const from = edited.length > 0 && chance.happens(0.7) ? edited : rows;
  if (from.length > 0) await moveRow(world, chance.pick(from), chance);
}

function isQueued({ phones }: World, { table, clientId }: OracleRow): boolean {
  return phones.some(({ stores }) =>
    [...stores.values()].some((store) =>
      knownQueue(store).some((op) => op.table === table && op.clientId === clientId),
    ),
  );
}

/** Server code gives the row to somebody else, if it is there; a project takes its tasks along. */
export async function moveRow(
  world: World,
  { owner: user, table, clientId }: Pick<OracleRow, "owner" | "table" | "clientId">,
  chance: Chance,
): Promise<void> {
  const { users } = world.shape;
  const row = world.history.rows.get(keyOf(user, table, clientId));
  const owner = users.find((name) => userIdOf(name) === user);
  const to = chance.pick(users.filter((name) => name !== owner));
  if (owner === undefined || !row?.fields) return;
  const moved = [row, ...tasksOf(world, row)];
  if (!(await give(world, owner, row, userIdOf(to)))) return;
  world.count("F18 row moved to another user");
  // Safe: rows are of tables.
  for (const name of new Set(moved.map((it) => it.table as TableName))) {
    const own = moved.filter((it) => it.table === name);
    checkMoved(world, await world.server.rows(name), own, userIdOf(to));
    await adoptRows(world, name);
  }
  for (const it of moved) world.visits.delete(it.clientId);
  world.ring(owner);
  world.ring(to);
  if (chance.happens(0.3))
    world.scheduler.after(chance.below(3_000), () => writeGone(world, owner, row, chance));
}

/** Calls the project's function; returns whether the row has moved. */
async function give(world: World, owner: string, row: OracleRow, to: string): Promise<boolean> {
  const { table, clientId } = row;
  const state = isQueued(world, row) ? ", with ops queued," : "";
  world.log("web", `gives ${table} ${clientId}${state} of ${owner} to ${to}`);
  try {
    const giveRow = makeFunctionReference<"mutation">("web:giveRow");
    await world.server.call(owner, "mutation", giveRow, { table, clientId, to });
    return true;
  } catch (error) {
    // The policy of the other's row of the same key says no; then all of it stays.
    if (!(error instanceof ConvexError) || oracleTables[table]?.key === undefined) throw error;
    return false;
  }
}

/** A web page that still shows the row writes it. What the page is told has to be so. */
async function writeGone(
  world: World,
  owner: string,
  { table: name, clientId, stamp, fields }: OracleRow,
  chance: Chance,
): Promise<void> {
  if (!world.stormy) return;
  // Safe: rows are of tables.
  const table = name as TableName;
  const key = oracleTables[table]?.key;
  const values = valuesFor(world, table, "create", chance, nextTag("page"), () => []);
  if (key !== undefined) values[key] = fields?.[key];
  world.log("web", `a page writes ${table} ${clientId}, which it still shows`);
  const saw = chance.happens(0.5) ? { baseStamp: stamp } : {};
  const args = { clientId, fields: values, ...saw };
  // Safe: what `upsert` answers.
  const { outcome } = (await world.server.call(owner, "mutation", upsertOf(table), args)) as {
    readonly outcome: string;
  };
  const stored = (await world.server.rows(table)).find(
    (document) => document.userId === userIdOf(owner) && document.clientId === clientId,
  );
  const isWritten =
    stored?.deletedAt === null &&
    Object.entries(values).every(([field, value]) => same(stored[field], value));
  if (outcome === "applied" && !isWritten)
    throw new Broken("I10", `a page was told that ${table} ${clientId} is written, and it is not`);
  await adoptRows(world, table);
  world.ring(owner);
}

function tasksOf({ history }: World, { owner, table, clientId }: OracleRow): readonly OracleRow[] {
  if (table !== "projects") return [];
  return [...history.rows.values()].filter(
    (row) => row.owner === owner && row.table === "tasks" && row.fields?.["project"] === clientId,
  );
}

/** Nothing is left of the rows where they were, their devices will hear of it, and the others have them. */
function checkMoved(
  world: World,
  documents: readonly ServerDocument[],
  moved: readonly OracleRow[],
  to: string,
): void {
  for (const row of moved) {
    const { owner, table, clientId, stamp } = row;
    const key = keyOf(owner, table, clientId);
    const left = documents.find((it) => it.userId === owner && it.clientId === clientId);
    if (left?.deletedAt === null) throw new Broken("I14", `${key} was given away, and is there`);
    if (left === undefined || stampFromBigint(left.changed) <= stamp)
      throw new Broken("I5", `${key} was given away, and nothing tells its devices`);
    const isThere = documents.some(
      (it) => it.userId === to && it.deletedAt === null && isCopy(world, it, row),
    );
    if (!isThere) throw new Broken("I10", `${key} was given away, and ${to} has not got it`);
  }
}

/** A row that was not there before, with all of the row's values but what it refers to. */
function isCopy({ history }: World, document: ServerDocument, row: OracleRow): boolean {
  const { fields = {}, references = {}, key } = oracleTables[row.table] ?? {};
  // By its natural key there may have been a row: then the policy decides.
  if (key !== undefined) return document[key] === row.fields?.[key];
  if (history.rows.has(keyOf(document.userId, row.table, document.clientId))) return false;
  return Object.keys(fields)
    .filter((name) => !(name in references))
    .every((name) => same(document[name], row.fields?.[name]));
}

const same = (a: unknown, b: unknown) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
