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
  listFields,
  syncPolicies,
  syncRules,
  syncUpgrades,
  taskFields,
} from "./syncTables";
import { getSyncUser } from "./syncUser";

const server = createSyncServer({
  rules: syncRules,
  policies: syncPolicies,
  schemaVersion: 2,
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

/** Creates a row of `lists`, or changes the fields that are given. */
export const upsertList = build.upsert({
  args: upsertArgs(listFields),
  returns: opReply(listFields),
  handler: (ctx, args) => server.upsert(ctx, "lists", args),
});

/** Deletes a row of `lists`; devices that have it delete it too. */
export const removeList = build.remove({
  args: removeArgs,
  returns: opReply(listFields),
  handler: (ctx, args) => server.remove(ctx, "lists", args),
});

/** A page of what changed in `lists` after the cursor, deletions included. */
export const getListChangesSince = build.page({
  args: pullArgs,
  returns: pullReply(listFields),
  handler: (ctx, args) => server.changesSince(ctx, "lists", args),
});

/** A page of all rows of `lists` that the signed-in user has. */
export const getAllListsForUser = build.page({
  args: pullArgs,
  returns: pullReply(listFields),
  handler: (ctx, args) => server.all(ctx, "lists", args),
});

/** Creates a row of `tasks`, or changes the fields that are given. */
export const upsertTask = build.upsert({
  args: upsertArgs(taskFields),
  returns: opReply(taskFields),
  handler: (ctx, args) => server.upsert(ctx, "tasks", args),
});

/** Deletes a row of `tasks`; devices that have it delete it too. */
export const removeTask = build.remove({
  args: removeArgs,
  returns: opReply(taskFields),
  handler: (ctx, args) => server.remove(ctx, "tasks", args),
});

/** A page of what changed in `tasks` after the cursor, deletions included. */
export const getTaskChangesSince = build.page({
  args: pullArgs,
  returns: pullReply(taskFields, historyOf(syncUpgrades, "tasks")),
  handler: (ctx, args) => server.changesSince(ctx, "tasks", args),
});

/** A page of all rows of `tasks` that the signed-in user has. */
export const getAllTasksForUser = build.page({
  args: pullArgs,
  returns: pullReply(taskFields, historyOf(syncUpgrades, "tasks")),
  handler: (ctx, args) => server.all(ctx, "tasks", args),
});

/** For apps that know `tasks` as `todos`. */
export const getTodoChangesSince = build.page({
  args: pullArgs,
  returns: pullReply(taskFields, historyOf(syncUpgrades, "tasks")),
  handler: (ctx, args) => server.changesSince(ctx, "todos", args),
});

/** For apps that know `tasks` as `todos`. */
export const getAllTodosForUser = build.page({
  args: pullArgs,
  returns: pullReply(taskFields, historyOf(syncUpgrades, "tasks")),
  handler: (ctx, args) => server.all(ctx, "todos", args),
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
