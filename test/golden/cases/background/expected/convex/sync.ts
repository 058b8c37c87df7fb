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
import { noteFields, syncPolicies, syncRules } from "./syncTables";
import { getSyncUser } from "./syncUser";

const server = createSyncServer({
  rules: syncRules,
  policies: syncPolicies,
  schemaVersion: 1,
  accepts: 20,
  upgrades: [],
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

/** Creates a row of `notes`, or changes the fields that are given. */
export const upsertNote = build.upsert({
  args: upsertArgs(noteFields),
  returns: opReply(noteFields),
  handler: (ctx, args) => server.upsert(ctx, "notes", args),
});

/** Deletes a row of `notes`; devices that have it delete it too. */
export const removeNote = build.remove({
  args: removeArgs,
  returns: opReply(noteFields),
  handler: (ctx, args) => server.remove(ctx, "notes", args),
});

/** A page of what changed in `notes` after the cursor, deletions included. */
export const getNoteChangesSince = build.page({
  args: pullArgs,
  returns: pullReply(noteFields),
  handler: (ctx, args) => server.changesSince(ctx, "notes", args),
});

/** A page of all rows of `notes` that the signed-in user has. */
export const getAllNotesForUser = build.page({
  args: pullArgs,
  returns: pullReply(noteFields),
  handler: (ctx, args) => server.all(ctx, "notes", args),
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
