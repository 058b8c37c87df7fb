import type { Diagnostic, Outcome } from "../kernel/diagnostic";
import type { Change, Effect } from "./changes";
import { isEffect } from "./changes";
import { contentHash } from "./contentHash";
import { fileDiagnostic } from "./fileErrors";
import type { Manifest } from "./manifest";
import { manifestPath, printManifest } from "./manifest";
import { pendingPath } from "./pending";
import type { WriteFiles } from "./writeFiles";

export interface WriteInput {
  readonly changes: readonly Change[];
  readonly manifest: Manifest;
  readonly disk: WriteFiles;
  /** Marks the temporary files of this run: letters and digits. */
  readonly run: string;
}

interface StagedFile {
  readonly path: string;
  readonly temporary: string;
}

const temporaryName = /^\..+\.sync-gen-[a-z0-9]+\.tmp$/;

/**
 * Writes the changes, then the manifest.
 *
 * 1. A file is written beside its place and renamed, so that nobody ever reads half of one.
 * 2. Everything is on disk under temporary names before the first rename: a full disk changes nothing.
 * 3. New files come first, files that may use them next, removals after that, the manifest last.
 * 4. A run that dies between two renames leaves a note of what it was writing; the next run takes those files for ours.
 * 5. Nothing is awaited: a signal is handled before or after, never in between.
 */
export function writeChanges(input: WriteInput): Outcome<null> {
  const effects = input.changes.filter(isEffect);
  const outside = refuseOutside(effects, input.disk);
  if (outside.length > 0) return { ok: false, diagnostics: outside };

  const writes = [
    ...ofKind(effects, "create"),
    ...ofKind(effects, "update"),
    ...ofKind(effects, "edit"),
  ];
  const staged: StagedFile[] = [];
  let renamed = 0;
  let doing = "write";
  try {
    doing = `write ${pendingPath}`;
    if (effects.length > 0) replace(pendingPath, printPending(writes), input);
    for (const { path, text } of writes) {
      doing = `write ${path}`;
      staged.push(stage(path, text, input));
    }
    doing = `write ${manifestPath}`;
    const manifest = stage(manifestPath, printManifest(input.manifest), input);
    staged.push(manifest);

    for (const file of staged.slice(0, -1)) {
      doing = `write ${file.path}`;
      input.disk.rename(file.temporary, file.path);
      renamed++;
    }
    for (const { path } of ofKind(effects, "delete")) {
      doing = `remove ${path}`;
      removeFile(path, input.disk);
    }
    doing = `write ${manifestPath}`;
    input.disk.rename(manifest.temporary, manifest.path);
    input.disk.remove(pendingPath);
    return { ok: true, value: null, diagnostics: [] };
  } catch (error) {
    const diagnostic = fileDiagnostic(error, doing);
    cleanUp(staged.slice(renamed), renamed === 0, input.disk);
    if (diagnostic === null) throw error;
    const state =
      renamed === 0
        ? "Nothing was changed."
        : `${renamed} of ${writes.length} files were written; the next run completes them.`;
    return {
      ok: false,
      diagnostics: [{ ...diagnostic, hint: `${state} ${diagnostic.hint ?? ""}`.trim() }],
    };
  }
}

/** One diagnostic for every change whose path, links followed, is not in the project. */
export function refuseOutside(changes: readonly Change[], disk: WriteFiles): readonly Diagnostic[] {
  return changes
    .filter(isEffect)
    .filter(({ path }) => disk.locate(path) === null)
    .map(({ path }) => ({
      code: "SG405",
      severity: "error",
      message: `${path} leads out of the project.`,
      allowed: "files inside the project's folder, also after links are followed",
      hint: "Remove the link, or choose another `out` folder in the config.",
    }));
}

/** Removes the temporary files that a run which was killed left beside these files. */
export function sweepTemporaryFiles(paths: Iterable<string>, disk: WriteFiles): void {
  const folders = new Set([...paths, manifestPath].map(folderOf));
  for (const folder of folders) {
    for (const name of disk.list(folder)) {
      if (temporaryName.test(name)) disk.remove(`${folder}/${name}`);
    }
  }
}

function ofKind<Kind extends Effect["kind"]>(
  effects: readonly Effect[],
  kind: Kind,
): readonly Extract<Effect, { kind: Kind }>[] {
  return effects.filter(
    (effect): effect is Extract<Effect, { kind: Kind }> => effect.kind === kind,
  );
}

function printPending(writes: readonly { readonly path: string; readonly text: string }[]): string {
  return JSON.stringify(
    Object.fromEntries(writes.map(({ path, text }) => [path, contentHash(text)])),
  );
}

function stage(path: string, text: string, { disk, run }: WriteInput): StagedFile {
  // Not null: `refuseOutside` went first, and our own folder is checked here.
  const place = disk.locate(path);
  if (place === null)
    throw Object.assign(new Error(`${path} leads out of the project`), { code: "EPERM" });
  const folder = folderOf(place);
  const temporary = `${folder}/.${place.slice(place.lastIndexOf("/") + 1)}.sync-gen-${run}.tmp`;
  disk.makeFolder(folder);
  try {
    disk.writeNew(temporary, text);
    disk.copyMode(place, temporary);
  } catch (error) {
    disk.remove(temporary);
    throw error;
  }
  return { path: place, temporary };
}

function replace(path: string, text: string, input: WriteInput): void {
  const file = stage(path, text, input);
  input.disk.rename(file.temporary, file.path);
}

function removeFile(path: string, disk: WriteFiles): void {
  disk.remove(path);
  let folder = folderOf(path);
  while (folder !== "." && disk.removeEmptyFolder(folder)) folder = folderOf(folder);
}

function cleanUp(staged: readonly StagedFile[], nothingChanged: boolean, disk: WriteFiles): void {
  for (const { temporary } of staged) {
    disk.remove(temporary);
    let folder = folderOf(temporary);
    while (folder !== "." && disk.removeEmptyFolder(folder)) folder = folderOf(folder);
  }
  if (nothingChanged) disk.remove(pendingPath);
}

function folderOf(path: string): string {
  const end = path.lastIndexOf("/");
  return end < 0 ? "." : path.slice(0, end);
}
