import type { Diagnostic, SourceLocation } from "../kernel/diagnostic";
import type { SyncConfig } from "./defineSync";
import type { ConfigPath } from "./problems";
import type { JsonType } from "./vocabulary";

/** A config that was read from disk and run, and where its parts stand in the text. */
export interface LoadedConfig {
  /** What `defineSync` returned: unchecked. `buildModel` checks it. */
  readonly config: SyncConfig;
  /** The file, relative to the project's root. */
  readonly path: string;
  /**
   * The config, every file of the project that it imports, and the package.json of every package, sorted by path; `hash` is SHA-256 in
   * hex; that of a config which may read more than these is empty, because no text of its vouches for what it says.
   */
  readonly inputs: readonly { readonly path: string; readonly hash: string }[];
  /**
   * Where a part of the config stands: `["tables", "tasks", "fields", "dueAt"]` is the place of the key `dueAt`. When the part itself
   * cannot be found (it is computed), the nearest part around it.
   */
  locate(path: ConfigPath): SourceLocation | undefined;
  /** Where the object that a part of the config is written as begins, in whichever file; `undefined` for what is computed. */
  locateObject(path: ConfigPath): SourceLocation | undefined;
  /** The type arguments of `json<T>()` by `table.field`; a json field that is not here is of type `unknown`. */
  readonly jsonTypes: Readonly<Record<string, JsonType>>;
}

/** The diagnostics with the places of their paths, in the order of the text. */
export function locateAll(
  diagnostics: readonly Diagnostic[],
  locate: LoadedConfig["locate"],
): readonly Diagnostic[] {
  const located = diagnostics.map((diagnostic) => {
    if (diagnostic.location !== undefined || diagnostic.path === undefined) return diagnostic;
    const location = locate(diagnostic.path);
    return location === undefined ? diagnostic : { ...diagnostic, location };
  });
  return located.sort((a, b) => comparePlaces(a.location, b.location));
}

/** What has no place comes first: it is about the config as a whole. */
function comparePlaces(a: SourceLocation | undefined, b: SourceLocation | undefined): number {
  if (a === undefined || b === undefined) return Number(a !== undefined) - Number(b !== undefined);
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return a.line - b.line || a.column - b.column;
}
