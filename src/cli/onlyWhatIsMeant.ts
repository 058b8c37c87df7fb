import type { SyncConfig } from "../config/defineSync";
import type { LoadedConfig } from "../config/loadedConfig";
import { joinWords } from "../kernel/text";
import type { EditResult } from "../plan/plan";

/** An edit of one of the config's files, with what it is for. */
export interface MeantEdit {
  readonly root: string;
  readonly loaded: LoadedConfig;
  /** The config as it is meant to become. */
  readonly meant: SyncConfig;
  readonly path: string;
  readonly result: EditResult;
  /** What to paste where the edit cannot be made. */
  readonly snippet: string;
}

/**
 * The edit, if the config that it makes is the one that was meant. Where tables share an object, an edit of the one would
 * change the others as well, and only the user knows how to take them apart.
 */
export async function onlyWhatIsMeant(edit: MeantEdit): Promise<EditResult> {
  const { root, loaded, meant, path, result, snippet } = edit;
  if (result.kind !== "edited") return result;
  const { loadConfig } = await import("../config/load");
  const instead = { path, text: result.text };
  const after = await loadConfig({ root, configPath: loaded.path, instead });
  const left = (reason: string): EditResult => ({
    kind: "manual",
    reason: `${path} was left alone because ${reason}.`,
    snippet,
  });
  if (!after.ok) return left("it could not be loaded with the change");
  const wanted = changedTables(loaded.config, meant);
  const others = [...changedTables(loaded.config, after.value.config)].filter(
    (name) => !wanted.has(name),
  );
  return others.length === 0
    ? result
    : left(
        `${joinWords([...wanted])} and ${joinWords(others)} share what would be changed: the change would be made to all of them`,
      );
}

function changedTables(before: SyncConfig, after: SyncConfig): ReadonlySet<string> {
  const [from, to] = [textsOf(before.tables), textsOf(after.tables)];
  return new Set([...from.keys(), ...to.keys()].filter((name) => from.get(name) !== to.get(name)));
}

function textsOf(tables: unknown): ReadonlyMap<string, string> {
  const entries = typeof tables === "object" && tables !== null ? Object.entries(tables) : [];
  return new Map(entries.map(([name, table]) => [name, JSON.stringify(table)]));
}
