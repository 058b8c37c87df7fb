import type { Diagnostic } from "../kernel/diagnostic";
import { countOf, firstFew, joinWords } from "../kernel/text";
import { type Change, changesOf, type ConflictReason } from "./changes";
import { manifestPath } from "./manifest";

type Conflict = Extract<Change, { kind: "conflict" }>;
type Words = Pick<Diagnostic, "code" | "severity" | "message" | "location" | "hint">;

const choice =
  "`sync-gen generate --keep-edits` keeps your edit, now and in later runs; `--force` replaces it.";
/** With a commit of it, an edit is never gone; and nothing happens to other files. */
const again =
  "Commit the file and delete it; `sync-gen generate` writes it anew. Make your edit again, and run `sync-gen generate --keep-edits`.";
/** One of these keeps the whole run from writing. */
const stays = "it stays, and nothing is written.";

const words = {
  edited: ({ path }) => ({
    code: "SG412",
    severity: "warning",
    message: `${path} was edited by hand: your text stays, and \`sync-gen check\` fails until it is kept or taken back.`,
    hint: `What \`--force\` would take back is shown as a diff. ${choice}`,
  }),
  both: ({ path }) => ({
    code: "SG411",
    severity: "error",
    message: `${path} was edited by hand and would change: ${stays}`,
    hint: `What \`--force\` would change is shown as a diff. ${choice}`,
  }),
  overlap: ({ path, lines = [1] }) => ({
    code: "SG417",
    severity: "error",
    message: `${path} holds edits of yours in lines that would change, at ${joinWords(lines.map((line) => `${path}:${line}`))}: ${stays}`,
    location: { file: path, line: lines[0] ?? 1, column: 1 },
    hint:
      "The diff leads from your lines to those that would be emitted there. Put these in their place, and `sync-gen generate --keep-edits` merges all the rest. " +
      "Then make your edit of them again, and run it once more.",
  }),
  lost: ({ path }) => ({
    code: "SG418",
    severity: "error",
    message: `${path} was edited by hand and would change, and the text from before your edit, which a merge needs, is neither in .sync-gen/emitted nor in git: ${stays}`,
    hint: `What \`--force\` would change is shown as a diff. ${again}`,
  }),
  orphan: ({ path }) => ({
    code: "SG413",
    severity: "error",
    message: `${path} is no longer emitted, but was edited by hand: ${stays}`,
    hint:
      "If the config moved or renamed what it belongs to, move the file along (`git mv`), to where it is emitted now, and generate: an edit that is kept is merged there. " +
      "One that is not kept yet has to be before: take the config back, `sync-gen generate --keep-edits`, then go on. Otherwise remove the file when you no longer need it.",
  }),
  foreign: ({ path }) => ({
    code: "SG414",
    severity: "error",
    message: `${path} exists already, and sync-gen did not write it: ${stays}`,
    hint: "Move the file, or choose another `out` folder in the config; `--force` replaces it.",
  }),
  merge: ({ path }) => ({
    code: "SG415",
    severity: "error",
    message: `${path} holds merge-conflict markers: ${stays}`,
    hint: "Finish the merge of the config; then `sync-gen generate --keep-edits` writes the file anew, with the edits that both sides keep. Or finish the merge in the file, as you have to where both sides keep edits of the same lines, and run the same.",
  }),
} satisfies Record<Exclude<ConflictReason, "unrecorded">, (conflict: Conflict) => Words>;

/** What stands in the way of the changes, and what is left to do by hand, as diagnostics. `hasManifest`: there was one. */
export function conflictDiagnostics(
  changes: readonly Change[],
  hasManifest: boolean,
): readonly Diagnostic[] {
  const unrecorded: string[] = [];
  const conflicts: Diagnostic[] = [];
  for (const conflict of changesOf(changes, "conflict")) {
    if (conflict.reason === "unrecorded") unrecorded.push(conflict.path);
    else conflicts.push(words[conflict.reason](conflict));
  }
  if (unrecorded.length > 0) conflicts.unshift(unknownTexts(unrecorded, hasManifest));
  const manual = changesOf(changes, "manual").map(
    ({ path, purpose, reason, snippet }): Diagnostic => ({
      code: "SG501",
      severity: "warning",
      message: `${reason} Left to do by hand: ${purpose}.`,
      hint: `Paste this into ${path}:\n${snippet.trimEnd()}`,
    }),
  );
  return [...conflicts, ...manual];
}

/** One cause, one error, however many files there are. */
function unknownTexts(paths: readonly string[], hasManifest: boolean): Diagnostic {
  const cause = hasManifest
    ? "is of another commit than the emitted files, or they were moved by hand"
    : "is missing, which records what sync-gen wrote";
  return {
    code: "SG416",
    severity: "error",
    message:
      `${manifestPath} ${cause}: in ${countOf(paths.length, "file")} that would change (${firstFew(paths)}), ` +
      "edits of yours cannot be told from sync-gen's own text.",
    location: { file: manifestPath, line: 1, column: 1 },
    hint:
      `Restore the one that was committed with these files: \`git restore --source=<commit> ${manifestPath}\`. ` +
      "Or `sync-gen generate --force`, which takes the emitted text and writes the manifest anew; edits of yours are in `git diff` afterwards.",
  };
}
