import type { Outcome } from "../kernel/diagnostic";
import type { ReadFiles } from "../kernel/files";
import { contentHash } from "./contentHash";
import { fileDiagnostic } from "./fileErrors";
import { folderOf, removeEmptyFolders } from "./folders";
import { spelledAsWanted } from "./letterCase";
import { isTemporaryOf } from "./temporaryFiles";
import { type FileRecord, manifestPath, parseManifest, printManifest } from "./manifest";
import { type Pending, type PendingRename, pendingPath } from "./pending";
import type { WriteFiles } from "./writeFiles";

/**
 * Carries out the last steps of a run, its own or those of one that died among them. A file that was written since they were noted is the
 * user's and stays; the manifest then says of it what it said before.
 */
export function finishSteps(pending: Pending, files: ReadFiles, disk: WriteFiles): Outcome<null> {
  let doing = pendingPath;
  try {
    // The manifest goes last: until then the files of the last run are still known.
    const isManifest = ({ path }: PendingRename): boolean => path === manifestPath;
    const skipped: string[] = [];
    for (const step of pending.renames.filter((rename) => !isManifest(rename))) {
      doing = `write ${step.path}`;
      if (!finishRename(step, files, disk)) skipped.push(step.path);
    }
    for (const { path, before } of pending.deletes) {
      doing = `remove ${path}`;
      if (disk.locate(path) === null) continue;
      const text = files.read(path);
      if (text === undefined) continue;
      if (contentHash(text) !== before) {
        skipped.push(path);
        continue;
      }
      disk.remove(path);
      removeEmptyFolders(folderOf(path), disk);
    }
    for (const step of pending.renames.filter(isManifest)) {
      doing = `write ${step.path}`;
      if (skipped.length > 0) keepRecords(skipped, step, files, disk);
      finishRename(step, files, disk);
    }
    doing = `remove ${pendingPath}`;
    disk.remove(pendingPath);
    return { ok: true, value: null, diagnostics: [] };
  } catch (error) {
    const diagnostic = fileDiagnostic(error, doing);
    if (diagnostic === null) throw error;
    const hint =
      `A part of the files is written; the next run completes it. ${diagnostic.hint ?? ""}`.trim();
    return { ok: false, diagnostics: [{ ...diagnostic, hint }] };
  }
}

/** False for a file that stays as the user wrote it meanwhile. */
function finishRename(step: PendingRename, files: ReadFiles, disk: WriteFiles): boolean {
  const { temporary, path, before } = step;
  if (!isOurs(step, disk)) return true;
  // Gone: this step was done before the run died.
  if (!files.exists(temporary)) return true;
  const text = files.read(path);
  const hash = text === undefined ? null : contentHash(text);
  const place = disk.locate(path);
  const isMeant = hash === before && place !== null && spelledAsWanted(path, place, files) === path;
  if (!isMeant) {
    disk.remove(temporary);
    return false;
  }
  // What is replaced hands on the spelling of its name, so that it gets the wanted one first.
  if (place !== path) disk.rename(place, path);
  disk.rename(temporary, path);
  return true;
}

/** The note may come from anywhere, a cloned repository too: it moves our own temporary files and nothing else. */
function isOurs({ temporary, path }: PendingRename, disk: WriteFiles): boolean {
  return isTemporaryOf(temporary, path) && disk.locate(temporary) === temporary;
}

/** Gives the staged manifest the records that these files had: what stands there was made from what they describe. */
function keepRecords(
  paths: readonly string[],
  step: PendingRename,
  files: ReadFiles,
  disk: WriteFiles,
): void {
  const { temporary } = step;
  if (!isOurs(step, disk)) return;
  const next = parseManifest(files.read(temporary));
  const last = parseManifest(files.read(manifestPath));
  if (!next.ok || !last.ok || !files.exists(temporary)) return;
  const records: Record<string, FileRecord> = { ...next.value.files };
  for (const path of paths) {
    const record = last.value.files[path];
    if (record === undefined) Reflect.deleteProperty(records, path);
    else records[path] = record;
  }
  disk.remove(temporary);
  // Without inputs, no run takes the short way past them.
  disk.writeNew(temporary, printManifest({ ...next.value, inputs: {}, files: records }));
}
