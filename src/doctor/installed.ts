import { inFolder, readJsonObject } from "../config/packages";
import type { PackageManager } from "../config/workspace";
import type { ReadFiles } from "../kernel/files";

/** The version of a package in the `node_modules` of one folder of the project; `undefined` when it is not there. */
export function installedIn(files: ReadFiles, folder: string, name: string): string | undefined {
  const path = inFolder(folder, `node_modules/${name}/package.json`);
  const version = readJsonObject(files, path)?.["version"];
  return typeof version === "string" ? version : undefined;
}

/** The version that code in a folder gets: its own, or one of a folder above. */
export function installedFor(files: ReadFiles, folder: string, name: string): string | undefined {
  const segments = folder === "" ? [] : folder.split("/");
  return segments
    .map((_, index) => segments.slice(0, segments.length - index).join("/"))
    .concat("")
    .map((place) => installedIn(files, place, name))
    .find((version) => version !== undefined);
}

/** The command that installs what the package.json files say. */
export function installCommand(manager: PackageManager): string {
  return `${manager} install`;
}

/** The command that adds packages, run in the package's folder. */
export function addCommand(
  manager: PackageManager,
  packages: readonly string[],
  dev: boolean,
): string {
  const verb = manager === "npm" ? "install" : "add";
  const flag = dev ? " --save-dev" : "";
  const short = dev ? " -D" : "";
  return `${manager} ${verb}${manager === "npm" ? flag : short} ${packages.join(" ")}`;
}
