/** The file system as `output` writes it. Paths are relative to the project's root and use `/`. Every call is synchronous and throws Node's errors. */
export interface WriteFiles {
  /** Where a path ends up once links are followed; `null` when that is outside of the project. */
  locate(path: string): string | null;
  /** With every folder above it. */
  makeFolder(path: string): void;
  /** Fails when the file exists. */
  writeNew(path: string, text: string): void;
  /** Gives `to` the permissions of `from`, when that exists. */
  copyMode(from: string, to: string): void;
  rename(from: string, to: string): void;
  /** No error when there is none. */
  remove(path: string): void;
  /** True when the folder was empty and is gone. */
  removeEmptyFolder(path: string): boolean;
}
