/**
 * The file system as the rooms see it: reads only. Paths are relative to the project's root and use `/`.
 * `output` alone writes, through its own port.
 */
export interface ReadFiles {
  /** The file's text, or `undefined` where there is none. Throws only when it exists and cannot be read. */
  read(path: string): string | undefined;
  exists(path: string): boolean;
  /** Names of the entries of a folder (folders end with `/`), sorted; empty where there is no folder. */
  list(path: string): readonly string[];
}
