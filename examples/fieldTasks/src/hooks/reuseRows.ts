// Written by sync-gen 0.1.0 from sync.config.ts (npx sync-gen generate).
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
  const isSame =
    rows.length === last.length &&
    rows.every((row, position) => row === last[position]);
  return isSame ? last : rows;
}

function idOf(row: unknown): unknown {
  return columnsOf(row)["clientId"];
}

function equalRows(left: unknown, right: unknown): boolean {
  const [before, after] = [columnsOf(left), columnsOf(right)];
  return Object.keys(after).every((name) =>
    equalValues(before[name], after[name]),
  );
}

/** Rows come from Drizzle: objects by column. */
function columnsOf(row: unknown): Readonly<Record<string, unknown>> {
  return row as Readonly<Record<string, unknown>>;
}

function equalValues(left: unknown, right: unknown): boolean {
  if (Object.is(left, right)) return true;
  const isJson = typeof left === "object" && typeof right === "object";
  return isJson && JSON.stringify(left) === JSON.stringify(right);
}
