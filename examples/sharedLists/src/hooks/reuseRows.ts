// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

/**
 * `next`, but with the objects of `last` for rows that did not change, and `last` itself when none did: a list of
 * memoised items then renders only what is new.
 */
export function reuseRows<Row>(
  last: readonly Row[],
  next: readonly Row[],
): readonly Row[] {
  const known = new Map(last.map((row) => [idOf(row), row]));
  const rows = next.map((row) => {
    const before = known.get(idOf(row));
    return before !== undefined && equalRows(before, row) ? before : row;
  });
  return sameRows(last, rows) ? last : rows;
}

/** As `reuseRows`, for rows that are known by nothing but their place. */
export function reuseInPlace<Row>(
  last: readonly Row[],
  next: readonly Row[],
): readonly Row[] {
  const rows = next.map((row, position) => {
    const before = last[position];
    return before !== undefined && equalRows(before, row) ? before : row;
  });
  return sameRows(last, rows) ? last : rows;
}

function sameRows(
  left: readonly unknown[],
  right: readonly unknown[],
): boolean {
  return (
    left.length === right.length &&
    right.every((row, position) => row === left[position])
  );
}

function idOf(row: unknown): unknown {
  return columnsOf(row)["clientId"];
}

function equalRows(left: unknown, right: unknown): boolean {
  const [before, after] = [columnsOf(left), columnsOf(right)];
  return Object.keys(after).every((name) => isSame(before[name], after[name]));
}

/** Rows come from Drizzle: objects by column. */
function columnsOf(row: unknown): Readonly<Record<string, unknown>> {
  return row as Readonly<Record<string, unknown>>;
}

/** Json by its text: where the keys merely stand in another order, an object more is made, and nothing is lost. */
function isSame(left: unknown, right: unknown): boolean {
  if (Object.is(left, right)) return true;
  const isJson = typeof left === "object" && typeof right === "object";
  return isJson && JSON.stringify(left) === JSON.stringify(right);
}
