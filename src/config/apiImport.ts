import { relativeImport } from "../kernel/relativeImport";
import type { WorkspacePackage } from "./packages";
import { packageOf, type Workspace } from "./workspace";

/**
 * How a file in a folder of `clientOut` (`<clientOut>/sync/TableRegistry.ts`) imports Convex's generated `api`: by the backend package's name
 * when the app depends on that package and it lets `api` out, else by a relative path.
 *
 * @example
 * apiImport(workspace, { clientOut: "apps/native/src", serverOut: "packages/backend/convex" }); // "@acme/backend/convex/_generated/api"
 */
export function apiImport(
  workspace: Workspace,
  folders: { readonly clientOut: string; readonly serverOut: string },
): string {
  const generated = `${folders.serverOut}/_generated/api`;
  const app = packageOf(workspace, folders.clientOut);
  const backend = packageOf(workspace, folders.serverOut);
  return (
    packageImport(app, backend, generated) ?? relativeImport(`${folders.clientOut}/sync`, generated)
  );
}

function packageImport(
  app: WorkspacePackage | undefined,
  backend: WorkspacePackage | undefined,
  generated: string,
): string | undefined {
  if (!app || !backend?.name || app.folder === backend.folder) return undefined;
  if (app.dependencies[backend.name] === undefined) return undefined;
  const inside = backend.folder === "" ? generated : generated.slice(backend.folder.length + 1);
  if (backend.exports === undefined) return `${backend.name}/${inside}`;
  const subpath = exportedAs(backend.exports, inside);
  return subpath === undefined ? undefined : backend.name + subpath.slice(1);
}

/** The subpath (`./convex/api`) under which `exports` lets the module `inside` out. */
function exportedAs(exports: unknown, inside: string): string | undefined {
  if (typeof exports !== "object" || exports === null || Array.isArray(exports)) return undefined;
  for (const [subpath, value] of Object.entries(exports)) {
    if (!subpath.startsWith("./") && subpath !== ".") continue;
    for (const target of targetsOf(value)) {
      const found = matchTarget(subpath, target.replace(/^\.\//, ""), inside);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

/** All paths that one entry of `exports` may lead to, whatever its conditions. */
function targetsOf(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(targetsOf);
}

const moduleEndings = ["", ".js", ".d.ts", ".ts"] as const;

function matchTarget(subpath: string, target: string, inside: string): string | undefined {
  const star = target.indexOf("*");
  if (star === -1) {
    return moduleEndings.some((ending) => target === inside + ending) ? subpath : undefined;
  }
  const before = target.slice(0, star);
  const after = target.slice(star + 1);
  // A pattern without an ending resolves to exactly the path that is asked for, so the import has to name the file.
  const file = after === "" ? `${inside}.js` : inside + after;
  if (!moduleEndings.some((ending) => file === inside + ending)) return undefined;
  if (!file.startsWith(before)) return undefined;
  return subpath.replace("*", file.slice(before.length, file.length - after.length));
}
