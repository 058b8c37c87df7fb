import type { Command, OptionSpec } from "./command";

/** The flags that every command takes, in the order of the help. */
export const commonOptions = {
  cwd: { kind: "text", description: "work in this folder instead of the current one" },
  config: { kind: "text", description: "the config's path (default: sync.config.ts)" },
  json: { kind: "flag", description: "print one JSON value on stdout, and nothing else" },
  yes: { kind: "flag", description: "ask nothing, take the defaults" },
  quiet: { kind: "flag", description: "print errors only" },
  verbose: { kind: "flag", description: "print every step and every file" },
  noColor: { kind: "flag", description: "print without colours (also: NO_COLOR)" },
} as const satisfies Record<string, OptionSpec>;

/** The flags that mean the same in every command that says that it takes them. */
export const runOptions = {
  dryRun: { kind: "flag", description: "say what would change, and write nothing" },
  keepEdits: {
    kind: "flag",
    description: "keep edits of emitted files, and merge them with what is new",
  },
  force: { kind: "flag", description: "replace edits of emitted files" },
  allowDataLoss: { kind: "flag", description: "allow migrations that delete data on devices" },
} as const satisfies Record<string, OptionSpec>;

/** A flag that several commands take. */
export type RunFlag = keyof typeof runOptions;

/** All of them: what the values of any command are read by. */
export const sharedOptions = { ...commonOptions, ...runOptions };

/** What a command takes beside the flags of every command: those that it shares, and its own. */
export function optionsOf({
  takes,
  options,
}: Pick<Command, "takes" | "options">): Command["options"] {
  return { ...options, ...Object.fromEntries(takes.map((name) => [name, runOptions[name]])) };
}

/** The values of the shared options, as the parser found them. */
export type GlobalValues = {
  readonly [Name in keyof typeof sharedOptions]: (typeof sharedOptions)[Name]["kind"] extends "flag"
    ? boolean
    : string | undefined;
};

/** A shared option that takes no value. */
export type FlagName = {
  [Name in keyof typeof sharedOptions]: (typeof sharedOptions)[Name]["kind"] extends "flag"
    ? Name
    : never;
}[keyof typeof sharedOptions];

/** The flags that a command sees; they mean the same in every command that takes them. */
export type GlobalFlags = Readonly<Record<Exclude<FlagName, "noColor">, boolean>> & {
  readonly color: boolean;
};

/** Makes them of those that were given. `color`: what the terminal can do. */
export function toFlags(
  given: Readonly<Partial<Record<FlagName, boolean>>>,
  color: boolean,
): GlobalFlags {
  // Safe: the names and the type are of one table.
  const names = Object.entries(sharedOptions)
    .filter(([, { kind }]) => kind === "flag")
    .map(([name]) => name as FlagName);
  const flags = Object.fromEntries(names.map((name) => [name, given[name] === true]));
  const { noColor, ...others } = flags as Record<FlagName, boolean>;
  return { ...others, color: color && !noColor };
}

/** `allow-data-loss` for `allowDataLoss`. */
export function kebabCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
