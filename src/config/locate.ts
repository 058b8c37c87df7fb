import type { SourceLocation } from "../kernel/diagnostic";
import type { ConfigPath } from "./problems";
import type { Place, Syntax } from "./syntax";

/** The value of a part of the config in its text; `undefined` when it is computed. */
export function findValue(syntax: Syntax, entryPath: string, path: ConfigPath): Place | undefined {
  let place = syntax.defaultExport(entryPath);
  for (const key of path) place = place && syntax.member(place, key)?.value;
  return place;
}

/** Where a part of the config stands, or the nearest part around it that can be found. */
export function locateInConfig(
  syntax: Syntax,
  entryPath: string,
  path: ConfigPath,
): SourceLocation | undefined {
  const start = syntax.defaultExport(entryPath);
  if (start === undefined) return undefined;
  let nearest = start;
  let value = start;
  for (const key of path) {
    const member = syntax.member(value, key);
    if (member === undefined) break;
    nearest = member.key;
    value = member.value;
  }
  const token = nearest.file.tokens.list[nearest.index];
  return token && locationAt(nearest.file.path, nearest.file.text, token.start);
}

/** Where the braces of a part of the config open, constants and imports followed; `undefined` when it is no object literal. */
export function locateObject(
  syntax: Syntax,
  entryPath: string,
  path: ConfigPath,
): SourceLocation | undefined {
  const value = findValue(syntax, entryPath, path);
  const place = value && syntax.follow(value);
  const token = place?.file.tokens.list[place.index];
  if (place === undefined || token?.source !== "{") return undefined;
  return locationAt(place.file.path, place.file.text, token.start);
}

/** Line and column of an offset, both counted from 1. */
export function locationAt(file: string, text: string, offset: number): SourceLocation {
  const before = text.slice(0, offset);
  const lineStart = before.lastIndexOf("\n") + 1;
  return { file, line: before.split("\n").length, column: offset - lineStart + 1 };
}
