import { aliasReader } from "../codemods/aliases";
import { findMovedImports, userSources, type NewPlace } from "../codemods/movedImports";
import { inFolder } from "../config/packages";
import { functionsFolders, packageOf } from "../config/workspace";
import type { Diagnostic } from "../kernel/diagnostic";
import type { Project } from "./diagnoseProject";

/** Whether the user's files, and Convex, look for emitted code in the folders that the config names. */
export function checkFolders(project: Project): readonly Diagnostic[] {
  const { files, emitted, config } = project;
  if (!config) return [];
  const newPlace = placesNow(project, config);
  const owned = new Set([...emitted].filter((path) => !isDrizzleConfig(path)));
  const aliasesAt = aliasReader(files);
  const lost = userSources(files, owned).flatMap((path) =>
    findMovedImports({ path, aliases: aliasesAt(path), newPlace }, files.read(path) ?? ""),
  );
  return [
    ...lost.map(({ written, wanted, target, location }): Diagnostic => ({
      code: "SG533",
      severity: "error",
      message: `${location.file} looks for emitted code at "${written}", where there is none.`,
      location,
      hint: isSibling(written)
        ? `Emitted functions stand in ${config.serverOut}: move this file there.`
        : `It is "${wanted}" now (${target}).`,
    })),
    ...checkFunctions(project, config.serverOut),
  ];
}

/** Written once, and then the user's; it names emitted files all the same. */
function isDrizzleConfig(path: string): boolean {
  return /(?:^|\/)drizzle\.config\.ts$/.test(path);
}

/** `./syncTables`: a file of the user's beside the emitted functions, or where they were. */
function isSibling(written: string): boolean {
  return /^\.\/[^/]+$/.test(written);
}

/** Where an emitted file stands whose path ends as one does that leads nowhere: `src/hooks/useTasks`, `./syncTables`. */
function placesNow(
  { files, emitted }: Project,
  { clientOut, serverOut }: { readonly clientOut: string; readonly serverOut: string },
): NewPlace {
  const modules = new Map<string, string>([["db/migrations", `${clientOut}/db/migrations`]]);
  for (const path of emitted) {
    const out = [clientOut, serverOut].find((folder) => path.startsWith(`${folder}/`));
    if (out === undefined) continue;
    const inside = path.slice(out.length + 1);
    // Two folders may have a file `types`; a path of several parts, or a name such as syncTables, is nobody else's.
    if (out === clientOut ? inside.includes("/") : /^sync[^/]*$/.test(inside))
      for (const name of [inside, withoutEnding(inside)]) modules.set(name, `${out}/${name}`);
  }
  return (path) => {
    if (endings.some((ending) => files.exists(path + ending))) return undefined;
    const parts = path.split("/");
    const known = parts.map((_, index) => modules.get(parts.slice(index).join("/")));
    return known.find((place) => place !== undefined && place !== path);
  };
}

const endings = ["", ".ts", ".tsx", ".d.ts", ".js", ".jsx"];

function withoutEnding(path: string): string {
  return path.replace(/\.tsx?$/, "");
}

function checkFunctions({ files, workspace }: Project, serverOut: string): readonly Diagnostic[] {
  const deployed = functionsFolders(files, workspace);
  if (deployed.length === 0 || deployed.includes(serverOut)) return [];
  const folder = packageOf(workspace, serverOut)?.folder ?? "";
  const inside = folder === "" ? serverOut : serverOut.slice(folder.length + 1);
  return [
    {
      code: "SG534",
      severity: "error",
      message: `Convex deploys the functions in ${deployed.join(", ")}; the config emits them into ${serverOut}.`,
      hint: `Say "functions": "${inside}/" in ${inFolder(folder, "convex.json")}, or correct server.out.`,
    },
  ];
}
