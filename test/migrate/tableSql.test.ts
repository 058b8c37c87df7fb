import { generateSQLiteDrizzleJson, generateSQLiteMigration } from "drizzle-kit/api";
import fc from "fast-check";
import { expect, it } from "vitest";
import { tableSql } from "../../src/migrate/tableSql";
import {
  makeSnapshot,
  type Snapshot,
  type SnapshotColumn,
  type SnapshotIndex,
  type SnapshotTable,
} from "../../src/targets/stores/expoSqlite/snapshot";
import { systemTables } from "../../src/targets/stores/expoSqlite/systemTables";

const names = ["a", "b", "c"];

const anyColumn: fc.Arbitrary<Omit<SnapshotColumn, "name">> = fc
  .record({
    type: fc.constantFrom("text", "integer", "real"),
    notNull: fc.boolean(),
    initial: fc.constantFrom(undefined, "'it''s'", 1, -1.5, true),
  })
  .map(({ initial, ...rest }) => ({
    ...rest,
    primaryKey: false,
    autoincrement: false,
    ...(initial === undefined ? {} : { default: initial }),
  }));
const anyIndex: fc.Arbitrary<Omit<SnapshotIndex, "name">> = fc
  .record({
    columns: fc.constantFrom(["id"], ["id", "a"], ["a"]),
    isUnique: fc.boolean(),
    where: fc.constantFrom(undefined, `"a" IS NULL`),
  })
  .map(({ where, ...rest }) => ({ ...rest, ...(where === undefined ? {} : { where }) }));
const anyTable = fc.record({
  columns: fc.dictionary(fc.constantFrom(...names), anyColumn),
  indexes: fc.dictionary(fc.constantFrom("x", "y"), anyIndex),
});
const anyTables = fc.dictionary(fc.constantFrom("one", "two", "three"), anyTable);

type AnyTables = typeof anyTables extends fc.Arbitrary<infer T> ? T : never;

const id: SnapshotColumn = {
  name: "id",
  type: "text",
  primaryKey: true,
  notNull: true,
  autoincrement: false,
};

function snapshotOf(tables: AnyTables): Snapshot {
  const named = Object.entries(tables).map(
    ([name, { columns, indexes }]): [string, SnapshotTable] => [
      name,
      {
        name,
        columns: { id, ...withNames(columns, "") },
        indexes: withNames(indexes, `${name}_`),
        foreignKeys: {},
        compositePrimaryKeys: {},
        uniqueConstraints: {},
        checkConstraints: {},
      },
    ],
  );
  return makeSnapshot(Object.fromEntries(named), "00000000-0000-0000-0000-000000000000");
}

function withNames<T extends object>(items: Readonly<Record<string, T>>, prefix: string) {
  return Object.fromEntries(
    Object.entries(items).map(([name, item]) => [prefix + name, { name: prefix + name, ...item }]),
  );
}

/** The same tables without some of what they hold: drizzle-kit asks at a terminal when things come and go at once. */
function without(tables: AnyTables, gone: ReadonlySet<string>): AnyTables {
  const stays = ([name]: [string, unknown]): boolean => !gone.has(name);
  return Object.fromEntries(
    Object.entries(tables)
      .filter(stays)
      .map(([name, { columns, indexes }]) => [
        name,
        {
          columns: Object.fromEntries(Object.entries(columns).filter(stays)),
          indexes: Object.fromEntries(Object.entries(indexes).filter(stays)),
        },
      ]),
  );
}

async function expectSame(from: Snapshot, to: Snapshot): Promise<void> {
  // Ids must be there for drizzle-kit, and play no part.
  const [before, after] = [from, to].map((snapshot) => ({ ...snapshot, id: snapshot.prevId }));
  type Given = Parameters<typeof generateSQLiteMigration>[0];
  // Safe: drizzle-kit checks what it is given.
  const wanted = await generateSQLiteMigration(
    before as unknown as Given,
    after as unknown as Given,
  );
  expect(tableSql(from, to)).toEqual(wanted);
}

it("writes what drizzle-kit writes when tables, columns and indexes come or go", async () => {
  const anyGone = fc.uniqueArray(fc.constantFrom(...names, "x", "y", "one", "two"));
  await fc.assert(
    fc.asyncProperty(anyTables, anyGone, async (tables, gone) => {
      const more = snapshotOf(tables);
      const less = snapshotOf(without(tables, new Set(gone)));
      await expectSame(more, less);
      await expectSame(less, more);
    }),
  );
});

it("writes what drizzle-kit writes when columns change", async () => {
  await fc.assert(
    fc.asyncProperty(anyTables, anyTables, async (tables, others) => {
      const changed = Object.fromEntries(
        Object.entries(tables).map(([name, { columns, indexes }]) => {
          const other = others[name]?.columns ?? {};
          const next = Object.entries(columns).map(([key, column]) => [key, other[key] ?? column]);
          return [name, { columns: Object.fromEntries(next), indexes }];
        }),
      );
      await expectSame(snapshotOf(tables), snapshotOf(changed));
    }),
  );
});

it("writes what drizzle-kit writes for the engine's own tables", async () => {
  const none = await generateSQLiteDrizzleJson({});
  await expectSame(makeSnapshot({}, none.id), makeSnapshot(systemTables, none.id));
});

it("builds a table anew whose constraints go", () => {
  const plain = snapshotOf({ one: { columns: {}, indexes: {} } });
  const table = plain.tables["one"];
  if (table === undefined) throw new Error("No table.");
  const checked = makeSnapshot({ one: { ...table, checkConstraints: { c: { name: "c" } } } });

  expect(tableSql(checked, plain)).toEqual([
    "PRAGMA foreign_keys=OFF;",
    "CREATE TABLE `__new_one` (\n\t`id` text PRIMARY KEY NOT NULL\n);\n",
    'INSERT INTO `__new_one`("id") SELECT "id" FROM `one`;',
    "DROP TABLE `one`;",
    "ALTER TABLE `__new_one` RENAME TO `one`;",
    "PRAGMA foreign_keys=ON;",
  ]);
});
