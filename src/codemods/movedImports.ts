import { posix } from "node:path";
import { inFolder } from "../config/packages";
import type { SourceLocation } from "../kernel/diagnostic";
import type { ReadFiles } from "../kernel/files";
import { relativeImport } from "../kernel/relativeImport";
import type { TextEdit } from "../plan/plan";
import { morph, parseSource, splices, sourceEdit } from "./syntax";
import { quoted } from "./textSpans";

/** Where a module stands now that stood at a path before, both relative to the project's root; `undefined` for one that did not move. */
export type NewPlace = (path: string) => string | undefined;

/** A relative path, in a file of the user's, that leads to a place that an emitted file has left. */
export interface MovedImport {
  /** As the file has it: `./src/hooks/useTasks`. */
  readonly written: string;
  /** What leads to the new place: `./offline/hooks/useTasks`. */
  readonly wanted: string;
  /** The new place, relative to the project's root. */
  readonly target: string;
  readonly location: SourceLocation;
}

/** Finds the relative paths of a file, in imports and elsewhere, whose target moved; none in a file with a syntax error. */
export function findMovedImports(
  path: string,
  text: string,
  newPlace: NewPlace,
): readonly MovedImport[] {
  if (!mentionsMoved(path, text, newPlace)) return [];
  const parsed = parseSource(path, text);
  return (parsed ? movedLiterals(path, parsed.source, newPlace) : []).map(
    ({ node, written, wanted, target }) => {
      const { line, column } = node.getSourceFile().getLineAndColumnAtPos(node.getStart());
      return { written, wanted, target, location: { file: path, line, column } };
    },
  );
}

/** Lets a file's relative paths lead to where emitted files moved. */
export function movedImportsEdit(path: string, newPlace: NewPlace): TextEdit {
  return sourceEdit({
    path,
    isDone: (text) => !mentionsMoved(path, text, newPlace),
    snippet: "// Let every import of emitted code lead to its new folder.\n",
    find: ({ source, style }) =>
      splices(
        ...movedLiterals(path, source, newPlace).map(({ node, wanted }) => ({
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
function mentionsMoved(path: string, text: string, newPlace: NewPlace): boolean {
  return [...text.matchAll(/["'](\.\.?\/[^"'\n]*)["']/g)].some(
    ([, written = ""]) => newPlace(targetOf(path, written)) !== undefined,
  );
}

function movedLiterals(
  path: string,
  source: NonNullable<ReturnType<typeof parseSource>>["source"],
  newPlace: NewPlace,
) {
  const { SyntaxKind } = morph();
  return source.getDescendantsOfKind(SyntaxKind.StringLiteral).flatMap((node) => {
    const written = node.getLiteralValue();
    const target = /^\.\.?\//.test(written) ? newPlace(targetOf(path, written)) : undefined;
    if (target === undefined) return [];
    return [{ node, written, target, wanted: relativeImport(folderOf(path), target) }];
  });
}

function targetOf(path: string, written: string): string {
  return posix.join(folderOf(path) || ".", written);
}

function folderOf(path: string): string {
  return path.includes("/") ? path.replace(/\/[^/]*$/, "") : "";
}
