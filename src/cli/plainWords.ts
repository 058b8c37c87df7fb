import { type FlagName, type GlobalFlags, kebabCase, toFlags } from "./globalOptions";

const commands = { generate: "generate", regenerate: "generate", check: "check" } as const;

const commonFlags = ["json", "quiet", "noColor", "yes", "allowDataLoss"] as const;

/** The flags that are read here; where another stands, the parser is asked. */
const flagsOf: Readonly<Record<PlainWords["command"], readonly FlagName[]>> = {
  generate: [...commonFlags, "dryRun", "keepEdits"],
  check: commonFlags,
};

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
  const names = new Map(flagsOf[command].map((name) => [`--${kebabCase(name)}`, name]));
  if (!rest.every((word) => names.has(word))) return null;
  const given = Object.fromEntries(rest.map((word) => [names.get(word) ?? word, true] as const));
  return { command, flags: toFlags(given, color) };
}
