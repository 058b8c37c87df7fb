import { inFolder } from "../config/packages";
import { appOf } from "../config/workspace";
import type { Diagnostic } from "../kernel/diagnostic";
import type { Project } from "./diagnoseProject";
import { installedIn } from "./installed";

/** Packages that keep state in the module: a second copy has hooks, contexts or tables of its own. */
const singletons = [
  { name: "react", breaks: 'hooks fail with "Invalid hook call"' },
  { name: "react-native", breaks: "native modules are registered twice" },
  { name: "convex", breaks: "the app's provider is not the one that the hooks look for" },
  { name: "drizzle-orm", breaks: "tables of one copy are strangers to the other" },
  { name: "expo-sqlite", breaks: "its native module is registered twice" },
] as const;

/** Whether the app would be built with two versions of a package that must be there once. */
export function checkDuplicates(project: Project): readonly Diagnostic[] {
  const { files, workspace, config } = project;
  const app = appOf(workspace, config?.clientOut ?? "")?.package;
  if (!app) return [];
  const backend = workspace.backend?.package;
  const folders = [...new Set(["", app.folder, ...(backend ? [backend.folder] : [])])];
  return singletons.flatMap(({ name, breaks }) => {
    const copies = folders.flatMap((folder) => {
      const version = installedIn(files, folder, name);
      return version === undefined ? [] : [{ folder, version }];
    });
    if (new Set(copies.map((copy) => copy.version)).size < 2) return [];
    const places = copies.map(
      ({ folder, version }) => `${version} in ${inFolder(folder, "node_modules")}`,
    );
    return [
      {
        code: "SG526",
        severity: name === "convex" && backend?.folder !== "" ? "warning" : "error",
        message: `There are several versions of ${name} (${places.join(", ")}): ${breaks}.`,
        hint: `Use one version of ${name} in every package.json, then install again; "overrides" (npm, pnpm, bun) or "resolutions" (yarn) in the root settle it.`,
      },
    ];
  });
}
