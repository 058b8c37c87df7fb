import type { Diagnostic } from "./kernel/diagnostic";
import type { Model } from "./model/model";
import type { Change } from "./output/changes";

/** What a run did, or would do, and what it found. */
export interface GenerateResult {
  /**
   * - `unchanged`: everything is as it should be.
   * - `changed`: written; or, in a dry run and for `check`, what a run would write.
   * - `blocked`: the user's text stands in the way of a change; nothing was written.
   * - `failed`: nothing was written; the diagnostics say why.
   */
  readonly status: "unchanged" | "changed" | "blocked" | "failed";
  /** Everything but unchanged files; what is in the way, where that keeps the rest from being written. */
  readonly changes: readonly Change[];
  readonly diagnostics: readonly Diagnostic[];
  /** How many files sync-gen keeps in the project. */
  readonly fileCount: number;
  /** `null` when the config was not read, because nothing changed or because it is wrong. */
  readonly model: Model | null;
  /** The config and what it imports; of a run that failed, as far as that came to be known. What `--watch` watches. */
  readonly inputs: readonly string[];
}

/** The result of a run that had nothing to do, but for its status. */
export const nothing = {
  changes: [],
  diagnostics: [],
  fileCount: 0,
  model: null,
  inputs: [],
} as const;

/** The result of a run that wrote nothing, and why. */
export function failed(
  diagnostics: readonly Diagnostic[],
  inputs: readonly string[] = [],
): GenerateResult {
  return { ...nothing, status: "failed", diagnostics, inputs };
}
