// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

/** What people share rows by: the scopes that this project's tables name. */
export type ScopeKind = "household";
