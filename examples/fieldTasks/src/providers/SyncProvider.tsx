// Written by sync-gen 0.1.0 from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { useEffect, useMemo, useState, type ReactNode } from "react";
import { DatabaseProblem } from "../components/DatabaseProblem";
import { SyncContext, type SyncSession } from "../hooks/syncContext";
import type { ConvexConnection } from "../sync/convexBackend";
import type { Registry } from "../sync/registry";
import type { Sync } from "../sync/types";
import { useDatabaseSession } from "./databaseContext";
import { openSync, type OpenedSync, type SyncParts } from "./openSync";

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
  readonly renderError?: (error: Error, retry: () => void) => ReactNode;
  readonly children: ReactNode;
}

type Running =
  | { readonly kind: "starting" }
  | { readonly kind: "running"; readonly session: SyncSession }
  | { readonly kind: "failed"; readonly error: Error };

const starting: Running = { kind: "starting" };

/** Runs the sync engine as long as it is mounted; put it inside `DatabaseProvider`. */
export function SyncProvider<R extends Registry>({
  registry,
  convex,
  account,
  open = openSync,
  fallback = null,
  renderError,
  children,
}: SyncProviderProps<R>): ReactNode {
  const owner = useDatabaseSession();
  const [attempt, setAttempt] = useState(0);
  const key = useMemo(
    () => ({ owner, convex, account, attempt }),
    [owner, convex, account, attempt],
  );
  const [shown, setShown] = useState({ key, state: starting });
  // An engine of another account is not shown for a single render.
  const state = shown.key === key ? shown.state : starting;

  useEffect(() => {
    let isCurrent = true;
    const show = (next: Running) => {
      if (isCurrent) setShown({ key, state: next });
    };
    const { database } = key.owner;
    const opening = open({
      registry,
      database,
      convex: key.convex,
      account: key.account,
    });
    const close = () => opening.then((opened) => opened.close());
    key.owner.beforeClose(close);
    const start = async () => {
      const { sync } = await opening;
      if (!isCurrent) return;
      await sync.start();
      // Hooks see any table by name; the types of this project's tables come back in `offlineHooks`.
      const anySync = sync as unknown as Sync;
      const { drizzle } = database;
      show({ kind: "running", session: { sync: anySync, registry, drizzle } });
    };
    start().catch((cause: unknown) =>
      show({
        kind: "failed",
        error: cause instanceof Error ? cause : new Error(String(cause)),
      }),
    );
    return () => {
      isCurrent = false;
      // What never opened needs no end, and said so when it was shown.
      close().catch(() => undefined);
    };
    // An engine keeps the registry and the maker it started with: both are constants of the project.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [key]);

  if (state.kind === "running")
    return <SyncContext value={state.session}>{children}</SyncContext>;
  if (state.kind === "starting") return fallback;
  const retry = () => setAttempt((last) => last + 1);
  return renderError === undefined ? (
    <DatabaseProblem kind="failed" error={state.error} onRetry={retry} />
  ) : (
    renderError(state.error, retry)
  );
}
