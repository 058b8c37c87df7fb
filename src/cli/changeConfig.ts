import { createHash } from "node:crypto";
import type { SyncConfig } from "../config/defineSync";
import type { LoadedConfig } from "../config/loadedConfig";
import type { ConfigPath } from "../config/problems";
import {
  type Diagnostic,
  hasErrors,
  type Outcome,
  type SourceLocation,
} from "../kernel/diagnostic";
import type { ReadFiles } from "../kernel/files";
import type { ModelDraft } from "../model/model";
import type { EditResult } from "../plan/plan";
import { type CommandContext, type CommandResult, failed } from "./command";

/** A change of the config that a command wants. */
export interface ConfigChange {
  /** What is said when it is made. */
  readonly done: string;
  /** What the edit is for, in the words of the progress output. */
  readonly purpose: string;
  /** The edit of the config's own text; `manual` where what it changes stands elsewhere. */
  readonly edit: (text: string) => Outcome<EditResult>;
  /** What the edit adds, as somebody would paste it. */
  readonly snippet: string;
  /** The object of the config that the edit adds to, in whichever file. */
  readonly object: ConfigPath;
  /** The edit of the file that holds this object. */
  readonly editAt: (place: SourceLocation, text: string) => EditResult;
  /** The config with the change, to be checked before the text is; or why it cannot be changed. */
  readonly candidate: (config: SyncConfig) => Outcome<SyncConfig>;
  /** A field that is added: whether rows that exist can have a value for it is found out before it is written. */
  readonly field?: { readonly table: string; readonly name: string; readonly written: string };
  readonly json: Readonly<Record<string, unknown>>;
}

/**
 * Checks what the config would mean with a change, and makes the change in its text. Nothing is written while anything is wrong, or on top
 * of a text that was not the one that was checked.
 */
export async function changeConfig(
  context: CommandContext,
  change: ConfigChange,
): Promise<CommandResult> {
  for (;;) {
    const result = await tryChange(context, change);
    if (result !== null) return result;
    // Somebody else, an editor or another sync-gen, has got on meanwhile.
    context.progress("the config has changed: reading it again");
  }
}

/** `null` where the text that the edit is of was saved anew before it could be written. */
async function tryChange(
  context: CommandContext,
  change: ConfigChange,
): Promise<CommandResult | null> {
  const { root, files, config: path } = context;
  const text = files.read(path);
  if (text === undefined) return failed([noConfig(path)]);
  const edited = change.edit(text);
  if (!edited.ok) return failed(edited.diagnostics);
  const { loadConfig } = await import("../config/load");
  const loaded = await loadConfig({ root, configPath: path });
  if (!loaded.ok) return failed(loaded.diagnostics);
  const meant = change.candidate(loaded.value.config);
  if (!meant.ok) return failed(meant.diagnostics);
  const problems = await checkCandidate(files, loaded.value, meant.value, change.field);
  if (hasErrors(problems)) return failed(problems);

  const found =
    edited.value.kind === "manual"
      ? editElsewhere(files, loaded.value, change, edited.value)
      : { path, text, result: edited.value };
  let isStale = !wasLoaded(loaded.value, found);
  if (isStale) return null;
  const { onlyWhatIsMeant } = await import("./onlyWhatIsMeant");
  const { snippet } = change;
  const edit = {
    ...found,
    result: await onlyWhatIsMeant({
      ...{ root, loaded: loaded.value, meant: meant.value, snippet },
      ...found,
    }),
  };
  // Called while the project's lock is held: what is compared here is what is written over.
  const apply = (current: string | undefined): EditResult => {
    isStale = current !== edit.text;
    return isStale ? { kind: "unchanged" } : edit.result;
  };
  const applied = await context.apply({
    files: [],
    edits: [{ path: edit.path, purpose: change.purpose, apply }],
  });
  if (isStale) return null;
  const isDone = applied.exitCode === 0 && edit.result.kind === "edited";
  const isMade = isDone && !context.flags.dryRun;
  const where = edit.path === path ? "" : ` in ${edit.path}`;
  return {
    exitCode: edit.result.kind === "manual" ? 1 : applied.exitCode,
    lines: [
      ...(isMade
        ? [{ style: "good", text: change.done.replace(/\.$/, `${where}.`) } as const]
        : applied.lines),
      ...(isMade ? [{ style: "dim", text: "Next: sync-gen generate" } as const] : []),
    ],
    json: { ...change.json, changes: applied.changes },
    diagnostics: [...problems, ...applied.diagnostics],
  };
}

