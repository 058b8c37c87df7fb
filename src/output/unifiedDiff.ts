const contextLines = 3;
/** Beyond this many changed lines a minimal diff helps nobody and costs memory: everything is shown as replaced. */
const mostEdits = 800;

type Step = { readonly kind: "same" | "removed" | "added"; readonly line: string };

/** The change from one text to the other as a unified diff with three lines of context; empty when they are equal. */
export function unifiedDiff(path: string, before: string, after: string): string {
  if (before === after) return "";
  const hunks = toHunks(diffLines(splitLines(before), splitLines(after)));
  return [`--- a/${path}`, `+++ b/${path}`, ...hunks].join("\n") + "\n";
}

function splitLines(text: string): readonly string[] {
  if (text === "") return [];
  const lines = text.split("\n");
  const last = lines.pop();
  return last === "" || last === undefined
    ? lines
    : [...lines, `${last}\n\\ No newline at end of file`];
}

function diffLines(before: readonly string[], after: readonly string[]): readonly Step[] {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start++;
  let end = 0;
  while (
    end < before.length - start &&
    end < after.length - start &&
    before[before.length - 1 - end] === after[after.length - 1 - end]
  ) {
    end++;
  }
  const same = (line: string): Step => ({ kind: "same", line });
  return [
    ...before.slice(0, start).map(same),
    ...diffMiddle(before.slice(start, before.length - end), after.slice(start, after.length - end)),
    ...before.slice(before.length - end).map(same),
  ];
}

/** Myers' greedy algorithm: the fewest removed and added lines. */
function diffMiddle(before: readonly string[], after: readonly string[]): readonly Step[] {
  const furthest = new Map<number, number>([[1, 0]]);
  const rounds: Map<number, number>[] = [];
  const most = Math.min(before.length + after.length, mostEdits);
  for (let edits = 0; edits <= most; edits++) {
    rounds.push(new Map(furthest));
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      let x = goesDown(furthest, diagonal, edits)
        ? reach(furthest, diagonal + 1)
        : reach(furthest, diagonal - 1) + 1;
      while (x < before.length && x - diagonal < after.length && before[x] === after[x - diagonal])
        x++;
      furthest.set(diagonal, x);
      if (x >= before.length && x - diagonal >= after.length)
        return walkBack(rounds, before, after);
    }
  }
  return [
    ...before.map((line): Step => ({ kind: "removed", line })),
    ...after.map((line): Step => ({ kind: "added", line })),
  ];
}

function walkBack(
  rounds: readonly ReadonlyMap<number, number>[],
  before: readonly string[],
  after: readonly string[],
): readonly Step[] {
  const steps: Step[] = [];
  let x = before.length;
  let y = after.length;
  for (let edits = rounds.length - 1; edits >= 0; edits--) {
    const furthest = rounds[edits] ?? new Map<number, number>();
    const diagonal = x - y;
    const previous = goesDown(furthest, diagonal, edits) ? diagonal + 1 : diagonal - 1;
    const fromX = reach(furthest, previous);
    const fromY = fromX - previous;
    while (x > Math.max(fromX, 0) && y > Math.max(fromY, 0)) {
      steps.push({ kind: "same", line: before[x - 1] ?? "" });
      x--;
      y--;
    }
    if (edits === 0) break;
    steps.push(
      x === fromX
        ? { kind: "added", line: after[fromY] ?? "" }
        : { kind: "removed", line: before[fromX] ?? "" },
    );
    x = fromX;
    y = fromY;
  }
  return steps.reverse();
}

function reach(furthest: ReadonlyMap<number, number>, diagonal: number): number {
  return furthest.get(diagonal) ?? -1;
}

function goesDown(furthest: ReadonlyMap<number, number>, diagonal: number, edits: number): boolean {
  return (
    diagonal === -edits ||
    (diagonal !== edits && reach(furthest, diagonal - 1) < reach(furthest, diagonal + 1))
  );
}

function toHunks(steps: readonly Step[]): readonly string[] {
  const shown = steps.map((_, index) =>
    steps
      .slice(Math.max(0, index - contextLines), index + contextLines + 1)
      .some((step) => step.kind !== "same"),
  );
  const lines: string[] = [];
  let beforeLine = 1;
  let afterLine = 1;
  for (let index = 0; index < steps.length;) {
    let end = index;
    while (end < steps.length && shown[end] === shown[index]) end++;
    const hunk = steps.slice(index, end);
    const beforeCount = hunk.filter((step) => step.kind !== "added").length;
    const afterCount = hunk.filter((step) => step.kind !== "removed").length;
    if (shown[index] === true) {
      lines.push(`@@ -${range(beforeLine, beforeCount)} +${range(afterLine, afterCount)} @@`);
      lines.push(...hunk.map((step) => `${signs[step.kind]}${step.line}`));
    }
    beforeLine += beforeCount;
    afterLine += afterCount;
    index = end;
  }
  return lines;
}

const signs = { same: " ", removed: "-", added: "+" } satisfies Record<Step["kind"], string>;

/** A hunk without lines on one side names the line before it, as `diff -u` does. */
function range(line: number, count: number): string {
  return `${count === 0 ? line - 1 : line},${count}`;
}
