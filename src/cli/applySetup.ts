import { builtFrom } from "../builtFrom";
import { serverFlagEdit } from "../codemods/configOption";
import { newConfig } from "../codemods/newConfig";
import { expoRequirements } from "../codemods/packageVersions";
import { planServerEdits } from "../codemods/serverEdits";
import { bundledVersions } from "../codemods/bundledVersions";
import { planWiring, type WiringEdit } from "../codemods/projectWiring";
import { inFolder } from "../config/packages";
import { appOf, packageOf, type Workspace } from "../config/workspace";
import type { Diagnostic } from "../kernel/diagnostic";
import { foldersAbove } from "../output/foldersAbove";
import { formatterSettings } from "../output/formatterSettings";
import type { PlannedEdit, PlannedFile } from "../plan/plan";
import type { Setup } from "./chooseSetup";
import type { ApplyResult, CommandContext, CommandResult, Line } from "./command";
import { stepLines } from "./runResult";

/** Writes the config, wires the project, runs `generate`, and says what is left to do. On a project that is set up nothing changes. */
export async function applySetup(
  context: CommandContext,
  workspace: Workspace,
  setup: Setup,
): Promise<CommandResult> {
  const { clientOut, serverOut, table, tests } = setup;
  const wiring = planWiring({
    files: context.files,
    workspace,
    clientOut,
    serverOut,
    tests,
    toolVersion: builtFrom().version,
  });
  const command = runCommand(workspace);
  context.progress("wiring the project");
  const applied = await context.apply({
    files: [
      ignoredFiles,
      ...(table === null
        ? []
        : [
            {
              path: context.config,
              text: newConfig({
                clientOut,
                serverOut,
                table: table.name,
                policy: table.policy,
                command,
                tests,
              }),
              ownership: "once",
              parser: "typescript",
            } as const,
          ]),
    ],
    edits: [
      ...wiring,
      ...ignoredByPrettier(context, clientOut),
      ...(table === null && tests ? [testsOption(context.config)] : []),
      ...(context.flags.dryRun && table !== null
        ? serverEdits(context, serverOut, table.name)
        : []),
    ],
  });
  const notes = [...applied.diagnostics, ...unwired(wiring, clientOut)];
  const json = { clientOut, serverOut, changes: applied.changes };
  if (applied.exitCode !== 0) {
    return { exitCode: applied.exitCode, lines: applied.lines, json, diagnostics: notes };
  }
  const heading = {
    style: "heading",
    text: `Device code in ${clientOut}, Convex functions in ${serverOut}`,
  } as const;
  if (context.flags.dryRun && table !== null) {
    const text = `Then \`${command} generate\` would emit the code into ${clientOut} and ${serverOut}; with --dry-run it lists the files, once the config is on disk.`;
    const lines = [heading, ...applied.lines, { style: "dim", text } as const];
    return { exitCode: 0, lines, json, diagnostics: notes };
  }

  const generated = await context.generate();
  const { next } = generated;
  const steps = nextSteps(context, { workspace, setup, applied, install: next.commands });
  return {
    exitCode: generated.exitCode,
    lines: [
      heading,
      ...applied.lines,
      // Whoever sets up a project wants to know what became of their own files; the emitted ones are many, and all new.
      ...(context.flags.verbose || generated.exitCode !== 0
        ? generated.lines
        : generated.lines.slice(0, 1)),
      ...(generated.exitCode === 0
        ? [...remarks(context, workspace, setup), ...printSteps(steps), ...stepLines(next.steps)]
        : []),
    ],
    json: { ...json, generate: generated.json, next: steps },
    diagnostics: [...notes, ...generated.diagnostics],
  };
}

/** What exists only while a run writes, or after it was killed, is nobody else's. */
const ignoredFiles: PlannedFile = {
  path: ".sync-gen/.gitignore",
  text: "lock\npending.json\n",
  ownership: "once",
  parser: null,
};

/** Where the project has a prettier configuration, `prettier --check` would otherwise mind what sync-gen writes for itself after each run. */
function ignoredByPrettier(
  { root, files }: CommandContext,
  clientOut: string,
): readonly PlannedEdit[] {
  if (formatterSettings(files, [`${clientOut}/a.ts`], foldersAbove(root)) === "") return [];
  const path = ".prettierignore";
  const line = ".sync-gen/";
  return [
    {
      path,
      purpose: `keeps prettier from ${line}`,
      apply: (text = "") => {
        if (/^\/?\.sync-gen\/?\s*$/m.test(text)) return { kind: "unchanged" };
        const before = text === "" || text.endsWith("\n") ? text : `${text}\n`;
        return { kind: "edited", text: `${before}${line}\n` };
      },
    },
  ];
}

