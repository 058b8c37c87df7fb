import { basename } from "node:path/posix";
import type { ReadFiles } from "../kernel/files";
import { folderOf } from "./folders";

/**
 * Where a disk does not tell letter case apart, a file may be found under another spelling of its name than the wanted one. `place` is where
 * `path` ends up, links followed: the same place, by the wanted name.
 */
export function spelledAsWanted(path: string, place: string, files: ReadFiles): string {
  const [wanted, found] = [basename(path), basename(place)];
  if (wanted === found || wanted.toLowerCase() !== found.toLowerCase()) return place;
  // An entry of this very name is a link to the other one.
  if (files.list(folderOf(path)).includes(wanted)) return place;
  const folder = folderOf(place);
  return folder === "." ? wanted : `${folder}/${wanted}`;
}

/** Whether two paths that differ in letter case alone lead to one file. */
export function isOneFile(path: string, other: string, files: ReadFiles): boolean {
  return !isSpelledSo(path, files) || !isSpelledSo(other, files);
}

/** Whether the disk has every name of the path in this very letter case. */
function isSpelledSo(path: string, files: ReadFiles): boolean {
  const [folder, name] = [folderOf(path), basename(path)];
  const names = files.list(folder);
  if (!names.includes(name) && !names.includes(`${name}/`)) return false;
  return folder === "." || isSpelledSo(folder, files);
}

/** Tells whether a path is one of these; a disk that does not tell letter case apart may list a file by the name that it had before. */
export function oneOfThese(paths: readonly string[], files: ReadFiles): (path: string) => boolean {
  const names = new Set(paths);
  const spellings = new Map(paths.map((path) => [path.toLowerCase(), path]));
  return (path) => {
    const other = spellings.get(path.toLowerCase());
    return names.has(path) || (other !== undefined && isOneFile(path, other, files));
  };
}
