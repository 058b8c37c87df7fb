import { inFolder } from "../config/packages";
import { appOf, packageOf, type ExpoApp, type Workspace } from "../config/workspace";
import type { ReadFiles } from "../kernel/files";
import { relativeImport } from "../kernel/relativeImport";
import type { PlannedEdit } from "../plan/plan";
import { bundledVersions } from "./bundledVersions";
import { metroEdit } from "./metroEdit";
import { packageJsonEdit } from "./packageJsonEdit";
import {
  appRequirements,
  backendRequirements,
  configRequirements,
  testRequirements,
} from "./packageVersions";
import { pluginEdit } from "./pluginEdit";
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

/**
 * The edits that `init` makes once, and that `doctor` looks for: packages, the config plugin, Metro, the provider around the app. Each is
 * idempotent, so on a project that is wired they change nothing.
 */
export function planWiring(wiring: Wiring): readonly WiringEdit[] {
  const app = appOf(wiring.workspace, wiring.clientOut);
  return [
    ...packageEdits(wiring, app),
    ...(app ? [...plugin(wiring, app), metro(app), ...provider(wiring, app)] : []),
    ...(wiring.tests ? testEdits(wiring) : []),
  ];
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

function plugin({ files }: Wiring, app: ExpoApp): readonly WiringEdit[] {
  const edit = pluginEdit(files, app, "expo-sqlite");
  return edit === null ? [] : [{ ...edit, part: "plugin" }];
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
