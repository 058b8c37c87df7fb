// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import type { Cursor, Stamp } from "./protocol";

const digits = 19;

/** A commit timestamp as text that sorts like the number. */
export function stampFromBigint(value: bigint): Stamp {
  return value.toString().padStart(digits, "0");
}

/** No commit is later: what fits into the 64 bits that Convex has for it. */
export const latestStamp: Stamp = stampFromBigint(2n ** 63n - 1n);

const stampPattern = /^\d{19}$/;

/** True for text that names a commit there can be. */
export function isStamp(text: string): text is Stamp {
  return stampPattern.test(text) && text <= latestStamp;
}

/** Negative, zero or positive, as for `sort`. `null` is older than every stamp. */
export function compareStamps(a: Stamp | null, b: Stamp | null): number {
  if (a === b) return 0;
  if (a === null) return -1;
  if (b === null) return 1;
  return a < b ? -1 : 1;
}

/**
 * Where a pull continues: behind the row `clientId` of the commit `stamp`. The stamp alone would not do, because
 * all rows of one mutation share it and a page may end between them.
 */
export interface CursorPosition {
  readonly stamp: Stamp;
  /** Empty: behind the commit before `stamp`, so that every row of `stamp` is still to come. */
  readonly clientId: string;
  /** The newest stamp when a snapshot began, which bounds its pages; `null` for changes. */
  readonly until: Stamp | null;
}

const cursorPattern = /^1\.(\d{19})\.(\d{19}|-)\.([^]*)$/;

/** The position as opaque text. The leading `1` is the version of the format. */
export function encodeCursor(position: CursorPosition): Cursor {
  return `1.${position.stamp}.${position.until ?? "-"}.${position.clientId}`;
}

/** The position, or `null` for text that `encodeCursor` did not make. */
export function decodeCursor(cursor: string): CursorPosition | null {
  const [, stamp, until, clientId] = cursorPattern.exec(cursor) ?? [];
  if (stamp === undefined || clientId === undefined) return null;
  const bound = until === undefined || until === "-" ? null : until;
  return isStamp(stamp) && (bound === null || isStamp(bound))
    ? { stamp, clientId, until: bound }
    : null;
}
