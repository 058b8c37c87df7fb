// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { v } from "convex/values";
import { internalMutation, mutation, query } from "./_generated/server";
import { scopedTableFunctions } from "./syncEngine/scopedFunctions";
import {
  forgetScopeArgs,
  scopedOpReply,
  scopedPullArgs,
  scopedPullReply,
  scopedRemoveArgs,
  scopedUpsertArgs,
} from "./syncEngine/scopedValidators";
import { scopeParts } from "./syncEngine/scopes";
import { createSyncServer } from "./syncEngine/server";
import {
  collectArgs,
  forgetUserArgs,
  headArgs,
  headReply,
  pushArgs,
  pushReply,
} from "./syncEngine/validators";
import { accessTo, listScopes } from "./syncScopes";
import {
  householdFields,
  itemFields,
  listFields,
  personFields,
  syncPolicies,
  syncRules,
} from "./syncTables";
import { getSyncUser } from "./syncUser";

/** Who is in which scope, as syncScopes.ts says. */
const scopes = scopeParts({ list: listScopes, access: accessTo });

const server = createSyncServer({
  rules: syncRules,
  policies: syncPolicies,
  schemaVersion: 1,
  accepts: 20,
  upgrades: [],
  retentionDays: 90,
  user: getSyncUser,
  scopes,
});

/** `query` and `mutation` for the functions that every table with a scope has. */
const buildScoped = scopedTableFunctions(query, mutation);

/** Takes a batch of changes from a device. */
export const push = mutation({
  args: pushArgs,
  returns: pushReply,
  handler: server.push,
});

/** The newest change of each table: what a device watches while nothing happens. */
export const head = query({
  args: headArgs,
  returns: headReply,
  handler: server.head,
});

/** Changes the fields that are given of a row of `households`. */
export const upsertHousehold = buildScoped.upsert({
  args: scopedUpsertArgs(householdFields),
  returns: scopedOpReply(householdFields),
  handler: (ctx, args) => server.upsert(ctx, "households", args),
});

/** A page of what changed in `households` of one household after the cursor, deletions included. */
export const getHouseholdChangesSince = buildScoped.page({
  args: scopedPullArgs,
  returns: scopedPullReply(householdFields),
  handler: (ctx, args) => server.changesSince(ctx, "households", args),
});

/** A page of all rows of `households` of one household. */
export const getAllHouseholdsForUser = buildScoped.page({
  args: scopedPullArgs,
  returns: scopedPullReply(householdFields),
  handler: (ctx, args) => server.all(ctx, "households", args),
});

/** Changes the fields that are given of a row of `people`. */
export const upsertPerson = buildScoped.upsert({
  args: scopedUpsertArgs(personFields),
  returns: scopedOpReply(personFields),
  handler: (ctx, args) => server.upsert(ctx, "people", args),
});

/** A page of what changed in `people` of one household after the cursor, deletions included. */
export const getPersonChangesSince = buildScoped.page({
  args: scopedPullArgs,
  returns: scopedPullReply(personFields),
  handler: (ctx, args) => server.changesSince(ctx, "people", args),
});

/** A page of all rows of `people` of one household. */
export const getAllPeopleForUser = buildScoped.page({
  args: scopedPullArgs,
  returns: scopedPullReply(personFields),
  handler: (ctx, args) => server.all(ctx, "people", args),
});

/** Creates a row of `lists`. */
export const upsertList = buildScoped.upsert({
  args: scopedUpsertArgs(listFields),
  returns: scopedOpReply(listFields),
  handler: (ctx, args) => server.upsert(ctx, "lists", args),
});

/** Deletes a row of `lists`; devices that have it delete it too. */
export const removeList = buildScoped.remove({
  args: scopedRemoveArgs,
  returns: scopedOpReply(listFields),
  handler: (ctx, args) => server.remove(ctx, "lists", args),
});

/** A page of what changed in `lists` of one household after the cursor, deletions included. */
export const getListChangesSince = buildScoped.page({
  args: scopedPullArgs,
  returns: scopedPullReply(listFields),
  handler: (ctx, args) => server.changesSince(ctx, "lists", args),
});

/** A page of all rows of `lists` of one household. */
export const getAllListsForUser = buildScoped.page({
  args: scopedPullArgs,
  returns: scopedPullReply(listFields),
  handler: (ctx, args) => server.all(ctx, "lists", args),
});

/** Creates a row of `items`, or changes the fields that are given. */
export const upsertItem = buildScoped.upsert({
  args: scopedUpsertArgs(itemFields),
  returns: scopedOpReply(itemFields),
  handler: (ctx, args) => server.upsert(ctx, "items", args),
});

/** Deletes a row of `items`; devices that have it delete it too. */
export const removeItem = buildScoped.remove({
  args: scopedRemoveArgs,
  returns: scopedOpReply(itemFields),
  handler: (ctx, args) => server.remove(ctx, "items", args),
});

/** A page of what changed in `items` of one household after the cursor, deletions included. */
export const getItemChangesSince = buildScoped.page({
  args: scopedPullArgs,
  returns: scopedPullReply(itemFields),
  handler: (ctx, args) => server.changesSince(ctx, "items", args),
});

/** A page of all rows of `items` of one household. */
export const getAllItemsForUser = buildScoped.page({
  args: scopedPullArgs,
  returns: scopedPullReply(itemFields),
  handler: (ctx, args) => server.all(ctx, "items", args),
});

/** Removes marks of deleted rows, and receipts of pushes, that are older than devices may stay away. */
export const collectGarbage = internalMutation({
  args: collectArgs,
  returns: v.null(),
  handler: server.collectGarbage,
});

/** Run once after a backup was imported: every device fetches everything again. */
export const startEpoch = internalMutation({
  args: {},
  returns: v.string(),
  handler: server.startEpoch,
});

/**
 * Deletes everything that the sync holds of a user: their rows, and what it knows of their devices. For when an account
 * is deleted, once `getSyncUser` answers `null` for it.
 */
export const forgetUser = internalMutation({
  args: forgetUserArgs,
  returns: v.null(),
  handler: server.forgetUser,
});

/**
 * Deletes everything that the sync holds of a scope: who its members are, so that their devices lose it, then its rows.
 * For when a household, say, is deleted. Where syncScopes.ts reads memberships of your own, delete those first.
 */
export const forgetScope = internalMutation({
  args: forgetScopeArgs,
  returns: v.null(),
  handler: (ctx, args) => scopes.forget(ctx, syncRules, args),
});
