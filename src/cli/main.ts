import { builtFrom } from "../builtFrom";
import type { Diagnostic } from "../kernel/diagnostic";
import { type CommandResult, failed } from "./command";
import { allCommands } from "./commands/allCommands";
import { createContext } from "./createContext";
import { findProject } from "./findProject";
import { toFlags } from "./globalOptions";
import { parseArguments } from "./parse";
import { printResult } from "./print";
import type { Terminal } from "./terminal";

/** The process, as far as the command line needs it. */
export interface MainInput {
  /** The command line without node and the program. */
  readonly words: readonly string[];
  /** The folder that the program was started in; absolute. */
  readonly start: string;
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
}

/** Runs one command line and returns its exit code. An error that it throws is a bug of ours. */
export async function main({ words, start, terminal, signal }: MainInput): Promise<number> {
  const parsed = await parseArguments(words, allCommands, builtFrom().version);
  if (parsed.kind === "text") {
    terminal.out(parsed.text);
    return 0;
  }
  if (parsed.kind === "wrong") {
    const { json, diagnostics } = parsed;
    return print("", failed(diagnostics), terminal, { json, quiet: false, color: terminal.color });
  }

  const { command, values, globals } = parsed;
  const flags = toFlags(globals, terminal.color);
  const wrong = contradiction(globals);
  if (wrong !== null) return print(command.name, failed([wrong]), terminal, flags);
  const project = findProject({ start, cwd: globals.cwd, config: globals.config });
  if (project.kind === "wrong")
    return print(command.name, failed([project.diagnostic]), terminal, flags);

  const { name } = command;
  const context = createContext({ command: name, ...project, flags, terminal, signal });
  return print(command.name, await command.run(values, context), terminal, flags);
}

type PrintFlags = { readonly json: boolean; readonly quiet: boolean; readonly color: boolean };

function print(
  command: string,
  result: CommandResult,
  terminal: Terminal,
  flags: PrintFlags,
): number {
  printResult(command, result, terminal, flags);
  return result.exitCode;
}

function contradiction(flags: {
  readonly quiet: boolean;
  readonly verbose: boolean;
}): Diagnostic | null {
  if (!flags.quiet || !flags.verbose) return null;
  return {
    code: "SG903",
    severity: "error",
    message: "--quiet and --verbose contradict each other.",
    hint: "Leave one of them out.",
  };
}
