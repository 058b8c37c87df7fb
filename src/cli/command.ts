import type { Diagnostic } from "../kernel/diagnostic";
import type { ReadFiles } from "../kernel/files";
import type { Plan } from "../plan/plan";
import type { GlobalFlags, RunFlag } from "./globalOptions";

/**
 * 0 done or clean · 1 `check` found drift, or a user's edit stands in the way · 2 wrong usage or an invalid config.
 * 70, a bug of ours, is never returned: it is what a thrown error becomes.
 */
export type ExitCode = 0 | 1 | 2;

/** A line of a command's answer on stdout. A style is dropped where there is no colour, so the text has to say it all. */
export type Line = string | { readonly style: LineStyle; readonly text: string };
/** What a line of text is, from which its color follows. */
export type LineStyle = "heading" | "good" | "warning" | "bad" | "dim" | "code";

/** What a command hands back. It prints nothing itself: `cli/print.ts` does, as text or as one JSON value. */
export interface CommandResult {
  readonly exitCode: ExitCode;
  /** The answer for people, on stdout. */
  readonly lines: readonly Line[];
  /** The answer for programs: the members of the object that `--json` prints, beside `command`, `exitCode` and `diagnostics`. */
  readonly json: Readonly<Record<string, unknown>>;
  /** Errors, warnings and notes, printed on stderr in the format of every command, or inside the JSON value. */
  readonly diagnostics: readonly Diagnostic[];
}

/** What a command is given beside its own arguments. */
export interface CommandContext {
  /** The project's root: absolute, where `--cwd` points or the nearest folder above that holds the config. */
  readonly root: string;
  /** The config's path relative to the root: `sync.config.ts`, or what `--config` says. The file need not exist. */
  readonly config: string;
  /** Nothing says that this folder is the project: there is no config, and no `--cwd`. */
  readonly rootIsAssumed: boolean;
  /** The project, for reading. */
  readonly files: ReadFiles;
  readonly flags: GlobalFlags;
  /** Asks the person at the terminal; `null` without a terminal, with `--yes` and with `--json`: take the default, or say what is missing. */
  readonly ask: Ask | null;
  /** Aborted when the process has to end (Ctrl-C). */
  readonly signal: AbortSignal;
  /** Says on stderr what is going on; shown in a terminal or with `--verbose`. */
  progress(message: string): void;
  /** Prints a result before the command ends; for commands that go on, as `generate --watch` does. */
  show(result: CommandResult): void;
  /**
   * Makes files and edits of the user's files true on disk, as `generate` would (prettier, reconcile, write), except that files of earlier
   * runs stay. With `--dry-run` it only says what would change.
   */
  apply(plan: Plan): Promise<ApplyResult>;
  /** Runs `sync-gen generate` in this project with these flags. */
  generate(): Promise<GenerateAnswer>;
}

/** What `generate` answers, and what it leaves to do. */
export interface GenerateAnswer extends CommandResult {
  readonly next: {
    /** For a terminal. */
    readonly commands: readonly string[];
    /** For a person, in words. */
    readonly steps: readonly string[];
  };
}

/** What was written, or with `--dry-run` would have been. */
export interface ApplyResult {
  readonly exitCode: ExitCode;
  readonly changes: readonly AppliedChange[];
  /** The same, ready to be part of a `CommandResult`. */
  readonly lines: readonly Line[];
  readonly diagnostics: readonly Diagnostic[];
}

/** What happened, or would happen, to one file. */
export interface AppliedChange {
  readonly path: string;
  readonly kind:
    "create" | "update" | "keep" | "merge" | "delete" | "unchanged" | "conflict" | "manual";
  /** What an edit of a user's file is for, when it is one. */
  readonly purpose?: string;
  /** `manual`: what the user pastes. `conflict`: our change as a unified diff. */
  readonly text?: string;
}

