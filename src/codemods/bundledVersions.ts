import { inFolder, readJsonObject } from "../config/packages";
import type { ExpoApp } from "../config/workspace";
import type { ReadFiles } from "../kernel/files";
import { knownBundledVersions, type BundledVersions } from "./packageVersions";

/** The versions that Expo pins for the app's SDK: of the installed Expo, else as far as known here; `null` when not known. */
export function bundledVersions(files: ReadFiles, app: ExpoApp): BundledVersions | null {
  const path = "node_modules/expo/bundledNativeModules.json";
  return (
    readJsonObject(files, inFolder(app.package.folder, path)) ??
    readJsonObject(files, path) ??
    knownBundledVersions(app.package.dependencies["expo"] ?? "")
  );
}
