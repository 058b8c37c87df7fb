import type { JsonValue } from "../config/vocabulary";

/** Why a value cannot be sent as JSON and stored in Convex; `path` leads to the part that is to blame. */
export interface NotJson {
  readonly path: readonly (string | number)[];
  readonly reason: string;
}

/** Convex's limits for one value. */
const deepest = 16;
const longestList = 8192;

/** The value as plain JSON (`-0` becomes 0), or why it is none. */
export function toJson(value: unknown): { readonly value: JsonValue } | NotJson {
  return convert(value, []);
}

function convert(
  value: unknown,
  path: readonly (string | number)[],
): { readonly value: JsonValue } | NotJson {
  const refuse = (reason: string): NotJson => ({ path, reason });
  if (value === null || typeof value === "boolean") return { value };
  if (typeof value === "string") return textProblem(value, refuse) ?? { value };
  if (typeof value === "number") {
    if (!Number.isFinite(value)) return refuse(`${value} is not a number that JSON knows`);
    return { value: value === 0 ? 0 : value };
  }
  if (typeof value !== "object") {
    return refuse(value === undefined ? "undefined is not JSON" : `a ${typeof value} is not JSON`);
  }
  // Also what ends the walk through a value that holds itself.
  if (path.length >= deepest) return refuse(`it is nested more than ${deepest} levels deep`);
  if (Array.isArray(value)) return convertList(value, path, refuse);
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== null && prototype !== Object.prototype) {
    return refuse(`an instance of ${value.constructor.name} is not JSON`);
  }
  return convertObject(value, path, refuse);
}

function convertList(
  list: readonly unknown[],
  path: readonly (string | number)[],
  refuse: (reason: string) => NotJson,
): { readonly value: JsonValue } | NotJson {
  if (list.length > longestList) return refuse(`it has more than ${longestList} entries`);
  const values: JsonValue[] = [];
  // By index, so that holes are seen as undefined.
  for (let index = 0; index < list.length; index++) {
    const entry = convert(list[index], [...path, index]);
    if (!("value" in entry)) return entry;
    values.push(entry.value);
  }
  return { value: values };
}

function convertObject(
  object: object,
  path: readonly (string | number)[],
  refuse: (reason: string) => NotJson,
): { readonly value: JsonValue } | NotJson {
  const entries: [string, JsonValue][] = [];
  for (const [key, member] of Object.entries(object)) {
    if (!/^[\x20-\x7e]*$/.test(key) || key === "" || /^[_$]/.test(key)) {
      return refuse(
        `its key ${JSON.stringify(key)} is not one that Convex takes (ASCII, not empty, not starting with _ or $)`,
      );
    }
    const converted = convert(member, [...path, key]);
    if (!("value" in converted)) return converted;
    entries.push([key, converted.value]);
  }
  return { value: Object.fromEntries(entries) };
}

function textProblem(text: string, refuse: (reason: string) => NotJson): NotJson | undefined {
  if (text.includes("\0")) return refuse("it holds a NUL character, which SQLite cuts text at");
  if (/\p{Surrogate}/u.test(text))
    return refuse("it holds half of a surrogate pair, which UTF-8 cannot carry");
  return undefined;
}
