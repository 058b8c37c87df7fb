import yargs, { type Argv, type Options } from "yargs";
import type { Diagnostic } from "../kernel/diagnostic";
import { didYouMean } from "../kernel/text";
import type { ArgumentValues, Command, OptionSpec } from "./command";
import {
  commonOptions,
  type GlobalValues,
  kebabCase,
  optionsOf,
  sharedOptions,
} from "./globalOptions";

/** What a command line asks for. */
export type Parsed =
  | {
      readonly kind: "run";
      readonly command: Command;
      readonly values: ArgumentValues;
      readonly globals: GlobalValues;
    }
  /** Help, the version or completions: print it. */
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "wrong"; readonly diagnostics: readonly Diagnostic[]; readonly json: boolean };

/** Reads a command line (without node and the program). */
export async function parseArguments(
  words: readonly string[],
  commands: readonly Command[],
  version: string,
): Promise<Parsed> {
  let chosen:
    { readonly command: Command; readonly found: Readonly<Record<string, unknown>> } | undefined;
  let printed = "";
  let failure: string | undefined;
  const parser = commands.reduce(
    (program, command) => addCommand(program, command, (found) => (chosen = { command, found })),
    newParser(version, commands),
  );
  let left: unknown;
  await parser
    .fail((message, error) => {
      // Without a message it is an exception of ours on its way through yargs.
      if (!message) throw error;
      failure = message;
    })
    .parseAsync([...words], {}, (_error, found, output) => {
      printed = output;
      left = found["_"];
    });

  const json = words.includes("--json");
  if (printed !== "" && failure === undefined && chosen === undefined)
    return { kind: "text", text: `${withUsages(printed, commands)}\n` };
  if (chosen === undefined || failure !== undefined) {
    return {
      kind: "wrong",
      json,
      diagnostics: [unknownCommand(firstWord(left), commands, failure)],
    };
  }
  const diagnostics = findMistakes(chosen.command, chosen.found);
  if (diagnostics.length > 0) return { kind: "wrong", json, diagnostics };
  return {
    kind: "run",
    command: chosen.command,
    values: toValues(
      { ...chosen.command.options },
      Object.keys(chosen.command.positionals),
      chosen.found,
    ),
    // Safe: these are the options whose type this is.
    globals: toValues(sharedOptions, [], chosen.found) as GlobalValues,
  };
}

/** What stands where the command does: the first of the words that are neither a flag nor the value of one. */
function firstWord(left: unknown): string | undefined {
  return Array.isArray(left) ? left.map(toWord)[0] : undefined;
}

/** The flags that only some commands take are named here as well: wherever one stands, the next word is not its value. */
function newParser(version: string, commands: readonly Command[]): Argv {
  const flags = commands
    .flatMap((command) => Object.entries(optionsOf(command)))
    .filter(([, { kind }]) => kind === "flag");
  return yargs()
    .scriptName("sync-gen")
    .locale("en")
    .usage(
      "$0 <command>\n\nOffline-first sync for Expo SQLite and Convex, generated into your repository.",
    )
    .parserConfiguration({
      "boolean-negation": false,
      "dot-notation": false,
      "parse-numbers": false,
      "parse-positional-numbers": false,
      "duplicate-arguments-array": true,
    })
    .options(toOptions(commonOptions, "For every command:"))
    .boolean([...new Set(flags.map(([name]) => kebabCase(name)))])
    .version(version)
    .alias("help", "h")
    .completion("completions", false)
    .epilogue(
      "Exit codes: 0 done · 1 drift, or an edit of yours stands in the way · 2 wrong usage or config · 70 a bug",
    )
    .example("$0 init", "set up this project")
    .example("$0 generate", "after any edit of sync.config.ts")
    .example("$0 check", "in CI: is everything emitted up to date?")
    .exitProcess(false)
    .showHelpOnFail(false)
    .wrap(100);
}

function addCommand(
  parser: Argv,
  command: Command,
  choose: (found: Readonly<Record<string, unknown>>) => void,
): Argv {
  const places = Object.entries(command.positionals);
  return parser.command({
    command: optionalUsageOf(command),
    aliases: [...command.aliases],
    describe: command.summary,
    builder(own: Argv) {
      const described = places.reduce(
        (built, [name, { description, required }]) =>
          built.positional(name, {
            type: "string",
            describe: required ? description : `${description} (optional)`,
          }),
        own.usage(`$0 ${usageOf(command)}\n\n${command.summary}`),
      );
      return command.examples.reduce(
        (built, example) => built.example(`$0 ${example.command}`, example.purpose),
        described.options(toOptions(optionsOf(command), "For this command:")),
      );
    },
    handler: choose,
  });
}

/** The help with what is required as such; for yargs every positional is optional. */
function withUsages(help: string, commands: readonly Command[]): string {
  return commands.reduce(
    (text, command) =>
      text.replace(`sync-gen ${optionalUsageOf(command)}`, `sync-gen ${usageOf(command)}`),
    help,
  );
}

/** Always optional for yargs, so that what is missing is reported in our own format. */
function optionalUsageOf({ name, positionals }: Command): string {
  return [name, ...Object.keys(positionals).map((place) => `[${place}]`)].join(" ");
}

/** `add-field <table> <field>`, `explain [subject]`. */
function usageOf({ name, positionals }: Command): string {
  const places = Object.entries(positionals).map(([place, { required }]) =>
    required ? `<${place}>` : `[${place}]`,
  );
  return [name, ...places].join(" ");
}

