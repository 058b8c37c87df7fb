// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import type { SyncServerConfig } from "./config";
import { stepsOf } from "./history";
import type {
  Fields,
  VersionRefusal,
  WireRow,
  WireValue,
} from "./shared/protocol";
import { rounded, stepsSince, type TableUpgrade } from "./shared/upgrade";

/** The part of the project that says which apps are answered, and how. */
export type Versions = Pick<
  SyncServerConfig,
  "schemaVersion" | "accepts" | "upgrades"
>;

/** Why an app of schema version `version` is not answered; `null` when it is. */
export function versionProblem(
  config: Versions,
  version: number,
): VersionRefusal | null {
  if (version > config.schemaVersion) return "schema-too-new";
  return version >= oldestServed(config) ? null : "schema-too-old";
}

/** The oldest version whose apps can hold today's rows, and whose ops are accepted. */
function oldestServed({ schemaVersion, accepts, upgrades }: Versions): number {
  const ended = upgrades.filter(({ tables }) =>
    Object.values(tables).some(({ unserved }) => unserved === true),
  );
  return Math.max(schemaVersion - accepts, ...ended.map(({ to }) => to));
}

/** What apps of `version` call the table that is called `table` now. */
export function tableBefore(
  { upgrades }: Pick<Versions, "upgrades">,
  table: string,
  version: number,
): string {
  const [first] = stepsOf(stepsSince(upgrades, version), table);
  return first?.before ?? table;
}

/** How an app of schema version `version` holds rows: without newer fields, and the others under the names that it knows. */
export function rowsAsOf(
  { schemaVersion, upgrades }: Versions,
  version: number,
): (table: string, row: WireRow) => WireRow {
  if (version >= schemaVersion) return (_, row) => row;
  const since = stepsSince(upgrades, version);
  const known = new Map<string, ReturnType<typeof stepsOf>>();
  return (table, row) => {
    if (row.deletedAt !== null) return row;
    const steps = known.get(table) ?? stepsOf(since, table);
    known.set(table, steps);
    const back = (fields: Fields, { step }: (typeof steps)[number]) =>
      stepBack(fields, step);
    return { ...row, fields: steps.reduceRight(back, row.fields) };
  };
}

/** Values of the newer version as those of the older. Built anew, so that two fields may swap names. */
function stepBack(
  newer: Fields,
  { fields = {}, added = {}, standIns = {}, wholeOnly = [] }: TableUpgrade,
): Fields {
  const changes = Object.entries(fields);
  const moved = new Set(
    changes.flatMap(([name, change]) =>
      "dropped" in change ? [] : [change.renamedTo ?? name],
    ),
  );
  const kept = Object.entries(newer).filter(
    ([name]) => !moved.has(name) && !Object.hasOwn(added, name),
  );
  const back = changes.map(([name, change]) => {
    const holder = "dropped" in change ? null : (change.renamedTo ?? name);
    return [name, holder === null ? null : (newer[holder] ?? null)] as const;
  });
  const older = Object.fromEntries([...kept, ...back]);
  for (const [name, value] of Object.entries(standIns))
    older[name] = older[name] ?? value;
  for (const name of wholeOnly) older[name] = wholeNumber(older[name] ?? null);
  return older;
}

/** What an app that holds whole numbers only gets of a number. */
export function wholeNumber(value: WireValue): WireValue {
  return typeof value === "number" ? rounded(value) : value;
}
