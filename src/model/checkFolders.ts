import type { Problems } from "../config/problems";
import type { ConfigShape, MergeShape } from "../config/shape";
import { relativeImport } from "../kernel/relativeImport";
import { quote } from "../kernel/text";
import type { TableModel } from "./model";
import { isWithin, projectPath } from "./paths";
import { emittedFolders } from "./reserved";

/** Where code is emitted to, relative to the project's root. */
export interface Folders {
  readonly clientOut: string;
  readonly serverOut: string;
}

/** The two output folders; `null`, and reported, when they are not two good places. */
export function checkFolders(shape: ConfigShape, problems: Problems): Folders | null {
  // An empty path was reported as missing or as of the wrong type.
  const clientOut =
    shape.client.out === "" ? null : projectPath(shape.client.out, ["client", "out"], problems);
  const serverOut =
    shape.server.out === "" ? null : projectPath(shape.server.out, ["server", "out"], problems);
  if (clientOut === null || serverOut === null) return null;
  // Ignoring case, as the file systems of macOS and Windows do.
  const client = clientOut.toLowerCase();
  const server = serverOut.toLowerCase();
  if (isWithin(client, server)) {
    const message =
      client === server
        ? `Device and server code would both be written to ${quote(clientOut)}.`
        : `${quote(clientOut)} lies in ${quote(serverOut)}, and Convex would take the device code for its own.`;
    problems.add("SG232", ["client", "out"], message, {
      allowed: "a folder outside the Convex functions folder",
    });
  }
  const taken = [...emittedFolders].find((folder) => isWithin(server, `${client}/${folder}`));
  if (taken !== undefined) {
    problems.add(
      "SG232",
      ["server", "out"],
      `${quote(serverOut)} lies in ${quote(`${clientOut}/${taken}`)}, which holds device code.`,
      {
        allowed: "a folder of its own",
      },
    );
  }
  return { clientOut, serverOut };
}

/** How `<client.out>/sync/TableRegistry.ts` imports Convex's `api`. */
export function checkApiImport(
  api: string | null,
  folders: Folders,
  detected: string | null,
  problems: Problems,
): string {
  const source = `${folders.clientOut}/sync`;
  const fallback = detected ?? relativeImport(source, `${folders.serverOut}/_generated/api`);
  if (api === null) return fallback;
  const path = ["client", "api"];
  if (/^\.\.?\//.test(api)) {
    const module = projectPath(api, path, problems);
    return module === null ? fallback : relativeImport(source, module);
  }
  if (/^[@~#A-Za-z0-9][^\s"'`\\:]*$/.test(api)) return api;
  problems.add("SG234", path, `${quote(api)} is not a module that can be imported.`, {
    allowed:
      'a package ("@acme/backend/convex/_generated/api"), or a path from the project\'s root ("./convex/_generated/api")',
  });
  return fallback;
}

/** Where the merge function of a `custom` table is; `null`, and reported, when that is no good place. */
export function checkMergeModule(
  merge: MergeShape,
  table: string,
  places: { readonly folders: Folders | null; exists(path: string): boolean },
  problems: Problems,
): { readonly path: string; readonly export: string } | null {
  const path = ["tables", table, "merge"];
  const module = projectPath(merge.path, path, problems);
  if (!/^[\p{ID_Start}_$][\p{ID_Continue}$]*$/u.test(merge.export)) {
    problems.add("SG234", path, `${quote(merge.export)} cannot be the name of an export.`, {
      allowed: '"./merge/tasks#mergeTasks"',
    });
    return null;
  }
  if (module === null) return null;
  const { folders, exists } = places;
  const inside =
    folders !== null && isWithin(module, folders.serverOut)
      ? module.slice(folders.serverOut.length + 1)
      : "";
  if (/[^A-Za-z0-9_./]/.test(inside)) {
    problems.add(
      "SG233",
      path,
      `${quote(module)} lies in the Convex functions folder, where Convex refuses this name.`,
      {
        allowed: "letters, digits, _ and . in names below the functions folder",
      },
    );
    return null;
  }
  // Without its ending, because emitted imports have none.
  const stem = module.replace(/\.[cm]?[jt]sx?$/, "");
  if (moduleFile(stem, exists) === undefined) {
    problems.add("SG235", path, `There is no file ${quote(module)}.`, {
      allowed: `a module that exports ${merge.export}, with its path from the project's root`,
      hint: `Create ${stem}.ts: export const ${merge.export}: CustomMerge = (input) => …`,
    });
    return null;
  }
  return { path: stem, export: merge.export };
}

/** The files of the user's merge functions. */
export function mergeFiles(
  tables: readonly Pick<TableModel, "policy">[],
  exists: (path: string) => boolean,
): readonly string[] {
  const found = tables.flatMap(({ policy: { module } }) =>
    module === null ? [] : (moduleFile(module.path, exists) ?? []),
  );
  return [...new Set(found)];
}

/** The file that a module's path without its ending leads to; `undefined` where there is none. */
function moduleFile(stem: string, exists: (path: string) => boolean): string | undefined {
  return moduleEndings.map((ending) => stem + ending).find(exists);
}

const moduleEndings = [".ts", ".tsx", ".js", ".mjs", "/index.ts", "/index.js"];
