import { diff3Merge } from "node-diff3";
import { hasFileHeader } from "../render/fileHeader";

/** What came of a merge: the text, or where both sides changed something. */
export type Merged =
  { readonly ok: true; readonly text: string } | { readonly ok: false; readonly overlap: Overlap };

export interface Overlap {
  /** The first line of each place in `mine`, from 1. */
  readonly lines: readonly number[];
  /** `mine` with what `theirs` has in these places: this one merges. */
  readonly yielding: string;
}

/**
 * The text with the changes of both sides: those that lead from `base` to `mine`, and those to `theirs`. Line by line, as `git merge` does
 * it; a change that both made counts once, and one of the header, which told sync-gen's version once, is nobody's. Line endings become `\n`.
 */
export function mergeTexts(mine: string, base: string, theirs: string): Merged {
  const renewed = newHeader(base, theirs);
  const regions = diff3Merge(renewed(linesOf(mine)), renewed(linesOf(base)), linesOf(theirs), {
    excludeFalseConflicts: true,
  });
  const places = regions.flatMap(({ conflict }) => conflict ?? []);
  if (places.length === 0)
    return { ok: true, text: regions.flatMap(({ ok }) => ok ?? []).join("\n") };
  const yielding = linesOf(mine);
  for (const { aIndex, a, b } of places.toReversed()) yielding.splice(aIndex, a.length, ...b);
  const lines = places.map(({ aIndex }) => aIndex + 1);
  return { ok: false, overlap: { lines, yielding: yielding.join("\n") } };
}

/** Puts the header lines of `theirs` where those of `base` are. */
function newHeader(base: string, theirs: string): (lines: string[]) => string[] {
  if (!hasFileHeader(base) || !hasFileHeader(theirs)) return (lines) => lines;
  const [before, after] = [headerOf(base), headerOf(theirs)];
  if (before.length !== after.length) return (lines) => lines;
  return (lines) => lines.map((line) => after[before.indexOf(line)] ?? line);
}

function headerOf(text: string): readonly string[] {
  const lines = linesOf(text);
  return lines.slice(0, Math.max(0, lines.indexOf("")));
}

function linesOf(text: string): string[] {
  return text.replaceAll("\r\n", "\n").split("\n");
}
