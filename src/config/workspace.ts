import type { ReadFiles } from "../kernel/files";
import {
  findPackages,
  inFolder,
  readJsonObject,
  workspaceGlobs,
  type WorkspacePackage,
} from "./packages";

/** Who installs the project's packages. */
export type PackageManager = "npm" | "pnpm" | "yarn" | "bun";

/** The project as it stands: its packages, its Expo apps, its Convex functions. Facts only, no wishes. */
export interface Workspace {
  readonly packageManager: PackageManager;
  /** Whether the root declares workspaces. */
  readonly monorepo: boolean;
  /** Every package, the root first. */
  readonly packages: readonly WorkspacePackage[];
  /** Packages that depend on `expo`, those that already use Convex first. */
  readonly apps: readonly ExpoApp[];
  /** Where Convex functions stand or would stand, for the first of the apps; `null` when there is no package. */
  readonly backend: ConvexBackend | null;
}

/** An Expo app. Paths are relative to the project's root. */
export interface ExpoApp {
  readonly package: WorkspacePackage;
  /** What the app's first screen grows from: the root layout of Expo Router, or the `App` component. */
  readonly entry: { readonly kind: "router" | "component"; readonly path: string } | null;
  /** `app.json`. */
  readonly appJson: string | null;
  /** `app.config.ts` or `.js`; Expo lets it win over `app.json`. */
  readonly appScript: string | null;
  readonly metroConfig: string | null;
  readonly typescript: boolean;
  /** Where emitted device code goes unless the config says otherwise. */
  readonly clientOut: string;
}

/** A Convex functions folder. Paths are relative to the project's root. */
export interface ConvexBackend {
  /** The package that holds the folder. */
  readonly package: WorkspacePackage;
  /** The functions folder: `functions` of `convex.json`, else `convex`. */
  readonly functions: string;
  /** Whether the folder exists. */
  readonly exists: boolean;
  /** The user's own schema and crons. */
  readonly schema: string | null;
  readonly crons: string | null;
}

/** Finds the packages, Expo apps and Convex functions of a project: one app, or a monorepo of npm, pnpm, yarn or bun. */
export function detectWorkspace(files: ReadFiles): Workspace {
  const packages = findPackages(files);
  const apps = packages
    .filter((candidate) => candidate.dependencies["expo"] !== undefined)
    .map((candidate) => describeApp(files, candidate))
    .sort((one, other) => usesConvex(other.package) - usesConvex(one.package));
  return {
    packageManager: findPackageManager(files),
    monorepo: workspaceGlobs(files).length > 0,
    packages,
    apps,
    backend: findBackend(files, packages, apps[0]?.package),
  };
}

/** Where the Convex functions of one of the apps stand or would stand. */
export function backendOf(
  files: ReadFiles,
  { packages }: Workspace,
  app: ExpoApp,
): ConvexBackend | null {
  return findBackend(files, packages, app.package);
}

/** The package whose folder holds `path`: the deepest one, so that a nested package wins over the root. */
export function packageOf(workspace: Workspace, path: string): WorkspacePackage | undefined {
  return workspace.packages
    .filter((candidate) => candidate.folder === "" || `${path}/`.startsWith(`${candidate.folder}/`))
    .sort((one, other) => other.folder.length - one.folder.length)[0];
}

/** Whether the package that holds the Convex functions depends on Convex Auth. */
export function usesConvexAuth(workspace: Workspace, serverOut: string): boolean {
  return packageOf(workspace, serverOut)?.dependencies["@convex-dev/auth"] !== undefined;
}

/** The app that holds `clientOut`, or the first one when none does. */
export function appOf(workspace: Workspace, clientOut: string): ExpoApp | undefined {
  const owner = packageOf(workspace, clientOut);
  return workspace.apps.find((app) => app.package.folder === owner?.folder) ?? workspace.apps.at(0);
}

const lockfiles: readonly (readonly [string, PackageManager])[] = [
  ["pnpm-lock.yaml", "pnpm"],
  ["pnpm-workspace.yaml", "pnpm"],
  ["bun.lock", "bun"],
  ["bun.lockb", "bun"],
  ["yarn.lock", "yarn"],
  ["package-lock.json", "npm"],
];

function findPackageManager(files: ReadFiles): PackageManager {
  const declared = readJsonObject(files, "package.json")?.["packageManager"];
  const named = typeof declared === "string" ? /^(npm|pnpm|yarn|bun)@/.exec(declared)?.[1] : "";
  // Safe: the expression matches nothing else.
  if (named) return named as PackageManager;
  return lockfiles.find(([file]) => files.exists(file))?.[1] ?? "npm";
}

