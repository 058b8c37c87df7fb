// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { historyOf, type ServerUpgrade, type TableHistory } from "./history";
import type { FieldRules, TableRules } from "./shared/policy";

/** What the server needs to know of a table. */
export interface ServerRules extends TableRules {
  /** The name of its Convex table, where that is another: a table that is renamed keeps its documents where they are. */
  readonly storedAs?: string;
  /** Fields that only server code reads and writes; they are in no reply. */
  readonly serverFields?: Readonly<Record<string, FieldRules>>;
  /** What earlier schema versions left in stored rows; see `withHistory`. */
  readonly history?: TableHistory;
}

/** The rules of every synced table, by its name. */
export type SyncRules = Readonly<Record<string, ServerRules>>;

/** The entry of a table whose name came from outside: own properties only, so that `constructor` is no table. */
export function ownEntry<Entry>(
  entries: Readonly<Record<string, Entry>>,
  table: string,
): Entry | undefined {
  return Object.hasOwn(entries, table) ? entries[table] : undefined;
}

/** The entry of a table that this project's own code names. */
export function entryOf<Entry>(
  entries: Readonly<Record<string, Entry>>,
  table: string,
): Entry {
  const entry = ownEntry(entries, table);
  if (entry === undefined)
    throw new Error(`${table} is not a synced table of this project`);
  return entry;
}

/** The tables whose rows are in scopes of this kind; `undefined`: are their users' own. */
export function tablesIn(
  rules: SyncRules,
  scope: string | undefined,
): readonly string[] {
  return Object.keys(rules).filter((table) => rules[table]?.scope === scope);
}

/** The name of the Convex table that holds the rows of a synced table. */
export function storedName(rules: SyncRules, table: string): string {
  return entryOf(rules, table).storedAs ?? table;
}

/** The synced table whose rows a Convex table holds; `null` where that is no table of this project any more. */
export function tableStoredAs(rules: SyncRules, stored: string): string | null {
  const names = Object.keys(rules);
  return names.find((table) => storedName(rules, table) === stored) ?? null;
}

/** The rules, with what each table's rows may still hold from before the upgrades. */
export function withHistory(
  rules: SyncRules,
  upgrades: readonly ServerUpgrade[],
): SyncRules {
  if (upgrades.length === 0) return rules;
  return Object.fromEntries(
    Object.entries(rules).map(([table, tableRules]) => [
      table,
      { ...tableRules, history: historyOf(upgrades, table) },
    ]),
  );
}
