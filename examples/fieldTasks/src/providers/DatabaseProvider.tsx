// Written by sync-gen 0.1.0 from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { useEffect, useMemo, useState, type ReactNode } from "react";
import { DatabaseProblem } from "../components/DatabaseProblem";
import type { Migrations } from "../db/database";
import { DatabaseContext, type DatabaseSession } from "./databaseContext";
import { openSession } from "./openSession";

export interface DatabaseProviderProps {
  /** Who is signed in, named as the server names them (`getSyncUser`). Every account has a database of its own. */
  readonly account: string;
  /** What `db/migrations/migrations.ts` exports. */
  readonly migrations: Migrations;
  /** Shown until the database is open; nothing by default. */
  readonly fallback?: ReactNode;
  /** Web: shown while another tab has the database; a sentence by default. */
  readonly waiting?: ReactNode;
  /** Shown when the database cannot be opened; a message with a button by default. */
  readonly renderError?: (error: Error, retry: () => void) => ReactNode;
  readonly children: ReactNode;
}

type Opening =
  | { readonly kind: "opening" }
  | { readonly kind: "waiting" }
  | { readonly kind: "open"; readonly session: DatabaseSession }
  | { readonly kind: "failed"; readonly error: Error }
  /** Deleted on sign-out; opens again only for another account or a new mount. */
  | { readonly kind: "erased" };

const opening: Opening = { kind: "opening" };

/** Opens and migrates the account's database, and closes it with the unmount or with another account. */
export function DatabaseProvider({
  account,
  migrations,
  fallback = null,
  waiting,
  renderError,
  children,
}: DatabaseProviderProps): ReactNode {
  const [attempt, setAttempt] = useState(0);
  const key = useMemo(() => ({ account, attempt }), [account, attempt]);
  const [shown, setShown] = useState({ key, state: opening });
  // What belongs to another account is not shown for a single render.
  const state = shown.key === key ? shown.state : opening;

  useEffect(() => {
    const giveUp = new AbortController();
    const show = (next: Opening) => {
      if (!giveUp.signal.aborted) setShown({ key, state: next });
    };
    const { session, close } = openSession(
      key.account,
      migrations,
      (erased) => {
        if (erased.kind === "gone") show({ kind: "erased" });
        else if (erased.kind === "failed") show(failed(erased.error));
        else if (!giveUp.signal.aborted) setAttempt((last) => last + 1);
      },
      { onWaiting: () => show({ kind: "waiting" }), signal: giveUp.signal },
    );
    session.then(
      (opened) => show({ kind: "open", session: opened }),
      (cause: unknown) => show(failed(cause)),
    );
    return () => {
      giveUp.abort();
      // It never opened, which was shown, or would not close, which nobody can act on.
      close().catch(() => undefined);
    };
  }, [key, migrations]);

  if (state.kind === "open")
    return <DatabaseContext value={state.session}>{children}</DatabaseContext>;
  if (state.kind === "waiting")
    return waiting === undefined ? <DatabaseProblem kind="waiting" /> : waiting;
  if (state.kind !== "failed") return fallback;
  const retry = () => setAttempt((last) => last + 1);
  return renderError === undefined ? (
    <DatabaseProblem kind="failed" error={state.error} onRetry={retry} />
  ) : (
    renderError(state.error, retry)
  );
}

function failed(cause: unknown): Opening {
  const error = cause instanceof Error ? cause : new Error(String(cause));
  return { kind: "failed", error };
}
