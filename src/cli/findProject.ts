import { existsSync, realpathSync, statSync } from "node:fs";
import { dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import type { Diagnostic } from "../kernel/diagnostic";

/** The config's names, the first one being the one that `init` writes. */
const configNames = [
  "sync.config.ts",
  "sync.config.mts",
  "sync.config.cts",
  "sync.config.js",
  "sync.config.mjs",
  "sync.config.cjs",
] as const;

/** Where a command works. */
export type FoundProject =
  | { readonly kind: "found"; readonly root: string; readonly config: string }
  | { readonly kind: "wrong"; readonly diagnostic: Diagnostic };

export interface ProjectWish {
  /** The folder that the command was started in; absolute. */
  readonly start: string;
  readonly cwd: string | undefined;
  readonly config: string | undefined;
}

/**
 * The project's root and the config in it: `--config` decides, with the folder of the config as root unless `--cwd` says otherwise; else the
 * nearest folder that holds a config; else the folder itself.
 */
export function findProject({ start, cwd, config }: ProjectWish): FoundProject {
  const folder = resolve(start, cwd ?? ".");
  if (!(statSync(folder, { throwIfNoEntry: false })?.isDirectory() ?? false)) {
    return wrong(`There is no folder ${folder}.`, "Check --cwd.");
  }
  if (config !== undefined) {
    const path = resolve(folder, config);
    const root = cwd === undefined && isAbsolute(config) ? dirname(path) : folder;
    const inside = relative(root, path).split(sep).join("/");
    if (inside.startsWith("../") || isAbsolute(inside)) {
      return wrong(
        `The config ${path} is not in the project ${root}.`,
        "Say with --cwd which folder is the project.",
      );
    }
    return { kind: "found", root: realpathSync(root), config: inside };
  }
  for (let above = folder; ; above = dirname(above)) {
    const name = configNames.find((candidate) => existsSync(join(above, candidate)));
    if (name !== undefined) return { kind: "found", root: realpathSync(above), config: name };
    // With --cwd the folder is what the user says it is.
    if (cwd !== undefined || above === dirname(above)) break;
  }
  return { kind: "found", root: realpathSync(folder), config: configNames[0] };
}

function wrong(message: string, hint: string): FoundProject {
  return { kind: "wrong", diagnostic: { code: "SG905", severity: "error", message, hint } };
}
