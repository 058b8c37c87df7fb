import { builtFrom } from "../builtFrom";
import { readUpToDate } from "../upToDate";
import type { FoundProject } from "./findProject";
import type { PlainWords } from "./plainWords";
import { printResult } from "./print";
import { toCommandResult } from "./runResult";
import type { Terminal } from "./terminal";

/**
 * Answers `generate` and `check` on a project where nothing changed, without loading the generator: the exit code. `null` when it takes
 * more; then nothing was printed.
 */
export function takeShortWay(
  { command, flags }: PlainWords,
  { root, config }: Pick<Extract<FoundProject, { kind: "found" }>, "root" | "config">,
  terminal: Terminal,
): number | null {
  const upToDate = readUpToDate(root, config, builtFrom());
  if (upToDate === null) return null;
  const result = toCommandResult(
    { status: "unchanged", changes: [], diagnostics: [], model: null, ...upToDate },
    command,
    flags,
  );
  printResult(command, result, terminal, flags);
  return result.exitCode;
}
