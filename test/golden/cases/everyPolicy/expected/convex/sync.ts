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
  contactFields,
  draftFields,
  noteFields,
  orderFields,
  placeFields,
  priceFields,
  readingFields,
  scoreFields,
  settingFields,
  syncPolicies,
  syncRules,
  themeFields,
  visitFields,
} from "./syncTables";
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

/** Creates a row of `visits`, or changes the fields that are given. */
export const upsertVisit = build.upsert({
  args: upsertArgs(visitFields),
  returns: opReply(visitFields),
  handler: (ctx, args) => server.upsert(ctx, "visits", args),
});

/** Deletes a row of `visits`; devices that have it delete it too. */
export const removeVisit = build.remove({
  args: removeArgs,
  returns: opReply(visitFields),
  handler: (ctx, args) => server.remove(ctx, "visits", args),
});

/** A page of what changed in `visits` after the cursor, deletions included. */
export const getVisitChangesSince = build.page({
  args: pullArgs,
  returns: pullReply(visitFields),
  handler: (ctx, args) => server.changesSince(ctx, "visits", args),
});

/** A page of all rows of `visits` that the signed-in user has. */
export const getAllVisitsForUser = build.page({
  args: pullArgs,
  returns: pullReply(visitFields),
  handler: (ctx, args) => server.all(ctx, "visits", args),
});

/** Creates a row of `orders`, or changes the fields that are given. */
export const upsertOrder = build.upsert({
  args: upsertArgs(orderFields),
  returns: opReply(orderFields),
  handler: (ctx, args) => server.upsert(ctx, "orders", args),
});

/** Deletes a row of `orders`; devices that have it delete it too. */
export const removeOrder = build.remove({
  args: removeArgs,
  returns: opReply(orderFields),
  handler: (ctx, args) => server.remove(ctx, "orders", args),
});

/** A page of what changed in `orders` after the cursor, deletions included. */
export const getOrderChangesSince = build.page({
  args: pullArgs,
  returns: pullReply(orderFields),
  handler: (ctx, args) => server.changesSince(ctx, "orders", args),
});

/** A page of all rows of `orders` that the signed-in user has. */
export const getAllOrdersForUser = build.page({
  args: pullArgs,
  returns: pullReply(orderFields),
  handler: (ctx, args) => server.all(ctx, "orders", args),
});

/** Changes the fields that are given of a row of `prices`. */
export const upsertPrice = build.upsert({
  args: upsertArgs(priceFields),
  returns: opReply(priceFields),
  handler: (ctx, args) => server.upsert(ctx, "prices", args),
});

/** A page of what changed in `prices` after the cursor, deletions included. */
export const getPriceChangesSince = build.page({
  args: pullArgs,
  returns: pullReply(priceFields),
  handler: (ctx, args) => server.changesSince(ctx, "prices", args),
});

