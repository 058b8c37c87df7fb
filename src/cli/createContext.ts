import type { Change } from "../output/changes";
import { readProject } from "../output/projectDisk";
import { terminalAsk } from "./ask";
import type { AppliedChange, ApplyResult, CommandContext } from "./command";
import type { GlobalFlags } from "./globalOptions";
import { changeLines, toCommandResult } from "./runResult";
import { printResult, progressOn } from "./print";
import type { Terminal } from "./terminal";

/** What a command was called with. */
export interface ContextInput {
  readonly command: string;
  readonly root: string;
  readonly config: string;
  readonly rootIsAssumed: boolean;
  readonly flags: GlobalFlags;
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
}

/** What a command works with: the project, the flags, and ways to ask, to write and to say what is going on. */
export function createContext(input: ContextInput): CommandContext {
  const { command, root, config, rootIsAssumed, flags, terminal, signal } = input;
  const { json, quiet, verbose, color, yes } = flags;

  const context: CommandContext = {
    root,
    config,
    rootIsAssumed,
    flags,
    signal,
    files: readProject(root),
    ask: terminal.interactive && !yes && !json ? terminalAsk : null,
    progress: progressOn(terminal, flags),
    show: (result) => printResult(command, result, terminal, { json, quiet, color }),
    apply: async (plan) => {
      const { applyPlan } = await import("../generate");
      const { dryRun, force } = flags;
      const result = await applyPlan(
        { root, config, dryRun, force, progress: context.progress, signal },
        plan,
      );
      const { exitCode } = toCommandResult(result, dryRun ? "dry-run" : "generate", flags);
      const applied: ApplyResult = {
        exitCode,
        changes: result.changes.map(toApplied),
        lines: changeLines(result.changes, verbose),
        diagnostics: result.diagnostics,
      };
      return applied;
    },
    generate: async () => {
      const { generateProject } = await import("./generateProject");
      return await generateProject(context);
    },
  };
  return context;
}

/** A change as commands see it: an edit is one of a user's file, made or left to do. */
function toApplied(change: Change): AppliedChange {
  const { path } = change;
  switch (change.kind) {
    case "edit":
      return {
        kind: change.created ? "create" : "update",
        path,
        purpose: change.purposes.join("; "),
      };
    case "manual":
      return { kind: "manual", path, purpose: change.purpose, text: change.snippet };
    case "conflict":
      return { kind: "conflict", path, text: change.diff };
    default:
      return { kind: change.kind, path };
  }
}
