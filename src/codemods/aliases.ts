import { parse } from "jsonc-parser";
import { posix } from "node:path";
import type { ReadFiles } from "../kernel/files";

/** A pattern of a tsconfig's `paths`, up to the star: `@/` → `src/`; `folder` is relative to the project's root, and empty for the root. */
export interface Alias {
  readonly prefix: string;
  readonly folder: string;
}

/**
 * Looks up which aliases hold in a file, the longest first: those of the nearest tsconfig.json above it, or of what that one extends in the
 * project.
 */
export function aliasReader(files: ReadFiles): (path: string) => readonly Alias[] {
  const known = new Map<string, readonly Alias[]>();
  const inFolder = (folder: string): readonly Alias[] => {
    const found = known.get(folder) ?? readFolder(folder);
    known.set(folder, found);
    return found;
  };
  const readFolder = (folder: string): readonly Alias[] => {
    const own = ["tsconfig.json", "jsconfig.json"]
      .map((name) => posix.join(folder, name))
      .find((path) => files.exists(path));
    if (own !== undefined) return aliasesOf(own, files, 0) ?? [];
    return folder === "." ? [] : inFolder(posix.dirname(folder));
  };
  return (path) => inFolder(posix.dirname(path));
}

/** `undefined` where neither the file nor what it extends has any. */
function aliasesOf(path: string, files: ReadFiles, depth: number): readonly Alias[] | undefined {
  const config = objectOf(parse(files.read(path) ?? "", [], { allowTrailingComma: true }));
  const options = objectOf(config["compilerOptions"]);
  const folder = posix.dirname(path);
  if (options["paths"] === undefined) {
    // Two that extend each other go round for ever.
    if (depth > 8) return undefined;
    return [config["extends"]]
      .flat()
      .filter((one) => typeof one === "string" && /^\.\.?\//.test(one))
      .map((one) => posix.join(folder, `${String(one).replace(/\.json$/, "")}.json`))
      .reverse()
      .map((one) => aliasesOf(one, files, depth + 1))
      .find((aliases) => aliases !== undefined);
  }
  const { baseUrl } = options;
  const base = typeof baseUrl === "string" ? posix.join(folder, baseUrl) : folder;
  return Object.entries(objectOf(options["paths"]))
    .flatMap(([pattern, targets]): readonly Alias[] => {
      // Of several targets, the files that are there decide; and one without a star leads to one file.
      const [target, ...others] = Array.isArray(targets) ? (targets as readonly unknown[]) : [];
      if (typeof target !== "string" || others.length > 0) return [];
      if (!target.endsWith("*") || !/[^*]\*$/.test(pattern)) return [];
      const at = posix.join(base, target.slice(0, -1)).replace(/^\.\//, "");
      return [{ prefix: pattern.slice(0, -1), folder: at }];
    })
    .sort((a, b) => b.prefix.length - a.prefix.length);
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  // Safe: the line asks; an array has no keys that anybody asks for.
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}
