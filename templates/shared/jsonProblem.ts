import { isPlainObject, textProblem } from "./codec";

/** Limits of a Convex document. The document itself is the first of its 16 levels. */
const maxNesting = 15;
const maxArrayLength = 8192;
const maxObjectKeys = 1024;
const maxKeyLength = 1024;

/**
 * Why a value cannot be stored in a json field, for people; `null` when it can. The rules of such a field bring it
 * along, so that an app without one has none of it.
 */
export function jsonProblem(value: unknown): string | null {
  return problemAt(value, 1);
}

const asciiPrintable = /^[\x20-\x7e]+$/;

function problemAt(value: unknown, depth: number): string | null {
  if (value === null || typeof value === "boolean") return null;
  if (typeof value === "string") return textProblem(value);
  if (typeof value === "number")
    return Number.isFinite(value) ? null : "must hold finite numbers only";
  if (typeof value !== "object")
    return `must not hold a value of type ${typeof value}`;
  if (depth > maxNesting)
    return `must not nest deeper than ${maxNesting} levels`;
  if (Array.isArray(value)) {
    if (value.length > maxArrayLength)
      return `must not hold a list of more than ${maxArrayLength} items`;
    return firstProblem(value, depth);
  }
  if (!isPlainObject(value)) return "must hold plain objects and lists only";
  const keys = Object.keys(value);
  if (keys.length > maxObjectKeys)
    return `must not hold an object of more than ${maxObjectKeys} keys`;
  return (
    keys.map(keyProblem).find((problem) => problem !== null) ??
    firstProblem(Object.values(value), depth)
  );
}

function firstProblem(
  values: readonly unknown[],
  depth: number,
): string | null {
  for (const value of values) {
    const problem = problemAt(value, depth + 1);
    if (problem !== null) return problem;
  }
  return null;
}

/** What Convex refuses as the name of a field. */
function keyProblem(key: string): string | null {
  if (key.length > maxKeyLength)
    return `must not hold keys of more than ${maxKeyLength} characters`;
  if (key.startsWith("$") || key.startsWith("_"))
    return "must not hold keys that start with $ or _";
  return asciiPrintable.test(key)
    ? null
    : "must hold keys of printable ASCII characters only";
}
