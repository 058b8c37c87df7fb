import { accessSync, constants, existsSync } from "node:fs";
import { dirname } from "node:path";

/**
 * The folders above the project's root that belong to its repository, the nearest first, as paths from the root: up to the one that holds
 * `.git`. Where a copy has no repository, as in a container, all that can be read: what stands in its folders is what stands in the
 * repository's.
 */
export function foldersAbove(root: string): readonly string[] {
  const folders: string[] = [];
  let folder = root;
  while (!existsSync(`${folder}/.git`)) {
    const above = dirname(folder);
    if (above === folder || !isReadable(above)) break;
    const below = folders.at(-1);
    folders.push(below === undefined ? ".." : `../${below}`);
    folder = above;
  }
  return folders;
}

function isReadable(folder: string): boolean {
  try {
    accessSync(folder, constants.R_OK | constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
