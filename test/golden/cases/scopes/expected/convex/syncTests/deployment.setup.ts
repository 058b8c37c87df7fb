// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

/** What is the same for every table; a test says the rest. */
export const deployment = {
  schemaVersion: 2,
  /** How many changes `server.rateLimit` lets a user make at once; `null` without it. */
  changesAtOnce: null,
};
