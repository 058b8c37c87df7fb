import { defineSchema } from "convex/server";
import type { PropertyValidators } from "convex/values";
import { v } from "convex/values";
import { historyOf } from "../../templates/server/convex/syncEngine/history";
import { tableFunctions } from "../../templates/server/convex/syncEngine/functions";
import { createSyncServer } from "../../templates/server/convex/syncEngine/server";
import {
  collectArgs,
  forgetUserArgs,
  headArgs,
  headReply,
  opReply,
  pullArgs,
  pullReply,
  pushArgs,
  pushReply,
  removeArgs,
  upsertArgs,
} from "../../templates/server/convex/syncEngine/validators";
import { syncedTable } from "../../templates/server/convex/syncEngine/tables";
import { internalMutation, mutation, query } from "../server/fixture/convex/_generated/server";
import * as tables from "../server/fixture/convex/syncTables";
import { getSyncUser } from "../server/fixture/convex/syncUser";
import { functionsOf, type TableName } from "./functionNames";
import { upgrades } from "./update";

const fieldsOf: Readonly<Record<TableName, PropertyValidators>> = {
  projects: tables.projectFields,
  tasks: tables.taskFields,
  notes: tables.noteFields,
  places: tables.placeFields,
  contacts: tables.contactFields,
  readings: tables.readingFields,
  scores: tables.scoreFields,
  drafts: tables.draftFields,
  settings: tables.settingFields,
};

const updated = (table: TableName, serverFields: PropertyValidators = {}) =>
  syncedTable({ ...fieldsOf[table], ...serverFields }, {}, historyOf(upgrades, table));

/** The schema, as it is emitted then. */
export const updatedSchema = defineSchema({
  ...tables.syncTables,
  projects: updated("projects"),
  tasks: updated("tasks", tables.taskServerFields).index("by_project", ["project"]),
  notes: updated("notes"),
  places: updated("places"),
  contacts: updated("contacts"),
  readings: updated("readings"),
  scores: updated("scores"),
  drafts: updated("drafts"),
  settings: updated("settings"),
});

const server = createSyncServer({
  rules: tables.syncRules,
  policies: tables.syncPolicies,
  schemaVersion: 2,
  accepts: 2,
  upgrades,
  retentionDays: 90,
  user: getSyncUser,
});
const build = tableFunctions(query, mutation);

function functionsOfTable(table: TableName) {
  const fields = fieldsOf[table];
  const names = functionsOf(table);
  const page = { args: pullArgs, returns: pullReply(fields, historyOf(upgrades, table)) };
  const reply = opReply(fields);
  return {
    [names.upsert]: build.upsert({
      args: upsertArgs(fields),
      returns: reply,
      handler: (ctx, args) => server.upsert(ctx, table, args),
    }),
    [names.remove]: build.remove({
      args: removeArgs,
      returns: reply,
      handler: (ctx, args) => server.remove(ctx, table, args),
    }),
    [names.changesSince]: build.page({
      ...page,
      handler: (ctx, args) => server.changesSince(ctx, table, args),
    }),
    [names.all]: build.page({ ...page, handler: (ctx, args) => server.all(ctx, table, args) }),
  };
}

/** The functions of `sync.ts` as they are emitted for the reference project once there is an earlier version of it. */
export const syncFunctions = {
  // Safe: the names of its own rules.
  ...Object.assign({}, ...(Object.keys(tables.syncRules) as TableName[]).map(functionsOfTable)),
  push: mutation({
    args: pushArgs,
    returns: pushReply,
    handler: (ctx, batch) => server.push(ctx, batch),
  }),
  head: query({
    args: headArgs,
    returns: headReply,
    handler: (ctx, args) => server.head(ctx, args),
  }),
  collectGarbage: internalMutation({
    args: collectArgs,
    returns: v.null(),
    handler: (ctx, args) => server.collectGarbage(ctx, args),
  }),
  startEpoch: internalMutation({
    args: {},
    returns: v.string(),
    handler: (ctx) => server.startEpoch(ctx),
  }),
  forgetUser: internalMutation({
    args: forgetUserArgs,
    returns: v.null(),
    handler: (ctx, args) => server.forgetUser(ctx, args),
  }),
} as Readonly<Record<string, object>>;
