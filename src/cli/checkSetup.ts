import { newConfigValue, type NewConfigValue } from "../codemods/newConfig";
import { planServerEdits } from "../codemods/serverEdits";
import type { LoadedConfig } from "../config/loadedConfig";
import type { Diagnostic, Outcome } from "../kernel/diagnostic";
import type { ReadFiles } from "../kernel/files";
import { buildModel } from "../model/buildModel";
import type { ModelDraft } from "../model/model";

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
  const draft = buildModel(loaded, { apiImport: null, exists: (path) => files.exists(path) });
  return draft.ok ? checkServer(files, draft.value) : draft;
}

/** The draft, unless the user's own Convex files stand against it. */
export function checkServer(files: ReadFiles, draft: ModelDraft): Outcome<ModelDraft> {
  const edits = planServerEdits(files, {
    out: draft.server.out,
    tableNames: draft.tables.map(({ name }) => name),
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
