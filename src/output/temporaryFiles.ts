import type { ReadFiles } from "../kernel/files";
import { folderOf } from "./folders";
import { manifestPath } from "./manifest";
import type { WriteFiles } from "./writeFiles";

/** Where a run stages the text of a file: beside it, so that a rename stays on one disk, and hidden, so that no bundler picks it up. */
export function temporaryPath(path: string, run: string): string {
  const folder = folderOf(path);
  const name = `.${path.slice(path.lastIndexOf("/") + 1)}.sync-gen-${run}.tmp`;
  return folder === "." ? name : `${folder}/${name}`;
}

/** True for the name of a staged file. */
export function isTemporaryName(name: string): boolean {
  return /^\..+\.sync-gen-[a-z0-9]+\.tmp$/.test(name);
}

/** True when some run may have staged `path` as `temporary`. */
export function isTemporaryOf(temporary: string, path: string): boolean {
  const name = temporary.slice(temporary.lastIndexOf("/") + 1);
  const base = path.slice(path.lastIndexOf("/") + 1);
  return (
    folderOf(temporary) === folderOf(path) && isTemporaryName(name) && name.startsWith(`.${base}.`)
  );
}

/** Removes the temporary files that a run which was killed left beside these files. */
export function sweepTemporaryFiles(
  paths: Iterable<string>,
  files: ReadFiles,
  disk: WriteFiles,
): void {
  const folders = new Set([...paths, manifestPath].map(folderOf));
  for (const folder of folders) {
    for (const name of files.list(folder)) {
      if (isTemporaryName(name)) disk.remove(folder === "." ? name : `${folder}/${name}`);
    }
  }
}
