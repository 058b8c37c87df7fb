import type { Outcome } from "../kernel/diagnostic";
import type { ReadFiles } from "../kernel/files";
import { contentHash } from "./contentHash";
import { fileDiagnostic } from "./fileErrors";
import { folderOf, removeEmptyFolders } from "./folders";
import { isTemporaryOf } from "./temporaryFiles";
import { manifestPath } from "./manifest";
import { type Pending, type PendingRename, pendingPath } from "./pending";
import type { WriteFiles } from "./writeFiles";

/**
 * Carries out the last steps of a run, its own or those of one that died among them. A file that was written since they were noted is the
 * user's and stays.
 */
export function finishSteps(pending: Pending, files: ReadFiles, disk: WriteFiles): Outcome<null> {
  let doing = pendingPath;
  try {
    // The manifest goes last: until then the files of the last run are still known.
    const isManifest = ({ path }: PendingRename): boolean => path === manifestPath;
    for (const step of pending.renames.filter((rename) => !isManifest(rename))) {
      doing = `write ${step.path}`;
      finishRename(step, files, disk);
    }
    for (const { path, before } of pending.deletes) {
      doing = `remove ${path}`;
      if (disk.locate(path) === null) continue;
      const text = files.read(path);
      if (text === undefined || contentHash(text) !== before) continue;
      disk.remove(path);
      removeEmptyFolders(folderOf(path), disk);
    }
    for (const step of pending.renames.filter(isManifest)) {
      doing = `write ${step.path}`;
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

function finishRename(
  { temporary, path, before }: PendingRename,
  files: ReadFiles,
  disk: WriteFiles,
): void {
  // The note may come from anywhere, a cloned repository too: it moves our own temporary files and nothing else.
  if (!isTemporaryOf(temporary, path) || disk.locate(temporary) !== temporary) return;
  // Gone: this step was done before the run died.
  if (!files.exists(temporary)) return;
  const text = files.read(path);
  const hash = text === undefined ? null : contentHash(text);
  if (hash === before && disk.locate(path) === path) disk.rename(temporary, path);
  else disk.remove(temporary);
}
