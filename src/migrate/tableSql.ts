import type {
  Snapshot,
  SnapshotColumn,
  SnapshotIndex,
  SnapshotTable,
} from "../targets/stores/expoSqlite/snapshot";

/** What one table needs, by kind of step, in the order in which drizzle-kit goes through the kinds. */
type Steps = readonly (readonly string[])[];

/**
 * The statements that lead from one set of tables to another, byte for byte as drizzle-kit writes them.
 *
 * 1. Names decide what is the same: nothing is taken for renamed.
 * 2. A table of which a column that stays differs is built anew; SQLite cannot change a column.
 * 3. The tables of `to` have no foreign keys, checks or composite keys: sync-gen declares none.
 */
export function tableSql(from: Snapshot, to: Snapshot): readonly string[] {
  const created = Object.values(to.tables).filter(({ name }) => from.tables[name] === undefined);
  const deleted = Object.values(from.tables).filter(({ name }) => to.tables[name] === undefined);
  const kept = Object.values(from.tables).flatMap((table) => {
    const next = to.tables[table.name];
    return next === undefined ? [] : [keepTable(table, next)];
  });
  const statements = [
    ...created.flatMap((table) => [createTable(table.name, table), ...createIndexes(table)]),
    ...deleted.map(({ name }) => `DROP TABLE \`${name}\`;`),
    ...inTurn(kept),
  ];
  return [...new Set(statements)];
}

/** drizzle-kit gathers all steps of a table where its first one is, kind by kind. */
function inTurn(tables: readonly Steps[]): readonly string[] {
  return tables
    .map((steps) => ({ steps, first: steps.findIndex((kind) => kind.length > 0) }))
    .sort((left, right) => left.first - right.first)
    .flatMap(({ steps }) => steps.flat());
}

function keepTable(table: SnapshotTable, next: SnapshotTable): Steps {
  const { name } = table;
  if (mustRebuild(table, next)) return [[], [...rebuildTable(next), ...createIndexes(next)]];
  const indexes = Object.values(table.indexes);
  const gone = indexes.filter((index) => next.indexes[index.name] === undefined);
  const altered = indexes.flatMap((index) => {
    const other = next.indexes[index.name];
    return other === undefined || equalIndexes(index, other) ? [] : [other];
  });
  const fresh = Object.values(next.indexes).filter(
    (index) => table.indexes[index.name] === undefined,
  );
  return [
    [...gone, ...altered].map((index) => `DROP INDEX \`${index.name}\`;`),
    [],
    addedColumns(table, next).map((column) => `ALTER TABLE \`${name}\` ADD ${columnSql(column)};`),
    [...fresh, ...altered].map((index) => createIndex(name, index)),
    Object.keys(table.columns)
      .filter((column) => next.columns[column] === undefined)
      .map((column) => `ALTER TABLE \`${name}\` DROP COLUMN \`${column}\`;`),
  ];
}

function addedColumns(table: SnapshotTable, next: SnapshotTable): readonly SnapshotColumn[] {
  return Object.values(next.columns).filter(({ name }) => table.columns[name] === undefined);
}

/** What SQLite cannot do to a table that stands. */
function mustRebuild(table: SnapshotTable, next: SnapshotTable): boolean {
  return (
    Object.values(table.columns).some((column) => {
      const other = next.columns[column.name];
      return other !== undefined && !equalColumns(column, other);
    }) ||
    addedColumns(table, next).some((column) => column.primaryKey) ||
    constraintsOf(table) !== constraintsOf(next)
  );
}

function constraintsOf(table: SnapshotTable): string {
  const { foreignKeys, compositePrimaryKeys, uniqueConstraints, checkConstraints } = table;
  return JSON.stringify([foreignKeys, compositePrimaryKeys, uniqueConstraints, checkConstraints]);
}

/** True when two columns of one name are the same to SQLite. */
export function equalColumns(left: SnapshotColumn, right: SnapshotColumn): boolean {
  return (
    left.type === right.type &&
    left.notNull === right.notNull &&
    left.primaryKey === right.primaryKey &&
    left.autoincrement === right.autoincrement &&
    left.default === right.default
  );
}

function equalIndexes(left: SnapshotIndex, right: SnapshotIndex): boolean {
  return (
    left.columns.join("\n") === right.columns.join("\n") &&
    left.isUnique === right.isUnique &&
    (left.where ?? "") === (right.where ?? "")
  );
}

function createTable(name: string, table: SnapshotTable): string {
  const columns = Object.values(table.columns).map((column) => `\t${columnSql(column)}`);
  return `CREATE TABLE \`${name}\` (\n${columns.join(",\n")}\n);\n`;
}

function columnSql(column: SnapshotColumn): string {
  const { name, type, primaryKey, autoincrement, notNull } = column;
  return [
    `\`${name}\` ${type}`,
    ...(primaryKey ? ["PRIMARY KEY"] : []),
    ...(autoincrement ? ["AUTOINCREMENT"] : []),
    ...(column.default === undefined ? [] : [`DEFAULT ${String(column.default)}`]),
    ...(notNull ? ["NOT NULL"] : []),
  ].join(" ");
}

/** A new table, the rows of the old one, and its name. */
function rebuildTable(table: SnapshotTable): readonly string[] {
  const { name } = table;
  const columns = Object.keys(table.columns)
    .map((column) => `"${column}"`)
    .join(", ");
  return [
    "PRAGMA foreign_keys=OFF;",
    createTable(`__new_${name}`, table),
    `INSERT INTO \`__new_${name}\`(${columns}) SELECT ${columns} FROM \`${name}\`;`,
    `DROP TABLE \`${name}\`;`,
    `ALTER TABLE \`__new_${name}\` RENAME TO \`${name}\`;`,
    "PRAGMA foreign_keys=ON;",
  ];
}

function createIndexes(table: SnapshotTable): readonly string[] {
  return Object.values(table.indexes).map((index) => createIndex(table.name, index));
}

function createIndex(table: string, index: SnapshotIndex): string {
  const columns = index.columns.map((name) => `\`${name}\``).join(",");
  const where = index.where ? ` WHERE ${index.where}` : "";
  return `CREATE ${index.isUnique ? "UNIQUE " : ""}INDEX \`${index.name}\` ON \`${table}\` (${columns})${where};`;
}
