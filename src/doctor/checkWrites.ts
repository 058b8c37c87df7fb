import { findRawWrites } from "../codemods/rawWrites";
import { inFolder } from "../config/packages";
import type { Diagnostic } from "../kernel/diagnostic";
import type { ReadFiles } from "../kernel/files";
import { storedName } from "../model/model";
import type { Project } from "./diagnoseProject";

const writers: Readonly<Record<string, string>> = {
  insert: "insert(…)",
  patch: "patch(…)",
  replace: "patch(…)",
  delete: "remove(…)",
};

/** Whether the user's Convex functions write to synced tables without the emitted writers: no device would ever see the change. */
export function checkWrites(project: Project): readonly Diagnostic[] {
  const { files, config, emitted } = project;
  if (!config) return [];
  const names = new Map(config.tables.map((table) => [storedName(table), table.name]));
  return convexFiles(files, config.serverOut)
    .filter((path) => !emitted.has(path))
    .flatMap((path) => findRawWrites(path, files.read(path) ?? "", [...names.keys()]))
    .map(({ table, operation, location }) => ({
      code: "SG529",
      severity: "error",
      message: `ctx.db.${operation} writes to the synced table "${table}" without a stamp, so no device sees the change.`,
      location,
      hint: `Use the emitted writers: synced(ctx, "${names.get(table) ?? table}").${writers[operation] ?? "patch(…)"} of ${config.serverOut}/syncWriters.`,
    }));
}

/** Files of functions; a name with two dots (`tasks.test.ts`) is none to Convex, and `_generated` is its own. */
export function convexFiles(files: ReadFiles, folder: string): readonly string[] {
  return files.list(folder).flatMap((name): readonly string[] => {
    const path = inFolder(folder, name.replace(/\/$/, ""));
    if (!name.endsWith("/")) return /^[^.]+\.[jt]sx?$/.test(name) ? [path] : [];
    return ["_generated/", "node_modules/", "syncEngine/"].includes(name)
      ? []
      : convexFiles(files, path);
  });
}
