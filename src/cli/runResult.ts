import { basename } from "node:path/posix";
import type { GenerateResult } from "../generateResult";
import { countOf, joinWords } from "../kernel/text";
import { type Change, changesOf, type Effect, isEffect } from "../output/changes";
import type { CommandResult, ExitCode, Line } from "./command";
import type { GlobalFlags } from "./globalOptions";

/** Which words go with the changes: they were made, would be made, or should have been. */
export type Purpose = "generate" | "dry-run" | "check";

/** What a command answers after a run. */
export function toCommandResult(
  result: GenerateResult,
  purpose: Purpose,
  flags: Pick<GlobalFlags, "verbose" | "allowDataLoss">,
): CommandResult {
  const { verbose } = flags;
  const { status, changes, diagnostics, fileCount } = result;
  return {
    exitCode: exitCodeOf(status, purpose),
    diagnostics,
    json: { status, fileCount, changes: changes.map(describeChange) },
    lines:
      status === "failed"
        ? []
        : [
            ...headline(result, purpose, flags),
            ...changeLines(changes, verbose),
            // What was written can be read where it stands.
            ...(purpose === "dry-run" ? migrationLines(changes, verbose) : []),
          ],
  };
}

/** A change without the text of whole files: for `--json`. */
export function describeChange(change: Change): Readonly<Record<string, unknown>> {
  const { kind, path } = change;
  if (change.kind === "conflict") {
    const { reason, diff, lines } = change;
    return { kind, path, reason, diff, ...(lines === undefined ? {} : { lines }) };
  }
  if (change.kind === "edit") return { kind, path, purposes: change.purposes };
  if (change.kind === "manual")
    return { kind, path, purpose: change.purpose, reason: change.reason, snippet: change.snippet };
  return isMigration(change) ? { kind, path, sql: change.text } : { kind, path };
}

/** The changes as lines, and the diffs of what stands in the way; long lists are cut unless `verbose`. */
export function changeLines(changes: readonly Change[], verbose: boolean): readonly Line[] {
  const effects = changes
    .filter(isEffect)
    .sort((left, right) => Number(isNotable(right)) - Number(isNotable(left)));
  const shown = verbose || effects.length <= mostLines ? effects : effects.slice(0, mostLines - 1);
  const rest = effects.length - shown.length;
  return [
    ...shown.map((change) => `  ${verbOf(change)}  ${change.path}${purposesOf(change)}`),
    ...(rest > 0
      ? [
          {
            style: "dim",
            text: `  and ${countOf(rest, "file")} more (--verbose names them)`,
          } as const,
        ]
      : []),
    // Of texts that nobody knows whose they are, there may be hundreds.
    ...changesOf(changes, "conflict")
      .filter(({ reason }) => verbose || reason !== "unrecorded")
      .flatMap(({ diff }) => cut(diffLines(diff), verbose)),
  ];
}

/** What is left to do, as the last line of an answer. */
export function stepLines(steps: readonly string[]): readonly Line[] {
  return steps.length === 0 ? [] : [{ style: "dim", text: `Next: ${steps.join("; then ")}` }];
}

const mostLines = 20;
/** Of one file's diff, or one migration. */
const mostTextLines = 60;

/** The user's own files, and what devices will run, are what somebody looks for in a long list. */
function isNotable(change: Effect): boolean {
  return (
    ["edit", "keep", "merge"].includes(change.kind) || takesBack(change) || isMigration(change)
  );
}

function takesBack(change: Change): boolean {
  return change.kind === "update" && change.takesBack === true;
}

function isMigration(change: Change): change is Extract<Change, { kind: "create" }> {
  return change.kind === "create" && /\/db\/migrations\/\d{4}_[^/]*\.sql$/.test(change.path);
}

