import type { Diagnostic } from "../kernel/diagnostic";
import type { CommandResult, Line, LineStyle } from "./command";
import type { GlobalFlags } from "./globalOptions";
import type { Terminal } from "./terminal";

/** How a result is to be printed. */
export interface PrintOptions {
  readonly json: boolean;
  /** Only errors. */
  readonly quiet: boolean;
  readonly color: boolean;
}

/** Prints a command's result: its answer on stdout, its diagnostics on stderr; or all of it as one JSON value on stdout. */
export function printResult(
  command: string,
  result: CommandResult,
  terminal: Terminal,
  options: PrintOptions,
): void {
  const { exitCode, diagnostics, lines, json } = result;
  if (options.json) {
    terminal.out(`${JSON.stringify({ command, exitCode, diagnostics, ...json }, null, 2)}\n`);
    return;
  }
  const shown = options.quiet
    ? diagnostics.filter(({ severity }) => severity === "error")
    : diagnostics;
  for (const diagnostic of shown) terminal.err(formatDiagnostic(diagnostic, options.color));
  if (!options.quiet)
    for (const line of lines) terminal.out(`${formatLine(line, options.color)}\n`);
}

/** Says what is going on, where somebody is there to read it. */
export function progressOn(
  terminal: Terminal,
  { verbose, json, quiet }: Pick<GlobalFlags, "verbose" | "json" | "quiet">,
): (message: string) => void {
  const shows = verbose || (terminal.interactive && !json && !quiet);
  return (message) => {
    if (shows) terminal.err(`${message} …\n`);
  };
}

/**
 * A diagnostic for people.
 *
 * @example
 * sync.config.ts:12:5 › tables.tasks.fields.dueAt · SG102 …
 *   allowed: …
 *   hint: …
 */
export function formatDiagnostic(diagnostic: Diagnostic, color: boolean): string {
  const { location, path = [], code, severity, message, allowed, hint } = diagnostic;
  const place =
    location === undefined ? [] : [`${location.file}:${location.line}:${location.column}`];
  const where = [...place, ...(path.length === 0 ? [] : [path.join(".")])].join(" › ");
  const label = severity === "error" ? code : `${code} ${severity}:`;
  const lines = [
    `${where === "" ? "" : `${where} · `}${paint(label, severityStyles[severity], color)} ${message}`,
    ...(allowed === undefined ? [] : [indent(`allowed: ${allowed}`)]),
    ...(hint === undefined ? [] : [indent(`hint: ${hint}`)]),
  ];
  return `${lines.join("\n")}\n`;
}

/** A line of an answer, coloured where there is colour. */
export function formatLine(line: Line, color: boolean): string {
  return typeof line === "string" ? line : paint(line.text, line.style, color);
}

const severityStyles = { error: "bad", warning: "warning", info: "dim" } satisfies Record<
  Diagnostic["severity"],
  LineStyle
>;

/** Select graphic rendition codes: on and off. */
const codes = {
  heading: [1, 22],
  good: [32, 39],
  warning: [33, 39],
  bad: [31, 39],
  dim: [2, 22],
  code: [36, 39],
} satisfies Record<LineStyle, readonly [number, number]>;

function paint(text: string, style: LineStyle, color: boolean): string {
  const [on, off] = codes[style];
  return color ? `\u001b[${on}m${text}\u001b[${off}m` : text;
}

function indent(text: string): string {
  return text
    .split("\n")
    .map((line) => `  ${line}`)
    .join("\n");
}
