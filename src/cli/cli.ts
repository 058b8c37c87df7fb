import * as nodeModule from "node:module";
import { reportBug } from "./reportBug";
import { takeShortWay } from "./shortWay";
import { processTerminal } from "./terminal";

/** The program. Everything that has to do with this process as a whole stands here: arguments, signals, the exit code. */
async function runProgram(): Promise<void> {
  const words = process.argv.slice(2);
  const start = process.cwd();
  try {
    const short = takeShortWay(words, start, processTerminal);
    process.exitCode = short ?? (await runCommand(words, start));
  } catch (error) {
    reportBug(error, words, processTerminal);
    process.exitCode = 70;
  }
}

async function runCommand(words: readonly string[], start: string): Promise<number> {
  const ending = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.once(signal, () => {
      // Writing is one synchronous step, so none is under way now: let go of the lock, then end as the signal says.
      ending.abort();
      process.kill(process.pid, signal);
    });
  }
  // Node 22.8 and later keep compiled code; the types are those of Node 20.
  (nodeModule as { readonly enableCompileCache?: () => unknown }).enableCompileCache?.();
  const { main } = await import("./main");
  return await main({ words, start, terminal: processTerminal, signal: ending.signal });
}

// A reader that went away (`sync-gen list | head -1`) is no reason to complain.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
});

void runProgram();
