// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { useCallback, type ReactNode } from "react";
import { DatabaseProblem } from "../components/DatabaseProblem";
import type { Migrations } from "../db/database";
import { DatabaseContext, type DatabaseSession } from "./databaseContext";
import { openSession } from "./openSession";
import {
  renderProblem,
  useOpening,
  type Open,
  type RenderError,
} from "./useOpening";

/** Whose database a `DatabaseProvider` opens, and what it shows meanwhile. */
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
  readonly renderError?: RenderError;
  readonly children: ReactNode;
}

type State =
  | { readonly kind: "waiting" }
  | { readonly kind: "open"; readonly session: DatabaseSession }
  /** Deleted on sign-out; opens again only for another account or a new mount. */
  | { readonly kind: "erased" };

/** Opens and migrates the account's database, and closes it with the unmount or with another account. */
export function DatabaseProvider({
  account,
  migrations,
  fallback = null,
  waiting,
  renderError = renderProblem,
  children,
}: DatabaseProviderProps): ReactNode {
  const open = useCallback<Open<State>>(
    ({ show, fail, again, closed }) => {
      const { session, close } = openSession(
        account,
        migrations,
        (erased) => {
          if (erased.kind === "gone") show({ kind: "erased" });
          else if (erased.kind === "failed") fail(erased.error);
          else again();
        },
        { onWaiting: () => show({ kind: "waiting" }), signal: closed },
      );
      session.then((opened) => show({ kind: "open", session: opened }), fail);
      return close;
    },
    [account, migrations],
  );
  const { state, retry } = useOpening(open);

  if (state.kind === "open")
    return <DatabaseContext value={state.session}>{children}</DatabaseContext>;
  if (state.kind === "failed") return renderError(state.error, retry);
  if (state.kind !== "waiting") return fallback;
  return waiting === undefined ? <DatabaseProblem kind="waiting" /> : waiting;
}
