import type { Problems } from "../config/problems";
import type { FieldShape, TableShape } from "../config/shape";
import { quote, snakeCase } from "../kernel/text";
import { findField } from "./checkTable";
import type { IndexModel } from "./model";
import { convexIndexes, indexedColumns, longestName, scopeColumn, serverIndexes } from "./reserved";

/** True for a field that gets an index of its own. References do, because the engine looks rows up by them. */
export function isIndexed(field: FieldShape): boolean {
  return field.index || field.kind === "reference";
}

/** Every index of a table with its name: those of single fields, then the table's own. Wrong ones are reported and left out. */
export function buildIndexes(table: TableShape, problems: Problems): readonly IndexModel[] {
  const indexes: IndexModel[] = [];
  for (const field of table.fields) {
    if (isIndexed(field)) indexes.push({ name: indexName([field.name]), fields: [field.name] });
  }
  table.indexes.forEach((shape, position) => {
    const path = ["tables", table.name, "indexes", position];
    const own = shape.fields.filter((name) => !isColumn(table, name));
    const found = own.flatMap((name) => findField(table, name, path, problems) ?? []);
    if (found.length < own.length || !fieldsFit(shape.fields, found, path, problems)) return;
    const index = { name: shape.name ?? indexName(shape.fields), fields: shape.fields };
    if (nameFits(index.name, path, problems) && isNew(index, indexes, path, problems))
      indexes.push(index);
  });
  return indexes;
}

/** True for a column that every row of the table has beside its fields, and that an index may hold. */
function isColumn({ scope }: TableShape, name: string): boolean {
  return indexedColumns.has(name) && (scope !== null || name !== scopeColumn);
}

function indexName(fields: readonly string[]): string {
  const name = `by_${fields.map(snakeCase).join("_and_")}`;
  return isReserved(name) ? `${name}_field` : name;
}

function isReserved(name: string): boolean {
  return serverIndexes.has(name) || convexIndexes.has(name);
}

type IndexPath = readonly (string | number)[];

/** `names`: all that the index holds; `fields`: those that are the table's own. */
function fieldsFit(
  names: readonly string[],
  fields: readonly FieldShape[],
  path: IndexPath,
  problems: Problems,
): boolean {
  const json = fields.find((field) => field.kind === "json");
  const twice = names.find((name, index) => names.indexOf(name) < index);
  const sides = new Set(fields.map((field) => field.side));
  if (names.length === 0) {
    problems.add("SG112", path, "The index has no fields.", { allowed: "at least one field" });
  } else if (json !== undefined) {
    problems.add("SG220", path, `${quote(json.name)} is json and cannot be in an index.`);
  } else if (twice !== undefined) {
    problems.add("SG216", path, `${quote(twice)} is twice in the index.`, {
      hint: "Remove one of the two.",
    });
  } else if (sides.has("device") && sides.has("server")) {
    problems.add(
      "SG220",
      path,
      "The index holds fields that stay on the device and fields that stay on the server.",
    );
  } else {
    return true;
  }
  return false;
}

function nameFits(name: string, path: IndexPath, problems: Problems): boolean {
  if (name.length > longestName) {
    problems.add("SG208", path, `The index ${quote(name)} has ${name.length} characters.`, {
      allowed: `at most ${longestName} characters`,
      hint: 'Name it: { name: "by_owner", fields: [ … ] }.',
    });
  } else if (!/^[A-Za-z][A-Za-z0-9_]*$/.test(name)) {
    problems.add("SG205", path, `The index ${quote(name)} is not an identifier.`, {
      allowed: "a letter, then letters, digits and _ (ASCII)",
    });
  } else if (isReserved(name)) {
    problems.add("SG207", path, `Every synced table has an index ${quote(name)} already.`, {
      hint: "Use another name.",
    });
  } else {
    return true;
  }
  return false;
}

function isNew(
  index: IndexModel,
  others: readonly IndexModel[],
  path: IndexPath,
  problems: Problems,
): boolean {
  const sameName = others.find((other) => other.name.toLowerCase() === index.name.toLowerCase());
  const sameFields = others.find((other) => other.fields.join() === index.fields.join());
  if (sameFields !== undefined) {
    problems.add(
      "SG224",
      path,
      `There is an index over ${index.fields.map(quote).join(", ")} already.`,
      {
        hint: "Remove one of the two. References have an index without being asked.",
      },
    );
  } else if (sameName !== undefined) {
    problems.add("SG224", path, `There is an index ${quote(index.name)} already.`, {
      hint: 'Name this one: { name: "by_owner", fields: [ … ] }.',
    });
  }
  return sameFields === undefined && sameName === undefined;
}
