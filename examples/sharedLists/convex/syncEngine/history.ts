// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import type { WireValue } from "./shared/protocol";
import {
  stepsSince,
  type FieldUpgrade,
  type TableUpgrade,
  type Upgrade,
} from "./shared/upgrade";

/** An upgrade as the server has it. */
export interface ServerUpgrade extends Upgrade {
  /** The same for as long as there is the upgrade, and no other's: not that of one with its place in another history. */
  readonly id: string;
}

/** What earlier schema versions may have left in the stored rows of a table. */
export interface TableHistory {
  /** What was done to the table's rows, oldest first. */
  readonly steps: readonly StoredStep[];
  /** Names under which a row of before may hold something else than one of today, or nothing: of fields, and former ones. */
  readonly changed: ReadonlySet<string>;
  /** Names by which apps of some version know a field that changed. */
  readonly known: ReadonlySet<string>;
}

/** What one upgrade makes of a table's stored rows. */
export interface StoredStep {
  /** That of the upgrade. A row says in `upgradedTo` which one it was written after. */
  readonly id: string;
  /** The place of the upgrade among all of them, from 1, by which earlier versions of sync-gen named it in rows. */
  readonly at: number;
  readonly fields: Readonly<Record<string, FieldUpgrade>>;
  readonly added: Readonly<Record<string, WireValue>>;
}

/** What apps of a version cannot know of a table. */
export interface Unknowns {
  /** Fields that their rows do not have. */
  readonly added: ReadonlySet<string>;
  /** By field: what they see where a row has no value. */
  readonly standIns: Readonly<Record<string, WireValue>>;
  /** Fields of which they see whole numbers only. */
  readonly wholeOnly: ReadonlySet<string>;
}

/** Follows a table through every upgrade that is known. */
export function historyOf(
  upgrades: readonly ServerUpgrade[],
  table: string,
): TableHistory {
  const all = stepsOf(upgrades, table);
  const steps = all.map(storedStep).filter(touchesFields);
  return {
    steps,
    changed: new Set(steps.flatMap(namesIn)),
    known: new Set(all.flatMap(({ step }) => namesIn(step))),
  };
}

/** What became of the table since `version` that apps of that version cannot know. */
export function unknownSince(
  upgrades: readonly Upgrade[],
  table: string,
  version: number,
): Unknowns {
  let added: Readonly<Record<string, WireValue>> = {};
  let standIns: Readonly<Record<string, WireValue>> = {};
  let wholeOnly: Readonly<Record<string, true>> = {};
  for (const { step } of stepsOf(stepsSince(upgrades, version), table)) {
    const { fields = {} } = step;
    const here = (step.wholeOnly ?? []).map((name) => [name, true] as const);
    wholeOnly = carried({ ...wholeOnly, ...Object.fromEntries(here) }, fields);
    added = { ...carried(added, fields), ...step.added };
    standIns = carried({ ...step.standIns, ...standIns }, fields);
  }
  return {
    added: new Set(Object.keys(added)),
    standIns,
    wholeOnly: new Set(Object.keys(wholeOnly)),
  };
}

/** What one upgrade did to a table, and the name that the table had before. */
export interface TableStep<Of extends Upgrade = Upgrade> {
  readonly upgrade: Of;
  /** The place of the upgrade among all of them, from 1. */
  readonly at: number;
  readonly before: string;
  readonly step: TableUpgrade;
}

/** What was done to the table that is called `table` now, oldest first: not to others that had one of its names. */
export function stepsOf<Of extends Upgrade>(
  upgrades: readonly Of[],
  table: string,
): readonly TableStep<Of>[] {
  const found: TableStep<Of>[] = [];
  let name = table;
  let isBack = false;
  const inOrder = [...upgrades].sort((a, b) => a.from - b.from || a.to - b.to);
  for (const [index, upgrade] of [...inOrder.entries()].reverse()) {
    const entries = Object.entries(upgrade.tables);
    const renamed = entries.find(([, { renamedTo }]) => renamedTo === name);
    const entry = renamed ?? entries.find(([before]) => before === name);
    if (entry === undefined) continue;
    const [before, step] = entry;
    if (renamed === undefined && isLast(step)) {
      // Here a table of the name ended: this one, or another one where nothing brought its rows back.
      if (!isBack) break;
      isBack = false;
      continue;
    }
    isBack ||= step.returned === true;
    found.push({ upgrade, at: index + 1, before, step });
    name = before;
  }
  return found.reverse();
}

function isLast({ removed, renamedTo }: TableUpgrade): boolean {
  return removed === true || renamedTo !== undefined;
}

/** The values under the names that they have after a step. Built anew, so that two fields may swap names. */
export function carried<T>(
  values: Readonly<Record<string, T>>,
  fields: StoredStep["fields"],
): Record<string, T> {
  const moved: Record<string, T> = {};
  const kept: Record<string, T> = {};
  for (const [name, value] of Object.entries(values)) {
    const change = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (change === undefined) kept[name] = value;
    else if (!("dropped" in change)) moved[change.renamedTo ?? name] = value;
  }
  // What stands under a new name already is newer than what moves there.
  return { ...moved, ...kept };
}

function storedStep({
  upgrade: { id },
  at,
  step: { fields, added, filled, server },
}: TableStep<ServerUpgrade>): StoredStep {
  return {
    id,
    at,
    fields: { ...fields, ...server?.fields },
    added: { ...added, ...filled, ...server?.added },
  };
}

function touchesFields(step: StoredStep): boolean {
  return namesIn(step).length > 0;
}

function namesIn({
  fields = {},
  added = {},
  filled = {},
}: Pick<TableUpgrade, "fields" | "added" | "filled">): readonly string[] {
  const renamed = Object.values(fields).flatMap((change) =>
    "dropped" in change || change.renamedTo === undefined
      ? []
      : [change.renamedTo],
  );
  return [
    ...Object.keys(fields),
    ...renamed,
    ...Object.keys({ ...added, ...filled }),
  ];
}
