// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

/**
 * The database ran migrations that this app does not have: those of a branch, say, or from before they were made anew.
 * Nothing in it was changed. A build with these migrations goes on with it; otherwise the app's data has to be removed.
 */
export class OtherBuildError extends Error {
  override readonly name = "OtherBuildError";

  /** The first migration of this app that another one stands in the place of. */
  readonly migration: string;
  /** What the database's `sync_queue` holds: edits that were not sent, for support and for saving them elsewhere. */
  readonly unsent: readonly Readonly<Record<string, unknown>>[];

  constructor(migration: string, unsent: OtherBuildError["unsent"]) {
    super(
      `The database has another migration in the place of ${migration}. Install the build that made it, or remove the app's data.`,
    );
    this.migration = migration;
    this.unsent = unsent;
  }
}
