// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { useEffect, useMemo, useState, type ReactNode } from "react";
import { DatabaseProblem } from "../components/DatabaseProblem";
import {
  createConvexBackend,
  type ConvexConnection,
} from "../sync/convexBackend";
import { systemClock } from "../sync/platform";
import type { Registry } from "../sync/registry";
import { AccountContext, type AccountSession } from "./accountContext";
import {
  accountOf,
  learn,
  leave,
  nothingKnown,
  recall,
  type KnownAccount,
} from "./knownAccount";
import { readAccount, watchForgotten, writeAccount } from "./rememberedAccount";
import type { RenderError } from "./useOpening";

/** What an `AccountProvider` finds out the account by. */
export interface AccountProviderProps {
  /** What `sync/TableRegistry.ts` exports. */
  readonly registry: Registry;
  /** The app's Convex client, with its sign-in. */
  readonly convex: ConvexConnection;
  /**
   * Who is signed in, named as the server names them (`getSyncUser`); `null` for nobody. Without it the server is
   * asked, and the last answer remembered, so that the app also starts without a connection.
   */
  readonly account?: string | null | undefined;
  /**
   * The auth provider is still loading: until it has, nobody counts as signed out, whatever the server says of a
   * client without a token. Whoever was here before is shown all the same.
   */
  readonly isSigningIn?: boolean | undefined;
  /** Tells who is signed in, now and whenever that changes; for other transports than the Convex client. */
  readonly watch?: WatchAccount;
  /** Shown until it is known whether anybody is signed in; by default a sentence, once the server has to be asked. */
  readonly fallback?: ReactNode;
  /** Shown when nobody is; a sentence by default. */
  readonly signedOut?: ReactNode;
  /** Shown when the server has to be asked and fails; a message with a button by default. */
  readonly renderError?: RenderError;
  readonly children: (account: string) => ReactNode;
}

/**
 * Calls with the account, or with `null` when nobody is signed in, and with the error of a server that cannot say; the
 * result stops it.
 */
export type WatchAccount = (
  registry: Registry,
  convex: ConvexConnection,
  onAccount: (account: string | null) => void,
  onError: (error: Error) => void,
) => () => void;

/**
 * Works out whose data to show. An account stays while its token is refreshed or there is no connection; it goes when
 * the server names another one, and with `useSignOut`, also in another tab (`learn` says when it comes back).
 */
export function AccountProvider({
  registry,
  convex,
  account: given,
  isSigningIn = false,
  watch = watchHead,
  fallback,
  signedOut,
  renderError = renderServerProblem,
  children,
}: AccountProviderProps): ReactNode {
  const [known, setKnown] = useState(nothingKnown);
  const [problem, setProblem] = useState<Error | null>(null);
  const [attempt, setAttempt] = useState(0);
  const isGiven = given !== undefined;

  useEffect(() => {
    if (isGiven) return;
    let isCurrent = true;
    const change = (next: (before: KnownAccount) => KnownAccount) => {
      if (isCurrent) setKnown(next);
    };
    readAccount().then(
      (account) => change((before) => recall(before, account)),
      // Without it the server has to be asked, which goes on below.
      () => change((before) => recall(before, null)),
    );
    const stopServer = watch(
      registry,
      convex,
      (server) => {
        const now = systemClock.now();
        if (isCurrent) setProblem(null);
        change((before) => learn(before, server, now));
      },
      (error) => {
        if (isCurrent) setProblem(error);
      },
    );
    const stopTabs = watchForgotten((account) => {
      const now = systemClock.now();
      change((before) => leave(before, account, now));
    });
    return () => {
      isCurrent = false;
      stopServer();
      stopTabs();
    };
  }, [isGiven, registry, convex, watch, attempt]);

  const learned = isSigningIn
    ? (accountOf(known) ?? undefined)
    : accountOf(known);
  const shown = isGiven ? given : learned;
  // The server's word counts for the next start; an app that says who it is does so again.
  const toRemember = isGiven || known.server === undefined ? undefined : shown;
  useEffect(() => {
    // What cannot be remembered is asked for again at the next start.
    if (toRemember !== undefined)
      writeAccount(toRemember).catch(() => undefined);
  }, [toRemember]);

  const session = useMemo(
    (): AccountSession | null =>
      shown === null || shown === undefined
        ? null
        : {
            account: shown,
            leave: async () => {
              const now = systemClock.now();
              setKnown((before) => leave(before, shown, now));
              // Where nothing can be written, it is left until the next start.
              await writeAccount(null).catch(() => undefined);
            },
          },
    [shown],
  );

  if (session !== null)
    return (
      <AccountContext value={session}>
        {children(session.account)}
      </AccountContext>
    );
  if (shown === null)
    return signedOut === undefined ? (
      <DatabaseProblem kind="signed-out" />
    ) : (
      signedOut
    );
  // Whoever was here before is looked up in a moment; the server may be out of reach.
  const isAsking = known.remembered === null;
  if (isAsking && problem !== null)
    return renderError(problem, () => {
      setProblem(null);
      setAttempt((last) => last + 1);
    });
  if (fallback !== undefined) return fallback;
  return isAsking ? <DatabaseProblem kind="connecting" /> : null;
}

const renderServerProblem: RenderError = (error, retry) => (
  <DatabaseProblem kind="server-failed" error={error} onRetry={retry} />
);

const watchHead: WatchAccount = (registry, convex, onAccount, onError) =>
  createConvexBackend(registry, convex).subscribe(
    (head) => onAccount(head.userId),
    (error) => {
      if (error.kind === "unauthenticated") onAccount(null);
      // Any other error says nothing about who is signed in.
      else onError(error);
    },
  );
