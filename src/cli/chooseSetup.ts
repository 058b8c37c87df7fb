import { findSchemaClashes } from "../codemods/schemaEdit";
import type { PolicyName } from "../config/vocabulary";
import { appOf, type ExpoApp, type Workspace } from "../config/workspace";
import type { Outcome } from "../kernel/diagnostic";
import type { CommandContext } from "./command";

/** What `init` sets up. */
export interface Setup {
  readonly clientOut: string;
  readonly serverOut: string;
  /** The first table; `null` when there is a config, which knows its tables. */
  readonly table: { readonly name: string; readonly policy: PolicyName } | null;
}

/** Reads the setup off an existing config, asks for it in a terminal, or takes the defaults. */
export async function chooseSetup(
  context: CommandContext,
  workspace: Workspace,
): Promise<Outcome<Setup>> {
  if (context.files.exists(context.config)) return await readSetup(context);
  const serverOut = workspace.backend?.functions ?? "convex";
  const first = workspace.apps[0];
  const { ask } = context;
  if (ask === null) {
    return done({
      clientOut: first?.clientOut ?? "src",
      serverOut,
      table: { name: freeTable(context, serverOut), policy: "mobile-wins" },
    });
  }

  const app = await askApp(ask, workspace);
  if (app === null) return cancelled;
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
  return done({ clientOut, serverOut: server, table: { name, policy } });
}

// The policies that need no further option, for a first table.
const policies = [
  { value: "mobile-wins", label: "The phone", hint: "mobile-wins" },
  { value: "server-wins", label: "The server", hint: "server-wins" },
  { value: "last-write-wins", label: "The later edit", hint: "last-write-wins" },
  { value: "field-merge", label: "The later edit, field by field", hint: "field-merge" },
  { value: "manual", label: "The user decides", hint: "manual" },
] as const satisfies readonly { value: PolicyName; label: string; hint: string }[];

async function readSetup({ root, config }: CommandContext): Promise<Outcome<Setup>> {
  const { readModel } = await import("../generate");
  const read = await readModel({ root, config });
  if (!read.ok) return read;
  const { client, server } = read.value;
  return done({ clientOut: client.out, serverOut: server.out, table: null });
}

async function askApp(
  ask: NonNullable<CommandContext["ask"]>,
  workspace: Workspace,
): Promise<ExpoApp | null> {
  const [first] = workspace.apps;
  if (first === undefined || workspace.apps.length === 1) return first ?? null;
  const chosen = await ask.choose({
    message: "Which app should work offline?",
    options: workspace.apps.map(({ package: { folder, name } }) => ({
      value: folder,
      label: folder === "" ? "the root" : folder,
      ...(name === null ? {} : { hint: name }),
    })),
    initial: first.package.folder,
  });
  return chosen === null ? null : (appOf(workspace, `${chosen}/src`) ?? null);
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

function done(value: Setup): Outcome<Setup> {
  return { ok: true, value, diagnostics: [] };
}

const cancelled: Outcome<never> = {
  ok: false,
  diagnostics: [{ code: "SG941", severity: "info", message: "Cancelled; nothing was written." }],
};
