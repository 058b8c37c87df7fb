import { builtFrom } from "../builtFrom";
import { readProject } from "../output/projectDisk";
import { countUpToDate } from "../upToDate";
import { findProject } from "./findProject";
import { toCommandResult } from "./runResult";
import { printResult } from "./print";
import type { Terminal } from "./terminal";

const commands = { generate: "generate", regenerate: "generate", check: "check" } as const;
const flags = new Set([
  "--json",
  "--quiet",
  "--no-color",
  "--yes",
  "--dry-run",
  "--force",
  "--allow-data-loss",
]);

/**
 * Answers `--version`, and `generate` and `check` on a project where nothing changed, without loading the parser or the generator: they are
 * what people and their tools run most often. `null` when it takes more; then nothing was printed.
 */
export function takeShortWay(
  words: readonly string[],
  start: string,
  terminal: Terminal,
): number | null {
  const [first = "", ...rest] = words;
  if (first === "--version" && rest.length === 0) {
    terminal.out(`${builtFrom().version}\n`);
    return 0;
  }
  if (!Object.hasOwn(commands, first) || !rest.every((word) => flags.has(word))) return null;
  // Safe: the line above.
  const command = commands[first as keyof typeof commands];

  const project = findProject({ start, cwd: undefined, config: undefined });
  if (project.kind === "wrong") return null;
  const fileCount = countUpToDate(readProject(project.root), project.config, builtFrom());
  if (fileCount === null) return null;
  const result = toCommandResult(
    {
      status: "unchanged",
      changes: [],
      diagnostics: [],
      fileCount,
      model: null,
      inputs: [project.config],
    },
    command,
    false,
  );
  printResult(command, result, terminal, {
    json: rest.includes("--json"),
    quiet: rest.includes("--quiet"),
    color: terminal.color && !rest.includes("--no-color"),
  });
  return result.exitCode;
}
