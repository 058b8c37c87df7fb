import { makeFunctionReference } from "convex/server";
import { Database } from "../standins/nodeSqlite.mjs";
import { defineTable, type Registry, type Values } from "../../templates/client/sync/registry";
import { opUpgrades } from "../../templates/client/sync/opUpgrades";
import { syncQueue } from "../../templates/client/db/syncTables";
import { resolveOp } from "../../templates/client/sync/resolveOp";
import { naturalId } from "../../templates/shared/naturalId";
import type { TableRules } from "../../templates/shared/policy";
import { currentVersion, type AppVersion } from "./earlierApp";
import { scopeParts } from "../../templates/client/sync/scopes";
import { functionsOf, type TableName } from "./functionNames";
import { scopeOf } from "./scopedTables";
import { syncPolicies, syncRules, type OwnTable } from "./tables";
import { earlierRules, migrationsIn, upgrades } from "./update";

export type { TableName } from "./functionNames";

// Safe: own names of the rules.
export const tableNames = Object.keys(syncRules) as readonly TableName[];

/** The function of the server that writes a table from the web. */
export const upsertOf = (table: TableName) =>
  makeFunctionReference<"mutation">(`sync:${functionsOf(table).upsert}`);
export const removeOf = (table: TableName) =>
  makeFunctionReference<"mutation">(`sync:${functionsOf(table).remove}`);

function deviceTable(name: TableName, version: AppVersion) {
  const { changesSince, all } = functionsOf(name);
  const rules: TableRules = syncRules[name];
  return defineTable<unknown, Values, Values, "create" | "update" | "delete">({
    name,
    // Live queries alone look at it.
    sqlite: syncQueue,
    policy: syncPolicies[name],
    rules: version === currentVersion ? rules : earlierRules(rules),
    deviceFields: {},
    remote: {
      changesSince: makeFunctionReference(`sync:${changesSince}`),
      all: makeFunctionReference(`sync:${all}`),
    },
  });
}

const remote = {
  push: makeFunctionReference<"mutation">("sync:push"),
  head: makeFunctionReference<"query", { schemaVersion?: number }>("sync:head"),
};

const tablesIn = {
  1: Object.fromEntries(tableNames.map((name) => [name, deviceTable(name, 1)])),
  2: Object.fromEntries(tableNames.map((name) => [name, deviceTable(name, 2)])),
} as const;

/** The device's side of the reference project as if it had no earlier version: what its user owns, by the server's rules and policies. */
export const registry = {
  schemaVersion: 1,
  upgrades: null,
  naturalId,
  resolveOp,
  scopes: null,
  // Safe: its own names.
  tables: Object.fromEntries(
    Object.entries(tablesIn[currentVersion]).filter(([name]) => scopeOf(name) === null),
  ) as Record<OwnTable, (typeof tablesIn)[1][TableName]>,
  remote,
} satisfies Registry;

/** The registry of a version of the app, with these tables alone. */
export function registryOf(tables: readonly TableName[], version: AppVersion): Registry {
  return {
    schemaVersion: version,
    upgrades: version === currentVersion ? opUpgrades(upgrades, version) : null,
    naturalId,
    resolveOp,
    scopes: tables.some((name) => scopeOf(name) !== null) ? scopeParts : null,
    // Safe: every table is there.
    tables: Object.fromEntries(
      tables.map((name) => [name, tablesIn[version][name]]),
    ) as Registry["tables"],
    remote,
  };
}

const empty = new Map<AppVersion, Buffer>();

/** A device's database without a row, as the emitted migrations of a version leave it. */
export function emptyDatabase(version: AppVersion): Buffer {
  const known = empty.get(version);
  if (known) return known;
  const database = new Database(":memory:");
  const { journal, migrations } = migrationsIn[version];
  for (const sql of Object.values(migrations))
    for (const statement of sql.split("--> statement-breakpoint")) database.exec(statement);
  // As `migrate` keeps its record.
  database.exec(
    `CREATE TABLE "__drizzle_migrations" (id SERIAL PRIMARY KEY, hash text NOT NULL, created_at numeric)`,
  );
  for (const { when } of journal.entries)
    database.exec(
      `INSERT INTO "__drizzle_migrations" ("hash", "created_at") VALUES ('', ${String(when)})`,
    );
  const bytes = database.serialize();
  database.close();
  empty.set(version, bytes);
  return bytes;
}
