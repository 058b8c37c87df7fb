import type { FieldRules, TableRules } from "./shared/policy";

/** What the server needs to know of a table. */
export interface ServerRules extends TableRules {
  /** Fields that only server code reads and writes; they are in no reply. */
  readonly serverFields?: Readonly<Record<string, FieldRules>>;
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
