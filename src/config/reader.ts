import { didYouMean, joinWords, quote } from "../kernel/text";
import type { ConfigPath, Problems } from "./problems";

/** An object of the config whose members are read one by one; wrong ones are reported and read as if they were not there. */
export interface Reader {
  readonly path: ConfigPath;
  readonly members: Readonly<Record<string, unknown>>;
  readonly problems: Problems;
}

/** The value as an object with none but the `known` members; `null`, and reported, when it is none. */
export function readObject(
  value: unknown,
  path: ConfigPath,
  problems: Problems,
  known: readonly string[],
): Reader | null {
  if (!isPlainObject(value)) {
    reportType(value, path, problems, "an object");
    return null;
  }
  for (const key of Object.keys(value)) {
    if (known.includes(key)) continue;
    problems.add("SG111", [...path, key], `There is no option ${quote(key)} here.`, {
      allowed: joinWords(known),
      hint: didYouMean(key, known),
    });
  }
  return { path, members: value, problems };
}

/** A member's text; `null` when it is missing, or wrong and reported. */
export function readText(reader: Reader, key: string): string | null {
  const value = reader.members[key];
  if (value === undefined) return null;
  if (typeof value === "string") return value;
  reportType(value, [...reader.path, key], reader.problems, "a text");
  return null;
}

/** As `readText`, but a missing or empty one is reported too. */
export function readRequiredText(reader: Reader, key: string, example: string): string | null {
  if (reader.members[key] === undefined) {
    reportMissing(reader, key, example);
    return null;
  }
  const text = readText(reader, key);
  if (text !== "") return text;
  reader.problems.add("SG112", [...reader.path, key], `${quote(key)} is empty.`, {
    allowed: example,
  });
  return null;
}

/** A member that is one of a list of texts; `null` when it is missing, or wrong and reported. */
export function readOneOf<Allowed extends string>(
  reader: Reader,
  key: string,
  allowed: readonly Allowed[],
): Allowed | null {
  const value = reader.members[key];
  return value === undefined ? null : oneOf(value, [...reader.path, key], reader.problems, allowed);
}

/** A member that is a list of texts; entries of another type are reported and left out. */
export function readTexts(reader: Reader, key: string): readonly string[] | null {
  const value = reader.members[key];
  return value === undefined ? null : texts(value, [...reader.path, key], reader.problems);
}

/** As `readTexts`, for a value that is no member. */
export function texts(
  value: unknown,
  path: ConfigPath,
  problems: Problems,
): readonly string[] | null {
  if (!Array.isArray(value)) {
    reportType(value, path, problems, "a list of texts");
    return null;
  }
  const entries: readonly unknown[] = value;
  return entries.flatMap((entry, index) => {
    if (typeof entry === "string") return [entry];
    reportType(entry, [...path, index], problems, "a text");
    return [];
  });
}

/** One of a list of texts; `null`, and reported, when it is something else. */
export function oneOf<Allowed extends string>(
  value: unknown,
  path: ConfigPath,
  problems: Problems,
  allowed: readonly Allowed[],
): Allowed | null {
  const found = allowed.find((candidate) => candidate === value);
  if (found !== undefined) return found;
  const name = path.at(-1);
  const what = typeof name === "string" ? name : String(path.at(-2));
  problems.add("SG113", path, `${describe(value)} is not one of the values of ${quote(what)}.`, {
    allowed: joinWords(allowed.map(quote), "or"),
    hint: typeof value === "string" ? didYouMean(value, allowed) : undefined,
  });
  return null;
}

/** A member that is a whole number within a range; the fallback when it is missing, or wrong and reported. */
export function readWholeNumber(
  reader: Reader,
  key: string,
  range: { readonly least: number; readonly most: number; readonly fallback: number },
): number {
  const value = reader.members[key];
  if (value === undefined) return range.fallback;
  const path = [...reader.path, key];
  if (typeof value !== "number") {
    reportType(value, path, reader.problems, "a number");
  } else if (!Number.isInteger(value) || value < range.least || value > range.most) {
    reader.problems.add("SG117", path, `${quote(key)} cannot be ${String(value)}.`, {
      allowed: `a whole number from ${range.least} to ${range.most}`,
    });
  } else {
    return value;
  }
  return range.fallback;
}

/** A member that is true or false; `null`, and reported when it is something else, for none. */
export function readFlag(reader: Reader, key: string): boolean | null {
  const value = reader.members[key];
  if (value === undefined || typeof value === "boolean") return value ?? null;
  reportType(value, [...reader.path, key], reader.problems, "true or false");
  return null;
}

/** Reports that a required member is not there. */
export function reportMissing(reader: Reader, key: string, allowed: string): void {
  reader.problems.add("SG110", [...reader.path, key], `${quote(key)} is missing.`, { allowed });
}

/** Reports that a value is not what it should be. */
export function reportType(
  value: unknown,
  path: ConfigPath,
  problems: Problems,
  wanted: string,
): void {
  const name = path.at(-1);
  const subject = typeof name === "string" ? quote(name) : `Entry ${Number(name) + 1}`;
  problems.add("SG112", path, `${subject} should be ${wanted}, but is ${describe(value)}.`, {
    allowed: wanted,
  });
}

/** A value in the words of a message: short, and never its whole content. */
export function describe(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (typeof value === "string") {
    return quote(value.length > 60 ? `${value.slice(0, 59)}…` : value);
  }
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (typeof value === "bigint") return `the bigint ${value}n`;
  if (Array.isArray(value)) return "a list";
  if (typeof value === "function") return "a function";
  if (value instanceof Date) return "a Date";
  if (typeof value === "object") return "an object";
  return `a ${typeof value}`;
}

/** True for `{ … }`, and not for arrays, dates and other instances. */
export function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