/** The SQL of a migration that would be written; not of one that moves with its folder. */
function migrationLines(changes: readonly Change[], verbose: boolean): readonly Line[] {
  const gone = new Set(changesOf(changes, "delete").map(({ path }) => basename(path)));
  const added = changes.filter(isMigration).filter(({ path }) => !gone.has(basename(path)));
  return added.flatMap(({ path, text }): readonly Line[] => [
    { style: "heading", text: path },
    ...cut(
      text
        .trimEnd()
        .split("\n")
        .map((line): Line => ({ style: "code", text: `  ${line.replaceAll("\t", "  ")}` })),
      verbose,
    ),
  ]);
}

function cut(lines: readonly Line[], verbose: boolean): readonly Line[] {
  if (verbose || lines.length <= mostTextLines) return lines;
  const rest = countOf(lines.length - mostTextLines, "line");
  return [
    ...lines.slice(0, mostTextLines),
    { style: "dim", text: `  and ${rest} more (--verbose shows them)` },
  ];
}

const verbs = {
  create: "creates",
  update: "updates",
  edit: "edits  ",
  keep: "keeps  ",
  merge: "merges ",
  delete: "removes",
} satisfies Record<Effect["kind"], string>;

function verbOf(change: Effect): string {
  return change.kind === "edit" && change.created ? verbs.create : verbs[change.kind];
}

function purposesOf(change: Effect): string {
  if (change.kind === "keep") return " (your edit)";
  if (change.kind === "merge") return " (with your edit)";
  if (takesBack(change)) return " (takes back your edit)";
  if (change.kind !== "edit") return "";
  // The path stands in front already.
  const purposes = change.purposes.map((one) =>
    one.replace(` in ${change.path}`, "").replace(` to ${change.path}`, ""),
  );
  return ` (${purposes.join("; ")})`;
}

function exitCodeOf(status: GenerateResult["status"], purpose: Purpose): ExitCode {
  if (status === "failed") return 2;
  if (status === "blocked") return 1;
  return status === "changed" && purpose === "check" ? 1 : 0;
}

function headline(
  { status, changes, fileCount }: GenerateResult,
  purpose: Purpose,
  { allowDataLoss }: Pick<GlobalFlags, "allowDataLoss">,
): readonly Line[] {
  const kept = changesOf(changes, "keep").length;
  const count = changes.filter(isEffect).length - kept;
  if (status === "unchanged")
    return [
      { style: "good", text: `Up to date: ${countOf(fileCount, "file")}, nothing to write.` },
    ];
  // What is noted of an edit stands in the manifest.
  const [what, done] =
    count === 0 && kept > 0 ? [countOf(kept, "edit"), "kept"] : [countOf(count, "file"), "written"];
  const command = `sync-gen generate${allowDataLoss ? " --allow-data-loss" : ""}`;
  const headlines = {
    generate: `${what} ${done}.`,
    "dry-run": `${what} would be ${done}.`,
    check:
      count === 0
        ? notUpToDate(changes)
        : `Not up to date: \`${command}\` would write ${countOf(count, "file")}.`,
  } satisfies Record<Purpose, string>;
  const style = status === "blocked" || purpose === "check" ? "warning" : "good";
  return [{ style, text: headlines[purpose] }];
}

/** Why a project is not up to date though a run would write nothing. */
function notUpToDate(changes: readonly Change[]): string {
  const isEdited = changesOf(changes, "conflict").length > 0;
  const isNew = changesOf(changes, "keep").length > 0;
  const isLeft = changesOf(changes, "manual").length > 0;
  const reasons = [
    ...(isEdited ? ["emitted files were edited by hand"] : []),
    ...(isNew ? ["edits that you keep are to be noted by `sync-gen generate`"] : []),
    ...(isLeft ? ["files of yours wait for what is to be pasted"] : []),
  ];
  return `Not up to date: ${joinWords(reasons)}.`;
}

function diffLines(diff: string): readonly Line[] {
  return diff
    .trimEnd()
    .split("\n")
    .map((text): Line => {
      if (text.startsWith("+")) return { style: "good", text };
      if (text.startsWith("-")) return { style: "bad", text };
      return text.startsWith("@@") ? { style: "code", text } : text;
    });
}
