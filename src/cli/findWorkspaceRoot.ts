import { homedir } from "node:os";
import { relative, resolve, sep } from "node:path";
import { findPackages, workspaceGlobs } from "../config/packages";
import { foldersAbove } from "../output/foldersAbove";
import { readProject } from "../output/projectDisk";

/**
 * The root of the workspace that a folder is a package of, as a path from the folder; `null` where it is of none. Looked for as far as the
 * repository goes, and below the home folder.
 */
export function findWorkspaceRoot(folder: string): string | null {
  for (const above of foldersAbove(folder)) {
    const root = resolve(folder, above);
    if (root === homedir()) return null;
    const files = readProject(root);
    const path = relative(root, folder).split(sep).join("/");
    if (workspaceGlobs(files).length > 0 && findPackages(files).some((one) => one.folder === path))
      return above;
  }
  return null;
}