/** A page of all rows of `prices` that the signed-in user has. */
export const getAllPricesForUser = build.page({
  args: pullArgs,
  returns: pullReply(priceFields),
  handler: (ctx, args) => server.all(ctx, "prices", args),
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

/** Creates a row of `places`. */
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

/** Creates a row of `contacts`, or changes the fields that are given. */
export const upsertContact = build.upsert({
  args: upsertArgs(contactFields),
  returns: opReply(contactFields),
  handler: (ctx, args) => server.upsert(ctx, "contacts", args),
});

/** Deletes a row of `contacts`; devices that have it delete it too. */
export const removeContact = build.remove({
  args: removeArgs,
  returns: opReply(contactFields),
  handler: (ctx, args) => server.remove(ctx, "contacts", args),
});

/** A page of what changed in `contacts` after the cursor, deletions included. */
export const getContactChangesSince = build.page({
  args: pullArgs,
  returns: pullReply(contactFields),
  handler: (ctx, args) => server.changesSince(ctx, "contacts", args),
});

/** A page of all rows of `contacts` that the signed-in user has. */
export const getAllContactsForUser = build.page({
  args: pullArgs,
  returns: pullReply(contactFields),
  handler: (ctx, args) => server.all(ctx, "contacts", args),
});

/** Creates a row of `readings`. */
export const upsertReading = build.upsert({
  args: upsertArgs(readingFields),
  returns: opReply(readingFields),
  handler: (ctx, args) => server.upsert(ctx, "readings", args),
});

/** A page of what changed in `readings` after the cursor, deletions included. */
export const getReadingChangesSince = build.page({
  args: pullArgs,
  returns: pullReply(readingFields),
  handler: (ctx, args) => server.changesSince(ctx, "readings", args),
});

/** A page of all rows of `readings` that the signed-in user has. */
export const getAllReadingsForUser = build.page({
  args: pullArgs,
  returns: pullReply(readingFields),
  handler: (ctx, args) => server.all(ctx, "readings", args),
});

/** Creates a row of `scores`, or changes the fields that are given. */
export const upsertScore = build.upsert({
  args: upsertArgs(scoreFields),
  returns: opReply(scoreFields),
  handler: (ctx, args) => server.upsert(ctx, "scores", args),
});

/** Deletes a row of `scores`; devices that have it delete it too. */
export const removeScore = build.remove({
  args: removeArgs,
  returns: opReply(scoreFields),
  handler: (ctx, args) => server.remove(ctx, "scores", args),
});

/** A page of what changed in `scores` after the cursor, deletions included. */
export const getScoreChangesSince = build.page({
  args: pullArgs,
  returns: pullReply(scoreFields),
  handler: (ctx, args) => server.changesSince(ctx, "scores", args),
});

/** A page of all rows of `scores` that the signed-in user has. */
export const getAllScoresForUser = build.page({
  args: pullArgs,
  returns: pullReply(scoreFields),
  handler: (ctx, args) => server.all(ctx, "scores", args),
});

/** Creates a row of `drafts`, or changes the fields that are given. */
export const upsertDraft = build.upsert({
  args: upsertArgs(draftFields),
  returns: opReply(draftFields),
  handler: (ctx, args) => server.upsert(ctx, "drafts", args),
});

/** Deletes a row of `drafts`; devices that have it delete it too. */
export const removeDraft = build.remove({
  args: removeArgs,
  returns: opReply(draftFields),
  handler: (ctx, args) => server.remove(ctx, "drafts", args),
});

/** A page of what changed in `drafts` after the cursor, deletions included. */
export const getDraftChangesSince = build.page({
  args: pullArgs,
  returns: pullReply(draftFields),
  handler: (ctx, args) => server.changesSince(ctx, "drafts", args),
});

/** A page of all rows of `drafts` that the signed-in user has. */
export const getAllDraftsForUser = build.page({
  args: pullArgs,
  returns: pullReply(draftFields),
  handler: (ctx, args) => server.all(ctx, "drafts", args),
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

/** Creates a row of `themes`, or changes the fields that are given. */
export const upsertTheme = build.upsert({
  args: upsertArgs(themeFields),
  returns: opReply(themeFields),
  handler: (ctx, args) => server.upsert(ctx, "themes", args),
});

/** Deletes a row of `themes`; devices that have it delete it too. */
export const removeTheme = build.remove({
  args: removeArgs,
  returns: opReply(themeFields),
  handler: (ctx, args) => server.remove(ctx, "themes", args),
});

/** A page of what changed in `themes` after the cursor, deletions included. */
export const getThemeChangesSince = build.page({
  args: pullArgs,
  returns: pullReply(themeFields),
  handler: (ctx, args) => server.changesSince(ctx, "themes", args),
});

/** A page of all rows of `themes` that the signed-in user has. */
export const getAllThemesForUser = build.page({
  args: pullArgs,
  returns: pullReply(themeFields),
  handler: (ctx, args) => server.all(ctx, "themes", args),
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
