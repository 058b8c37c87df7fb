import { useEffect, useState, type ReactNode } from "react";
import { DatabaseProblem } from "../components/DatabaseProblem";
import type { OpenedDatabase } from "../db/database";
import { SyncContext, type SyncSession } from "../hooks/syncContext";
import type { Registry } from "../sync/registry";
import type { Sync } from "../sync/types";
import { useDatabaseSession } from "./databaseContext";

export interface SyncProviderProps<R extends Registry> {
  /** What `sync/TableRegistry.ts` exports. */
  readonly registry: R;
  /**
   * Makes the engine over an open database. Called once a database; a function that is new in every render changes
   * nothing.
   */
  readonly createSync: (database: OpenedDatabase) => Sync<R>;
  /** Shown until the engine runs, which takes one render; nothing by default. */
  readonly fallback?: ReactNode;
  readonly children: ReactNode;
}

/** Runs the sync engine as long as it is mounted; put it inside `DatabaseProvider`. */
export function SyncProvider<R extends Registry>({
  registry,
  createSync,
  fallback = null,
  children,
}: SyncProviderProps<R>): ReactNode {
  const database = useDatabaseSession();
  const [running, setRunning] = useState<Running | null>(null);
  const [error, setError] = useState<Error | null>(null);
  const [attempt, setAttempt] = useState(0);

  useEffect(() => {
    let isCurrent = true;
    const engine = createSync(database.database);
    // Hooks see any table by name; the types of this project's tables come back in `offlineHooks`.
    const sync = engine as unknown as Sync;
    const { drizzle } = database.database;
    database.beforeClose(() => sync.dispose());
    setError(null);
    setRunning({ session: { sync, registry, drizzle }, database });
    sync.start().catch((cause: unknown) => {
      if (isCurrent)
        setError(cause instanceof Error ? cause : new Error(String(cause)));
    });
    return () => {
      isCurrent = false;
      void sync.stop();
    };
    // An engine belongs to its database: new props alone do not replace a running one.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [database, attempt]);

  if (error !== null) {
    const retry = () => setAttempt((last) => last + 1);
    return <DatabaseProblem kind="failed" error={error} onRetry={retry} />;
  }
  if (running?.database !== database) return fallback;
  return <SyncContext value={running.session}>{children}</SyncContext>;
}

interface Running {
  readonly session: SyncSession;
  /** The one the engine was made for; another account brings another. */
  readonly database: object;
}
