import { planBackgroundEdits, type BackgroundEdit } from "../codemods/backgroundEdits";
import { planWiring, type WiringEdit } from "../codemods/projectWiring";
import { planServerEdits, type ServerEdit } from "../codemods/serverEdits";
import type { Diagnostic } from "../kernel/diagnostic";
import type { PlannedEdit } from "../plan/plan";
import type { Project } from "./diagnoseProject";

/** Whether the edits of `init` and `generate` are in place: an edit that would still change something is a finding. */
export function checkWiring(project: Project): readonly Diagnostic[] {
  const { files, workspace, toolVersion, config } = project;
  if (!config) return [];
  const { clientOut, serverOut, tables, tests, rateLimit, background } = config;
  const wiring = planWiring({ files, workspace, clientOut, serverOut, tests, toolVersion });
  const inBackground = background ? planBackgroundEdits(files, workspace, clientOut) : [];
  const server = planServerEdits(files, { out: serverOut, tables, rateLimit });
  return [
    // Packages have a check of their own, which also looks at what is installed.
    ...wiring.flatMap((edit) =>
      edit.part === "packages" ? [] : missing(project, edit, edit.part),
    ),
    ...inBackground.flatMap((edit) =>
      edit.part === "backgroundPackages" ? [] : missing(project, edit, edit.part),
    ),
    ...(server.ok
      ? server.value.flatMap((edit) =>
          edit.part === "limiterPackage" ? [] : missing(project, edit, edit.part),
        )
      : server.diagnostics),
  ];
}

type AppPart = Exclude<WiringEdit["part"], "packages">;
type GeneratedPart = Exclude<
  ServerEdit["part"] | BackgroundEdit["part"],
  "limiterPackage" | "backgroundPackages"
>;

interface Consequence {
  readonly severity: Diagnostic["severity"];
  readonly message: string;
}

const inApp: Readonly<Record<AppPart, Consequence>> = {
  plugin: { severity: "warning", message: "the config plugin of expo-sqlite is missing" },
  tests: { severity: "warning", message: "vitest is not set up for the emitted tests" },
  metro: {
    severity: "warning",
    message: "Metro does not resolve .wasm: the app does not start on the web",
  },
  provider: {
    severity: "error",
    message:
      "the app is not wrapped in OfflineProvider, inside Convex's provider: hooks throw and nothing syncs",
  },
};

const byGenerate: Readonly<Record<GeneratedPart, Consequence>> = {
  schema: { severity: "error", message: "the synced tables are missing: nothing can be deployed" },
  crons: {
    severity: "error",
    message: "tombstones are never collected: deleted rows stay on the server for ever",
  },
  limiter: {
    severity: "error",
    message: "the rate limiter is not installed: server.rateLimit makes every push fail",
  },
  backgroundPlugin: {
    severity: "error",
    message:
      "the config plugin of expo-background-task is missing: iOS never syncs in the background",
  },
  entry: {
    severity: "error",
    message: "the app's entry does not start the sync in the background: it never happens",
  },
};

function missing(
  { files }: Project,
  edit: PlannedEdit,
  part: AppPart | GeneratedPart,
): readonly Diagnostic[] {
  const result = edit.apply(files.read(edit.path));
  if (result.kind === "unchanged") return [];
  const { severity, message } = isAppPart(part) ? inApp[part] : byGenerate[part];
  return [
    {
      code: isAppPart(part) ? "SG527" : "SG528",
      severity,
      message: `${edit.path}: ${message}.`,
      hint:
        result.kind === "manual"
          ? `${result.reason} Paste this:\n${result.snippet}`
          : `Run \`sync-gen ${isAppPart(part) ? "init" : "generate"}\`.`,
    },
  ];
}

function isAppPart(part: AppPart | GeneratedPart): part is AppPart {
  return Object.hasOwn(inApp, part);
}
