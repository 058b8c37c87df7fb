import type { ReadFiles } from "../kernel/files";
import { combinedHash } from "./contentHash";

// The names that prettier itself looks for; package.json counts only with a "prettier" key.
const settingsFile =
  /^(\.prettierrc(\.(json5?|ya?ml|toml|[cm]?[jt]s))?|prettier\.config\.[cm]?[jt]s|\.editorconfig|\.prettierignore)$/;

/** Hash of every prettier setting of the project that can apply to these files; empty when there is none. */
export function formatterSettings(files: ReadFiles, paths: Iterable<string>): string {
  const settings: Record<string, string> = {};
  for (const folder of foldersAbove(paths)) {
    const prefix = folder === "" ? "" : `${folder}/`;
    for (const name of files.list(folder === "" ? "." : folder)) {
      if (settingsFile.test(name)) settings[prefix + name] = files.read(prefix + name) ?? "";
      if (name === "package.json") {
        const setting = packageSetting(files.read(prefix + name) ?? "");
        if (setting !== null) settings[prefix + name] = setting;
      }
    }
  }
  return Object.keys(settings).length === 0 ? "" : combinedHash(settings);
}

function foldersAbove(paths: Iterable<string>): ReadonlySet<string> {
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
