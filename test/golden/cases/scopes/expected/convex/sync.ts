// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { v } from "convex/values";
import { internalMutation, mutation, query } from "./_generated/server";
import { tableFunctions } from "./syncEngine/functions";
import { historyOf } from "./syncEngine/history";
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
  opReply,
  pullArgs,
  pullReply,
  pushArgs,
  pushReply,
  removeArgs,
  upsertArgs,
} from "./syncEngine/validators";
import { accessTo, listScopes } from "./syncScopes";
import {
  choreFields,
  labelFields,
  pageFields,
  projectFields,
  settingFields,
  syncPolicies,
  syncRules,
  syncUpgrades,
  taskFields,
} from "./syncTables";
import { getSyncUser } from "./syncUser";

/** Who is in which scope, as syncScopes.ts says. */
const scopes = scopeParts({ list: listScopes, access: accessTo });

const server = createSyncServer({
  rules: syncRules,
  policies: syncPolicies,
  schemaVersion: 2,
  accepts: 20,
  upgrades: syncUpgrades,
  retentionDays: 90,
  user: getSyncUser,
  scopes,
});

/** `query` and `mutation` for the functions that every table without a scope has. */
const build = tableFunctions(query, mutation);

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

/** Creates a row of `projects`, or changes the fields that are given. */
export const upsertProject = buildScoped.upsert({
  args: scopedUpsertArgs(projectFields),
  returns: scopedOpReply(projectFields),
  handler: (ctx, args) => server.upsert(ctx, "projects", args),
});

/** Deletes a row of `projects`; devices that have it delete it too. */
export const removeProject = buildScoped.remove({
  args: scopedRemoveArgs,
  returns: scopedOpReply(projectFields),
  handler: (ctx, args) => server.remove(ctx, "projects", args),
});

/** A page of what changed in `projects` of one workspace after the cursor, deletions included. */
export const getProjectChangesSince = buildScoped.page({
  args: scopedPullArgs,
  returns: scopedPullReply(projectFields),
  handler: (ctx, args) => server.changesSince(ctx, "projects", args),
});

/** A page of all rows of `projects` of one workspace. */
export const getAllProjectsForUser = buildScoped.page({
  args: scopedPullArgs,
  returns: scopedPullReply(projectFields),
  handler: (ctx, args) => server.all(ctx, "projects", args),
});

/** Creates a row of `tasks`, or changes the fields that are given. */
export const upsertTask = buildScoped.upsert({
  args: scopedUpsertArgs(taskFields),
  returns: scopedOpReply(taskFields),
  handler: (ctx, args) => server.upsert(ctx, "tasks", args),
});

/** Deletes a row of `tasks`; devices that have it delete it too. */
export const removeTask = buildScoped.remove({
  args: scopedRemoveArgs,
  returns: scopedOpReply(taskFields),
  handler: (ctx, args) => server.remove(ctx, "tasks", args),
});

/** A page of what changed in `tasks` of one workspace after the cursor, deletions included. */
export const getTaskChangesSince = buildScoped.page({
  args: scopedPullArgs,
  returns: scopedPullReply(taskFields),
  handler: (ctx, args) => server.changesSince(ctx, "tasks", args),
});

/** A page of all rows of `tasks` of one workspace. */
export const getAllTasksForUser = buildScoped.page({
  args: scopedPullArgs,
  returns: scopedPullReply(taskFields),
  handler: (ctx, args) => server.all(ctx, "tasks", args),
});

/** Creates a row of `labels`, or changes the fields that are given. */
export const upsertLabel = buildScoped.upsert({
  args: scopedUpsertArgs(labelFields),
  returns: scopedOpReply(labelFields),
  handler: (ctx, args) => server.upsert(ctx, "labels", args),
});

/** Deletes a row of `labels`; devices that have it delete it too. */
export const removeLabel = buildScoped.remove({
  args: scopedRemoveArgs,
  returns: scopedOpReply(labelFields),
  handler: (ctx, args) => server.remove(ctx, "labels", args),
});

/** A page of what changed in `labels` of one workspace after the cursor, deletions included. */
export const getLabelChangesSince = buildScoped.page({
  args: scopedPullArgs,
  returns: scopedPullReply(labelFields),
  handler: (ctx, args) => server.changesSince(ctx, "labels", args),
});

/** A page of all rows of `labels` of one workspace. */
export const getAllLabelsForUser = buildScoped.page({
  args: scopedPullArgs,
  returns: scopedPullReply(labelFields),
  handler: (ctx, args) => server.all(ctx, "labels", args),
});

