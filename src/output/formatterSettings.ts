import type { ReadFiles } from "../kernel/files";
import { combinedHash } from "./contentHash";

const scripts = ["js", "cjs", "mjs", "ts", "cts", "mts"];
const notations = ["json", "json5", "yaml", "yml", "toml", ...scripts];
/** The names that prettier itself looks for. */
const settingsFiles = new Set([
  ".editorconfig",
  ".prettierrc",
  ...notations.map((ending) => `.prettierrc.${ending}`),
  ...scripts.map((ending) => `prettier.config.${ending}`),
]);
/** Counts with a "prettier" key. */
const packageFile = "package.json";
/** Counts in the folder that prettier is run in: for sync-gen the project's root, and never one above it. */
const ignoreFile = ".prettierignore";

/**
 * Hash of every prettier setting that can apply to these files, by its path from the project's root, which is the same on every machine;
 * empty when there is none. `above`: the folders above the root that prettier looks into as well.
 */
export function formatterSettings(
  files: ReadFiles,
  paths: Iterable<string>,
  above: readonly string[],
): string {
  const settings: Record<string, string> = {};
  const collect = (folder: string, names: readonly string[]): void => {
    for (const name of names) {
      const path = folder === "" ? name : `${folder}/${name}`;
      const text = files.read(path) ?? "";
      const setting = name === packageFile ? packageSetting(text) : text;
      if (setting !== null) settings[path] = setting;
    }
  };
  for (const folder of foldersOf(paths)) {
    const names = files.list(folder === "" ? "." : folder);
    const isWanted = (name: string): boolean =>
      settingsFiles.has(name) || name === packageFile || name === ignoreFile;
    collect(folder, names.filter(isWanted));
  }
  // Asked for one by one: how much else stands there is not the project's to know, and may be a lot.
  const wanted = [...settingsFiles, packageFile];
  for (const folder of above)
    collect(
      folder,
      wanted.filter((name) => files.exists(`${folder}/${name}`)),
    );
  return Object.keys(settings).length === 0 ? "" : combinedHash(settings);
}

/** Of the project: those that the files are in, and the folders around them. */
function foldersOf(paths: Iterable<string>): ReadonlySet<string> {
  const folders = new Set<string>([""]);
  for (const path of paths) {
    let end = path.lastIndexOf("/");
    while (end > 0 && !folders.has(path.slice(0, end))) {
      folders.add(path.slice(0, end));
      end = path.lastIndexOf("/", end - 1);
    }
  }
  return folders;
}

function packageSetting(text: string): string | null {
  if (!text.includes('"prettier"')) return null;
  try {
    const json: unknown = JSON.parse(text);
    // Safe: only read, and a value that is not an object has no such member.
    const setting = (json as { readonly prettier?: unknown } | null)?.prettier;
    return setting === undefined ? null : JSON.stringify(setting);
  } catch {
    // A package.json that does not parse is for `doctor` to report; prettier could not read it either.
    return null;
  }
}
