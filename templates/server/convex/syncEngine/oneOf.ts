import { v } from "convex/values";

/** A validator of one of the words of a list. */
export function oneOf<Word extends string>(words: readonly Word[]) {
  return v.union(...words.map((word) => v.literal(word)));
}
