import { posix } from "node:path";
import { apiImport } from "./config/apiImport";
import { loadConfig } from "./config/load";
import type { LoadedConfig } from "./config/loadedConfig";
import { detectWorkspace, type Workspace } from "./config/workspace";
import type { Outcome } from "./kernel/diagnostic";
import type { ReadFiles } from "./kernel/files";
import { buildModel } from "./model/buildModel";
import type { ModelDraft } from "./model/model";

/** A config that was read and checked, and the project around it. */
export interface Draft {
  readonly loaded: LoadedConfig;
  readonly workspace: Workspace;
  readonly draft: ModelDraft;
}

/** Reads and checks the config: the first half of every run, and all that `list` and `explain` need. */
export async function readDraft(
  root: string,
  config: string,
  files: ReadFiles,
): Promise<Outcome<Draft>> {
  const loaded = await loadConfig({ root, configPath: config });
  if (!loaded.ok) return loaded;
  const workspace = detectWorkspace(files);
  const clientOut = folderOf(loaded.value.config.client);
  const serverOut = folderOf(loaded.value.config.server);
  const known = clientOut !== null && serverOut !== null;
  const draft = buildModel(loaded.value, {
    apiImport: known ? apiImport(workspace, { clientOut, serverOut }) : null,
  });
  const diagnostics = [...loaded.diagnostics, ...draft.diagnostics];
  if (!draft.ok) return { ok: false, diagnostics };
  return { ok: true, value: { loaded: loaded.value, workspace, draft: draft.value }, diagnostics };
}

/** The folder of one side as the config spells it; `null` where it does not, which `buildModel` reports. */
function folderOf(side: unknown): string | null {
  if (typeof side !== "object" || side === null || !("out" in side)) return null;
  return typeof side.out === "string" ? posix.normalize(side.out).replace(/\/$/, "") : null;
}
