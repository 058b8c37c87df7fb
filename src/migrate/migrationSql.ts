import type { DeviceChanges, TableRename } from "./deviceChanges";
import type { Snapshot, SnapshotTable } from "../targets/stores/expoSqlite/snapshot";
import { equalColumns, tableSql } from "./tableSql";

/**
 * The statements that lead from one snapshot to the next, with every row kept.
 *
 * They are those of drizzle-kit, one kind of change at a time, because all at once
 * 1. something new may be something old renamed, which drizzle-kit asks about at a terminal,
 * 2. a rebuilt table would copy columns that the old one does not have yet, which SQLite reads as text,
 * 3. a column may be dropped that an index still uses, which SQLite refuses.
 * Renames and the values that existing rows get stand between them.
 */
export function migrationSql(
  before: Snapshot,
  after: Snapshot,
  changes: DeviceChanges,
): readonly string[] {
  const start = pickTables(before, changes.oldNames);
  const target = pickTables(after, changes.newNames);
  const rebuilt = rebuiltTables(start, target, changes);

  const dropped = withoutDropped(start, target, changes, rebuilt);
  const renamed = withRenames(dropped, changes);
  const grown = withAdditions(renamed, target);
  const altered = mapTables(target, (table) => ({
    ...table,
    indexes: grown.tables[table.name]?.indexes ?? {},
  }));

  return [
    ...tableSql(start, dropped),
    ...renameStatements(changes),
    ...tableSql(renamed, grown),
    ...changes.fills,
    ...tableSql(grown, altered),
    ...tableSql(altered, target),
  ];
}

function pickTables(snapshot: Snapshot, names: ReadonlySet<string>): Snapshot {
  return {
    ...snapshot,
    tables: Object.fromEntries(Object.entries(snapshot.tables).filter(([name]) => names.has(name))),
  };
}

function mapTables(snapshot: Snapshot, change: (table: SnapshotTable) => SnapshotTable): Snapshot {
  const tables = Object.values(snapshot.tables).map(change);
  return { ...snapshot, tables: Object.fromEntries(tables.map((table) => [table.name, table])) };
}

/** New names of the tables of which a kept column changes, which SQLite can do only by building them anew. */
function rebuiltTables(
  start: Snapshot,
  target: Snapshot,
  changes: DeviceChanges,
): ReadonlySet<string> {
  const names = Object.values(start.tables).flatMap((table) => {
    const rename = renameOf(table, changes);
    const wanted = target.tables[rename.to];
    if (wanted === undefined) return [];
    const isChanged = Object.values(table.columns).some((column) => {
      if (rename.dropped.has(column.name)) return false;
      const name = rename.columns.get(column.name) ?? column.name;
      const next = wanted.columns[name];
      return next !== undefined && !equalColumns({ ...column, name }, next);
    });
    return isChanged ? [rename.to] : [];
  });
  return new Set(names);
}

/** Without the tables and columns that go, and without indexes that go, change, or stand on a table that is built anew. */
function withoutDropped(
  start: Snapshot,
  target: Snapshot,
  changes: DeviceChanges,
  rebuilt: ReadonlySet<string>,
): Snapshot {
  const tables = Object.values(start.tables).flatMap((table) => {
    const rename = renameOf(table, changes);
    const wanted = target.tables[rename.to];
    if (wanted === undefined) return [];
    const columns = Object.values(table.columns).filter((column) => {
      return (
        !rename.dropped.has(column.name) &&
        wanted.columns[rename.columns.get(column.name) ?? column.name] !== undefined
      );
    });
    const indexes = Object.values(table.indexes).filter((index) => {
      const next = wanted.indexes[index.name];
      const names = index.columns.map((name) => rename.columns.get(name) ?? name);
      const isKept =
        next !== undefined && !next.isUnique && names.join("\n") === next.columns.join("\n");
      return (
        isKept && !rebuilt.has(rename.to) && !index.columns.some((name) => rename.dropped.has(name))
      );
    });
    return [{ ...table, columns: byName(columns), indexes: byName(indexes) }];
  });
  return { ...start, tables: byName(tables) };
}

function withRenames(snapshot: Snapshot, changes: DeviceChanges): Snapshot {
  return {
    ...snapshot,
    tables: byName(
      Object.values(snapshot.tables).map((table) => {
        const rename = renameOf(table, changes);
        const newName = (name: string): string => rename.columns.get(name) ?? name;
        const columns = Object.values(table.columns).map((column) => ({
          ...column,
          name: newName(column.name),
        }));
        const indexes = Object.values(table.indexes).map((index) => ({
          ...index,
          columns: index.columns.map(newName),
        }));
        return { ...table, name: rename.to, columns: byName(columns), indexes: byName(indexes) };
      }),
    ),
  };
}

/** With the tables and columns that are new; a new table has its indexes at once. */
function withAdditions(snapshot: Snapshot, target: Snapshot): Snapshot {
  return mapTables(target, (wanted) => {
    const table = snapshot.tables[wanted.name];
    if (table === undefined) return wanted;
    return { ...wanted, columns: { ...wanted.columns, ...table.columns }, indexes: table.indexes };
  });
}

function renameStatements({ renames }: DeviceChanges): readonly string[] {
  const tables = inSteps(renames.filter(({ from, to }) => from !== to));
  const columns = renames.flatMap(({ to: table, columns }) =>
    inSteps([...columns].map(([from, to]) => ({ from, to }))).map((step) => ({ ...step, table })),
  );
  return [
    ...tables.map(({ from, to }) => `ALTER TABLE \`${from}\` RENAME TO \`${to}\`;`),
    ...columns.map(
      (step) => `ALTER TABLE \`${step.table}\` RENAME COLUMN \`${step.from}\` TO \`${step.to}\`;`,
    ),
  ];
}

/**
 * SQLite ignores case in names, so a name may still be taken by something that is itself renamed: `two` to `Two`. Then the
 * thing waits under a third name.
 */
function inSteps(
  renames: readonly { readonly from: string; readonly to: string }[],
): readonly { readonly from: string; readonly to: string }[] {
  const isTaken = (to: string, index: number): boolean =>
    renames.slice(index).some(({ from }) => from.toLowerCase() === to.toLowerCase());
  const first = renames.map(({ from, to }, index) => ({
    from,
    to: isTaken(to, index) ? `__renamed_${to}` : to,
  }));
  const second = renames
    .filter(({ to }, index) => isTaken(to, index))
    .map(({ to }) => ({ from: `__renamed_${to}`, to }));
  return [...first, ...second];
}

function renameOf(table: SnapshotTable, changes: DeviceChanges): TableRename {
  const found = changes.renames.find((rename) => rename.from === table.name);
  return (
    found ?? {
      from: table.name,
      to: changes.removed.has(table.name) ? "" : table.name,
      columns: new Map(),
      dropped: new Set(),
    }
  );
}

function byName<T extends { readonly name: string }>(items: readonly T[]): Record<string, T> {
  return Object.fromEntries(items.map((item) => [item.name, item]));
}
