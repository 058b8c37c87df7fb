import { createHash } from "node:crypto";
import { join } from "node:path";
import type { BuiltFrom } from "./builtFrom";
import type { LoadedConfig } from "./config/loadedConfig";
import { isLoadedAs } from "./config/loadedPackages";
import type { ReadFiles } from "./kernel/files";
import { mergeFiles } from "./model/checkFolders";
import type { Model } from "./model/model";
import { contentHash } from "./output/contentHash";
import { type Layout, valueHash } from "./output/manifest";
import type { RunFacts } from "./output/nextManifest";

/** What a run has read, and what it made of it. */
export interface FactsInput {
  readonly root: string;
  readonly tool: BuiltFrom;
  readonly model: Model;
  readonly loaded: LoadedConfig;
  readonly layout: Layout;
  readonly files: ReadFiles;
}

/** What the manifest remembers of a run, so that the next one can tell whether anything changed. */
export function runFacts(input: FactsInput): RunFacts {
  const { root, tool, model, loaded, layout, files } = input;
  const inputs: Record<string, string> = {};
  for (const { path, hash } of loaded.inputs) {
    const text = files.read(path) ?? "";
    // A file that was saved again while this run went on: its hash would vouch for what was never read.
    const same = createHash("sha256").update(text).digest("hex") === hash;
    inputs[path] = same && isLoadedAs(join(root, path), hash) ? contentHash(text) : "";
  }
  return {
    tool: tool.version,
    templates: tool.templates,
    model: valueHash(model),
    inputs,
    layout,
    userModules: mergeFiles(model.tables, (path) => files.exists(path)),
  };
}
