import { planWiring, type WiringEdit } from "../codemods/projectWiring";
import { planServerEdits } from "../codemods/serverEdits";
import type { Diagnostic } from "../kernel/diagnostic";
import type { PlannedEdit } from "../plan/plan";
import type { Project } from "./diagnoseProject";

/** Whether the edits of `init` and `generate` are in place: an edit that would still change something is a finding. */
export function checkWiring(project: Project): readonly Diagnostic[] {
  const { files, workspace, toolVersion, config } = project;
  if (!config) return [];
  const { clientOut, serverOut, tableNames, tests, rateLimit } = config;
  const wiring = planWiring({ files, workspace, clientOut, serverOut, tests, toolVersion });
  const server = planServerEdits(files, { out: serverOut, tableNames, rateLimit });
  return [
    // Packages have a check of their own, which also looks at what is installed.
    ...wiring.filter(({ part }) => part !== "packages").flatMap((edit) => missing(project, edit)),
    ...(server.ok ? server.value.flatMap((edit) => missing(project, edit)) : server.diagnostics),
  ];
}

const consequences: Readonly<Record<Exclude<WiringEdit["part"], "packages"> | "server", string>> = {
  plugin: "the config plugin of expo-sqlite is missing",
  tests: "vitest is not set up for the emitted tests",
  metro: "Metro does not resolve .wasm: the app does not start on the web",
  provider: "the app is not wrapped in OfflineProvider: hooks throw and nothing syncs",
  server: "the synced tables, the collection of tombstones, or the rate limiter, are missing",
};

function missing({ files }: Project, edit: PlannedEdit | WiringEdit): readonly Diagnostic[] {
  const result = edit.apply(files.read(edit.path));
  if (result.kind === "unchanged") return [];
  const part = "part" in edit && edit.part !== "packages" ? edit.part : "server";
  const command = part === "server" ? "sync-gen generate" : "sync-gen init";
  return [
    {
      code: part === "server" ? "SG528" : "SG527",
      severity: part === "provider" || part === "server" ? "error" : "warning",
      message: `${edit.path}: ${consequences[part]}.`,
      hint:
        result.kind === "manual"
          ? `${result.reason} Paste this:\n${result.snippet}`
          : `Run \`${command}\`.`,
    },
  ];
}
