import { posix } from "node:path";
import { apiImport } from "./config/apiImport";
import { loadConfig } from "./config/load";
import type { LoadedConfig } from "./config/loadedConfig";
import { inFolder } from "./config/packages";
import { detectWorkspace, usesConvexAuth, type Workspace } from "./config/workspace";
import type { Outcome } from "./kernel/diagnostic";
import type { ReadFiles } from "./kernel/files";
import { buildModel } from "./model/buildModel";
import type { ModelDraft } from "./model/model";
import type { Layout } from "./output/manifest";

/** A config that was read and checked, and what the project around it says. */
export interface Draft {
  readonly loaded: LoadedConfig;
  readonly layout: Layout;
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
  const layout = findLayout(loaded.value, workspace);
  const draft = buildModel(loaded.value, {
    apiImport: layout?.apiImport ?? null,
    appFolder: layout && packageFolder(files, layout.clientOut),
    usesConvexAuth: layout !== null && usesConvexAuth(workspace, layout.serverOut),
    exists: (path) => files.exists(path),
  });
  const diagnostics = [...loaded.diagnostics, ...draft.diagnostics];
  if (!draft.ok) return { ok: false, diagnostics };
  if (layout === null) throw new Error("A checked config without folders.");
  return { ok: true, value: { loaded: loaded.value, layout, draft: draft.value }, diagnostics };
}

/** What the project's packages say about the config's folders; `null` where it names none, which `buildModel` reports. */
function findLayout({ config }: LoadedConfig, workspace: Workspace): Layout | null {
  const clientOut = folderOf(config.client);
  const serverOut = folderOf(config.server);
  if (clientOut === null || serverOut === null) return null;
  return {
    clientOut,
    serverOut,
    apiImport: apiImport(workspace, { clientOut, serverOut }),
  };
}

/** The nearest folder that has a package.json, from `folder` up; `null` without one. */
function packageFolder(files: ReadFiles, folder: string): string | null {
  if (files.exists(inFolder(folder, "package.json"))) return folder;
  return folder === "" ? null : packageFolder(files, folder.replace(/(?:^|\/)[^/]*$/, ""));
}

/** The folder of one side as the config spells it. */
function folderOf(side: unknown): string | null {
  if (typeof side !== "object" || side === null || !("out" in side)) return null;
  return typeof side.out === "string" ? posix.normalize(side.out).replace(/\/$/, "") : null;
}