/** A text of one of the config's files, and what becomes of it. */
interface FileEdit {
  readonly path: string;
  readonly text: string;
  readonly result: EditResult;
}

function wasLoaded({ inputs }: LoadedConfig, { path, text }: FileEdit): boolean {
  const input = inputs.find((one) => one.path === path);
  // A link goes by the path that it leads to.
  return input === undefined || input.hash === createHash("sha256").update(text).digest("hex");
}

/** The edit where the config's own file does not hold what is changed: in the file that does, or by hand at the nearest place. */
function editElsewhere(
  files: ReadFiles,
  loaded: LoadedConfig,
  change: ConfigChange,
  manual: Extract<EditResult, { kind: "manual" }>,
): FileEdit {
  const read = (path: string): string => files.read(path) ?? "";
  const place = loaded.locateObject(change.object);
  if (place !== undefined) {
    const text = read(place.file);
    return { path: place.file, text, result: change.editAt(place, text) };
  }
  const near = loaded.locate(change.object);
  if (near === undefined) return { path: loaded.path, text: read(loaded.path), result: manual };
  const what = change.object.join(".");
  const reason = `${near.file} was left alone because ${what} is computed, near ${near.file}:${near.line}:${near.column}.`;
  return { path: near.file, text: read(near.file), result: { ...manual, reason } };
}

async function checkCandidate(
  files: ReadFiles,
  loaded: LoadedConfig,
  config: SyncConfig,
  field: ConfigChange["field"],
): Promise<readonly Diagnostic[]> {
  const { buildModel } = await import("../model/buildModel");
  // What is added has no place in the text yet, and the nearest one would mislead.
  const candidate = { ...loaded, locate: (): undefined => undefined, config };
  const exists = (path: string): boolean => files.exists(path);
  const draft = buildModel(candidate, { apiImport: null, appFolder: null, exists });
  if (!draft.ok || field === undefined) return draft.diagnostics;
  return [...draft.diagnostics, ...(await judgeField(files, draft.value, field))];
}

/** What `generate` would say against a field, for the rows that exist already. */
async function judgeField(
  files: ReadFiles,
  draft: ModelDraft,
  field: NonNullable<ConfigChange["field"]>,
): Promise<readonly Diagnostic[]> {
  const { historyPath, parseHistory } = await import("../migrate/history");
  const { diffModels } = await import("../migrate/diffModels");
  const { judgeChanges } = await import("../migrate/judgeChanges");
  const history = parseHistory(files.read(historyPath));
  // A damaged one is for `generate` to report, and nothing generated yet stands against nothing.
  if (!history.ok || history.value === null) return [];
  const place = ["tables", field.table, "fields", field.name].join("\n");
  return judgeChanges(diffModels(history.value.tables, draft.tables), true)
    .filter(({ path }) => path?.join("\n") === place)
    .map((diagnostic) => ({
      ...diagnostic,
      hint: `Say "${field.written}=…" with the value that existing rows should have, or "${field.written}?" for a field that may be empty.`,
    }));
}

function noConfig(path: string): Diagnostic {
  return {
    code: "SG101",
    severity: "error",
    message: `There is no ${path} in this folder.`,
    hint: "`sync-gen init` writes one; `--config` names one elsewhere.",
  };
}
