import { intersects, validRange } from "semver";
import {
  appRequirements,
  backendRequirements,
  backgroundPackages,
  expoRequirements,
  judgeVersion,
  pinned,
  rateLimitRequirements,
  type Requirement,
} from "../codemods/packageVersions";
import { bundledVersions } from "../codemods/bundledVersions";
import { inFolder, type WorkspacePackage } from "../config/packages";
import { appOf, packageOf } from "../config/workspace";
import type { Diagnostic } from "../kernel/diagnostic";
import type { Project } from "./diagnoseProject";
import { checkTests, testPackages } from "./checkTests";
import { addCommand, installCommand, installedFor } from "./installed";

/** Whether the app and the backend have the packages that emitted code imports, in versions that work together. */
export function checkPackages(project: Project): readonly Diagnostic[] {
  const { files, workspace, config } = project;
  const app = appOf(workspace, config?.clientOut ?? "");
  if (!app) {
    return [
      {
        code: "SG521",
        severity: "error",
        message: "No package of this project depends on expo.",
        hint: "Run sync-gen in the root of a project with an Expo app: npx create-expo-app@latest.",
      },
    ];
  }
  const bundled = bundledVersions(files, app);
  const native = [...expoRequirements, ...(config?.background ? backgroundPackages : [])];
  const unknown = bundled === null ? native.map((one) => ({ ...one, range: "" })) : [];
  const backend = config ? packageOf(workspace, config.serverOut) : workspace.backend?.package;
  const wanted = [
    ...[
      ...appRequirements(bundled),
      ...(config?.background ? pinned(backgroundPackages, bundled) : []),
      ...unknown,
    ].map((one) => ({ ...one, owner: app.package })),
    ...(backend && backend.folder !== app.package.folder
      ? backendRequirements.map((one) => ({ ...one, owner: backend }))
      : []),
    ...(config?.rateLimit
      ? rateLimitRequirements.map((one) => ({ ...one, owner: backend ?? app.package }))
      : []),
    // Those that are not listed are one finding, of `checkTests`.
    ...(config?.tests ? testPackages(backend ?? app.package).listed : []),
  ];
  return [
    ...checkExpo(app.package),
    ...wanted.flatMap((one) => checkPackage(project, one)),
    ...(config?.tests ? checkTests(workspace, config.serverOut) : []),
    ...checkInstalled(project, wanted),
  ];
}

/** A package that some package of the project has to have. */
interface Wanted extends Requirement {
  readonly owner: WorkspacePackage;
}

/** One finding for all that is listed and not installed: one command mends it. */
function checkInstalled(
  { files, workspace }: Project,
  wanted: readonly Wanted[],
): readonly Diagnostic[] {
  const absent = wanted.filter(
    ({ owner, name }) =>
      owner.dependencies[name] !== undefined &&
      installedFor(files, owner.folder, name) === undefined,
  );
  if (absent.length === 0) return [];
  const names = [...new Set(absent.map((one) => one.name))].join(", ");
  return [
    {
      code: "SG524",
      severity: "warning",
      message: `Listed, and not installed: ${names}.`,
      hint: `Run \`${installCommand(workspace.packageManager)}\`.`,
    },
  ];
}

function checkExpo(app: WorkspacePackage): readonly Diagnostic[] {
  const range = app.dependencies["expo"] ?? "";
  if (validRange(range) === null || intersects(range, "57", { includePrerelease: true })) return [];
  return [
    {
      code: "SG522",
      severity: "info",
      message: `The app uses expo ${range}; the emitted code is tested with Expo SDK 57.`,
      hint: "Run your app's tests after an upgrade of Expo or of sync-gen.",
    },
  ];
}

function checkPackage(project: Project, requirement: Wanted): readonly Diagnostic[] {
  const { name, supported, why, section, owner } = requirement;
  const manifest = inFolder(owner.folder, "package.json");
  const manager = project.workspace.packageManager;
  const isNative = [...expoRequirements, ...backgroundPackages].some((one) => one.name === name);
  const add = isNative
    ? `npx expo install ${name}`
    : addCommand(manager, [`${name}@${requirement.range}`], section === "devDependencies");
  const where = owner.folder === "" ? "" : ` in ${owner.folder}`;
  const fix = `Run \`${add}\`${where}.`;

  const range = owner.dependencies[name];
  if (range === undefined) {
    return [
      {
        code: "SG523",
        severity: section === "devDependencies" ? "warning" : "error",
        message: `${manifest} does not list ${name}, which ${why}.`,
        hint: fix,
      },
    ];
  }
  const installed = installedFor(project.files, owner.folder, name);
  if (installed === undefined) return [];
  const verdict = judgeVersion(installed, requirement);
  if (verdict === "works" || verdict === "unknown") return [];
  return [
    {
      code: "SG525",
      severity: verdict === "too-old" ? "error" : "warning",
      message: `${name} ${installed} is ${verdict === "too-old" ? "too old" : "newer than this sync-gen knows"}.`,
      allowed: supported,
      hint: fix,
    },
  ];
}
