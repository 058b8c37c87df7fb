import { inFolder, readJsonObject } from "../config/packages";
import { appOf, packageOf, type ExpoApp, type Workspace } from "../config/workspace";
import type { ReadFiles } from "../kernel/files";
import { relativeImport } from "../kernel/relativeImport";
import type { PlannedEdit } from "../plan/plan";
import { appJsonEdit } from "./appJsonEdit";
import { appScriptEdit, passesOnAppJson } from "./appScriptEdit";
import { metroEdit } from "./metroEdit";
import { packageJsonEdit } from "./packageJsonEdit";
import {
  appRequirements,
  backendRequirements,
  configRequirements,
  knownBundledVersions,
  testRequirements,
  type BundledVersions,
} from "./packageVersions";
import { planTestWiring } from "./testWiring";
import { providerEdit } from "./providerEdit";
import { findProviderFile } from "./providerFile";

/** Which project to wire, and where its emitted code goes. */
export interface Wiring {
  readonly files: ReadFiles;
  readonly workspace: Workspace;
  readonly clientOut: string;
  readonly serverOut: string;
  /** Tests are emitted beside the Convex functions. */
  readonly tests: boolean;
  /** The version of this sync-gen. */
  readonly toolVersion: string;
}

/** An edit that makes a project ready for the emitted code, with the part of the wiring it stands for. */
export interface WiringEdit extends PlannedEdit {
  readonly part: "packages" | "plugin" | "metro" | "provider" | "tests";
}

const plugins = ["expo-sqlite"];

/**
 * The edits that `init` makes once, and that `doctor` looks for: packages, the config plugin, Metro, the provider around the app. Each is
 * idempotent, so on a project that is wired they change nothing.
 */
export function planWiring(wiring: Wiring): readonly WiringEdit[] {
  const app = appOf(wiring.workspace, wiring.clientOut);
  return [
    ...packageEdits(wiring, app),
    ...(app ? [...pluginEdit(wiring, app), metro(app), ...provider(wiring, app)] : []),
    ...(wiring.tests ? testEdits(wiring) : []),
  ];
}

/** The versions that Expo pins for the app's SDK: of the installed Expo, else as far as known here; `null` when not known. */
export function bundledVersions(files: ReadFiles, app: ExpoApp): BundledVersions | null {
  const path = "node_modules/expo/bundledNativeModules.json";
  return (
    readJsonObject(files, inFolder(app.package.folder, path)) ??
    readJsonObject(files, path) ??
    knownBundledVersions(app.package.dependencies["expo"] ?? "")
  );
}

function packageEdits(wiring: Wiring, app: ExpoApp | undefined): readonly WiringEdit[] {
  const { files, workspace, serverOut } = wiring;
  const backend = packageOf(workspace, serverOut);
  const wanted = [
    { folder: "", purpose: "sync-gen", requirements: configRequirements(wiring.toolVersion) },
    ...(app
      ? [
          {
            folder: app.package.folder,
            purpose: "what the app imports",
            requirements: appRequirements(bundledVersions(files, app)),
          },
        ]
      : []),
    ...(backend && backend.folder !== app?.package.folder
      ? [{ folder: backend.folder, purpose: "convex", requirements: backendRequirements }]
      : []),
    ...(wiring.tests
      ? [
          {
            folder: backend?.folder ?? "",
            purpose: "what the emitted tests import",
            requirements: testRequirements,
          },
        ]
      : []),
  ];
  return wanted.map(({ folder, purpose, requirements }) => {
    const path = inFolder(folder, "package.json");
    return {
      part: "packages",
      path,
      purpose: `lists ${purpose} in ${path}`,
      apply: packageJsonEdit(path, requirements),
    };
  });
}

function pluginEdit({ files }: Wiring, app: ExpoApp): readonly WiringEdit[] {
  const { appJson, appScript } = app;
  const script = appScript === null ? undefined : files.read(appScript);
  const inScript =
    script !== undefined && (appJson === null || !passesOnAppJson(script)) ? appScript : null;
  const path = inScript ?? appJson;
  if (path === null) return [];
  return [
    {
      part: "plugin",
      path,
      purpose: `adds the config plugin of expo-sqlite to ${path}`,
      apply: inScript === null ? appJsonEdit(path, plugins) : appScriptEdit(path, plugins),
    },
  ];
}

function metro(app: ExpoApp): WiringEdit {
  // A new one is CommonJS, as Expo's own, also in a package whose files are not.
  const name = app.package.type === "module" ? "metro.config.cjs" : "metro.config.js";
  const path = app.metroConfig ?? inFolder(app.package.folder, name);
  return {
    part: "metro",
    path,
    purpose: `lets Metro resolve .wasm in ${path}`,
    apply: metroEdit(path),
  };
}

function testEdits({ files, workspace, serverOut }: Wiring): readonly WiringEdit[] {
  const folder = packageOf(workspace, serverOut)?.folder ?? "";
  return planTestWiring(files, { folder, serverOut }).map((edit) => ({ ...edit, part: "tests" }));
}

function provider({ files, clientOut }: Wiring, app: ExpoApp): readonly WiringEdit[] {
  const found = findProviderFile(files, app);
  if (!found) return [];
  const folder = found.path.includes("/") ? found.path.replace(/\/[^/]*$/, "") : "";
  const importFrom = relativeImport(folder, `${clientOut}/providers/OfflineProvider`);
  return [
    {
      part: "provider",
      path: found.path,
      purpose: `wraps the app in OfflineProvider in ${found.path}`,
      apply: providerEdit({ ...found, importFrom }),
    },
  ];
}
