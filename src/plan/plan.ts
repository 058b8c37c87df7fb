/** Everything one run wants to be true of the project, worked out in memory. Pure data: planning touches no disk. */
export interface Plan {
  /** Sorted by path. */
  readonly files: readonly PlannedFile[];
  /** Edits of the user's own files, in the order in which they are made. */
  readonly edits: readonly PlannedEdit[];
}

/** A file as it is to be. */
export interface PlannedFile {
  /** Relative to the project's root, with `/`. */
  readonly path: string;
  readonly text: string;
  /**
   * - `owned`: rewritten on every run, and removed when no longer planned.
   * - `state`: like `owned`, and read before it was planned: whoever changed it, the plan has taken that in, so that nothing of it is lost.
   * - `once`: created when missing, the user's from then on.
   */
  readonly ownership: "owned" | "state" | "once";
  /** How prettier would parse it when the user has a prettier configuration of their own; `null` leaves the text as it is (SQL, drizzle-kit's JSON). */
  readonly parser: "typescript" | "json" | null;
}

/** One minimal, idempotent edit of a file that belongs to the user. */
export interface PlannedEdit {
  /** Relative to the project's root. */
  readonly path: string;
  /** What the edit is for, in the words of the progress output: `adds the synced tables to convex/schema.ts`. */
  readonly purpose: string;
  readonly apply: TextEdit;
}

/** Takes the file's text (`undefined`: no such file) and says what should become of it. Pure, and `apply(apply(t))` equals `apply(t)`. */
export type TextEdit = (text: string | undefined) => EditResult;

/** What an edit makes of the text of a user's file. */
export type EditResult =
  | { readonly kind: "unchanged" }
  | { readonly kind: "edited"; readonly text: string }
  /** Too strange to edit safely: the file stays as it is, and the snippet is shown. */
  | { readonly kind: "manual"; readonly reason: string; readonly snippet: string };
