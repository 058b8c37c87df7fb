import { compareIndexed, type Document } from "./values";

/** One index: the table's documents in its order. */
interface Index {
  readonly fields: readonly string[];
  readonly documents: Document[];
}

/** One bound of an index range; `field` counts from the index's first. */
export interface Bound {
  readonly type: "eq" | "gt" | "gte" | "lt" | "lte";
  readonly field: string;
  readonly value: unknown;
}

/** One table: its documents, and each index as a sorted list. */
export interface Table {
  readonly documents: Map<string, Document>;
  readonly indexes: ReadonlyMap<string, Index>;
}

/** An empty table; `indexes`: fields by name. */
export function createTable(indexes: Readonly<Record<string, readonly string[]>>): Table {
  const all = { by_creation_time: [], ...indexes };
  return {
    documents: new Map(),
    indexes: new Map(
      Object.entries(all).map(([name, fields]) => [
        name,
        { fields: [...fields, "_creationTime", "_id"], documents: [] },
      ]),
    ),
  };
}

/** Puts `next` in the place of `before`; either may be missing. */
export function replaceDocument(
  table: Table,
  before: Document | null,
  next: Document | null,
): void {
  if (before) table.documents.delete(before._id);
  if (next) table.documents.set(next._id, next);
  for (const { fields, documents } of table.indexes.values()) {
    if (before) documents.splice(placeOf(documents, fields, before), 1);
    if (next) documents.splice(placeOf(documents, fields, next), 0, next);
  }
}

/** The documents within the bounds, in the index's order. */
export function* readRange(
  table: Table,
  indexName: string,
  bounds: readonly Bound[],
  order: "asc" | "desc",
): Generator<Document, void> {
  const index = table.indexes.get(indexName);
  if (!index) throw new Error(`There is no index ${indexName}.`);
  checkBounds(index, bounds);
  const { documents } = index;
  const start = firstWhere(documents, (document) => !isBefore(bounds, document));
  const end = firstWhere(documents, (document) => isBehind(bounds, document));
  // Read as of now: what is written while somebody reads on is not in the range.
  const found = documents.slice(start, end);
  if (order === "desc") found.reverse();
  yield* found;
}

/** Convex's rule: equal on the first fields, then bounds on the next one. */
function checkBounds({ fields }: Index, bounds: readonly Bound[]): void {
  const equal = bounds.findIndex(({ type }) => type !== "eq");
  const count = equal < 0 ? bounds.length : equal;
  const isInOrder = bounds.every(
    ({ type, field }, at) =>
      field === fields[Math.min(at, count)] && (type === "eq") === at < count,
  );
  if (!isInOrder || bounds.length > count + 2)
    throw new Error(
      `A range over ${fields.join(", ")} cannot be ${JSON.stringify(bounds.map(({ type, field }) => `${type} ${field}`))}.`,
    );
}

function isBefore(bounds: readonly Bound[], document: Document): boolean {
  for (const { type, field, value } of bounds) {
    if (type === "lt" || type === "lte") continue;
    const order = compareIndexed(document[field], value);
    if (type !== "eq") return type === "gt" ? order <= 0 : order < 0;
    if (order !== 0) return order < 0;
  }
  return false;
}

function isBehind(bounds: readonly Bound[], document: Document): boolean {
  for (const { type, field, value } of bounds) {
    if (type === "gt" || type === "gte") continue;
    const order = compareIndexed(document[field], value);
    if (type !== "eq") return type === "lt" ? order >= 0 : order > 0;
    if (order !== 0) return order > 0;
  }
  return false;
}

function placeOf(
  documents: readonly Document[],
  fields: readonly string[],
  document: Document,
): number {
  return firstWhere(documents, (other) => {
    for (const field of fields) {
      const order = compareIndexed(other[field], document[field]);
      if (order !== 0) return order > 0;
    }
    return true;
  });
}

/** The first document for which `isThere` holds; it holds for all that follow. */
function firstWhere(
  documents: readonly Document[],
  isThere: (document: Document) => boolean,
): number {
  let low = 0;
  let high = documents.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const document = documents[middle];
    if (document && isThere(document)) high = middle;
    else low = middle + 1;
  }
  return low;
}
