import { makeFunctionReference } from "convex/server";
import { Database } from "../standins/nodeSqlite.mjs";
import { defineTable, type Registry, type Values } from "../../templates/client/sync/registry";
import { syncQueue } from "../../templates/client/db/syncTables";
import type { TableRules } from "../../templates/shared/policy";
import { syncPolicies, syncRules } from "../server/fixture/convex/syncTables";

/** A table of the reference project. */
export type TableName = keyof typeof syncRules;

export const tableNames = Object.keys(syncRules) as readonly TableName[];

const nameInFunctions: Readonly<Record<TableName, readonly [one: string, many: string]>> = {
  projects: ["Project", "Projects"],
  tasks: ["Task", "Tasks"],
  notes: ["Note", "Notes"],
  places: ["Place", "Places"],
  contacts: ["Contact", "Contacts"],
  readings: ["Reading", "Readings"],
  scores: ["Score", "Scores"],
  drafts: ["Draft", "Drafts"],
  settings: ["Setting", "Settings"],
};

/** The function of the server that writes a table from the web. */
export const upsertOf = (table: TableName) =>
  makeFunctionReference<"mutation">(`sync:upsert${nameInFunctions[table][0]}`);
export const removeOf = (table: TableName) =>
  makeFunctionReference<"mutation">(`sync:remove${nameInFunctions[table][0]}`);

function deviceTable(name: TableName) {
  const [one, many] = nameInFunctions[name];
  const rules: TableRules = syncRules[name];
  return defineTable<unknown, Values, Values, "create" | "update" | "delete">({
    name,
    // Live queries alone look at it.
    sqlite: syncQueue,
    policy: syncPolicies[name],
    rules,
    deviceFields: {},
    remote: {
      changesSince: makeFunctionReference(`sync:get${one}ChangesSince`),
      all: makeFunctionReference(`sync:getAll${many}ForUser`),
    },
  });
}

/** As `registry`, with these tables alone. */
export function registryOf(tables: readonly TableName[]): Registry {
  return {
    ...registry,
    tables: Object.fromEntries(tables.map((name) => [name, deviceTable(name)])),
  };
}

/** The device's side of the reference project: the server's tables, rules and policies. */
export const registry = {
  schemaVersion: 1,
  upgrades: [],
  tables: Object.fromEntries(tableNames.map((name) => [name, deviceTable(name)])),
  remote: {
    push: makeFunctionReference<"mutation">("sync:push"),
    head: makeFunctionReference<"query", Record<string, never>>("sync:head"),
  },
} satisfies Registry;

const columnTypes = {
  text: "TEXT",
  integer: "INTEGER",
  real: "REAL",
  boolean: "INTEGER",
  timestamp: "INTEGER",
  json: "TEXT",
  choice: "TEXT",
  reference: "TEXT",
} as const;

function createTable(name: TableName): string {
  const rules: TableRules = syncRules[name];
  const fields = Object.entries(rules.fields).map(
    ([field, { kind, optional }]) =>
      `"${field}" ${columnTypes[kind]}${optional ? "" : " NOT NULL"}`,
  );
  return `CREATE TABLE "${name}" ("clientId" TEXT PRIMARY KEY NOT NULL, "serverId" TEXT, "userId" TEXT NOT NULL, "createdAt" INTEGER NOT NULL, "updatedAt" INTEGER NOT NULL, "syncStatus" TEXT NOT NULL, "changed" TEXT, ${fields.join(", ")})`;
}

const queue = `CREATE TABLE "sync_queue" ("seq" INTEGER PRIMARY KEY AUTOINCREMENT, "opId" TEXT NOT NULL UNIQUE, "tableName" TEXT NOT NULL, "clientId" TEXT NOT NULL, "kind" TEXT NOT NULL, "fields" TEXT NOT NULL, "base" TEXT, "baseStamp" TEXT, "baseUpdatedAt" INTEGER, "edited" TEXT NOT NULL, "clocks" TEXT, "schemaVersion" INTEGER NOT NULL, "groupId" TEXT, "userId" TEXT NOT NULL, "state" TEXT NOT NULL, "server" TEXT, "sealedBy" TEXT, "carriedBy" TEXT, "attempts" INTEGER NOT NULL, "lastAttemptAt" INTEGER, "outcome" TEXT, "code" TEXT, "message" TEXT, "createdAt" INTEGER NOT NULL);
CREATE INDEX "sync_queue_by_state" ON "sync_queue" ("state", "seq");
CREATE INDEX "sync_queue_by_row" ON "sync_queue" ("tableName", "clientId");
CREATE UNIQUE INDEX "sync_queue_one_waiting" ON "sync_queue" ("tableName", "clientId") WHERE "state" = 'waiting' AND "groupId" IS NULL;
CREATE TABLE "sync_metadata" ("key" TEXT PRIMARY KEY NOT NULL, "value" TEXT NOT NULL)`;

let empty: Buffer | undefined;

/** A device's database without a row, as its first migration leaves it. */
export function emptyDatabase(): Buffer {
  if (empty === undefined) {
    const database = new Database(":memory:");
    database.exec(`${queue};${tableNames.map(createTable).join(";")}`);
    empty = database.serialize();
    database.close();
  }
  return empty;
}
