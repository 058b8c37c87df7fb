import type { GlobalFlags } from "./command";

const commands = { generate: "generate", regenerate: "generate", check: "check" } as const;

const flagNames = {
  "--json": "json",
  "--quiet": "quiet",
  "--no-color": "noColor",
  "--yes": "yes",
  "--dry-run": "dryRun",
  "--keep-edits": "keepEdits",
  "--force": "force",
  "--allow-data-loss": "allowDataLoss",
} as const;

/** A command line that means the same to the parser, read without it. */
export interface PlainWords {
  readonly command: "generate" | "check";
  readonly flags: GlobalFlags;
}

/**
 * Reads `generate` and `check` with flags of every command, each at most once: what people and their tools run most often. `null` for
 * everything else, which is for the parser. `color`: what the terminal can do.
 */
export function readPlainWords(words: readonly string[], color: boolean): PlainWords | null {
  const [first = "", ...rest] = words;
  if (!Object.hasOwn(commands, first) || new Set(rest).size < rest.length) return null;
  if (!rest.every((word) => Object.hasOwn(flagNames, word))) return null;
  // Safe: the lines above.
  const command = commands[first as keyof typeof commands];
  const given = new Set(rest.map((word) => flagNames[word as keyof typeof flagNames]));
  if (given.has("force") && given.has("keepEdits")) return null;
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
      force: given.has("force"),
      allowDataLoss: given.has("allowDataLoss"),
    },
  };
}
