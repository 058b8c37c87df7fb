// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { v } from "convex/values";
import { internalMutation, mutation, query } from "./_generated/server";
import { tableFunctions } from "./syncEngine/functions";
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
  bookFields,
  oneSidedFields,
  ownerFields,
  presetFields,
  sampleFields,
  sparseSampleFields,
  syncPolicies,
  syncRules,
} from "./syncTables";
import { getSyncUser } from "./syncUser";

const server = createSyncServer({
  rules: syncRules,
  policies: syncPolicies,
  schemaVersion: 1,
  accepts: 3,
  upgrades: [],
  retentionDays: 30,
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

/** Creates a row of `owners`, or changes the fields that are given. */
export const upsertOwner = build.upsert({
  args: upsertArgs(ownerFields),
  returns: opReply(ownerFields),
  handler: (ctx, args) => server.upsert(ctx, "owners", args),
});

/** Deletes a row of `owners`; devices that have it delete it too. */
export const removeOwner = build.remove({
  args: removeArgs,
  returns: opReply(ownerFields),
  handler: (ctx, args) => server.remove(ctx, "owners", args),
});

/** A page of what changed in `owners` after the cursor, deletions included. */
export const getOwnerChangesSince = build.page({
  args: pullArgs,
  returns: pullReply(ownerFields),
  handler: (ctx, args) => server.changesSince(ctx, "owners", args),
});

/** A page of all rows of `owners` that the signed-in user has. */
export const getAllOwnersForUser = build.page({
  args: pullArgs,
  returns: pullReply(ownerFields),
  handler: (ctx, args) => server.all(ctx, "owners", args),
});

/** Creates a row of `samples`, or changes the fields that are given. */
export const upsertSample = build.upsert({
  args: upsertArgs(sampleFields),
  returns: opReply(sampleFields),
  handler: (ctx, args) => server.upsert(ctx, "samples", args),
});

/** Deletes a row of `samples`; devices that have it delete it too. */
export const removeSample = build.remove({
  args: removeArgs,
  returns: opReply(sampleFields),
  handler: (ctx, args) => server.remove(ctx, "samples", args),
});

/** A page of what changed in `samples` after the cursor, deletions included. */
export const getSampleChangesSince = build.page({
  args: pullArgs,
  returns: pullReply(sampleFields),
  handler: (ctx, args) => server.changesSince(ctx, "samples", args),
});

/** A page of all rows of `samples` that the signed-in user has. */
export const getAllSamplesForUser = build.page({
  args: pullArgs,
  returns: pullReply(sampleFields),
  handler: (ctx, args) => server.all(ctx, "samples", args),
});

/** Creates a row of `sparseSamples`, or changes the fields that are given. */
export const upsertSparseSample = build.upsert({
  args: upsertArgs(sparseSampleFields),
  returns: opReply(sparseSampleFields),
  handler: (ctx, args) => server.upsert(ctx, "sparseSamples", args),
});

/** Deletes a row of `sparseSamples`; devices that have it delete it too. */
export const removeSparseSample = build.remove({
  args: removeArgs,
  returns: opReply(sparseSampleFields),
  handler: (ctx, args) => server.remove(ctx, "sparseSamples", args),
});

/** A page of what changed in `sparseSamples` after the cursor, deletions included. */
export const getSparseSampleChangesSince = build.page({
  args: pullArgs,
  returns: pullReply(sparseSampleFields),
  handler: (ctx, args) => server.changesSince(ctx, "sparseSamples", args),
});

/** A page of all rows of `sparseSamples` that the signed-in user has. */
export const getAllSparseSamplesForUser = build.page({
  args: pullArgs,
  returns: pullReply(sparseSampleFields),
  handler: (ctx, args) => server.all(ctx, "sparseSamples", args),
});

/** Creates a row of `presets`, or changes the fields that are given. */
export const upsertPreset = build.upsert({
  args: upsertArgs(presetFields),
  returns: opReply(presetFields),
  handler: (ctx, args) => server.upsert(ctx, "presets", args),
});

/** Deletes a row of `presets`; devices that have it delete it too. */
export const removePreset = build.remove({
  args: removeArgs,
  returns: opReply(presetFields),
  handler: (ctx, args) => server.remove(ctx, "presets", args),
});

/** A page of what changed in `presets` after the cursor, deletions included. */
export const getPresetChangesSince = build.page({
  args: pullArgs,
  returns: pullReply(presetFields),
  handler: (ctx, args) => server.changesSince(ctx, "presets", args),
});

/** A page of all rows of `presets` that the signed-in user has. */
export const getAllPresetsForUser = build.page({
  args: pullArgs,
  returns: pullReply(presetFields),
  handler: (ctx, args) => server.all(ctx, "presets", args),
});

/** Creates a row of `oneSided`, or changes the fields that are given. */
export const upsertOneSided = build.upsert({
  args: upsertArgs(oneSidedFields),
  returns: opReply(oneSidedFields),
  handler: (ctx, args) => server.upsert(ctx, "oneSided", args),
});

/** Deletes a row of `oneSided`; devices that have it delete it too. */
export const removeOneSided = build.remove({
  args: removeArgs,
  returns: opReply(oneSidedFields),
  handler: (ctx, args) => server.remove(ctx, "oneSided", args),
});

/** A page of what changed in `oneSided` after the cursor, deletions included. */
export const getOneSidedChangesSince = build.page({
  args: pullArgs,
  returns: pullReply(oneSidedFields),
  handler: (ctx, args) => server.changesSince(ctx, "oneSided", args),
});

/** A page of all rows of `oneSided` that the signed-in user has. */
export const getAllOneSidedForUser = build.page({
  args: pullArgs,
  returns: pullReply(oneSidedFields),
  handler: (ctx, args) => server.all(ctx, "oneSided", args),
});

/** Creates a row of `keyed`, or changes the fields that are given. */
export const upsertBook = build.upsert({
  args: upsertArgs(bookFields),
  returns: opReply(bookFields),
  handler: (ctx, args) => server.upsert(ctx, "keyed", args),
});

/** Deletes a row of `keyed`; devices that have it delete it too. */
export const removeBook = build.remove({
  args: removeArgs,
  returns: opReply(bookFields),
  handler: (ctx, args) => server.remove(ctx, "keyed", args),
});

/** A page of what changed in `keyed` after the cursor, deletions included. */
export const getBookChangesSince = build.page({
  args: pullArgs,
  returns: pullReply(bookFields),
  handler: (ctx, args) => server.changesSince(ctx, "keyed", args),
});

/** A page of all rows of `keyed` that the signed-in user has. */
export const getAllKeyedForUser = build.page({
  args: pullArgs,
  returns: pullReply(bookFields),
  handler: (ctx, args) => server.all(ctx, "keyed", args),
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