function describeApp(files: ReadFiles, app: WorkspacePackage): ExpoApp {
  const first = (...names: readonly string[]): string | null =>
    names.map((name) => inFolder(app.folder, name)).find((path) => files.exists(path)) ?? null;
  return {
    package: app,
    entry: findEntry(app, first),
    appJson: first("app.json"),
    appScript: first("app.config.ts", "app.config.js", "app.config.mjs", "app.config.cjs"),
    metroConfig: first(
      "metro.config.js",
      "metro.config.cjs",
      "metro.config.mjs",
      "metro.config.ts",
    ),
    typescript: app.dependencies["typescript"] !== undefined || first("tsconfig.json") !== null,
    clientOut: inFolder(app.folder, "src"),
  };
}

function findEntry(
  app: WorkspacePackage,
  first: (...names: readonly string[]) => string | null,
): ExpoApp["entry"] {
  const named = (...stems: readonly string[]): string | null =>
    first(...stems.flatMap((stem) => [".tsx", ".jsx", ".js", ".ts"].map((end) => stem + end)));
  const layout = named("src/app/_layout", "app/_layout");
  const component = named("App", "src/App");
  const usesRouter =
    app.dependencies["expo-router"] !== undefined || app.main?.startsWith("expo-router") === true;
  if (layout !== null && (usesRouter || component === null))
    return { kind: "router", path: layout };
  return component === null ? null : { kind: "component", path: component };
}

function findBackend(
  files: ReadFiles,
  packages: readonly WorkspacePackage[],
  app: WorkspacePackage | undefined,
): ConvexBackend | null {
  const isApp = (candidate: WorkspacePackage): number => Number(candidate.folder === app?.folder);
  const candidates = packages
    .filter((candidate) => usesConvex(candidate) || hasConvexJson(files, candidate))
    // Where several packages would do, the app's own.
    .sort((one, other) => isApp(other) - isApp(one))
    .map((candidate) => describeBackend(files, packages, candidate));
  const standing = candidates.find((candidate) => candidate.exists);
  if (standing) return standing;
  const configured = candidates.find((candidate) => hasConvexJson(files, candidate.package));
  // A package that has Convex and no Expo app is there for the functions; otherwise they go into the app.
  const dedicated = candidates.find((candidate) => !candidate.package.dependencies["expo"]);
  const home = app ?? packages[0];
  return (
    configured ??
    dedicated ??
    candidates[0] ??
    (home === undefined ? null : describeBackend(files, packages, home))
  );
}

/** Every folder that a package of the project would deploy its Convex functions from. */
export function functionsFolders(
  files: ReadFiles,
  { packages }: Pick<Workspace, "packages">,
): readonly string[] {
  return packages
    .filter((candidate) => usesConvex(candidate) || hasConvexJson(files, candidate))
    .map((candidate) => describeBackend(files, packages, candidate).functions);
}

function hasConvexJson(files: ReadFiles, candidate: WorkspacePackage): boolean {
  return files.exists(inFolder(candidate.folder, "convex.json"));
}

function describeBackend(
  files: ReadFiles,
  packages: readonly WorkspacePackage[],
  candidate: WorkspacePackage,
): ConvexBackend {
  const configured = readJsonObject(files, inFolder(candidate.folder, "convex.json"))?.[
    "functions"
  ];
  const below = typeof configured === "string" ? tidyPath(configured) : "convex";
  const functions = inFolder(candidate.folder, below === "" ? "convex" : below);
  const file = (stem: string): string | null =>
    [`${functions}/${stem}.ts`, `${functions}/${stem}.js`].find((path) => files.exists(path)) ??
    null;
  // convex.json at the root may point into another package.
  const holder = packages
    .filter((one) => one.folder !== "" && functions.startsWith(`${one.folder}/`))
    .sort((one, other) => other.folder.length - one.folder.length)[0];
  return {
    package: holder ?? candidate,
    functions,
    exists: files.list(functions).length > 0,
    schema: file("schema"),
    crons: file("crons"),
  };
}

function tidyPath(path: string): string {
  return path
    .split("/")
    .filter((segment) => segment !== "" && segment !== "." && segment !== "..")
    .join("/");
}

function usesConvex(candidate: WorkspacePackage): 0 | 1 {
  return candidate.dependencies["convex"] === undefined ? 0 : 1;
}
