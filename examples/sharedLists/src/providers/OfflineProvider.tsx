// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { useConvex } from "convex/react";
import type { ReactNode } from "react";
import { InitialSyncScreen } from "../components/InitialSyncScreen";
import { migrations } from "../db/migrations/migrations";
import { registry } from "../sync/TableRegistry";
import { AccountProvider } from "./AccountProvider";
import {
  DatabaseProvider,
  type DatabaseProviderProps,
} from "./DatabaseProvider";
import { SyncProvider } from "./SyncProvider";

export interface OfflineProviderProps {
  /**
   * Who is signed in, named as `getSyncUser` in `convex/syncUser.ts` names them;
   * `null` for nobody. Left out, the server is asked, and its answer remembered for
   * starts without a connection.
   */
  readonly account?: string | null | undefined;
  /**
   * Whether the auth provider is still loading, as `useConvexAuth().isLoading` says:
   * `fallback` then stays, and nobody is asked to sign in who is signed in already.
   */
  readonly isSigningIn?: boolean | undefined;
  /**
   * Shown until the account is known and its database open; by default nothing, and
   * a sentence where the server has to be asked first.
   */
  readonly fallback?: ReactNode;
  /** Shown when nobody is signed in: the app's sign-in; a sentence by default. */
  readonly signedOut?: ReactNode;
  /**
   * Whether a screen with progress stands before the app until its first download
   * is complete; `true` by default. With `false`, `useSyncStatus` says how far it is.
   */
  readonly waitForInitialSync?: boolean | undefined;
  /**
   * Shown when the database cannot be opened, the sync cannot start, or the server
   * fails where it has to be asked first; a message with a button by default.
   */
  readonly renderError?: DatabaseProviderProps["renderError"] | undefined;
  readonly children: ReactNode;
}

/**
 * The device's database, its sync with the server, and everything that the hooks
 * need. Put it around the app, inside Convex's provider.
 */
export function OfflineProvider({
  account,
  isSigningIn,
  fallback,
  signedOut,
  waitForInitialSync = true,
  renderError,
  children,
}: OfflineProviderProps): ReactNode {
  const convex = useConvex();
  const app = waitForInitialSync ? (
    <InitialSyncScreen>{children}</InitialSyncScreen>
  ) : (
    children
  );
  return (
    <AccountProvider
      registry={registry}
      convex={convex}
      account={account}
      isSigningIn={isSigningIn}
      fallback={fallback}
      signedOut={signedOut}
      {...(renderError && { renderError })}
    >
      {(signedIn) => (
        <DatabaseProvider
          account={signedIn}
          migrations={migrations}
          fallback={fallback}
          {...(renderError && { renderError })}
        >
          <SyncProvider
            registry={registry}
            convex={convex}
            account={signedIn}
            fallback={fallback}
            {...(renderError && { renderError })}
          >
            {app}
          </SyncProvider>
        </DatabaseProvider>
      )}
    </AccountProvider>
  );
}