/** Questions in a terminal. Each resolves with `null` when the person leaves with Ctrl-C or Escape. */
export interface Ask {
  text(question: {
    readonly message: string;
    readonly initial?: string;
    /** Returns what is wrong with the answer, or `undefined`. */
    readonly check?: (answer: string) => string | undefined;
  }): Promise<string | null>;
  choose<T extends string>(question: {
    readonly message: string;
    readonly options: readonly {
      readonly value: T;
      readonly label: string;
      readonly hint?: string;
    }[];
    readonly initial?: T;
  }): Promise<T | null>;
  confirm(question: {
    readonly message: string;
    readonly initial?: boolean;
  }): Promise<boolean | null>;
}

/** An argument by place: `sync-gen explain <subject>`. */
export interface PositionalSpec {
  readonly description: string;
  readonly required: boolean;
}

/** An argument by name. `text` takes one value, `list` may be given several times, `flag` takes none. Written in kebab-case on the command line. */
export interface OptionSpec {
  readonly kind: "text" | "list" | "flag";
  readonly description: string;
  readonly choices?: readonly string[];
}

/** A line of a command's help that can be typed as it stands. */
export interface Example {
  /** Without the program's name: `add-table notes --field title:text`. */
  readonly command: string;
  readonly purpose: string;
}

/** A command, as data and one function; `cli/parse.ts` makes the parser, the help and the completion of it. */
export interface Command {
  readonly name: string;
  readonly aliases: readonly string[];
  /** One sentence, as the list of commands shows it. */
  readonly summary: string;
  readonly positionals: Readonly<Record<string, PositionalSpec>>;
  /** Which of the flags that several commands share have a meaning here. */
  readonly takes: readonly RunFlag[];
  readonly options: Readonly<Record<string, OptionSpec>>;
  /** At least one. */
  readonly examples: readonly Example[];
  run(values: ArgumentValues, context: CommandContext): Promise<CommandResult>;
}

/** What the parser found, by the camelCase names of positionals and options. */
export type ArgumentValues = Readonly<
  Record<string, string | boolean | readonly string[] | undefined>
>;

type PositionalValue<Spec extends PositionalSpec> = Spec extends { required: true }
  ? string
  : string | undefined;
type OptionValue<Spec extends OptionSpec> = Spec["kind"] extends "flag"
  ? boolean
  : Spec["kind"] extends "list"
    ? readonly string[]
    : string | undefined;

/** The arguments of a command, typed from its specification. */
export type TypedArguments<
  Positionals extends Readonly<Record<string, PositionalSpec>>,
  Options extends Readonly<Record<string, OptionSpec>>,
> = { readonly [Name in keyof Positionals]: PositionalValue<Positionals[Name]> } & {
  readonly [Name in keyof Options]: OptionValue<Options[Name]>;
};

/**
 * A command whose `run` sees typed arguments.
 *
 * @example
 * export const explain = defineCommand({
 *   name: "explain",
 *   summary: "Says what a table or a policy does.",
 *   positionals: { subject: { description: "a table or a policy", required: true } },
 *   options: {},
 *   examples: [{ command: "explain mobile-wins", purpose: "what the policy promises" }],
 *   async run({ subject }, context) { … },
 * });
 */
export function defineCommand<
  const Positionals extends Readonly<Record<string, PositionalSpec>>,
  const Options extends Readonly<Record<string, OptionSpec>>,
>(
  command: Omit<Command, "aliases" | "takes" | "positionals" | "options" | "run"> & {
    readonly takes?: readonly RunFlag[];
    readonly aliases?: readonly string[];
    readonly positionals: Positionals;
    readonly options: Options;
    run(
      values: TypedArguments<Positionals, Options>,
      context: CommandContext,
    ): Promise<CommandResult>;
  },
): Command {
  return {
    ...command,
    aliases: command.aliases ?? [],
    takes: command.takes ?? [],
    // Safe: the parser is made from `positionals` and `options`, the very objects the type is derived from.
    run: (values, context) => command.run(values as TypedArguments<Positionals, Options>, context),
  };
}

/** The result of a command that could not do its work: the diagnostics say why. */
export function failed(diagnostics: readonly Diagnostic[], exitCode: 1 | 2 = 2): CommandResult {
  return { exitCode, lines: [], json: {}, diagnostics };
}
