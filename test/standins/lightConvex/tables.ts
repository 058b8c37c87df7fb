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
  const nested = Object.values(indexes)
    .flat()
    .find((field) => field.includes("."));
  if (nested !== undefined) throw new Error(`No index on a field within a field: ${nested}.`);
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
  if (next) table.documents.set(next._id, next);
  else if (before) table.documents.delete(before._id);
  for (const { fields, documents } of table.indexes.values()) {
    if (before && next && orderOf(fields, before, next) === 0) {
      documents[placeOf(documents, fields, before)] = next;
      continue;
    }
    if (before) documents.splice(placeOf(documents, fields, before), 1);
    if (next) documents.splice(placeOf(documents, fields, next), 0, next);
  }
}

/** The first `most` documents within the bounds, in the index's order, as of now. */
export function readRange(
  table: Table,
  indexName: string,
  bounds: readonly Bound[],
  order: "asc" | "desc",
  most: number,
): readonly Document[] {
  const index = table.indexes.get(indexName);
  if (!index) throw new Error(`There is no index ${indexName}.`);
  checkBounds(index, bounds);
  const { documents } = index;
  const isAscending = order === "asc";
  const start =
    isAscending || most === Infinity
      ? firstWhere(documents, (document) => !isBefore(bounds, document))
      : 0;
  if (isAscending && most === 1) {
    const first = documents[start];
    return first && !isBehind(bounds, first) ? [first] : [];
  }
  const end = firstWhere(documents, (document) => isBehind(bounds, document));
  if (isAscending) return documents.slice(start, Math.min(end, start + most));
  if (most === Infinity) return documents.slice(start, end).reverse();
  const found: Document[] = [];
  for (let at = end - 1; at >= 0 && found.length < most; at -= 1) {
    const document = documents[at];
    if (!document || isBefore(bounds, document)) break;
    found.push(document);
  }
  return found;
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
  return firstWhere(documents, (other) => orderOf(fields, other, document) >= 0);
}

function orderOf(fields: readonly string[], left: Document, right: Document): number {
  for (const field of fields) {
    const order = compareIndexed(left[field], right[field]);
    if (order !== 0) return order;
  }
  return 0;
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
