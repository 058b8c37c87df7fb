// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import type { SyncedDocument } from "./context";
import { isLive, liveRow } from "./documents";
import type { ServerUpgrade } from "./history";
import { entryOf, withHistory, type SyncRules } from "./rules";
import type { LiveRow, StoredRow } from "./writers";

/** What only the sync needs of a row. */
const internals = [
  "changed",
  "deletedAt",
  "edited",
  "opId",
  "clocks",
  "upgradedTo",
] as const;

/** A row without them. */
export type PlainRow<Row> = Omit<Row, (typeof internals)[number]>;

/** Makes `readRow(table, document)`, with which the project's own functions read synced rows. */
export function createReader<DataModel, Rules extends SyncRules>(config: {
  readonly rules: Rules;
  /** What changed between schema versions; needed where rows of earlier versions are stored. */
  readonly upgrades?: readonly ServerUpgrade[];
}) {
  const rules = withHistory(config.rules, config.upgrades ?? []);
  return function readRow<Table extends keyof Rules & string>(
    table: Table,
    document: StoredRow<DataModel, Rules, Table> | null,
  ): PlainRow<LiveRow<DataModel, Rules, Table>> | null {
    // Safe: a document of a synced table.
    const row = document as SyncedDocument | null;
    if (row === null || !isLive(row)) return null;
    const live = liveRow(row, entryOf(rules, table));
    const shown = Object.entries(live).filter(
      ([name]) => !internals.some((internal) => internal === name),
    );
    // Safe: the table's rules and validators let nothing else through.
    return Object.fromEntries(shown) as PlainRow<
      LiveRow<DataModel, Rules, Table>
    >;
  };
}
