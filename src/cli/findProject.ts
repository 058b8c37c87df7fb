import { existsSync, realpathSync, statSync } from "node:fs";
import { dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import { configNames } from "../config/configNames";
import type { Diagnostic } from "../kernel/diagnostic";

/** Where a command works. */
export type FoundProject =
  | {
      readonly kind: "found";
      readonly root: string;
      readonly config: string;
      /** There is no config, and `--cwd` names no folder: only `init` works in one, and only where that is meant. */
      readonly rootIsAssumed: boolean;
    }
  | { readonly kind: "wrong"; readonly diagnostic: Diagnostic };

/** Where the user says that the project is. */
export interface ProjectWish {
  /** The folder that the command was started in; absolute. */
  readonly start: string;
  readonly cwd: string | undefined;
  readonly config: string | undefined;
}

/**
 * The project's root and the config in it. `--cwd` is as good as a change of the folder. The root is the folder of the config that `--config`
 * names, where that is this folder or one above it, else this folder; without `--config` the nearest folder that holds a config.
 */
export function findProject({ start, cwd, config }: ProjectWish): FoundProject {
  const folder = resolve(start, cwd ?? ".");
  if (!(statSync(folder, { throwIfNoEntry: false })?.isDirectory() ?? false)) {
    return wrong(`There is no folder ${folder}.`, "Check --cwd.");
  }
  if (config !== undefined) {
    const path = resolve(folder, config);
    const home = dirname(path);
    const isHome = isBelow(folder, home) || (cwd === undefined && isAbsolute(config));
    const root = isHome ? home : folder;
    if (!isBelow(path, root)) {
      return wrong(
        `The config ${path} is not in the project ${root}.`,
        "Say with --cwd which folder is the project.",
      );
    }
    return {
      kind: "found",
      root: realpathSync(root),
      config: relative(root, path).split(sep).join("/"),
      rootIsAssumed: cwd === undefined && !existsSync(path),
    };
  }
  for (let above = folder; ; above = dirname(above)) {
    const name = configNames.find((candidate) => existsSync(join(above, candidate)));
    if (name !== undefined)
      return { kind: "found", root: realpathSync(above), config: name, rootIsAssumed: false };
    if (above === dirname(above)) break;
  }
  const rootIsAssumed = cwd === undefined;
  return { kind: "found", root: realpathSync(folder), config: configNames[0], rootIsAssumed };
}

/** True also for the folder itself. */
function isBelow(path: string, folder: string): boolean {
  const inside = relative(folder, path);
  return inside !== ".." && !inside.startsWith(`..${sep}`) && !isAbsolute(inside);
}

function wrong(message: string, hint: string): FoundProject {
  return { kind: "wrong", diagnostic: { code: "SG905", severity: "error", message, hint } };
}
