import { makeFunctionReference } from "convex/server";
import { ConvexError } from "convex/values";
import { nextTag } from "./actions";
import type { Chance } from "./chance";
import { Broken } from "./history";
import type { OracleRow } from "./oracle";
import { oracleTables } from "./oracleTables";
import { removeOf, upsertOf, type TableName } from "./project";
import { scopeIds, type ScopeKind } from "./scopedTables";
import { userIdOf } from "./server";
import { adoptRows } from "./serverCode";
import { valuesFor, type Values } from "./values";
import type { World } from "./world";

/** Server code writes in a scope, or a page does with the token of somebody who may or may not be in it. */
export async function writeInScope(
  world: World,
  user: string,
  table: TableName,
  scope: ScopeKind,
  chance: Chance,
): Promise<void> {
  const scopeId = chance.pick(scopeIds[scope]);
  const rows = [...world.history.rows.values()].filter(
    (row) => row.owner === scopeId && row.table === table && row.fields !== null,
  );
  const tag = nextTag("web");
  const row = rows.length > 0 && chance.happens(0.8) ? chance.pick(rows) : null;
  world.count("F24 server code wrote");
  const values = (kind: "create" | "update") =>
    valuesFor(world, table, kind, chance, tag, () => []);
  if (row === null) return writeAsServer(world, user, { table, scopeId }, null, values("create"));
  if (chance.happens(0.4)) {
    const isGoing = chance.happens(0.3);
    const changes = isGoing ? null : values("update");
    return writeAsServer(world, user, { table, scopeId }, row.clientId, changes);
  }
  const isDelete = chance.happens(0.25);
  await writeOnPage(world, user, scope, row, isDelete ? null : values("update"));
  await adoptRows(world, table);
  for (const name of world.shape.users) world.ring(name);
}

/** Rows of a table in one scope. */
export interface Place {
  readonly table: TableName;
  readonly scopeId: string;
}

/** Server code writes the row, adds one (no `clientId`), or removes it (no `values`), whoever calls. */
export async function writeAsServer(
  world: World,
  user: string,
  place: Place,
  clientId: string | null,
  values: Values | null,
): Promise<void> {
  const { table, scopeId } = place;
  world.log("web", `writes ${table} ${clientId ?? ""} in ${scopeId} ${JSON.stringify(values)}`);
  const name = makeFunctionReference<"mutation">("web:writeShared");
  try {
    await world.server.call(user, "mutation", name, { ...place, clientId, values });
  } catch (error) {
    // The policy of the row of the same key says no.
    if (!(error instanceof ConvexError) || oracleTables[table]?.key === undefined) throw error;
  }
  await adoptRows(world, table);
  for (const name of world.shape.users) world.ring(name);
}

/** A page writes the row, which it may have shown before its user was taken out of the scope. */
async function writeOnPage(
  world: World,
  user: string,
  scope: ScopeKind,
  { table: name, owner: scopeId, clientId }: OracleRow,
  fields: Values | null,
): Promise<void> {
  // Safe: rows are of tables.
  const table = name as TableName;
  const access = world.memberships.accessTo(userIdOf(user), scope, scopeId);
  world.log(
    "web",
    `a page of ${user} (${String(access)}) writes ${table} ${clientId} in ${scopeId}`,
  );
  const args = { scopeId, clientId, ...(fields === null ? {} : { fields }) };
  const write = fields === null ? removeOf(table) : upsertOf(table);
  // Safe: what `upsert` and `remove` answer.
  const { outcome, code, row } = (await world.server.call(user, "mutation", write, args)) as {
    readonly outcome: string;
    readonly code: string | null;
    readonly row: object | null;
  };
  if (access === null && row !== null)
    throw new Broken("I14", `a page of ${user} is shown ${table} ${clientId} of ${scopeId}`);
  if (access !== "write" && (outcome !== "rejected" || code !== "no-access"))
    throw new Broken(
      "I14",
      `a page of ${user} wrote ${table} ${clientId} of ${scopeId}: ${outcome}`,
    );
}
