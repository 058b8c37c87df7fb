import { posix } from "node:path";
import { inFolder } from "../config/packages";
import type { SourceLocation } from "../kernel/diagnostic";
import type { ReadFiles } from "../kernel/files";
import { relativeImport } from "../kernel/relativeImport";
import type { TextEdit } from "../plan/plan";
import type { Alias } from "./aliases";
import { morph, parseSource, splices, sourceEdit } from "./syntax";
import { quoted } from "./textSpans";

/** Where a module stands now that stood at a path before, both relative to the project's root; `undefined` for one that did not move. */
export type NewPlace = (path: string) => string | undefined;

/** A path or an alias, in a file of the user's, that leads to a place that an emitted file has left. */
export interface MovedImport {
  /** As the file has it: `./src/hooks/useTasks`. */
  readonly written: string;
  /** What leads to the new place: `./offline/hooks/useTasks`. */
  readonly wanted: string;
  /** The new place, relative to the project's root. */
  readonly target: string;
  readonly location: SourceLocation;
}

/** A file of the user's, and what leads elsewhere now. */
export interface MovedFor {
  readonly path: string;
  /** Those that hold in the file. */
  readonly aliases: readonly Alias[];
  readonly newPlace: NewPlace;
}

/** Finds the relative paths and aliases of a file, in imports and elsewhere, whose target moved; none in a file with a syntax error. */
export function findMovedImports(moved: MovedFor, text: string): readonly MovedImport[] {
  const { path } = moved;
  if (!mentionsMoved(moved, text)) return [];
  const parsed = parseSource(path, text);
  return (parsed ? movedLiterals(moved, parsed.source) : []).map(
    ({ node, written, wanted, target }) => {
      const { line, column } = node.getSourceFile().getLineAndColumnAtPos(node.getStart());
      return { written, wanted, target, location: { file: path, line, column } };
    },
  );
}

/** Lets a file's relative paths and aliases lead to where emitted files moved. */
export function movedImportsEdit(moved: MovedFor): TextEdit {
  return sourceEdit({
    path: moved.path,
    isDone: (text) => !mentionsMoved(moved, text),
    snippet: "// Let every import of emitted code lead to its new folder.\n",
    find: ({ source, style }) =>
      splices(
        ...movedLiterals(moved, source).map(({ node, wanted }) => ({
          start: node.getStart(),
          end: node.getEnd(),
          text: quoted(wanted, style),
        })),
      ),
  });
}

/** The user's own source files: not what is installed, built or emitted. */
export function userSources(
  files: ReadFiles,
  emitted: ReadonlySet<string>,
  folder = "",
): readonly string[] {
  return files.list(folder === "" ? "." : folder).flatMap((name): readonly string[] => {
    const path = inFolder(folder, name.replace(/\/$/, ""));
    if (name.endsWith("/"))
      return /^\./.test(name) || notSources.has(name) ? [] : userSources(files, emitted, path);
    return /\.[cm]?[jt]sx?$/.test(name) && !emitted.has(path) ? [path] : [];
  });
}

const notSources = new Set([
  "node_modules/",
  "_generated/",
  "android/",
  "ios/",
  "build/",
  "dist/",
  "coverage/",
]);

/** Cheap, and never wrong about a file that has none: most files need no parser. */
function mentionsMoved(moved: MovedFor, text: string): boolean {
  // Without the quotes themselves: an apostrophe in a comment does not hide what follows.
  return [...text.matchAll(/(?<=["'])[^"'\n]+(?=["'])/g)].some(
    ([written]) => newPlaceOf(moved, written) !== undefined,
  );
}

function movedLiterals(
  moved: MovedFor,
  source: NonNullable<ReturnType<typeof parseSource>>["source"],
) {
  const { SyntaxKind } = morph();
  return source.getDescendantsOfKind(SyntaxKind.StringLiteral).flatMap((node) => {
    const written = node.getLiteralValue();
    const target = newPlaceOf(moved, written);
    return target === undefined
      ? []
      : [{ node, written, target, wanted: importOf(moved, written, target) }];
  });
}

function newPlaceOf({ path, aliases, newPlace }: MovedFor, written: string): string | undefined {
  if (isRelative(written)) return newPlace(posix.join(folderOf(path) || ".", written));
  const alias = aliases.find(({ prefix }) => written.startsWith(prefix));
  return alias && newPlace(alias.folder + written.slice(alias.prefix.length));
}

/** By the alias that was written, where it reaches the target. */
function importOf({ path, aliases }: MovedFor, written: string, target: string): string {
  const alias = aliases.find(({ prefix }) => written.startsWith(prefix));
  return alias !== undefined && target.startsWith(alias.folder)
    ? alias.prefix + target.slice(alias.folder.length)
    : relativeImport(folderOf(path), target);
}

function isRelative(written: string): boolean {
  return /^\.\.?\//.test(written);
}

function folderOf(path: string): string {
  return path.includes("/") ? path.replace(/\/[^/]*$/, "") : "";
}
