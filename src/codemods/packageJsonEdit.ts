import type { Node } from "jsonc-parser";
import type { TextEdit } from "../plan/plan";
import { insertItems, jsonEdit, keyOf, member, membersOf, type ParsedJson } from "./jsonEdit";
import { judgeRange, type Requirement } from "./packageVersions";
import type { Splice } from "./textSpans";

const sections = ["dependencies", "devDependencies", "peerDependencies"] as const;

/**
 * Adds missing packages to a `package.json` and raises those that are too old. What is listed anywhere in a version that works, newer than we know,
 * or not by version (`workspace:*`, `catalog:`) stays.
 */
export function packageJsonEdit(path: string, requirements: readonly Requirement[]): TextEdit {
  return jsonEdit({
    path,
    snippet: snippetOf(requirements),
    find: (parsed) => [
      ...requirements.flatMap((one) => raise(parsed, one)),
      ...(["dependencies", "devDependencies"] as const).flatMap((section) =>
        add(
          parsed,
          section,
          requirements.filter((one) => one.section === section && !isListed(parsed.root, one.name)),
        ),
      ),
    ],
  });
}

function snippetOf(requirements: readonly Requirement[]): string {
  const lines = (section: string): string =>
    requirements
      .filter((one) => one.section === section)
      .sort((one, other) => byName(one.name, other.name))
      .map((one) => `    ${JSON.stringify(one.name)}: ${JSON.stringify(one.range)}`)
      .join(",\n");
  const written = ["dependencies", "devDependencies"]
    .filter((section) => lines(section) !== "")
    .map((section) => `  "${section}": {\n${lines(section)}\n  }`);
  return `{\n${written.join(",\n")}\n}\n`;
}

function isListed(root: Node, name: string): boolean {
  return sections.some((section) => member(member(root, section), name) !== undefined);
}

function raise({ root }: ParsedJson, requirement: Requirement): readonly Splice[] {
  return (["dependencies", "devDependencies"] as const).flatMap((section) => {
    const range = member(member(root, section), requirement.name);
    if (range?.type !== "string" || judgeRange(String(range.value), requirement) !== "too-old")
      return [];
    const text = JSON.stringify(requirement.range);
    return [{ start: range.offset, end: range.offset + range.length, text }];
  });
}

function add(
  parsed: ParsedJson,
  section: "dependencies" | "devDependencies",
  missing: readonly Requirement[],
): readonly Splice[] {
  if (missing.length === 0) return [];
  const sorted = [...missing].sort((one, other) => byName(one.name, other.name));
  const written = sorted.map((one) => `${JSON.stringify(one.name)}: ${JSON.stringify(one.range)}`);
  const existing = member(parsed.root, section);
  if (existing === undefined) {
    const keys = membersOf(parsed.root).map(keyOf);
    const after = section === "devDependencies" ? keys.indexOf("dependencies") : -1;
    const block = `"${section}": {\n  ${written.join(",\n  ")}\n}`;
    return [insertItems(parsed, parsed.root, after === -1 ? keys.length - 1 : after, [block])];
  }
  const names = membersOf(existing).map(keyOf);
  if (names.length === 0) return [insertItems(parsed, existing, -1, written)];
  const isSorted = names.every(
    (name, index) => index === 0 || byName(names[index - 1] ?? "", name) < 0,
  );
  const placeOf = (name: string): number =>
    isSorted ? names.filter((one) => byName(one, name) < 0).length - 1 : names.length - 1;
  const places = [...new Set(sorted.map((one) => placeOf(one.name)))];
  return places.map((place) =>
    insertItems(
      parsed,
      existing,
      place,
      written.filter((_, index) => placeOf(sorted[index]?.name ?? "") === place),
    ),
  );
}

/** The order that npm, pnpm and yarn write. */
function byName(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
