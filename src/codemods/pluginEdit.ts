import type { ExpoApp } from "../config/workspace";
import type { ReadFiles } from "../kernel/files";
import type { PlannedEdit } from "../plan/plan";
import { appJsonEdit } from "./appJsonEdit";
import { appScriptEdit, passesOnAppJson } from "./appScriptEdit";

/** The edit that adds a config plugin to the app's configuration, in the file that decides; `null` where there is none. */
export function pluginEdit(files: ReadFiles, app: ExpoApp, plugin: string): PlannedEdit | null {
  const { appJson, appScript } = app;
  const script = appScript === null ? undefined : files.read(appScript);
  const inScript =
    script !== undefined && (appJson === null || !passesOnAppJson(script)) ? appScript : null;
  const path = inScript ?? appJson;
  if (path === null) return null;
  return {
    path,
    purpose: `adds the config plugin of ${plugin} to ${path}`,
    apply: inScript === null ? appJsonEdit(path, [plugin]) : appScriptEdit(path, [plugin]),
  };
}
