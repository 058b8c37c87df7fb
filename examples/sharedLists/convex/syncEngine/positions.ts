// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import type { Stamp } from "./shared/protocol";
import { compareStamps } from "./shared/stamp";

/** A place in the order of a feed's changes. */
export interface Position {
  readonly stamp: Stamp;
  /** Rows of one mutation share its stamp and are ordered by this. */
  readonly clientId: string;
}

/** Before every change. */
export const firstPosition: Position = { stamp: "0".repeat(19), clientId: "" };

/** Behind every row of the commit `stamp`: no UUID sorts after it. */
export function behindCommit(stamp: Stamp): Position {
  return { stamp, clientId: "~" };
}

/** Negative, zero or positive, as for `sort`. */
export function comparePositions(a: Position, b: Position): number {
  const order = compareStamps(a.stamp, b.stamp);
  if (order !== 0) return order;
  if (a.clientId === b.clientId) return 0;
  return a.clientId < b.clientId ? -1 : 1;
}

/** The later of two places. */
export function latestPosition(a: Position, b: Position): Position {
  return comparePositions(a, b) < 0 ? b : a;
}
