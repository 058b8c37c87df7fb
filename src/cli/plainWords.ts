import type { GlobalFlags } from "./command";

const commands = { generate: "generate", regenerate: "generate", check: "check" } as const;

const commonFlags = {
  "--json": "json",
  "--quiet": "quiet",
  "--no-color": "noColor",
  "--yes": "yes",
  "--allow-data-loss": "allowDataLoss",
} as const;

const flagNames = {
  generate: {
    ...commonFlags,
    "--dry-run": "dryRun",
    "--keep-edits": "keepEdits",
  },
  check: commonFlags,
} as const;

/** A command line that means the same to the parser, read without it. */
export interface PlainWords {
  readonly command: "generate" | "check";
  readonly flags: GlobalFlags;
}

/**
 * Reads `generate` and `check` with flags that they share with other commands, each at most once: what people and their tools run most often. `null` for
 * everything else, which is for the parser. `color`: what the terminal can do.
 */
export function readPlainWords(words: readonly string[], color: boolean): PlainWords | null {
  const [first = "", ...rest] = words;
  if (!Object.hasOwn(commands, first) || new Set(rest).size < rest.length) return null;
  // Safe: the line above.
  const command = commands[first as keyof typeof commands];
  const names: Readonly<Record<string, string>> = flagNames[command];
  if (!rest.every((word) => Object.hasOwn(names, word))) return null;
  const given = new Set(rest.map((word) => names[word]));
  return {
    command,
    flags: {
      json: given.has("json"),
      dryRun: given.has("dryRun"),
      yes: given.has("yes"),
      quiet: given.has("quiet"),
      verbose: false,
      color: color && !given.has("noColor"),
      keepEdits: given.has("keepEdits"),
      force: false,
      allowDataLoss: given.has("allowDataLoss"),
    },
  };
}
