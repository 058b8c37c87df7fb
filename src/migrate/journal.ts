/** One entry of drizzle-kit's journal. */
export interface JournalEntry {
  readonly idx: number;
  readonly version: string;
  /** The migrator's order, in ms since 1970: a device runs what is greater than the last it ran. */
  readonly when: number;
  readonly tag: string;
  readonly breakpoints: boolean;
}

/** The entries of a journal's text; `null` for what is no journal of drizzle-kit. */
export function parseEntries(text: string): readonly JournalEntry[] | null {
  const journal = parseJson(text);
  const entries = isRecord(journal) ? journal["entries"] : undefined;
  return Array.isArray(entries) && entries.every(isJournalEntry) ? entries : null;
}

/**
 * A migration's time: a fixed start and a second a migration, not the clock, so that every machine makes the same files.
 * The migrator skips what is not later than the last one it ran, so a migration of the user's own before this one counts.
 */
export function timeAfter(last: JournalEntry | undefined, index: number): number {
  const start = Date.UTC(2026, 0, 1);
  return Math.max(start + index * 1000, (last?.when ?? 0) + 1000);
}

/** Those that no `generate` made: drizzle-kit gives them the time of the clock. */
export function ownEntries(entries: readonly JournalEntry[]): readonly JournalEntry[] {
  return entries.filter(({ when }, index) => when !== timeAfter(entries[index - 1], index));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isJournalEntry(value: unknown): value is JournalEntry {
  return (
    isRecord(value) &&
    Number.isInteger(value["idx"]) &&
    typeof value["version"] === "string" &&
    Number.isFinite(value["when"]) &&
    typeof value["tag"] === "string" &&
    /^[\w-]+$/.test(value["tag"]) &&
    typeof value["breakpoints"] === "boolean"
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
