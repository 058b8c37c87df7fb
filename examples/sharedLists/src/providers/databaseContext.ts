// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { createContext, useContext } from "react";
import type { OpenedDatabase } from "../db/database";

/** The open database of an account, and how it ends. */
export interface DatabaseSession {
  /** Open and migrated. It is ended by `DatabaseProvider` alone: `close` and `closeAndDelete` do nothing here. */
  readonly database: OpenedDatabase;
  /** Something that uses the database ends before it is closed. */
  readonly beforeClose: (end: () => Promise<void>) => void;
  /**
   * Closes the database and deletes its file. `all`: with whatever it holds. `sent`: not when it holds edits that the
   * server does not have, or that lost and nobody has dismissed; it is opened anew then. The result says how many kept
   * it from being deleted.
   */
  readonly erase: (what: "sent" | "all") => Promise<number>;
}

/** Set by `DatabaseProvider`. */
export const DatabaseContext = createContext<DatabaseSession | null>(null);

/** The account's database. */
export function useDatabaseSession(): DatabaseSession {
  const session = useContext(DatabaseContext);
  if (session === null)
    throw new Error(
      "No database here: put the component inside <OfflineProvider>.",
    );
  return session;
}
