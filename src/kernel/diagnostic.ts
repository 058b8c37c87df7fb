import type { ProjectCode } from "./codes";

/** A place in one of the user's files. `line` and `column` count from 1. */
export interface SourceLocation {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/**
 * Something that is wrong or worth knowing, as a value. Rooms return diagnostics; only `cli` prints them.
 *
 * @example
 * { code: "SG203", severity: "error", message: "Unknown table \"project\".", path: ["tables", "tasks", "fields", "project"],
 *   allowed: "projects, tasks", hint: "Did you mean \"projects\"?" }
 */
export interface Diagnostic {
  /** Stable, documented code: `SG1xx` config shape, `SG2xx` model, `SG3xx` migrations, `SG4xx` output, `SG5xx` project edits, `SG9xx` command line. */
  readonly code: ProjectCode | `SG${1 | 2}${number}`;
  readonly severity: "error" | "warning" | "info";
  /** What is wrong, as one sentence. */
  readonly message: string;
  /** Where in the config: `["tables", "tasks", "fields", "dueAt"]`. */
  readonly path?: readonly (string | number)[];
  /** Where in a file; filled in from `path` for a mistake in the config. */
  readonly location?: SourceLocation;
  /** What would have been accepted. */
  readonly allowed?: string;
  /** What to do next. */
  readonly hint?: string;
}

/** A value, or the reasons why there is none. Warnings may accompany a value. */
export type Outcome<T> =
  | { readonly ok: true; readonly value: T; readonly diagnostics: readonly Diagnostic[] }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/** True when any of them is an error. */
export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((diagnostic) => diagnostic.severity === "error");
}
