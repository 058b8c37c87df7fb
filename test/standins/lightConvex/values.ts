import { CommitTsPlaceholder } from "convex/values";

/** A document as it is stored: never changed, always replaced. */
export interface Document {
  readonly _id: string;
  readonly _creationTime: number;
  readonly [field: string]: unknown;
}

/** What an unresolved commit timestamp counts as until its transaction commits. */
const unresolved = 2n ** 63n - 1n;

/** The values that crossed a network or were stored: nothing shared, fields without a value left out. */
export function copyValue(value: unknown, commitTs: bigint | null): unknown {
  if (typeof value !== "object" || value === null) {
    if (typeof value === "function" || typeof value === "symbol")
      throw new Error(`${typeof value} is no Convex value.`);
    return value;
  }
  if (Array.isArray(value)) return value.map((item) => copyValue(item, commitTs));
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) {
    if (value instanceof CommitTsPlaceholder) return commitTs ?? value;
    if (value instanceof ArrayBuffer) return value.slice(0);
    throw new Error(`${String(value)} is no Convex value.`);
  }
  const copy: Record<string, unknown> = {};
  for (const key in value) {
    // Safe: a key of this very object.
    const field = (value as Record<string, unknown>)[key];
    if (field !== undefined) copy[key] = copyValue(field, commitTs);
  }
  return copy;
}

/** Makes a stored value immutable: a function that changes what it has read fails at once. */
export function freezeValue<Value>(value: Value): Value {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return value;
  for (const key in value) {
    // Safe: a key of this very value.
    const field = (value as Record<string, unknown>)[key];
    if (typeof field === "object") freezeValue(field);
  }
  // A buffer cannot be frozen, a placeholder is everybody's.
  return value instanceof ArrayBuffer || value instanceof CommitTsPlaceholder
    ? value
    : Object.freeze(value);
}

/** Convex's order of the values that indexes hold. Text by code units, which is Convex's order for all but half surrogates. */
export function compareIndexed(left: unknown, right: unknown): number {
  if (left === right) return 0;
  // Safe here and below: values of one type, that no object is, compare by `<`.
  if (typeof left === typeof right && typeof left !== "object")
    return (left as string) < (right as string) ? -1 : 1;
  const a = left instanceof CommitTsPlaceholder ? unresolved : left;
  const b = right instanceof CommitTsPlaceholder ? unresolved : right;
  if (a === b) return 0;
  const ranks = rankOf(a) - rankOf(b);
  if (ranks !== 0) return ranks;
  return (a as string) < (b as string) ? -1 : 1;
}

const ranks: Readonly<Record<string, number>> = {
  undefined: 0,
  object: 1,
  bigint: 2,
  number: 3,
  boolean: 4,
  string: 5,
};

function rankOf(value: unknown): number {
  const rank = ranks[typeof value];
  if (rank === undefined || (typeof value === "object" && value !== null))
    throw new Error(`${String(value)} in an index is not simulated.`);
  return rank;
}
