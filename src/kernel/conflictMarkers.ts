/** Where a text begins that git left in the middle of a merge: at the first of its markers; `undefined` for any other text. */
export function findConflict(text: string): number | undefined {
  const start = text.search(/^<{7}(?: |\r?$)/m);
  const isWhole = /^={7}\r?$/m.test(text) && /^>{7}(?: |\r?$)/m.test(text);
  return start >= 0 && isWhole ? start : undefined;
}

/** True for a text that git left in the middle of a merge. */
export function hasConflictMarkers(text: string): boolean {
  return findConflict(text) !== undefined;
}
