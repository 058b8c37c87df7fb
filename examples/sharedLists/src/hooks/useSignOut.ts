// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { useCallback, useContext } from "react";
import { AccountContext } from "../providers/accountContext";
import { useDatabaseSession } from "../providers/databaseContext";
import type { SyncStatus } from "../sync/types";
import { useSync } from "./syncContext";

/**
 * What becomes of edits that the server does not have yet.
 * `keep`: they stay in the account's database and are sent after the next sign-in.
 * `send`: they are sent first; when that does not work for all of them, nothing else happens.
 * `discard`: they are lost, with the account's database.
 */
export type UnsentChoice = "keep" | "send" | "discard";

/** Whether the user may be signed out now. */
export type SignOutResult =
  /** The engine has stopped: end the session at your auth provider now. */
  | { readonly kind: "ready" }
  /** `send`: so many edits are still only here. The engine goes on; ask again, or choose another way. */
  | { readonly kind: "unsent"; readonly count: number };

/** What signing out does beside stopping the engine. */
export interface SignOutOptions {
  /**
   * Also delete the account's database when everything was sent; default `false`. Edits that lost against another change
   * and that nobody has dismissed exist only there: they count as unsent.
   */
  readonly erase?: boolean;
}

/** Ends syncing before the user signs out, so that no edit is lost without somebody having chosen so. */
export function useSignOut(): (
  unsent: UnsentChoice,
  options?: SignOutOptions,
) => Promise<SignOutResult> {
  const sync = useSync();
  const { erase } = useDatabaseSession();
  const account = useContext(AccountContext);
  return useCallback(
    async (unsent, { erase: alsoErase = false } = {}) => {
      const countOf = (status: SyncStatus) =>
        unsentCount(status) + (alsoErase ? status.supersededCount : 0);
      if (unsent === "send") {
        const count = countOf(await sync.syncNow());
        if (count > 0) return { kind: "unsent", count };
      }
      await sync.stop();
      if (unsent === "send") {
        // Comes after every write that was made until now, such as a draft that is saved when its screen closes.
        await sync.batch(() => undefined);
        const count = countOf(sync.getStatus());
        if (count > 0) {
          await sync.start();
          return { kind: "unsent", count };
        }
      }
      if (unsent === "discard" || (unsent === "send" && alsoErase)) {
        // Edits that were made since then keep the database, which is opened anew.
        const count = await erase(unsent === "discard" ? "all" : "sent");
        if (count > 0) return { kind: "unsent", count };
      }
      await account?.leave();
      return { kind: "ready" };
    },
    [sync, erase, account],
  );
}

/** How many edits exist on this device alone. */
export function unsentCount(status: SyncStatus): number {
  return status.pendingCount + status.failedCount + status.conflictCount;
}
