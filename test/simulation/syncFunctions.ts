import { defineSchema } from "convex/server";
import type { PropertyValidators } from "convex/values";
import { v } from "convex/values";
import { historyOf } from "../../templates/server/convex/syncEngine/history";
import { tableFunctions } from "../../templates/server/convex/syncEngine/functions";
import { syncMemberTables } from "../../templates/server/convex/syncEngine/members";
import { scopedTableFunctions } from "../../templates/server/convex/syncEngine/scopedFunctions";
import { scopedTable } from "../../templates/server/convex/syncEngine/scopedTable";
import {
  forgetScopeArgs,
  scopedOpReply,
  scopedPullArgs,
  scopedPullReply,
  scopedRemoveArgs,
  scopedUpsertArgs,
} from "../../templates/server/convex/syncEngine/scopedValidators";
import { scopeParts } from "../../templates/server/convex/syncEngine/scopes";
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
import { syncedTable, syncSystemTables } from "../../templates/server/convex/syncEngine/tables";
import { internalMutation, mutation, query } from "../server/fixture/convex/_generated/server";
import * as tables from "../server/fixture/convex/syncTables";
import { getSyncUser } from "../server/fixture/convex/syncUser";
import { functionsOf } from "./functionNames";
import { scopedFields } from "./scopedTables";
import { accessTo, listScopes, staffTable } from "./staff";
import { syncPolicies, syncRules, type OwnTable } from "./tables";
import { upgrades } from "./update";

const fieldsOf: Readonly<Record<OwnTable, PropertyValidators>> = {
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

const updated = (table: OwnTable, serverFields: PropertyValidators = {}) =>
  syncedTable({ ...fieldsOf[table], ...serverFields }, {}, historyOf(upgrades, table));

type ScopedName = keyof typeof scopedFields;

const shared = (table: ScopedName) =>
  scopedTable(scopedFields[table] as PropertyValidators, {}, historyOf(upgrades, table));

/** The schema, as it is emitted then. */
export const updatedSchema = defineSchema({
  ...syncSystemTables,
  ...syncMemberTables,
  staff: staffTable,
  projects: updated("projects"),
  tasks: updated("tasks", tables.taskServerFields).index("by_project", ["project"]),
  notes: updated("notes"),
  places: updated("places"),
  contacts: updated("contacts"),
  readings: updated("readings"),
  scores: updated("scores"),
  drafts: updated("drafts"),
  settings: updated("settings"),
  boards: shared("boards"),
  cards: shared("cards"),
  ratings: shared("ratings"),
  pacts: shared("pacts"),
  guests: shared("guests"),
  duties: shared("duties"),
  patients: shared("patients"),
  parcels: shared("parcels"),
  terms: shared("terms"),
});

const scopes = scopeParts({ list: listScopes, access: accessTo });
const server = createSyncServer({
  rules: syncRules,
  policies: syncPolicies,
  schemaVersion: 2,
  accepts: 2,
  upgrades,
  retentionDays: 90,
  user: getSyncUser,
  scopes,
});
const build = tableFunctions(query, mutation);
const buildScoped = scopedTableFunctions(query, mutation);

function functionsOfTable(table: OwnTable) {
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

function functionsOfScoped(table: ScopedName) {
  const fields: PropertyValidators = scopedFields[table];
  const names = functionsOf(table);
  const returns = scopedPullReply(fields, historyOf(upgrades, table));
  const page = { args: scopedPullArgs, returns };
  const reply = scopedOpReply(fields);
  return {
    [names.upsert]: buildScoped.upsert({
      args: scopedUpsertArgs(fields),
      returns: reply,
      handler: (ctx, args) => server.upsert(ctx, table, args),
    }),
    [names.remove]: buildScoped.remove({
      args: scopedRemoveArgs,
      returns: reply,
      handler: (ctx, args) => server.remove(ctx, table, args),
    }),
    [names.changesSince]: buildScoped.page({
      ...page,
      handler: (ctx, args) => server.changesSince(ctx, table, args),
    }),
    [names.all]: buildScoped.page({
      ...page,
      handler: (ctx, args) => server.all(ctx, table, args),
    }),
  };
}

/** The functions of `sync.ts` as they are emitted for the simulated project once there is an earlier version of it. */
export const syncFunctions = {
  // Safe: their own names.
  ...Object.assign(
    {},
    ...(Object.keys(fieldsOf) as OwnTable[]).map(functionsOfTable),
    ...(Object.keys(scopedFields) as ScopedName[]).map(functionsOfScoped),
  ),
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
  forgetScope: internalMutation({
    args: forgetScopeArgs,
    returns: v.null(),
    handler: (ctx, args) => scopes.forget(ctx, syncRules, args),
  }),
} as Readonly<Record<string, object>>;
