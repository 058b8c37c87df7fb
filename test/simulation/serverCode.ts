import { makeFunctionReference } from "convex/server";
import { stampFromBigint } from "../../templates/shared/stamp";
import { nextTag } from "./actions";
import type { Chance } from "./chance";
import { Broken, keyOf } from "./history";
import { oracleTables } from "./oracleTables";
import { removeOf, upsertOf, type TableName } from "./project";
import { scopeOf } from "./scopedTables";
import { userIdOf } from "./server";
import { writeInScope } from "./sharedServerCode";
import { valuesFor } from "./values";
import type { World } from "./world";

/** The project's own code, or a web page, writes a row. */
export async function writeOnServer(world: World, user: string, chance: Chance): Promise<void> {
  const table = chance.pick(world.options.tables);
  const scope = scopeOf(table);
  if (scope !== null) return writeInScope(world, user, table, scope, chance);
  const userId = userIdOf(user);
  const rows = [...world.history.rows.values()].filter(
    (row) => row.owner === userId && row.table === table && row.fields !== null,
  );
  const tag = nextTag("web");
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
export async function adoptRows(world: World, table: TableName): Promise<void> {
  for (const document of await world.server.rows(table)) {
    const key = keyOf(document.scopeId ?? document.userId, table, document.clientId);
    const before = world.history.rows.get(key);
    const stamp = stampFromBigint(document.changed);
    if (before?.stamp === stamp) continue;
    if (before && stamp < before.stamp)
      throw new Broken("I5", `${key} was stamped ${stamp} after ${before.stamp}`);
    if (before && document.userId !== before.creator)
      throw new Broken("I15", `${key} of ${before.creator} is one of ${document.userId} now`);
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
      owner: document.scopeId ?? document.userId,
      creator: document.userId,
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
