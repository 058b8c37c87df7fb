// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

/** What a statement is known by: its text and its values. */
export interface Statement {
  readonly sql: string;
  readonly params: readonly unknown[];
}

/** Another text for every query that may give other rows. */
export function queryKey({ sql, params }: Statement): string {
  return JSON.stringify([sql, params.map(describeValue)]);
}

/** Another text for every value that a query can be given; of some numbers, JSON makes the same. */
function describeValue(value: unknown): string {
  if (Object.is(value, -0)) return "number -0";
  if (typeof value === "number") return `number ${value}`;
  if (typeof value === "bigint") return `bigint ${value}`;
  return `${typeof value} ${JSON.stringify(value)}`;
}
