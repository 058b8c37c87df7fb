// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

/** What is known of who is signed in; `undefined` while nothing is. */
export interface KnownAccount {
  /** Who was shown last: read when the app starts, and whoever the server named until it named nobody. */
  readonly remembered: string | null | undefined;
  /** What the server said last; `null` as well once the account was left here. */
  readonly server: string | null | undefined;
  /** The account that was left on this device, while its session may still be ending. */
  readonly left: LeftAccount | null;
}

interface LeftAccount {
  readonly account: string;
  /** The server named it when it was left, and may name it again before it hears of the sign-out. */
  readonly isNamed: boolean;
  /** Until when that session may still be ending. */
  readonly until: number;
}

/** Before anything was read or answered. */
export const nothingKnown: KnownAccount = {
  remembered: undefined,
  server: undefined,
  left: null,
};

/** How long a session may take to end at the auth provider, ms. */
const mostEnding = 60_000;

/** Whose data to show; `undefined` while it may still turn out that somebody is signed in. */
export function accountOf({
  remembered,
  server,
}: KnownAccount): string | null | undefined {
  if (typeof server === "string") return server;
  if (remembered !== null) return remembered;
  return server === undefined ? undefined : null;
}

/** The device remembers `account`. Whatever happened since says more. */
export function recall(
  known: KnownAccount,
  account: string | null,
): KnownAccount {
  if (known.remembered !== undefined) return known;
  return { ...known, remembered: account };
}

/**
 * The account is left on this device: nobody is shown until the server names somebody again. Does nothing when another
 * account, or none, is shown.
 */
export function leave(
  known: KnownAccount,
  account: string,
  now: number,
): KnownAccount {
  if (accountOf(known) !== account) return known;
  const isNamed = known.server === account;
  const left = { account, isNamed, until: now + mostEnding };
  return { remembered: null, server: null, left };
}

/**
 * The server says who is signed in. Nobody: the account that is shown stays, as its token may be refreshed.
 *
 * The account that was left may be named for two reasons: its session has not ended yet, or it has signed in again. Its
 * name alone does not tell them apart, so:
 * - when the server named it as it was left, it is not shown again until the server said anything else, or named it anew
 *   after a minute;
 * - otherwise it is shown at once;
 * - when the server names nobody within a minute of that, it was the old session, which has now ended: nobody is shown.
 */
export function learn(
  known: KnownAccount,
  server: string | null,
  now: number,
): KnownAccount {
  const { left } = known;
  const isEnding = left !== null && now < left.until;
  if (server === null)
    return {
      remembered: isEnding ? null : (known.server ?? known.remembered),
      server,
      left: null,
    };
  if (server !== left?.account) return { ...known, server, left: null };
  if (known.server === server || (left.isNamed && isEnding)) return known;
  const until = now + mostEnding;
  return { ...known, server, left: { ...left, isNamed: false, until } };
}
