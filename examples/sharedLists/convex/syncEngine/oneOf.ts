// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { v } from "convex/values";

/** A validator of one of the words of a list. */
export function oneOf<Word extends string>(words: readonly Word[]) {
  return v.union(...words.map((word) => v.literal(word)));
}
