import { inFolder } from "../config/packages";
import { appOf, detectWorkspace, type ExpoApp, type Workspace } from "../config/workspace";
import type { Diagnostic } from "../kernel/diagnostic";
import type { ReadFiles } from "../kernel/files";
import type { PlannedEdit } from "../plan/plan";
import { bundledVersions } from "./bundledVersions";
import { relativeImport } from "../kernel/relativeImport";
import { entryEdit, entryRemoval, mainEdit } from "./entryEdit";
import { userSources } from "./movedImports";
import { packageJsonEdit } from "./packageJsonEdit";
import { backgroundPackages, pinned } from "./packageVersions";
import { pluginEdit } from "./pluginEdit";

/** An edit for the sync in the background, with the part of it that it stands for. */
export interface BackgroundEdit extends PlannedEdit {
  readonly part: "backgroundPackages" | "backgroundPlugin" | "entry";
}

/** The module that the app's entry runs, without its ending. */
export function backgroundModule(clientOut: string): string {
  return `${clientOut}/providers/backgroundSync`;
}

/** The user's own file of it: who is signed in where React does not run. */
export function backgroundConnection(clientOut: string): string {
  return `${clientOut}/providers/connectInBackground.ts`;
}

/**
 * The edits of the user's own files that `client.background` asks for: the packages, the config plugin, and a line in the
 * app's entry, which runs before, and without, anything that is rendered.
 */
export function planBackgroundEdits(
  files: ReadFiles,
  workspace: Workspace,
  clientOut: string,
): readonly BackgroundEdit[] {
  const app = appOf(workspace, clientOut);
  if (!app) return [];
  const plugin = pluginEdit(files, app, "expo-background-task");
  return [
    packagesEdit(files, app),
    ...(plugin === null ? [] : [{ ...plugin, part: "backgroundPlugin" } as const]),
    ...entryEdits(files, app, backgroundModule(clientOut)),
  ];
}

/** Takes the line out of the files that have it, once the config no longer asks for it. */
export function planBackgroundRemoval(
  files: ReadFiles,
  edited: readonly string[],
  clientOut: string,
): readonly PlannedEdit[] {
  const module = backgroundModule(clientOut);
  return (
    edited
      .filter((path) => /\.[jt]sx?$/.test(path))
      .map((path) => ({
        path,
        purpose: `takes the sync in the background out of ${path}`,
        apply: entryRemoval({ path, module }),
      }))
      // A file that is planned for an edit is watched from then on: only those that have one.
      .filter(({ path, apply }) => apply(files.read(path)).kind !== "unchanged")
  );
}

/** What `generate` leaves of the sync in the background to the user, in the run that ends it. */
export function backgroundRemains(
  files: ReadFiles,
  { once, clientOut }: { readonly once: readonly string[]; readonly clientOut: string },
): readonly Diagnostic[] {
  const connection = backgroundConnection(clientOut);
  if (!once.includes(connection)) return [];
  const app = appOf(detectWorkspace(files), clientOut);
  const packages = backgroundPackages
    .map(({ name }) => name)
    .filter((name) => app?.package.dependencies[name] !== undefined);
  const steps = [
    ...(files.exists(connection) ? [`delete ${connection}, whose imports are gone`] : []),
    ...(packages.length > 0
      ? [
          `take ${packages.join(" and ")} out of ${inFolder(app?.package.folder ?? "", "package.json")}, and "expo-background-task" out of the plugins, unless tasks of your own need them`,
        ]
      : []),
  ];
  return [
    {
      code: "SG538",
      severity: "warning",
      message:
        "client.background is gone from the config: builds that hold its packages are started by the platform all the same, for nothing.",
      hint: `${[...steps, "make a new build"].join("; then ").replace(/^./, (first) => first.toUpperCase())}.`,
    },
  ];
}

function packagesEdit(files: ReadFiles, app: ExpoApp): BackgroundEdit {
  const path = inFolder(app.package.folder, "package.json");
  const bundled = bundledVersions(files, app);
  const missing = backgroundPackages.filter(({ name }) => !app.package.dependencies[name]);
  const command = `npx expo install ${missing.map(({ name }) => name).join(" ")}`;
  return {
    part: "backgroundPackages",
    path,
    purpose: `lists what the sync in the background needs in ${path}`,
    apply:
      bundled === null && missing.length > 0
        ? () => ({
            kind: "manual",
            reason: `${path} was left alone because the versions for its Expo SDK are not known here.`,
            snippet: `${command}\n`,
          })
        : packageJsonEdit(path, pinned(backgroundPackages, bundled)),
  };
}

const router = "expo-router/entry";

function entryEdits(files: ReadFiles, app: ExpoApp, module: string): readonly BackgroundEdit[] {
  const { folder, main } = app.package;
  const edit = (path: string, create?: string): BackgroundEdit => ({
    part: "entry",
    path,
    purpose: `starts the sync in the background in ${path}`,
    apply: entryEdit({ path, module }, create),
  });
  const own = ownEntry(files, app);
  if (own !== null) return [edit(own)];
  // Expo Router loads an app's layouts only when it renders: they are too late.
  const name = app.typescript ? "index.ts" : "index.js";
  const manifest = inFolder(folder, "package.json");
  const isRouter = main?.replace(/\.js$/, "") === router;
  const there = files.read(inFolder(folder, name));
  if (!isRouter || there?.includes(router) === false) return [byHand(files, app, module)];
  return [
    edit(inFolder(folder, name), router),
    {
      part: "entry",
      path: manifest,
      purpose: `starts the app with ${name} in ${manifest}`,
      apply: mainEdit(manifest, name),
    },
  ];
}

/** The file that the app starts with, where it is one of the user's. */
function ownEntry(files: ReadFiles, { package: { folder, main }, entry }: ExpoApp): string | null {
  const isExpos = main === null || /(?:^|\/)expo\/AppEntry(?:\.js)?$/.test(main);
  const stem = isExpos ? "index" : main.replace(/^\.\//, "");
  const endings = isExpos ? [] : [""];
  const found = [...endings, ".ts", ".tsx", ".js", ".jsx"]
    .map((ending) => inFolder(folder, stem + ending))
    .find((path) => /\.[jt]sx?$/.test(path) && files.exists(path));
  if (found !== undefined && !(isExpos && main !== null)) return found;
  return isExpos && entry?.kind === "component" ? entry.path : null;
}

/** How the app starts is not known: some file of it has to have the line. */
function byHand(files: ReadFiles, app: ExpoApp, module: string): BackgroundEdit {
  const path = inFolder(app.package.folder, "package.json");
  return {
    part: "entry",
    path,
    purpose: "starts the sync in the background",
    apply: () =>
      userSources(files, new Set(), app.package.folder).some((one) =>
        mentions(files.read(one) ?? "", module),
      )
        ? { kind: "unchanged" }
        : {
            kind: "manual",
            reason: `The file that the app starts with was not found: "main" of ${path} names none.`,
            snippet: `// In the file that the app starts with, by the path from there:\nimport "${relativeImport(app.package.folder, module)}";\n`,
          },
  };
}

/** Whether a file names the module in an import, by whatever path or alias. */
function mentions(text: string, module: string): boolean {
  const tail = module.split("/").slice(-2).join("/");
  return [`/${tail}"`, `/${tail}'`].some((end) => text.includes(end));
}
