import type { Diagnostic } from "../kernel/diagnostic";
import { type Change, changesOf, type ConflictReason } from "./changes";

type Words = Pick<Diagnostic, "code" | "severity" | "message" | "hint">;

const overwrite = "`--force` replaces the file; to keep the edit, take it into your own code.";

const words = {
  edited: (path) => ({
    code: "SG411",
    severity: "error",
    message: `${path} was edited by hand and would change: your text stays.`,
    hint: `What would change is shown as a diff. ${overwrite}`,
  }),
  kept: (path) => ({
    code: "SG412",
    severity: "warning",
    message: `${path} was edited by hand: your text stays, and \`sync-gen check\` fails as long as it does.`,
    hint: `Your edit is shown as a diff. ${overwrite}`,
  }),
  orphan: (path) => ({
    code: "SG413",
    severity: "error",
    message: `${path} is no longer emitted, but was edited by hand: it stays.`,
    hint: "Remove it when you no longer need it; `--force` removes it.",
  }),
  foreign: (path) => ({
    code: "SG414",
    severity: "error",
    message: `${path} exists already, and sync-gen did not write it: it stays.`,
    hint: "Move the file, or choose another `out` folder in the config; `--force` replaces it.",
  }),
  merge: (path) => ({
    code: "SG415",
    severity: "error",
    message: `${path} holds merge-conflict markers: it stays.`,
    hint: "Finish the merge of the config; then `sync-gen generate --force` writes the file anew.",
  }),
} satisfies Record<ConflictReason, (path: string) => Words>;

/** What stands in the way of the changes, and what is left to do by hand, as diagnostics. */
export function conflictDiagnostics(changes: readonly Change[]): readonly Diagnostic[] {
  const conflicts = changesOf(changes, "conflict").map(({ path, reason }): Diagnostic =>
    words[reason](path),
  );
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
