import { findSchemaClashes } from "../codemods/schemaEdit";
import type { PolicyName } from "../config/vocabulary";
import { type ExpoApp, type Workspace } from "../config/workspace";
import type { Outcome } from "../kernel/diagnostic";
import type { CommandContext } from "./command";

/** What `init` sets up. */
export interface Setup {
  readonly clientOut: string;
  readonly serverOut: string;
  /** The first table; `null` when there is a config, which knows its tables. */
  readonly table: { readonly name: string; readonly policy: PolicyName } | null;
  /** Emit tests of the Convex functions. */
  readonly tests: boolean;
}

/** What was said on the command line. */
export interface SetupWish {
  /** The folder of the app, where a project has several. */
  readonly app: string | null;
  readonly withTests: boolean;
}

/** Reads the setup off an existing config, asks for it in a terminal, or takes the defaults. */
export async function chooseSetup(
  context: CommandContext,
  workspace: Workspace,
  wish: SetupWish,
): Promise<Outcome<Setup>> {
  const tests = wish.withTests;
  if (context.files.exists(context.config)) return await readSetup(context, tests);
  const serverOut = workspace.backend?.functions ?? "convex";
  const { ask } = context;
  const chosen = await chooseApp(ask, workspace, wish.app);
  if (!chosen.ok) return chosen;
  const app = chosen.value;
  if (ask === null) {
    return done({
      clientOut: app.clientOut,
      serverOut,
      table: { name: freeTable(context, serverOut), policy: "mobile-wins" },
      tests,
    });
  }

  const clientOut = await ask.text({
    message: "Where should the device code go?",
    initial: app.clientOut,
    check: checkFolder,
  });
  if (clientOut === null) return cancelled;
  const server = await ask.text({
    message: "Where are your Convex functions?",
    initial: serverOut,
    check: checkFolder,
  });
  if (server === null) return cancelled;
  const name = await ask.text({
    message: "What is your first synced table?",
    initial: freeTable(context, server),
    check: (answer) =>
      /^[A-Za-z][A-Za-z0-9]*$/.test(answer) ? undefined : "A plural in camelCase: tasks",
  });
  if (name === null) return cancelled;
  const policy = await ask.choose({
    message: "Who wins when a phone and the server changed the same row?",
    options: policies,
    initial: "mobile-wins",
  });
  if (policy === null) return cancelled;
  return done({ clientOut, serverOut: server, table: { name, policy }, tests });
}

// The policies that need no further option, for a first table.
const policies = [
  { value: "mobile-wins", label: "The phone", hint: "mobile-wins" },
  { value: "server-wins", label: "The server", hint: "server-wins" },
  { value: "last-write-wins", label: "The later edit", hint: "last-write-wins" },
  { value: "field-merge", label: "The later edit, field by field", hint: "field-merge" },
  { value: "manual", label: "The user decides", hint: "manual" },
] as const satisfies readonly { value: PolicyName; label: string; hint: string }[];

async function readSetup(
  { root, config }: CommandContext,
  withTests: boolean,
): Promise<Outcome<Setup>> {
  const { readModel } = await import("../generate");
  const read = await readModel({ root, config });
  if (!read.ok) return read;
  const { client, server } = read.value;
  return done({
    clientOut: client.out,
    serverOut: server.out,
    table: null,
    tests: withTests || server.tests,
  });
}

/** The app that is named, the only one, or the one that is chosen in a terminal. Without a terminal nothing is guessed. */
async function chooseApp(
  ask: CommandContext["ask"],
  workspace: Workspace,
  named: string | null,
): Promise<Outcome<ExpoApp>> {
  const { apps } = workspace;
  const [first] = apps;
  const folders = apps.map(({ package: { folder } }) => folder || ".");
  if (named !== null) {
    const folder = named.replace(/^\.\/(?=.)|\/+$/g, "");
    const found = apps[folders.indexOf(folder)];
    return found === undefined ? noSuchApp(named, folders) : done(found);
  }
  if (first !== undefined && apps.length === 1) return done(first);
  if (ask === null || first === undefined) return severalApps(folders);
  const chosen = await ask.choose({
    message: "Which app should work offline?",
    options: apps.map(({ package: { folder, name } }) => ({
      value: folder,
      label: folder === "" ? "the root" : folder,
      ...(name === null ? {} : { hint: name }),
    })),
    initial: first.package.folder,
  });
  const app = apps.find(({ package: { folder } }) => folder === chosen);
  return app === undefined ? cancelled : done(app);
}

function severalApps(folders: readonly string[]): Outcome<never> {
  return {
    ok: false,
    diagnostics: [
      {
        code: "SG942",
        severity: "error",
        message:
          "Several packages of this project depend on expo, and nobody can be asked which one is meant.",
        allowed: folders.join(", "),
        hint: `Say which: sync-gen init --app ${folders[0] ?? ""}`,
      },
    ],
  };
}

function noSuchApp(named: string, folders: readonly string[]): Outcome<never> {
  return {
    ok: false,
    diagnostics: [
      {
        code: "SG942",
        severity: "error",
        message: `${named} is no folder of a package that depends on expo.`,
        allowed: folders.join(", "),
      },
    ],
  };
}

/** The first of some names that the user's own schema does not have. */
function freeTable({ files }: CommandContext, serverOut: string): string {
  const path = `${serverOut}/schema.ts`;
  const text = files.read(path);
  const names = ["tasks", "notes", "items", "entries"];
  return names.find((name) => findSchemaClashes(path, text, [name]).length === 0) ?? "syncedItems";
}

function checkFolder(answer: string): string | undefined {
  const isInside =
    answer.trim() !== "" && !/^(?:[/\\]|[A-Za-z]:)|(?:^|\/)\.\.(?:\/|$)/.test(answer);
  return isInside ? undefined : "A folder inside this project, such as src or apps/native/src";
}

function done<Value>(value: Value): Outcome<Value> {
  return { ok: true, value, diagnostics: [] };
}

const cancelled: Outcome<never> = {
  ok: false,
  diagnostics: [{ code: "SG941", severity: "info", message: "Cancelled; nothing was written." }],
};
