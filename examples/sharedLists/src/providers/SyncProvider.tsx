// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { useCallback, type ReactNode } from "react";
import { SyncContext, type SyncSession } from "../hooks/syncContext";
import type { ConvexConnection } from "../sync/convexBackend";
import type { Registry } from "../sync/registry";
import type { Sync } from "../sync/types";
import { useDatabaseSession } from "./databaseContext";
import { openSync, type OpenedSync, type SyncParts } from "./openSync";
import {
  renderProblem,
  useOpening,
  type Open,
  type RenderError,
} from "./useOpening";

/** What a `SyncProvider` makes the engine of. */
export interface SyncProviderProps<R extends Registry> {
  /** What `sync/TableRegistry.ts` exports. */
  readonly registry: R;
  /** The app's Convex client, with its sign-in. */
  readonly convex: ConvexConnection;
  /** Who is signed in; the same as `DatabaseProvider` has. */
  readonly account: string;
  /** Makes the engine; for other transports than the Convex client. */
  readonly open?: (parts: SyncParts<R>) => Promise<OpenedSync<R>>;
  /** Shown until the engine runs; nothing by default. */
  readonly fallback?: ReactNode;
  /** Shown when the engine cannot start; a message with a button by default. */
  readonly renderError?: RenderError;
  readonly children: ReactNode;
}

interface Running {
  readonly kind: "running";
  readonly session: SyncSession;
}

/** Runs the sync engine as long as it is mounted; put it inside `DatabaseProvider`. */
export function SyncProvider<R extends Registry>({
  registry,
  convex,
  account,
  open = openSync,
  fallback = null,
  renderError = renderProblem,
  children,
}: SyncProviderProps<R>): ReactNode {
  const owner = useDatabaseSession();
  const start = useCallback<Open<Running>>(
    ({ show, fail, closed }) => {
      const { database } = owner;
      const opening = open({ registry, database, convex, account });
      const close = () => opening.then((opened) => opened.close());
      owner.beforeClose(close);
      const run = async () => {
        const { sync } = await opening;
        if (closed.aborted) return;
        await sync.start();
        // Hooks see any table by name; the types of this project's tables come back in `offlineHooks`.
        const anySync = sync as unknown as Sync;
        const { drizzle } = database;
        show({
          kind: "running",
          session: { sync: anySync, registry, drizzle },
        });
      };
      run().catch(fail);
      return close;
    },
    // An engine keeps the registry and the maker it started with: both are constants of the project.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [owner, convex, account],
  );
  const { state, retry } = useOpening(start);

  if (state.kind === "running")
    return <SyncContext value={state.session}>{children}</SyncContext>;
  return state.kind === "failed" ? renderError(state.error, retry) : fallback;
}
