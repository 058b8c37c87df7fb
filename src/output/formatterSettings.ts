import type { ReadFiles } from "../kernel/files";
import { combinedHash } from "./contentHash";

// The names that prettier itself looks for; package.json counts only with a "prettier" key.
const settingsFile =
  /^(\.prettierrc(\.(json5?|ya?ml|toml|[cm]?[jt]s))?|prettier\.config\.[cm]?[jt]s|\.editorconfig)$/;
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
  const folders = foldersOf(paths);
  for (const folder of [...folders, ...above]) {
    const prefix = folder === "" ? "" : `${folder}/`;
    for (const name of files.list(folder === "" ? "." : folder)) {
      if (settingsFile.test(name) || (name === ignoreFile && folders.has(folder)))
        settings[prefix + name] = files.read(prefix + name) ?? "";
      if (name === "package.json") {
        const setting = packageSetting(files.read(prefix + name) ?? "");
        if (setting !== null) settings[prefix + name] = setting;
      }
    }
  }
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
