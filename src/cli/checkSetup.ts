import { newConfigValue, type NewConfigValue } from "../codemods/newConfig";
import { planServerEdits } from "../codemods/serverEdits";
import type { LoadedConfig } from "../config/loadedConfig";
import type { Diagnostic, Outcome } from "../kernel/diagnostic";
import type { ReadFiles } from "../kernel/files";
import { firstFew } from "../kernel/text";
import { historyPath, parseHistory } from "../migrate/history";
import { planMigrations } from "../migrate/planMigrations";
import { storedTables } from "../migrate/storedNames";
import { buildModel } from "../model/buildModel";
import type { ModelDraft } from "../model/model";
import { buildPlan } from "../plan/buildPlan";
import { hasFileHeader } from "../render/fileHeader";
import { Pieces } from "../render/pieces";
import { packageLibrary } from "../render/templateLibrary";

/** What a new config would mean in this project, or everything that `generate` would say against it. Nothing has to be on disk. */
export function checkSetup(files: ReadFiles, config: NewConfigValue): Outcome<ModelDraft> {
  const loaded: LoadedConfig = {
    config: newConfigValue(config),
    path: "sync.config.ts",
    inputs: [],
    locate: () => undefined,
    locateObject: () => undefined,
    jsonTypes: {},
  };
  const draft = buildModel(loaded, {
    apiImport: null,
    appFolder: null,
    exists: (path) => files.exists(path),
  });
  if (!draft.ok) return draft;
  const checked = checkServer(files, draft.value);
  return checked.ok ? checkPlaces(files, draft.value) : checked;
}

/** The draft, unless files of the user's stand where code would be emitted: what `generate` would refuse, before the project is wired to it. */
export function checkPlaces(files: ReadFiles, draft: ModelDraft): Outcome<ModelDraft> {
  const planned = planMigrations({
    draft,
    history: null,
    allowDataLoss: false,
    files,
    committed: { texts: () => [], versions: () => [], joined: () => [], textAt: () => undefined },
  });
  if (!planned.ok) return planned;
  const plan = buildPlan({
    model: planned.value.model,
    upgrades: [],
    library: packageLibrary(),
    pieces: new Pieces(),
    config: "",
    migrations: planned.value.files,
    edits: [],
  });
  const taken = plan.files
    .filter(({ path, ownership }) => ownership === "owned" && isForeign(files, path))
    .map(({ path }) => path);
  const diagnostics = (["client", "server"] as const).flatMap((side) =>
    placesTaken(side, draft[side].out, taken),
  );
  return diagnostics.length > 0
    ? { ok: false, diagnostics }
    : { ok: true, value: draft, diagnostics: [] };
}

function isForeign(files: ReadFiles, path: string): boolean {
  return files.exists(path) && !hasFileHeader(files.read(path) ?? "");
}

function placesTaken(
  side: "client" | "server",
  out: string,
  taken: readonly string[],
): readonly Diagnostic[] {
  const here = taken.filter((path) => path.startsWith(`${out}/`));
  if (here.length === 0) return [];
  return [
    {
      code: "SG414",
      severity: "error",
      message: `Files of yours stand where sync-gen would write: ${firstFew(here)}.`,
      path: [side, "out"],
      hint:
        side === "client"
          ? `Give the emitted code a folder of its own, such as ${out}/offline: \`sync-gen init --out\`, or \`client.out\` in the config.`
          : "Move or rename them.",
    },
  ];
}

/** The draft, unless the user's own Convex files stand against it. */
export function checkServer(files: ReadFiles, draft: ModelDraft): Outcome<ModelDraft> {
  const history = parseHistory(files.read(historyPath));
  const edits = planServerEdits(files, {
    out: draft.server.out,
    tables: storedTables(draft.tables, history.ok ? history.value : null),
    rateLimit: draft.server.rateLimit !== null,
  });
  return edits.ok ? { ok: true, value: draft, diagnostics: [] } : edits;
}

/** The first thing that is wrong with these parts of a config, as one line below a question; `undefined` where they are right. */
export function firstWrong(
  { diagnostics }: Outcome<ModelDraft>,
  parts: readonly ("client" | "server")[] | "all",
): string | undefined {
  const wrong = diagnostics.find(
    ({ severity, path }) =>
      severity === "error" && (parts === "all" || parts.some((part) => part === path?.[0])),
  );
  return wrong && sentence(wrong);
}

function sentence({ message, hint, allowed }: Diagnostic): string {
  const help = hint ?? (allowed === undefined ? "" : `Allowed: ${allowed}.`);
  return `${message} ${help}`.trimEnd();
}
