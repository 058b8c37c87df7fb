// Written by sync-gen 0.1.0 from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import type { WireValue } from "./shared/protocol";
import { stepsSince, type TableUpgrade, type Upgrade } from "./shared/upgrade";

/** What earlier schema versions may have left in the stored rows of a table. */
export interface TableHistory {
  /** By field: the names it had before, newest first. A row that nobody wrote since holds the value under one of them. */
  readonly earlierNames: Readonly<Record<string, readonly string[]>>;
  /** Fields that older rows do not have. */
  readonly added: ReadonlySet<string>;
  /** Fields that older rows may hold a value in that is no longer allowed. */
  readonly narrowed: ReadonlySet<string>;
  /** Names of fields that are no more. */
  readonly dropped: ReadonlySet<string>;
  /** By field: what apps of earlier versions see where a row has no value. */
  readonly standIns: Readonly<Record<string, WireValue>>;
}

/** Follows a table back through every schema version that is known. */
export function historyOf(
  upgrades: readonly Upgrade[],
  table: string,
): TableHistory {
  const earlierNames: Record<string, string[]> = {};
  const [added, narrowed] = [new Set<string>(), new Set<string>()];
  const dropped = new Set<string>();
  const standIns: Record<string, WireValue> = {};
  /** The field of today by its name at the version that the walk has reached. */
  let today = new Map<string, string>();
  const fieldOf = (name: string) => today.get(name) ?? name;
  let tableName = table;

  for (const { tables } of [...upgrades].sort((a, b) => b.from - a.from)) {
    const [before, step] = stepInto(tables, tableName);
    tableName = before;
    const older = new Map(today);
    for (const name of Object.keys(step?.added ?? {})) {
      if (!dropped.has(name)) added.add(fieldOf(name));
    }
    for (const [name, value] of Object.entries(step?.standIns ?? {})) {
      const change = step?.fields?.[name];
      if (change === undefined) standIns[fieldOf(name)] = value;
      else if (!("dropped" in change))
        standIns[fieldOf(change.renamedTo ?? name)] = value;
    }
    for (const [name, change] of Object.entries(step?.fields ?? {})) {
      if ("dropped" in change) {
        dropped.add(name);
        continue;
      }
      const field = fieldOf(change.renamedTo ?? name);
      if ("choices" in change) narrowed.add(field);
      if (change.renamedTo === undefined) continue;
      (earlierNames[field] ??= []).push(name);
      older.set(name, field);
    }
    today = older;
  }
  return { earlierNames, added, narrowed, dropped, standIns };
}

/** What became of the table since `version`. */
export function historySince(
  upgrades: readonly Upgrade[],
  table: string,
  version: number,
): TableHistory {
  return historyOf(stepsSince(upgrades, version), table);
}

/** The table's name before the step, and what the step did to it. */
export function stepInto(
  tables: Upgrade["tables"],
  after: string,
): [string, TableUpgrade | undefined] {
  const renamed = Object.entries(tables).find(
    ([, { renamedTo }]) => renamedTo === after,
  );
  if (renamed !== undefined) return renamed;
  const step = Object.hasOwn(tables, after) ? tables[after] : undefined;
  return [after, step?.renamedTo === undefined ? step : undefined];
}