function toOptions(
  specs: Readonly<Record<string, OptionSpec>>,
  group: string,
): Record<string, Options> {
  const entries = Object.entries(specs).map(([name, { kind, description }]): [string, Options] => [
    kebabCase(name),
    {
      type: kind === "flag" ? "boolean" : "string",
      array: false,
      describe: description,
      group,
      requiresArg: kind !== "flag",
    },
  ]);
  return Object.fromEntries(entries);
}

function unknownCommand(
  word: string | undefined,
  commands: readonly Command[],
  failure: string | undefined,
): Diagnostic {
  const names = commands.flatMap(({ name, aliases }) => [name, ...aliases]);
  if (failure !== undefined && word !== undefined && names.includes(word)) {
    return {
      code: "SG903",
      severity: "error",
      message: failure,
      hint: `\`sync-gen ${word} --help\` shows examples.`,
    };
  }
  return {
    code: "SG901",
    severity: "error",
    message: word === undefined ? "Say which command to run." : `There is no command "${word}".`,
    allowed: commands.map(({ name }) => name).join(", "),
    hint:
      (word === undefined ? undefined : didYouMean(word, names)) ??
      "`sync-gen --help` shows examples.",
  };
}

function findMistakes(
  command: Command,
  found: Readonly<Record<string, unknown>>,
): readonly Diagnostic[] {
  const specs: Readonly<Record<string, OptionSpec>> = {
    ...commonOptions,
    ...optionsOf(command),
  };
  const places = Object.entries(command.positionals);
  const known = new Set(["_", "$0", "help", "h", "version", ...places.map(([name]) => name)]);
  for (const name of Object.keys(specs)) known.add(name).add(kebabCase(name));
  const flags = Object.keys(specs).map((name) => `--${kebabCase(name)}`);
  const hint = `\`sync-gen ${command.name} --help\` shows examples.`;

  const unknown = Object.keys(found)
    .filter((name) => !known.has(name) && name === kebabCase(name))
    .map((name): Diagnostic => {
      const flag = name.length === 1 ? `-${name}` : `--${name}`;
      return {
        code: "SG902",
        severity: "error",
        message: `\`sync-gen ${command.name}\` has no flag ${flag}.`,
        allowed: flags.join(", "),
        hint: didYouMean(flag, flags) ?? hint,
      };
    });
  const missing = places
    .filter(([name, { required }]) => required && found[name] === undefined)
    .map(([name, { description }]): Diagnostic => ({
      code: "SG903",
      severity: "error",
      message: `\`sync-gen ${command.name}\` needs <${name}>: ${description}.`,
      hint,
    }));
  const words = Array.isArray(found["_"]) ? found["_"].slice(1).map(String) : [];
  const surplus = words.map((word): Diagnostic => ({
    code: "SG903",
    severity: "error",
    message: `\`sync-gen ${command.name}\` takes nothing named "${word}" here.`,
    // `add-table notes title:text`
    hint: "field" in specs && word.includes(":") ? `Say --field ${JSON.stringify(word)}.` : hint,
  }));
  const exclusive = isGiven(found["force"]) && isGiven(found["keep-edits"]);
  const opposed: readonly Diagnostic[] = exclusive
    ? [
        {
          code: "SG906",
          severity: "error",
          message: "--force replaces edits, --keep-edits keeps them.",
          hint: "Leave one of them out.",
        },
      ]
    : [];
  const values = Object.entries(specs).flatMap(([name, spec]) =>
    checkValue(name, spec, found[kebabCase(name)], hint),
  );
  return [...unknown, ...missing, ...surplus, ...opposed, ...values];
}

function checkValue(
  name: string,
  spec: OptionSpec,
  value: unknown,
  hint: string,
): readonly Diagnostic[] {
  if (value === undefined) return [];
  const flag = `--${kebabCase(name)}`;
  const values = Array.isArray(value) ? value.map(toWord) : [toWord(value)];
  if (spec.kind === "text" && values.length > 1) {
    return [
      {
        code: "SG903",
        severity: "error",
        message: `${flag} was given ${values.length} times.`,
        hint,
      },
    ];
  }
  const { choices } = spec;
  if (choices === undefined) return [];
  return values
    .filter((candidate) => !choices.includes(candidate))
    .map((candidate) => ({
      code: "SG903",
      severity: "error",
      message: `${flag} cannot be "${candidate}".`,
      allowed: choices.join(", "),
      hint: didYouMean(candidate, choices) ?? hint,
    }));
}

function toValues(
  options: Readonly<Record<string, OptionSpec>>,
  positionals: readonly string[],
  found: Readonly<Record<string, unknown>>,
): ArgumentValues {
  const values: Record<string, string | boolean | readonly string[] | undefined> = {};
  for (const name of positionals) values[name] = toText(found[name]);
  for (const [name, { kind }] of Object.entries(options))
    values[name] = toValue[kind](found[kebabCase(name)]);
  return values;
}

/** Whether a flag was. */
function isGiven(value: unknown): boolean {
  return Array.isArray(value) ? value.at(-1) === true : value === true;
}

const toValue = {
  text: toText,
  list: (value) =>
    value === undefined ? [] : Array.isArray(value) ? value.map(toWord) : [toWord(value)],
  flag: isGiven,
} satisfies Record<
  OptionSpec["kind"],
  (value: unknown) => string | boolean | readonly string[] | undefined
>;

function toText(value: unknown): string | undefined {
  return value === undefined ? undefined : toWord(value);
}

/** The parser hands over texts and booleans; a text option without a value is one of the latter. */
function toWord(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
