import type { WriteFiles } from "./writeFiles";

/** The folder of a path; `.` for the project's root. */
export function folderOf(path: string): string {
  const end = path.lastIndexOf("/");
  return end < 0 ? "." : path.slice(0, end);
}

/** Removes a folder and those above it, as long as they are empty. */
export function removeEmptyFolders(folder: string, disk: WriteFiles): void {
  let next = folder;
  while (next !== "." && disk.removeEmptyFolder(next)) next = folderOf(next);
}
