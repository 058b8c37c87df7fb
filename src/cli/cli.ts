import { builtFrom } from "../builtFrom";
import { findProject } from "./findProject";
import { loadPlainRun } from "./loadPlainRun";
import { readPlainWords } from "./plainWords";
import { reportBug } from "./reportBug";
import { takeShortWay } from "./shortWay";
import { keepCompiledCode, optimizeLess } from "./startCompiler";
import { openStdout, processTerminal } from "./terminal";

/** The program. Everything that has to do with this process as a whole stands here: arguments, signals, the exit code. */
async function runProgram(): Promise<void> {
  const words = process.argv.slice(2);
  try {
    process.exitCode = await answer(words, process.cwd());
  } catch (error) {
    reportBug(error, words, processTerminal);
    process.exitCode = 70;
  }
}

/** The parser is loaded for what is not one of the plain command lines, the generator for what is not done already. */
async function answer(words: readonly string[], start: string): Promise<number> {
  if (words.length === 1 && words[0] === "--version") {
    processTerminal.out(`${builtFrom().version}\n`);
    return 0;
  }
  const plain = readPlainWords(words, processTerminal.color);
  const project = plain === null ? null : findProject({ start, cwd: undefined, config: undefined });
  if (plain === null || project?.kind !== "found") {
    const signal = prepareLongRun();
    const { main } = await import("./main");
    return await main({ words, start, terminal: processTerminal, signal });
  }
  const short = takeShortWay(plain, project, processTerminal);
  if (short !== null) return short;
  const signal = prepareLongRun();
  optimizeLess();
  const { runPlainly } = await loadPlainRun();
  return await runPlainly({ ...plain, ...project, terminal: processTerminal, signal });
}

function prepareLongRun(): AbortSignal {
  openStdout();
  const ending = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.once(signal, () => {
      // Writing is one synchronous step, so none is under way now: let go of the lock, then end as the signal says.
      ending.abort();
      process.kill(process.pid, signal);
    });
  }
  keepCompiledCode();
  return ending.signal;
}

void runProgram();
