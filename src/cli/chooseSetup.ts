import { findSchemaClashes } from "../codemods/schemaEdit";
import type { FirstPolicy, NewConfigValue } from "../codemods/newConfig";
import { appOf, backendOf, type ExpoApp, type Workspace } from "../config/workspace";
import type { Diagnostic, Outcome } from "../kernel/diagnostic";
import { manifestPath } from "../output/manifest";
import { checkPlaces, checkServer, checkSetup, firstWrong } from "./checkSetup";
import type { Ask, CommandContext } from "./command";

/** What `init` sets up. */
export interface Setup {
  readonly clientOut: string;
  readonly serverOut: string;
  /** The first table; `null` when there is a config, which knows its tables. */
  readonly table: { readonly name: string; readonly policy: FirstPolicy } | null;
  /** Emit tests of the Convex functions. */
  readonly tests: boolean;
}

/** What was said on the command line; `app` and `out` for a config that is not there yet. */
export interface SetupWish {
  /** The folder of the app, where a project has several. */
  readonly app: string | null;
  /** The folder of the emitted device code. */
  readonly out: string | null;
  readonly withTests: boolean;
}

/**
 * Reads the setup off an existing config, asks for it in a terminal, or takes the defaults. What comes of it was checked as `generate`
 * checks it, so that nothing is wired to a config that cannot be used.
 */
export async function chooseSetup(
  context: CommandContext,
  workspace: Workspace,
  wish: SetupWish,
): Promise<Outcome<Setup>> {
  const tests = wish.withTests;
  if (context.files.exists(context.config)) {
    const read = await readSetup(context, tests);
    const other = read.ok ? otherThanWished(context.config, workspace, read.value, wish) : [];
    return other.length > 0 ? { ok: false, diagnostics: other } : read;
  }
  const { ask } = context;
  const chosen = await chooseApp(ask, workspace, wish.app);
  if (!chosen.ok) return chosen;
  const app = chosen.value;
  const serverOut = backendOf(context.files, workspace, app)?.functions ?? "convex";
  const usual: NewConfigValue = {
    clientOut: wish.out ?? app.clientOut,
    serverOut,
    table: freeTable(context, serverOut),
    policy: "mobile-wins",
    tests,
  };
  const defaults = wish.out === null ? withFreeFolder(context, usual) : usual;
  const answered = ask === null ? done(defaults) : await askFor(context, ask, defaults);
  if (!answered.ok) return answered;
  const { table: name, policy } = answered.value;
  const checked = checkSetup(context.files, answered.value);
  if (!checked.ok) return checked;
  const { client, server } = checked.value;
  return done({ clientOut: client.out, serverOut: server.out, table: { name, policy }, tests });
}

/** Where files of the user's stand in the app's usual folder, the emitted code gets one of its own in it. */
function withFreeFolder({ files }: CommandContext, usual: NewConfigValue): NewConfigValue {
  const isTaken = checkSetup(files, usual).diagnostics.some(
    ({ code, path }) => code === "SG414" && path?.[0] === "client",
  );
  return isTaken ? { ...usual, clientOut: `${usual.clientOut}/offline` } : usual;
}

/** Every answer is held against the config's own rules, as far as the answers before it let them say something. */
async function askFor(
  context: CommandContext,
  ask: Ask,
  defaults: NewConfigValue,
): Promise<Outcome<NewConfigValue>> {
  const check = (answers: Partial<NewConfigValue>): ReturnType<typeof checkSetup> =>
    checkSetup(context.files, { ...defaults, ...answers });

  const clientOut = await ask.text({
    message: "Where should the device code go?",
    initial: defaults.clientOut,
    check: (answer) => firstWrong(check({ clientOut: answer, serverOut: "" }), ["client"]),
  });
  if (clientOut === null) return cancelled;
  const serverOut = await ask.text({
    message: "Where are your Convex functions?",
    initial: defaults.serverOut,
    check: (answer) => firstWrong(check({ clientOut, serverOut: answer }), ["client", "server"]),
  });
  if (serverOut === null) return cancelled;
  const table = await ask.text({
    message: "What is your first synced table?",
    initial: freeTable(context, serverOut),
    check: (answer) => firstWrong(check({ clientOut, serverOut, table: answer }), "all"),
  });
  if (table === null) return cancelled;
  const policy = await ask.choose({
    message: "Who wins when a phone and the server changed the same row?",
    options: policies,
    initial: defaults.policy,
  });
  if (policy === null) return cancelled;
  return done({ ...defaults, clientOut, serverOut, table, policy });
}

const policies = [
  { value: "mobile-wins", label: "The phone", hint: "mobile-wins" },
  { value: "server-wins", label: "The server", hint: "server-wins" },
  { value: "last-write-wins", label: "The later edit", hint: "last-write-wins" },
  { value: "field-merge", label: "The later edit, field by field", hint: "field-merge" },
  { value: "manual", label: "The user decides", hint: "manual" },
] as const satisfies readonly { value: FirstPolicy; label: string; hint: string }[];

async function readSetup(
  { root, config, files }: CommandContext,
  withTests: boolean,
): Promise<Outcome<Setup>> {
  const { readModel } = await import("../generate");
  const read = await readModel({ root, config });
  const allowed = read.ok ? checkServer(files, read.value) : read;
  // What was generated before says by itself what is in its way.
  const isNew = allowed.ok && !files.exists(manifestPath);
  const checked = isNew ? checkPlaces(files, allowed.value) : allowed;
  if (!checked.ok) return checked;
  const { client, server } = checked.value;
  return done({
    clientOut: client.out,
    serverOut: server.out,
    table: null,
    tests: withTests || server.tests,
  });
}

/** Where the wish is another than what the config says, which is the user's to edit. */
function otherThanWished(
  config: string,
  workspace: Workspace,
  { clientOut }: Setup,
  { app, out }: SetupWish,
): readonly Diagnostic[] {
  const folder = appOf(workspace, clientOut)?.package.folder || ".";
  const others = [
    ...(app !== null && toFolder(app) !== folder ? [["--app", app, folder] as const] : []),
    ...(out !== null && toFolder(out) !== clientOut ? [["--out", out, clientOut] as const] : []),
  ];
  return others.map(([flag, wished, said]) => ({
    code: "SG943",
    severity: "error",
    message: `${flag} ${wished} is for a new config; there is ${config}, which says ${said}.`,
    hint: `Leave ${flag} out, or edit \`client.out\` in ${config} and run \`sync-gen generate\`.`,
  }));
}

/** A folder as the config names it. */
function toFolder(named: string): string {
  return named.replace(/^\.\/(?=.)|\/+$/g, "");
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
    const found = apps[folders.indexOf(toFolder(named))];
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
  return (
    names.find((name) => findSchemaClashes(path, text, [{ name }]).length === 0) ?? "syncedItems"
  );
}

function done<Value>(value: Value): Outcome<Value> {
  return { ok: true, value, diagnostics: [] };
}

const cancelled: Outcome<never> = {
  ok: false,
  diagnostics: [{ code: "SG941", severity: "info", message: "Cancelled; nothing was written." }],
};