/** What `generate` would edit for a new config, which a dry run does not come to. */
function serverEdits(
  { files }: CommandContext,
  out: string,
  table: string,
): readonly PlannedEdit[] {
  const edits = planServerEdits(files, { out, tables: [{ name: table }], rateLimit: false });
  return edits.ok ? edits.value : [];
}

function testsOption(config: string): PlannedEdit {
  return {
    path: config,
    purpose: "asks for tests of the Convex functions",
    apply: serverFlagEdit(config, "tests"),
  };
}

/** How this project runs sync-gen. */
function runCommand({ packageManager }: Workspace): string {
  const runners = { npm: "npx", pnpm: "pnpm", yarn: "yarn", bun: "bunx" } as const;
  return `${runners[packageManager]} sync-gen`;
}

function unwired(wiring: readonly WiringEdit[], clientOut: string): readonly Diagnostic[] {
  const parts = new Set(wiring.map((edit) => edit.part));
  const provider: Diagnostic = {
    code: "SG530",
    severity: "warning",
    message: "The start of the app was not found: no App.tsx, no app/_layout.tsx.",
    hint: `Wrap your app in <OfflineProvider> of ${clientOut}/providers/OfflineProvider, inside Convex's provider.`,
  };
  const plugin: Diagnostic = {
    code: "SG531",
    severity: "warning",
    message: "There is no app.json and no app.config.ts.",
    hint: 'Add "expo-sqlite" to the plugins of your Expo configuration.',
  };
  return [...(parts.has("provider") ? [] : [provider]), ...(parts.has("plugin") ? [] : [plugin])];
}

/** What is easily missed on the way to a first look. */
function remarks(
  { files }: CommandContext,
  workspace: Workspace,
  { clientOut, serverOut }: Setup,
): readonly Line[] {
  const app = appOf(workspace, clientOut)?.package.folder ?? "";
  const backend = packageOf(workspace, serverOut)?.folder ?? "";
  const below = app === "" ? clientOut : clientOut.slice(app.length + 1);
  const drizzle = inFolder(app, "drizzle.config.ts");
  const hasSignIn = ["ts", "js"].some((end) => files.exists(`${serverOut}/auth.config.${end}`));
  const texts = [
    ...(hasSignIn
      ? []
      : [
          `${serverOut}/syncUser.ts says who is signed in. Without sign-in yet, return a fixed name there for a first look.`,
        ]),
    // Convex writes the address beside its own package.json, Expo reads it beside the app's.
    ...(app === backend
      ? []
      : [
          `The app reads the deployment's address from ${app === "" ? "" : `${app}/`}.env.local: EXPO_PUBLIC_CONVEX_URL=…`,
        ]),
    ...(files.read(drizzle)?.includes(`${below}/db/migrations`) === false
      ? [
          `${drizzle} is about a database of yours. SQL of your own for the emitted one: \`${app === "" ? "" : `cd ${app} && `}npx drizzle-kit generate --custom --dialect=sqlite --schema=${below}/db/schema.ts --out=${below}/db/migrations\`.`,
        ]
      : []),
  ];
  return texts.map((text) => ({ style: "dim", text }));
}

interface Done {
  readonly workspace: Workspace;
  readonly setup: Setup;
  readonly applied: ApplyResult;
  /** What installs packages that the emitted code needs; empty where all are there. */
  readonly install: readonly string[];
}

function nextSteps(
  { files }: CommandContext,
  { workspace, setup, applied, install }: Done,
): readonly string[] {
  const app = appOf(workspace, setup.clientOut);
  const changedPackages =
    install.length > 0 ||
    applied.changes.some(
      ({ kind, path }) => kind === "update" && /(?:^|\/)package\.json$/.test(path),
    );
  const backend = packageOf(workspace, setup.serverOut)?.folder ?? "";
  const convex = backend === "" ? "npx convex dev" : `cd ${backend} && npx convex dev`;
  const native = expoRequirements.map((one) => one.name).join(" ");
  const folder = app?.package.folder ?? "";
  return [
    ...(changedPackages ? [`${workspace.packageManager} install`] : []),
    ...(app && bundledVersions(files, app) === null
      ? [`${folder === "" ? "" : `cd ${folder} && `}npx expo install ${native}`]
      : []),
    ...(files.exists(`${setup.serverOut}/_generated`) && !changedPackages ? [] : [convex]),
    ...(setup.tests ? [backend === "" ? "npx vitest run" : `cd ${backend} && npx vitest run`] : []),
  ];
}

function printSteps(steps: readonly string[]): readonly Line[] {
  if (steps.length === 0) return [];
  return [
    { style: "heading", text: "Next" },
    ...steps.map((step): Line => ({ style: "code", text: `  ${step}` })),
  ];
}
