import type { Diagnostic, Outcome } from "../kernel/diagnostic";
import type { ReadFiles } from "../kernel/files";
import type { HashFiles } from "./diskHashes";
import type { Change } from "./changes";
import { changesOf, isEffect } from "./changes";
import { contentHash } from "./contentHash";
import { fileDiagnostic } from "./fileErrors";
import { type Manifest, manifestPath, printManifest } from "./manifest";
import { finishSteps } from "./finishSteps";
import { spelledAsWanted } from "./letterCase";
import { type Pending, pendingPath, printPending } from "./pending";
import { folderOf, removeEmptyFolders } from "./folders";
import { temporaryPath } from "./temporaryFiles";
import type { WriteFiles } from "./writeFiles";

export interface WriteInput {
  readonly changes: readonly Change[];
  /** Hashes of the texts that the changes were worked out from, by path; `null` where there was no file. */
  readonly judged: ReadonlyMap<string, string | null>;
  /** `null` leaves the manifest as it is: nothing of ours changes. */
  readonly manifest: Manifest | null;
  readonly files: ReadFiles & Partial<HashFiles>;
  readonly disk: WriteFiles;
  /** Marks the temporary files of this run: lower-case letters and digits. */
  readonly run: string;
}

/**
 * Writes the changes, then the manifest.
 *
 * 1. A file is written beside its place and renamed, so that nobody ever reads half of one.
 * 2. Everything is on disk under temporary names before the first rename: a full disk changes nothing.
 * 3. New files come first, files that may use them next, removals after that, the manifest last.
 * 4. What is left to do is noted before the first rename; a run that dies in between is finished by the next one.
 * 5. A text that was saved since the changes were worked out is the user's: then nothing is written.
 * 6. Nothing is awaited: a signal is handled before or after, never in between.
 */
export function writeChanges(input: WriteInput): Outcome<null> {
  const { changes, files, disk } = input;
  const outside = refuseOutside(changes, disk);
  if (outside.length > 0) return { ok: false, diagnostics: outside };
  const saved = savedMeanwhile(input);
  if (saved.length > 0) return { ok: false, diagnostics: saved };

  const manifest = input.manifest === null ? null : printManifest(input.manifest);
  const writes = [
    ...changesOf(changes, "create"),
    ...changesOf(changes, "update"),
    ...changesOf(changes, "edit"),
    ...changesOf(changes, "merge"),
    ...(manifest === null || files.read(manifestPath) === manifest
      ? []
      : [{ path: manifestPath, text: manifest }]),
  ];
  const deletes = changesOf(changes, "delete").map(({ path }) => ({
    path,
    before: contentHash(files.read(path) ?? ""),
  }));
  if (writes.length + deletes.length === 0) return done;

  const staged: Pending["renames"][number][] = [];
  const folders = new Set<string>();
  let doing = pendingPath;
  try {
    for (const { path, text } of writes) {
      doing = path;
      staged.push(stage(path, text, input, folders));
    }
    doing = pendingPath;
    const pending = { renames: staged, deletes };
    const note = stage(pendingPath, printPending(pending), input, folders);
    try {
      disk.rename(note.temporary, note.path);
    } catch (error) {
      disk.remove(note.temporary);
      throw error;
    }
    return finishSteps(pending, files, disk);
  } catch (error) {
    for (const { temporary } of staged) {
      disk.remove(temporary);
      removeEmptyFolders(folderOf(temporary), disk);
    }
    const diagnostic = fileDiagnostic(error, `write ${doing}`);
    if (diagnostic === null) throw error;
    const hint = `Nothing was changed. ${diagnostic.hint ?? ""}`.trim();
    return { ok: false, diagnostics: [{ ...diagnostic, hint }] };
  }
}

function savedMeanwhile({ changes, judged, files }: WriteInput): readonly Diagnostic[] {
  return changes.filter(isEffect).flatMap(({ path }): readonly Diagnostic[] => {
    const before = judged.get(path);
    if (before === undefined) return [];
    const text = files.read(path);
    const now = text === undefined ? null : contentHash(text);
    // Of what is not UTF-8, the hash of the bytes is another one.
    if (now === before || files.hash?.(path) === before) return [];
    return [
      {
        code: "SG409",
        severity: "error",
        message: `${path} was saved while sync-gen was at work: nothing was changed.`,
        hint: "Run it again.",
      },
    ];
  });
}

/** One diagnostic for every change whose path, links followed, is not in the project. */
export function refuseOutside(changes: readonly Change[], disk: WriteFiles): readonly Diagnostic[] {
  return [...changes.filter(isEffect).map(({ path }) => path), manifestPath]
    .filter((path) => disk.locate(path) === null)
    .map((path) => ({
      code: "SG405",
      severity: "error",
      message: `${path} leads out of the project.`,
      allowed: "files inside the project's folder, also after links are followed",
      hint: "Remove the link, or choose another `out` folder in the config.",
    }));
}

const done: Outcome<null> = { ok: true, value: null, diagnostics: [] };

function stage(
  path: string,
  text: string,
  { files, disk, run }: WriteInput,
  /** Those that this run knows to be there. */
  folders: Set<string>,
): Pending["renames"][number] {
  const found = disk.locate(path);
  // The paths of changes were checked before; this is for a link that appeared since.
  if (found === null)
    throw Object.assign(new Error(`${path} leads out of the project`), { code: "EPERM" });
  const place = spelledAsWanted(path, found, files);
  const folder = folderOf(place);
  const temporary = temporaryPath(place, run);
  const before = files.read(place);
  if (!folders.has(folder)) disk.makeFolder(folder);
  folders.add(folder);
  try {
    disk.writeNew(temporary, text);
    if (before !== undefined) disk.copyMode(place, temporary);
  } catch (error) {
    disk.remove(temporary);
    throw error;
  }
  return { temporary, path: place, before: before === undefined ? null : contentHash(before) };
}
