import { checkCommand } from "./commands/check";
import { generateCommand } from "./commands/generate";
import { createContext } from "./createContext";
import type { PlainWords } from "./plainWords";
import { printResult } from "./print";
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
  const context = createContext(run);
  const result =
    run.command === "check"
      ? await checkCommand.run({}, context)
      : await generateCommand.run({ watch: false }, context);
  printResult(run.command, result, run.terminal, run.flags);
  return result.exitCode;
}
