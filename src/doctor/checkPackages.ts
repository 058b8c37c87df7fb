import { intersects, validRange } from "semver";
import {
  appRequirements,
  backendRequirements,
  expoRequirements,
  judgeRange,
  judgeVersion,
  type Requirement,
} from "../codemods/packageVersions";
import { bundledVersions } from "../codemods/projectWiring";
import { inFolder, type WorkspacePackage } from "../config/packages";
import { appOf, packageOf } from "../config/workspace";
import type { Diagnostic } from "../kernel/diagnostic";
import type { Project } from "./diagnoseProject";
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
  const unknown = bundled === null ? expoRequirements.map((one) => ({ ...one, range: "" })) : [];
  const backend = config ? packageOf(workspace, config.serverOut) : workspace.backend?.package;
  return [
    ...checkExpo(app.package),
    ...[...appRequirements(bundled), ...unknown].flatMap((one) =>
      checkPackage(project, app.package, one),
    ),
    ...(backend && backend.folder !== app.package.folder
      ? backendRequirements.flatMap((one) => checkPackage(project, backend, one))
      : []),
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

function checkPackage(
  project: Project,
  owner: WorkspacePackage,
  requirement: Requirement,
): readonly Diagnostic[] {
  const { name, supported, why, section } = requirement;
  const manifest = inFolder(owner.folder, "package.json");
  const manager = project.workspace.packageManager;
  const isNative = expoRequirements.some((one) => one.name === name);
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
  if (installed === undefined) {
    const hint = `Run \`${installCommand(manager)}\`.`;
    const message = `${name} is listed in ${manifest}, and not installed.`;
    return [{ code: "SG524", severity: "warning", message, hint }];
  }
  const verdict = judgeVersion(installed, requirement);
  if (verdict === "works" || verdict === "unknown") return [];
  const listed = judgeRange(range, requirement);
  return [
    {
      code: "SG525",
      severity: verdict === "too-old" ? "error" : "warning",
      message: `${name} ${installed} is ${verdict === "too-old" ? "too old" : "newer than this sync-gen knows"}.`,
      allowed: supported,
      hint: listed === "works" ? `Run \`${installCommand(manager)}\`, or ${fix}` : fix,
    },
  ];
}
