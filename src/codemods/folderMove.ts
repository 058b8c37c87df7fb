import type { Diagnostic } from "../kernel/diagnostic";
import type { ReadFiles } from "../kernel/files";
import type { PlannedEdit } from "../plan/plan";
import { aliasReader } from "./aliases";
import { movedImportsEdit, userSources, type NewPlace } from "./movedImports";

interface Folders {
  readonly clientOut: string;
  readonly serverOut: string;
}

/** A run whose config names other folders than the last one did. */
export interface FolderMove {
  readonly files: ReadFiles;
  /** What the last run wrote, and the next one would. */
  readonly owned: readonly string[];
  /** What was written once, and is the user's. */
  readonly once: readonly string[];
  readonly before: Folders;
  readonly now: Folders;
}

/**
 * What emitted code in other folders means for the user's files: edits of the paths and aliases that lead to it, and a warning about functions that are
 * left behind. Which of those belong to the new folder, nobody but the user knows.
 */
export function planFolderMove(move: FolderMove): {
  readonly edits: readonly PlannedEdit[];
  readonly diagnostics: readonly Diagnostic[];
} {
  const { files, owned, before, now } = move;
  const newPlace = placesAfter(move);
  const isLeft = (path: string): boolean =>
    before.serverOut !== now.serverOut && path.startsWith(`${before.serverOut}/`);
  const aliasesAt = aliasReader(files);
  const edits = userSources(files, new Set(owned))
    .filter((path) => !isLeft(path))
    .map((path) => ({
      path,
      purpose: `follows the emitted code to its new folder in ${path}`,
      apply: movedImportsEdit({ path, aliases: aliasesAt(path), newPlace }),
    }))
    // A file that is planned for an edit is watched from then on: only those that have one.
    .filter(({ path, apply }) => apply(files.read(path)).kind !== "unchanged");
  return { edits, diagnostics: [...leftOnDevice(move), ...leftBehind(move)] };
}

function placesAfter({ owned, once, before, now }: FolderMove): NewPlace {
  const modules = new Set(
    [...owned, ...once].flatMap((path) => [path, path.replace(/\.tsx?$/, "")]),
  );
  modules.add(`${before.clientOut}/db/migrations`);
  return (path) => {
    if (!modules.has(path)) return undefined;
    for (const side of ["clientOut", "serverOut"] as const)
      if (before[side] !== now[side] && path.startsWith(`${before[side]}/`))
        return now[side] + path.slice(before[side].length);
    return undefined;
  };
}

/** The user's own text stays where it is, and a new file in the new folder is what runs. */
function leftOnDevice({ files, once, before, now }: FolderMove): readonly Diagnostic[] {
  if (before.clientOut === now.clientOut) return [];
  return once
    .filter((path) => path.startsWith(`${before.clientOut}/`) && files.exists(path))
    .map((path) => {
      const place = now.clientOut + path.slice(before.clientOut.length);
      return {
        code: "SG535",
        severity: "warning",
        message: `${path}: this file of yours stays in ${before.clientOut}, and ${place} is what runs.`,
        hint: `Move what you wrote to ${place}.`,
      };
    });
}

function leftBehind({ files, owned, before, now }: FolderMove): readonly Diagnostic[] {
  if (before.serverOut === now.serverOut) return [];
  const left = userSources(files, new Set(owned), before.serverOut);
  if (left.length === 0) return [];
  const scopes = `${before.serverOut}/syncScopes.ts`;
  const sharing = files.exists(scopes) ? ` and ${scopes} about who shares what` : "";
  return [
    {
      code: "SG535",
      severity: "warning",
      message: `${left.join(", ")}: ${left.length === 1 ? "this file of yours stays" : "these files of yours stay"} in ${before.serverOut}, and emitted functions stand in ${now.serverOut}.`,
      hint: `Move what you wrote to ${now.serverOut}, also what ${before.serverOut}/syncUser.ts says about who is signed in${sharing}, and let "functions" of convex.json name that folder.`,
    },
  ];
}
