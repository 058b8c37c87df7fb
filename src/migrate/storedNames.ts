import { storedName, type StoredTable, type TableModel } from "../model/model";
import { diffModels, type ModelDiff } from "./diffModels";
import type { History } from "./history";

/**
 * The Convex table of every table, by the table's name: the one that was first made for it, whatever it is called since. A new
 * table gets one that no other had, since Convex may hold documents of those.
 */
export function storedNames(
  { tables }: ModelDiff,
  history: Pick<History, "tables" | "gone"> | null,
): ReadonlyMap<string, string> {
  const known = [...(history?.tables ?? []), ...(history?.gone ?? [])];
  const taken = new Set(known.map(storedName));
  const stored = new Map<string, string>();
  for (const change of tables) {
    if (change.kind === "removed") continue;
    const from = change.kind === "kept" ? change.from : change.since?.from;
    const { name } = change.to;
    const own = from === undefined ? freeName(name, taken) : storedName(from);
    taken.add(own);
    stored.set(name, own);
  }
  return stored;
}

/** The tables of a config, with the Convex table that each has or would get. */
export function storedTables(
  tables: readonly TableModel[],
  history: History | null,
): readonly StoredTable[] {
  const diff = diffModels(history?.tables ?? [], tables, history?.gone);
  return [...storedNames(diff, history)].map(([name, storedAs]) => ({ name, storedAs }));
}

/** `tasks`, or `tasks2` where another table is stored as `tasks`. */
function freeName(name: string, taken: ReadonlySet<string>): string {
  let free = name;
  for (let count = 2; taken.has(free); count += 1) free = `${name}${count}`;
  return free;
}