/** Creates a row of `pages`, or changes the fields that are given. */
export const upsertPage = buildScoped.upsert({
  args: scopedUpsertArgs(pageFields),
  returns: scopedOpReply(pageFields),
  handler: (ctx, args) => server.upsert(ctx, "pages", args),
});

/** Deletes a row of `pages`; devices that have it delete it too. */
export const removePage = buildScoped.remove({
  args: scopedRemoveArgs,
  returns: scopedOpReply(pageFields),
  handler: (ctx, args) => server.remove(ctx, "pages", args),
});

/** A page of what changed in `pages` of one workspace after the cursor, deletions included. */
export const getPageChangesSince = buildScoped.page({
  args: scopedPullArgs,
  returns: scopedPullReply(pageFields),
  handler: (ctx, args) => server.changesSince(ctx, "pages", args),
});

/** A page of all rows of `pages` of one workspace. */
export const getAllPagesForUser = buildScoped.page({
  args: scopedPullArgs,
  returns: scopedPullReply(pageFields),
  handler: (ctx, args) => server.all(ctx, "pages", args),
});

/** Creates a row of `chores`. */
export const upsertChore = buildScoped.upsert({
  args: scopedUpsertArgs(choreFields),
  returns: scopedOpReply(choreFields),
  handler: (ctx, args) => server.upsert(ctx, "chores", args),
});

/** A page of what changed in `chores` of one household after the cursor, deletions included. */
export const getChoreChangesSince = buildScoped.page({
  args: scopedPullArgs,
  returns: scopedPullReply(choreFields),
  handler: (ctx, args) => server.changesSince(ctx, "chores", args),
});

/** A page of all rows of `chores` of one household. */
export const getAllChoresForUser = buildScoped.page({
  args: scopedPullArgs,
  returns: scopedPullReply(choreFields),
  handler: (ctx, args) => server.all(ctx, "chores", args),
});

/** Creates a row of `settings`, or changes the fields that are given. */
export const upsertSetting = build.upsert({
  args: upsertArgs(settingFields),
  returns: opReply(settingFields),
  handler: (ctx, args) => server.upsert(ctx, "settings", args),
});

/** Deletes a row of `settings`; devices that have it delete it too. */
export const removeSetting = build.remove({
  args: removeArgs,
  returns: opReply(settingFields),
  handler: (ctx, args) => server.remove(ctx, "settings", args),
});

/** A page of what changed in `settings` after the cursor, deletions included. */
export const getSettingChangesSince = build.page({
  args: pullArgs,
  returns: pullReply(settingFields),
  handler: (ctx, args) => server.changesSince(ctx, "settings", args),
});

/** A page of all rows of `settings` that the signed-in user has. */
export const getAllSettingsForUser = build.page({
  args: pullArgs,
  returns: pullReply(settingFields),
  handler: (ctx, args) => server.all(ctx, "settings", args),
});

/** For apps that know `pages` as `papers`. */
export const getPaperChangesSince = buildScoped.page({
  args: scopedPullArgs,
  returns: scopedPullReply(pageFields, historyOf(syncUpgrades, "pages")),
  handler: (ctx, args) => server.changesSince(ctx, "papers", args),
});

/** For apps that know `pages` as `papers`. */
export const getAllPapersForUser = buildScoped.page({
  args: scopedPullArgs,
  returns: scopedPullReply(pageFields, historyOf(syncUpgrades, "pages")),
  handler: (ctx, args) => server.all(ctx, "papers", args),
});

/** Apps from before `polls` was removed ask for its changes: there are none. */
export const getPollChangesSince = buildScoped.page({
  args: scopedPullArgs,
  returns: scopedPullReply({}),
  handler: (ctx, args) => server.changesSince(ctx, "polls", args),
});

/** Apps from before `polls` was removed ask for its changes: there are none. */
export const getAllPollsForUser = buildScoped.page({
  args: scopedPullArgs,
  returns: scopedPullReply({}),
  handler: (ctx, args) => server.all(ctx, "polls", args),
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
 * For when a workspace, say, is deleted. Where syncScopes.ts reads memberships of your own, delete those first.
 */
export const forgetScope = internalMutation({
  args: forgetScopeArgs,
  returns: v.null(),
  handler: (ctx, args) => scopes.forget(ctx, syncRules, args),
});
