// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { createContext, useContext } from "react";
import type { ReadDatabase } from "../db/database";
import type { Registry } from "../sync/registry";
import type { Sync } from "../sync/types";

/** What the providers give to hooks and components. */
export interface SyncSession {
  readonly sync: Sync;
  readonly registry: Registry;
  /** Drizzle over the account's database, for reading. */
  readonly drizzle: ReadDatabase;
}

/** Set by `SyncProvider`. */
export const SyncContext = createContext<SyncSession | null>(null);

/** The engine, the registry and the database of the account that is signed in. */
export function useSyncSession(): SyncSession {
  const session = useContext(SyncContext);
  if (session === null)
    throw new Error(
      "No sync here: put the component inside <OfflineProvider>.",
    );
  return session;
}

/** The engine, outside any table: `syncNow`, `batch`, `on`, `export`. */
export function useSync(): Sync {
  return useSyncSession().sync;
}
