// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { v } from "convex/values";
import { internalMutation, mutation, query } from "./_generated/server";
import { tableFunctions } from "./syncEngine/functions";
import { historyOf } from "./syncEngine/history";
import { createSyncServer } from "./syncEngine/server";
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
} from "./syncEngine/validators";
import {
  jobFields,
  placeFields,
  syncPolicies,
  syncRules,
  syncUpgrades,
} from "./syncTables";
import { getSyncUser } from "./syncUser";

const server = createSyncServer({
  rules: syncRules,
  policies: syncPolicies,
  schemaVersion: 3,
  accepts: 20,
  upgrades: syncUpgrades,
  retentionDays: 90,
  user: getSyncUser,
});

/** `query` and `mutation` for the functions that every table has. */
const build = tableFunctions(query, mutation);

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

/** Creates a row of `jobs`, or changes the fields that are given. */
export const upsertJob = build.upsert({
  args: upsertArgs(jobFields),
  returns: opReply(jobFields),
  handler: (ctx, args) => server.upsert(ctx, "jobs", args),
});

/** Deletes a row of `jobs`; devices that have it delete it too. */
export const removeJob = build.remove({
  args: removeArgs,
  returns: opReply(jobFields),
  handler: (ctx, args) => server.remove(ctx, "jobs", args),
});

/** A page of what changed in `jobs` after the cursor, deletions included. */
export const getJobChangesSince = build.page({
  args: pullArgs,
  returns: pullReply(jobFields, historyOf(syncUpgrades, "jobs")),
  handler: (ctx, args) => server.changesSince(ctx, "jobs", args),
});

/** A page of all rows of `jobs` that the signed-in user has. */
export const getAllJobsForUser = build.page({
  args: pullArgs,
  returns: pullReply(jobFields, historyOf(syncUpgrades, "jobs")),
  handler: (ctx, args) => server.all(ctx, "jobs", args),
});

/** Creates a row of `places`, or changes the fields that are given. */
export const upsertPlace = build.upsert({
  args: upsertArgs(placeFields),
  returns: opReply(placeFields),
  handler: (ctx, args) => server.upsert(ctx, "places", args),
});

/** Deletes a row of `places`; devices that have it delete it too. */
export const removePlace = build.remove({
  args: removeArgs,
  returns: opReply(placeFields),
  handler: (ctx, args) => server.remove(ctx, "places", args),
});

/** A page of what changed in `places` after the cursor, deletions included. */
export const getPlaceChangesSince = build.page({
  args: pullArgs,
  returns: pullReply(placeFields),
  handler: (ctx, args) => server.changesSince(ctx, "places", args),
});

/** A page of all rows of `places` that the signed-in user has. */
export const getAllPlacesForUser = build.page({
  args: pullArgs,
  returns: pullReply(placeFields),
  handler: (ctx, args) => server.all(ctx, "places", args),
});

/** Apps from before `notes` was removed ask for its changes: there are none. */
export const getNoteChangesSince = build.page({
  args: pullArgs,
  returns: pullReply({}),
  handler: (ctx, args) => server.changesSince(ctx, "notes", args),
});

/** Apps from before `notes` was removed ask for its changes: there are none. */
export const getAllNotesForUser = build.page({
  args: pullArgs,
  returns: pullReply({}),
  handler: (ctx, args) => server.all(ctx, "notes", args),
});

/** For apps that know `jobs` as `tasks`. */
export const getTaskChangesSince = build.page({
  args: pullArgs,
  returns: pullReply(jobFields, historyOf(syncUpgrades, "jobs")),
  handler: (ctx, args) => server.changesSince(ctx, "tasks", args),
});

/** For apps that know `jobs` as `tasks`. */
export const getAllTasksForUser = build.page({
  args: pullArgs,
  returns: pullReply(jobFields, historyOf(syncUpgrades, "jobs")),
  handler: (ctx, args) => server.all(ctx, "tasks", args),
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
