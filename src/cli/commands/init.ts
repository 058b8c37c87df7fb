import type { Diagnostic } from "../../kernel/diagnostic";
import { defineCommand, failed, type CommandResult } from "../command";

/** `sync-gen init`: a config, and a project that is ready for the emitted code. */
export const init = defineCommand({
  name: "init",
  summary: "Finds your Expo app and Convex functions, writes sync.config.ts and wires the project.",
  positionals: {},
  takes: ["dryRun", "keepEdits", "force", "allowDataLoss"],
  options: {
    app: {
      kind: "text",
      description:
        "the app that works offline, where there are several: apps/native; for a new config",
    },
    out: {
      kind: "text",
      description: "the folder of the emitted device code: src/offline; for a new config",
    },
    withTests: {
      kind: "flag",
      description: "emit tests of the Convex functions, and set up vitest for them",
    },
  },
  examples: [
    { command: "init", purpose: "asks what it cannot know" },
    { command: "init --yes", purpose: "takes the defaults" },
    {
      command: "init --with-tests",
      purpose: "and tests that attack your functions, a file a table",
    },
    { command: "init --dry-run", purpose: "shows what would change" },
  ],
  async run({ app, out, withTests }, context): Promise<CommandResult> {
    const around = context.rootIsAssumed ? await findWorkspaceAround(context.root) : null;
    if (around !== null) return failed([inPackage(around)]);
    const { detectWorkspace } = await import("../../config/workspace");
    const { chooseSetup } = await import("../chooseSetup");
    const { applySetup } = await import("../applySetup");

    context.progress("looking at the project");
    const workspace = detectWorkspace(context.files);
    if (workspace.apps.length === 0) {
      return failed([
        {
          code: "SG940",
          severity: "error",
          message: "No package of this project depends on expo.",
          hint: "Run this in the root of a project with an Expo app: `npx create-expo-app@latest` makes one. `--cwd` names another folder.",
        },
      ]);
    }
    const wish = { app: app ?? null, out: out ?? null, withTests };
    const setup = await chooseSetup(context, workspace, wish);
    return setup.ok ? await applySetup(context, workspace, setup.value) : failed(setup.diagnostics);
  },
});

async function findWorkspaceAround(folder: string): Promise<string | null> {
  const { findWorkspaceRoot } = await import("../findWorkspaceRoot");
  return findWorkspaceRoot(folder);
}

/** The functions, and the packages that are to be installed, are those of the workspace: here, there would be a second backend. */
function inPackage(workspace: string): Diagnostic {
  return {
    code: "SG944",
    severity: "error",
    message: `This folder is a package of the workspace at ${workspace}: run it there.`,
    hint: `\`sync-gen init --cwd ${workspace}\`; or \`--cwd .\`, if this folder is a project of its own, with its own Convex functions.`,
  };
}
