import { snakeCase } from "../kernel/text";
import type { DeviceChanges } from "./deviceChanges";
import type { FieldChange, ModelDiff } from "./diffModels";

/** Longer names are cut: the tag stands in file names and on one line of `migrations.ts`. */
const longestName = 44;

/**
 * The name of a migration, from what it does: `initial`, `add_tasks_due_at`, `drop_notes_and_2_more`. The same change has
 * the same name on every machine.
 */
export function nameMigration(diff: ModelDiff, changes: DeviceChanges, isFirst: boolean): string {
  if (isFirst) return "initial";
  const [first = "sync_tables", ...more] = describeChanges(diff, changes);
  const suffix = more.length === 0 ? "" : `_and_${more.length}_more`;
  return (
    snakeCase(first)
      .slice(0, longestName - suffix.length)
      .replace(/_+$/, "") + suffix
  );
}

/** The tag of a migration: its number and name, which is also the name of its file. */
export function migrationTag(index: number, name: string): string {
  return `${String(index).padStart(4, "0")}_${name}`;
}

function describeChanges(diff: ModelDiff, changes: DeviceChanges): readonly string[] {
  return diff.tables.flatMap((change): readonly string[] => {
    if (change.kind === "added") return [`add_${change.to.name}`];
    if (change.kind === "removed") return [`drop_${change.from.name}`];
    if (!changes.newNames.has(change.to.name)) return [];
    const { from, to } = change;
    const renamed = from.name === to.name ? [] : [`rename_${from.name}_to_${to.name}`];
    const fields = change.fields.flatMap((field) => describeField(field, to.name));
    const all = [...renamed, ...fields];
    return all.length === 0 ? [`index_${to.name}`] : all;
  });
}

function describeField(change: FieldChange, table: string): readonly string[] {
  if (change.kind === "added")
    return change.to.side === "server" ? [] : [`add_${table}_${change.to.name}`];
  if (change.kind === "removed")
    return change.from.side === "server" ? [] : [`drop_${table}_${change.from.name}`];
  const { from, to } = change;
  if (from.side !== to.side && (from.side === "server" || to.side === "server")) {
    return [`${to.side === "server" ? "drop" : "add"}_${table}_${to.name}`];
  }
  if (from.name !== to.name) return [`rename_${table}_${from.name}_to_${to.name}`];
  const isChanged =
    from.kind !== to.kind ||
    from.optional !== to.optional ||
    change.conversion !== "keep" ||
    (!to.optional && JSON.stringify(from.default) !== JSON.stringify(to.default));
  return isChanged ? [`change_${table}_${to.name}`] : [];
}
