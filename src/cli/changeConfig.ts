import type { SyncConfig } from "../config/defineSync";
import { type Diagnostic, hasErrors, type Outcome } from "../kernel/diagnostic";
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
  readonly edit: (text: string) => Outcome<EditResult>;
  /** The config with the change, to be checked before the text is. */
  readonly candidate: (config: SyncConfig) => SyncConfig;
  /** A field that is added: whether rows that exist can have a value for it is found out before it is written. */
  readonly field?: { readonly table: string; readonly name: string; readonly written: string };
  readonly json: Readonly<Record<string, unknown>>;
}

/** Checks what the config would mean with a change, and makes the change in its text. Nothing is written while anything is wrong. */
export async function changeConfig(
  context: CommandContext,
  change: ConfigChange,
): Promise<CommandResult> {
  const { files, config: path } = context;
  const text = files.read(path);
  if (text === undefined) return failed([noConfig(path)]);
  const edited = change.edit(text);
  if (!edited.ok) return failed(edited.diagnostics);
  const problems = await checkCandidate(context, change);
  if (hasErrors(problems)) return failed(problems);

  const applied = await context.apply({
    files: [],
    edits: [
      {
        path,
        purpose: change.purpose,
        // Once the change is made, the edit reports that it is there already: for a plan, that is no change.
        apply: (current) => {
          const result = change.edit(current ?? "");
          return result.ok ? result.value : { kind: "unchanged" };
        },
      },
    ],
  });
  const isDone = applied.exitCode === 0 && edited.value.kind === "edited";
  const isMade = isDone && !context.flags.dryRun;
  return {
    exitCode: edited.value.kind === "manual" ? 1 : applied.exitCode,
    lines: [
      ...(isMade ? [{ style: "good", text: change.done } as const] : applied.lines),
      ...(isMade ? [{ style: "dim", text: "Next: sync-gen generate" } as const] : []),
    ],
    json: { ...change.json, changes: applied.changes },
    diagnostics: [...problems, ...applied.diagnostics],
  };
}

async function checkCandidate(
  { root, config, files }: CommandContext,
  change: ConfigChange,
): Promise<readonly Diagnostic[]> {
  const { loadConfig } = await import("../config/load");
  const { buildModel } = await import("../model/buildModel");
  const loaded = await loadConfig({ root, configPath: config });
  if (!loaded.ok) return loaded.diagnostics;
  // What is added has no place in the text yet, and the nearest one would mislead.
  const locate = (): undefined => undefined;
  const candidate = { ...loaded.value, locate, config: change.candidate(loaded.value.config) };
  const exists = (path: string): boolean => files.exists(path);
  const draft = buildModel(candidate, { apiImport: null, exists });
  if (!draft.ok || change.field === undefined) return draft.diagnostics;
  return [...draft.diagnostics, ...(await judgeField(files, draft.value, change.field))];
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
