import { diff3Merge } from "node-diff3";

/** What came of a merge: the text, or the first line of `mine` that both sides changed (from 1). */
export type Merged =
  { readonly ok: true; readonly text: string } | { readonly ok: false; readonly line: number };

/**
 * The text with the changes of both sides: those that lead from `base` to `mine`, and those to `theirs`. Line by line, as `git merge` does
 * it; a change that both made counts once. Line endings become those of `theirs`.
 */
export function mergeTexts(mine: string, base: string, theirs: string): Merged {
  const regions = diff3Merge(linesOf(mine), linesOf(base), linesOf(theirs), {
    excludeFalseConflicts: true,
  });
  const lines: string[] = [];
  for (const { ok, conflict } of regions) {
    if (conflict) return { ok: false, line: conflict.aIndex + 1 };
    lines.push(...(ok ?? []));
  }
  return { ok: true, text: lines.join("\n") };
}

function linesOf(text: string): string[] {
  return text.replaceAll("\r\n", "\n").split("\n");
}
