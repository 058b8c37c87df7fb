import { createChance, seedOf } from "./chance";
import { currentVersion, type AppVersion } from "./earlierApp";
import type { TableName } from "./project";
import { scopeOf } from "./scopedTables";
import type { World } from "./world";

/** Tables of the run that its earlier apps are without: some that people share, those of one kind of scope, or all of these. */
export function laterTables(seed: number, tables: readonly TableName[]): readonly TableName[] {
  // In the newest mix alone, so that the seeds of the others stay what they were.
  if (!tables.includes("patients")) return [];
  const chance = createChance(seedOf(seed, "later tables"));
  const shared = tables.filter((table) => scopeOf(table) !== null);
  const rooms = shared.filter((table) => scopeOf(table) === "room");
  return chance.pick([[], ["patients"] as const, rooms, shared]);
}

/** The tables of the run that an app of `version` has. */
export function tablesOf({ options, shape }: World, version: AppVersion): readonly TableName[] {
  return version === currentVersion
    ? options.tables
    : options.tables.filter((table) => !shape.laterTables.includes(table));
}
