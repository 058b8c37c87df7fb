import type { ReadFiles } from "../kernel/files";
import type { PieceTexts } from "../render/pieces";
import { contentHash } from "./contentHash";
import type { HashFiles } from "./diskHashes";
import { fileDiagnostic } from "./fileErrors";
import { folderOf } from "./folders";
import { temporaryPath } from "./temporaryFiles";
import type { WriteFiles } from "./writeFiles";

/** Where the texts of the last run are kept: beside the packages, where tools keep what may be deleted at any time. */
const piecesPath = "node_modules/.cache/sync-gen/pieces.json";

/** The texts that an earlier run of the same build kept; none when there are none, or when they are not what that run wrote. */
export function readPieces(files: ReadFiles, build: string): PieceTexts {
  const text = files.read(piecesPath);
  if (text === undefined) return {};
  const end = text.indexOf("\n");
  const body = text.slice(end + 1);
  if (text.slice(0, end) !== signature(build, body)) return {};
  // Safe: the signature is that of a text which `keepPieces` wrote.
  return JSON.parse(body) as PieceTexts;
}

/**
 * Whether it was another build of this version that kept texts last: while sync-gen itself is worked on, its version and its templates stay
 * the same though its code does not. A project where nothing is kept does not say.
 */
export function wasAnotherBuild(files: HashFiles, build: string): boolean {
  const line = files.firstLine(piecesPath);
  return line !== undefined && !line.startsWith(`${build} `);
}

export interface KeepInput {
  readonly texts: PieceTexts;
  readonly build: string;
  readonly files: ReadFiles;
  readonly disk: WriteFiles;
  /** Marks the temporary file of this run. */
  readonly run: string;
}

/** Keeps the texts for the next run, in projects that have a `node_modules`. What the disk refuses costs the next run time, and nothing else. */
export function keepPieces({ texts, build, files, disk, run }: KeepInput): void {
  if (!files.exists("node_modules")) return;
  const place = disk.locate(piecesPath);
  if (place === null) return;
  const body = JSON.stringify(texts);
  const temporary = temporaryPath(place, run);
  try {
    disk.makeFolder(folderOf(place));
    disk.writeNew(temporary, `${signature(build, body)}\n${body}`);
    disk.rename(temporary, place);
  } catch (error) {
    if (fileDiagnostic(error, "keep") === null) throw error;
    disk.remove(temporary);
  }
}

function signature(build: string, body: string): string {
  return `${build} ${contentHash(body)}`;
}
