import { checkProject } from "./checkProject";
import { generateProject } from "./generateProject";
import type { PlainWords } from "./plainWords";
import { printResult, progressOn } from "./print";
import type { Terminal } from "./terminal";

/** A command line that needs no parser, and the project that it is about. */
export interface PlainRun extends PlainWords {
  readonly root: string;
  readonly config: string;
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
}

/** Runs `generate` or `check` as `main` would, without its parser; returns the exit code. */
export async function runPlainly(run: PlainRun): Promise<number> {
  const { command, terminal, flags } = run;
  const start = command === "check" ? checkProject : generateProject;
  const result = await start({ ...run, progress: progressOn(terminal, flags) });
  printResult(command, result, terminal, flags);
  return result.exitCode;
}
