import type { Diagnostic } from "../kernel/diagnostic";
import type { Snapshot, SnapshotTable } from "../targets/stores/expoSqlite/snapshot";
import { breakpoint } from "./ownSql";
import { readStatements } from "./sqlStatements";

/** What a migration of the user's own made of a device's tables, and no snapshot knows. Names are in lower case, as SQLite compares them. */
interface OwnObject {
  readonly kind: "index" | "trigger" | "view" | "column";
  readonly name: string;
  /** The table that it stands on, with which it goes; none for a view. */
  readonly table: string | null;
  /** Every name in it, tables and columns. */
  readonly words: ReadonlySet<string>;
}

/**
 * Why a migration cannot follow those that are there: SQL of the user's own made something that a rebuilt or deleted table takes with it, or
 * that SQLite refuses to leave without its column. Nobody but the user knows what it is to be on the changed table.
 *
 * @param before the SQL of the migrations that exist, oldest first
 * @param statements what the next migration would run
 * @param snapshot what sync-gen and drizzle-kit know of the tables after `before`
 */
export function judgeOwnObjects(
  before: readonly string[],
  statements: readonly string[],
  snapshot: Snapshot,
): readonly Diagnostic[] {
  const known = readKnown(snapshot);
  let objects: readonly OwnObject[] = [];
  for (const { words } of before.flatMap(readStatements)) objects = after(objects, words, known);
  objects = objects.filter((object) => !isKnown(object, known));
  if (objects.length === 0) return [];

  const harmed = new Set<OwnObject>();
  for (const { words } of statements.flatMap(readStatements)) {
    for (const object of objects) if (isHarmed(object, words)) harmed.add(object);
    const next = after(objects, words, known);
    // What is made here is not the user's.
    if (next.length <= objects.length) objects = next;
  }
  return harmed.size === 0 ? [] : [refuse([...harmed])];
}

/** What is there after a statement. */
function after(
  objects: readonly OwnObject[],
  all: readonly string[],
  known: Known,
): readonly OwnObject[] {
  const words = withoutNoise(all);
  const [verb = "", noun = "", name = "", ...rest] = words;
  switch (`${verb} ${noun}`) {
    case "create index":
    case "create trigger": {
      // An index keeps its name: one that is known in the end need not be carried along until then.
      if (noun === "index" && known.indexes.has(name)) return objects;
      const table = words[words.indexOf("on") + 1] ?? "";
      return [
        ...objects,
        { kind: noun === "index" ? noun : "trigger", name, table, words: new Set(words) },
      ];
    }
    case "create view":
      return [...objects, { kind: "view", name, table: null, words: new Set(words) }];
    case "drop index":
    case "drop trigger":
    case "drop view":
      return objects.filter((object) => object.kind !== noun || object.name !== name);
    case "drop table":
      return objects.filter(({ table }) => table !== name);
    case "alter table":
      return afterAlter(objects, name, rest);
    default:
      return objects;
  }
}

/** SQLite itself writes a new name into what names the old one. */
function afterAlter(
  objects: readonly OwnObject[],
  table: string,
  words: readonly string[],
): readonly OwnObject[] {
  const [verb, first = "", second = "", third = ""] = words.filter((word) => word !== "column");
  switch (verb) {
    case "add":
      return [...objects, { kind: "column", name: first, table, words: new Set([table, first]) }];
    case "drop":
      return objects.filter((object) => !isColumn(object, table, first));
    case "rename":
      return first === "to"
        ? objects.map((object) => renamed(object, table, second))
        : objects.map((object) =>
            object.words.has(table)
              ? {
                  ...renamed(object, first, third),
                  table: object.table,
                  name: isColumn(object, table, first) ? third : object.name,
                }
              : object,
          );
    default:
      return objects;
  }
}

function renamed(object: OwnObject, from: string, to: string): OwnObject {
  const words = new Set([...object.words].map((word) => (word === from ? to : word)));
  return { ...object, table: object.table === from ? to : object.table, words };
}

/** Whether a statement of ours takes the object away, or cannot be run beside it. */
function isHarmed(object: OwnObject, all: readonly string[]): boolean {
  const [verb, noun, name = "", action, ...rest] = withoutNoise(all);
  const [column = ""] = rest.filter((word) => word !== "column");
  if (verb === "drop" && noun === "table") return object.words.has(name);
  if (verb === "create" && noun === "index") return object.kind === "index" && object.name === name;
  if (verb !== "alter") return false;
  if (action === "add") return isColumn(object, name, column);
  return action === "drop" && object.words.has(name) && object.words.has(column);
}

function isColumn({ kind, table, name }: OwnObject, of: string, column: string): boolean {
  return kind === "column" && table === of && name === column;
}

const noise = new Set(["temp", "temporary", "unique", "if", "not", "exists", "main", "."]);

/** Without what may stand between a statement's first words. */
function withoutNoise(words: readonly string[]): readonly string[] {
  const head = words.slice(0, 8).filter((word) => !noise.has(word));
  return [...head, ...words.slice(8)];
}

/** What sync-gen and drizzle-kit know, by names in lower case. */
interface Known {
  readonly indexes: ReadonlySet<string>;
  readonly tables: ReadonlyMap<string, SnapshotTable>;
}

function readKnown(snapshot: Snapshot): Known {
  const tables = Object.values(snapshot.tables);
  const indexes = tables.flatMap((table) => Object.keys(table.indexes));
  return {
    indexes: new Set(indexes.map((name) => name.toLowerCase())),
    tables: new Map(tables.map((table) => [table.name.toLowerCase(), table])),
  };
}

function isKnown({ kind, table, name }: OwnObject, { tables }: Known): boolean {
  const columns = tables.get(table ?? "")?.columns ?? {};
  return kind === "column" && Object.keys(columns).some((key) => key.toLowerCase() === name);
}

function refuse(harmed: readonly OwnObject[]): Diagnostic {
  const names = harmed.map(({ kind, name, table }) =>
    kind === "column" ? `the column "${name}" of "${table ?? ""}"` : `the ${kind} "${name}"`,
  );
  const drops = harmed.map(({ kind, name, table }) =>
    kind === "column"
      ? `ALTER TABLE \`${table ?? ""}\` DROP COLUMN \`${name}\`;`
      : `DROP ${kind.toUpperCase()} \`${name}\`;`,
  );
  return {
    code: "SG322",
    severity: "error",
    message: `SQL of your own made ${names.join(", ")}, and the migration of this change would delete it, or fail on devices because of it.`,
    hint:
      "Take it away before, and make it again after, as it is to be on the changed table:\n" +
      `1. \`npx drizzle-kit generate --custom --name=before\`, and write into the new file:\n   ${drops.join(`${breakpoint}\n   `)}\n` +
      "2. `sync-gen generate`, as now.\n" +
      "3. `npx drizzle-kit generate --custom --name=after`, with your SQL; then generate once more. Of a column the values go: a field of the config keeps them.",
  };
}
