// Written by sync-gen 0.1.0 from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { useEffect, useMemo, useState, type ReactNode } from "react";
import { DatabaseProblem } from "../components/DatabaseProblem";
import {
  createConvexBackend,
  type ConvexConnection,
} from "../sync/convexBackend";
import type { Registry } from "../sync/registry";
import { AccountContext, type AccountSession } from "./accountContext";
import { readAccount, writeAccount } from "./rememberedAccount";

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
  /** Tells who is signed in, now and whenever that changes; for other transports than the Convex client. */
  readonly watch?: WatchAccount;
  /** Shown until it is known whether anybody is signed in; by default a sentence, once the server has to be asked. */
  readonly fallback?: ReactNode;
  /** Shown when nobody is; a sentence by default. */
  readonly signedOut?: ReactNode;
  readonly children: (account: string) => ReactNode;
}

/** Calls with the account, or with `null` when nobody is signed in; the result stops it. */
export type WatchAccount = (
  registry: Registry,
  convex: ConvexConnection,
  onAccount: (account: string | null) => void,
) => () => void;

/** What is known of who is signed in; `undefined` while nothing is. */
interface Known {
  readonly remembered: string | null | undefined;
  readonly server: string | null | undefined;
  /** Left on this device, while the server may still name it. */
  readonly left: string | null;
}

const nothingKnown: Known = {
  remembered: undefined,
  server: undefined,
  left: null,
};

/**
 * Works out whose data to show. An account stays while its token is refreshed or there is no connection; it goes when
 * the server names another one, and with `useSignOut`.
 */
export function AccountProvider({
  registry,
  convex,
  account: given,
  watch = watchHead,
  fallback,
  signedOut,
  children,
}: AccountProviderProps): ReactNode {
  const [known, setKnown] = useState(nothingKnown);
  const isGiven = given !== undefined;

  useEffect(() => {
    if (isGiven) return;
    let isCurrent = true;
    const know = (change: Partial<Known>) => {
      if (isCurrent) setKnown((before) => ({ ...before, ...change }));
    };
    readAccount().then(
      (remembered) => know({ remembered }),
      // Without it the server has to be asked, which goes on below.
      () => know({ remembered: null }),
    );
    const stop = watch(registry, convex, (server) => {
      know(server === null ? { server, left: null } : { server });
    });
    return () => {
      isCurrent = false;
      stop();
    };
  }, [isGiven, registry, convex, watch]);

  const shown = isGiven ? given : accountOf(known);
  const { server, left } = known;
  const toRemember = isGiven || server === left ? null : (server ?? null);
  useEffect(() => {
    // What cannot be remembered is asked for again at the next start.
    if (toRemember !== null) writeAccount(toRemember).catch(() => undefined);
  }, [toRemember]);

  const session = useMemo(
    (): AccountSession | null =>
      shown === null || shown === undefined
        ? null
        : {
            account: shown,
            leave: async () => {
              await writeAccount(null);
              setKnown((before) => ({
                ...before,
                remembered: null,
                left: shown,
              }));
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
  if (fallback !== undefined) return fallback;
  // Whoever was here before is looked up in a moment; the server may be out of reach.
  return known.remembered === null ? (
    <DatabaseProblem kind="connecting" />
  ) : null;
}

/** `undefined` while it may still turn out that somebody is signed in. */
function accountOf({
  remembered,
  server,
  left,
}: Known): string | null | undefined {
  if (typeof server === "string" && server !== left) return server;
  if (remembered !== null) return remembered;
  return left === null && server === undefined ? undefined : null;
}

const watchHead: WatchAccount = (registry, convex, onAccount) =>
  createConvexBackend(registry, convex).subscribe(
    (head) => onAccount(head.userId),
    // Any other error says nothing about who is signed in.
    (error) => {
      if (error.kind === "unauthenticated") onAccount(null);
    },
  );
