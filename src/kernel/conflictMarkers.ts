/** Where a text begins that git left in the middle of a merge: at the first of its markers; `undefined` for any other text. */
export function findConflict(text: string): number | undefined {
  const start = text.search(/^<{7}(?: |\r?$)/m);
  const isWhole = /^={7}\r?$/m.test(text) && /^>{7}(?: |\r?$)/m.test(text);
  return start >= 0 && isWhole ? start : undefined;
}

/**
 * True where any marker of git is left, of a merge that was resolved only in part. For texts in which no line begins like
 * one otherwise: SQL and JSON.
 */
export function hasAnyMarker(text: string): boolean {
  return /^(<{7}|>{7})(?: |\r?$)/m.test(text);
}

/** True for a text that git left in the middle of a merge. */
export function hasConflictMarkers(text: string): boolean {
  return findConflict(text) !== undefined;
}
