import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Options } from "prettier";
import type { Outcome } from "../kernel/diagnostic";
import type { ReadFiles } from "../kernel/files";
import type { PlannedFile } from "../plan/plan";
import { foldersAbove } from "./foldersAbove";
import { formatterSettings } from "./formatterSettings";

/** Brings planned text into the style of the user's project. */
export interface Formatter {
  /** Hash of the prettier settings for these paths; empty when there are none. */
  settings(paths: Iterable<string>): string;
  /** The text as the user's prettier prints it; the same text where the user has no settings that differ from prettier's defaults. */
  format(file: FormattedFile): Promise<Outcome<string>>;
  /**
   * The text as prettier prints it by default, whatever style it came in; `null` when it does not parse.
   * `collapse` also undoes the line breaks that prettier keeps in object literals.
   */
  canonical(text: string, parser: string, objects: "preserve" | "collapse"): Promise<string | null>;
}

export type FormattedFile = Pick<PlannedFile, "path" | "text" | "parser">;

/** How prettier parses a file of this name; `null` for what it is not asked about. */
export function parserOf(path: string): FormattedFile["parser"] {
  if (/\.[cm]?[jt]sx?$/.test(path)) return "typescript";
  return path.endsWith(".json") ? "json" : null;
}

type Prettier = Pick<
  typeof import("prettier"),
  "format" | "resolveConfig" | "clearConfigCache" | "getFileInfo" | "getSupportInfo"
>;

/** A formatter for the project at `root`. Prettier is loaded when the first text needs it: its own version in the project, else ours. */
export function createFormatter(root: string, files: ReadFiles): Formatter {
  const above = foldersAbove(root);
  let hasGeneralSettings: boolean | undefined;
  const hasSettings = new Map<string, boolean>();
  let loading: Promise<Prettier> | undefined;
  let readingDefaults: Promise<ReadonlyMap<string, unknown>> | undefined;

  const load = () => (loading ??= loadPrettier(root).then(withFreshSettings));
  const loadDefaults = () => (readingDefaults ??= load().then(readDefaults));

  function mayApply(path: string): boolean {
    const folder = path.slice(0, path.lastIndexOf("/") + 1);
    const known = hasSettings.get(folder);
    if (known !== undefined) return known;
    // Those of the root and above it are looked for once, not again for every folder.
    hasGeneralSettings ??= formatterSettings(files, [], above) !== "";
    const found = hasGeneralSettings || formatterSettings(files, [path], []) !== "";
    hasSettings.set(folder, found);
    return found;
  }

  return {
    settings: (paths) => formatterSettings(files, paths, above),
    async format({ path, text, parser }) {
      if (parser === null || !mayApply(path)) return formatted(text);
      try {
        const prettier = await load();
        const options = await ownOptions(prettier, await loadDefaults(), root, path);
        if (options === null) return formatted(text);
        return formatted(
          await prettier.format(text, { parser, ...options, filepath: join(root, path) }),
        );
      } catch (error) {
        return {
          ok: false,
          diagnostics: [
            {
              code: "SG410",
              severity: "error",
              message: `Prettier could not format ${path}: ${firstLine(error)}`,
              hint: "Check the project's prettier configuration and its plugins; nothing was written.",
            },
          ],
        };
      }
    },
    async canonical(text, parser, objects) {
      try {
        return await (await load()).format(text, { parser, objectWrap: objects });
      } catch {
        return null;
      }
    },
  };
}

function formatted(text: string): Outcome<string> {
  return { ok: true, value: text, diagnostics: [] };
}

async function loadPrettier(root: string): Promise<Prettier> {
  let path: string;
  try {
    path = createRequire(join(root, "package.json")).resolve("prettier");
  } catch {
    return await import("prettier");
  }
  // Safe: a package of this name has had these functions since its first versions; another one throws, which is a formatter error.
  const module = (await import(pathToFileURL(path).href)) as Prettier & {
    readonly default?: Prettier;
  };
  return module.default ?? module;
}

/** Prettier remembers the settings that it found; they may be others since an earlier run of this process. */
async function withFreshSettings(prettier: Prettier): Promise<Prettier> {
  await prettier.clearConfigCache();
  return prettier;
}

async function readDefaults(prettier: Prettier): Promise<ReadonlyMap<string, unknown>> {
  const { options } = await prettier.getSupportInfo();
  return new Map(options.map(({ name, default: value }) => [name ?? "", value]));
}

/** The user's options where they differ from prettier's defaults, or `null` when formatting would change nothing. */
async function ownOptions(
  prettier: Prettier,
  defaults: ReadonlyMap<string, unknown>,
  root: string,
  path: string,
): Promise<Options | null> {
  const file = join(root, path);
  const { ignored } = await prettier.getFileInfo(file, {
    ignorePath: join(root, ".prettierignore"),
    resolveConfig: false,
  });
  if (ignored) return null;
  const options = await prettier.resolveConfig(file, { editorconfig: true });
  const differs = Object.entries(options ?? {}).some(([name, value]) =>
    name === "plugins" ? Array.isArray(value) && value.length > 0 : defaults.get(name) !== value,
  );
  return differs ? options : null;
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split("\n", 1)[0] ?? "";
}
