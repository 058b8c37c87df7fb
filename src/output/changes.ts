/** What one run does to one file. */
export type Change =
  | { readonly kind: "create"; readonly path: string; readonly text: string }
  | {
      readonly kind: "update";
      readonly path: string;
      readonly text: string;
      /** An edit that the user kept goes. */
      readonly takesBack?: boolean;
    }
  /** An edit of a file that belongs to the user. */
  | {
      readonly kind: "edit";
      readonly path: string;
      readonly text: string;
      readonly purposes: readonly string[];
      readonly created: boolean;
    }
  /** An edit of an emitted text that the user keeps, noted as it stands. */
  | { readonly kind: "keep"; readonly path: string }
  /** What we emit and an edit that the user keeps, in one text. */
  | { readonly kind: "merge"; readonly path: string; readonly text: string }
  | { readonly kind: "delete"; readonly path: string }
  | { readonly kind: "unchanged"; readonly path: string }
  /** The user's text stays. `diff` leads from it to ours: what `--force` would do. */
  | {
      readonly kind: "conflict";
      readonly path: string;
      readonly reason: ConflictReason;
      readonly diff: string;
      /** `overlap`: where on disk both sides changed something, each by its first line, from 1; the diff has nothing else. */
      readonly lines?: readonly number[];
    }
  /** An edit that could not be made safely: the user pastes the snippet. */
  | {
      readonly kind: "manual";
      readonly path: string;
      readonly purpose: string;
      readonly reason: string;
      readonly snippet: string;
    };

export type ConflictReason =
  /** Edited by the user; our text is what it was. */
  | "edited"
  /** Edited by the user, and our text changed too. */
  | "both"
  /** The same, in lines that cannot be merged. */
  | "overlap"
  /** The same, and the text that the edit was made on is nowhere. */
  | "lost"
  /** No longer planned, and edited by the user. */
  | "orphan"
  /** Stands where we want to write, and was never ours. */
  | "foreign"
  /** Carries our header, and the manifest does not know it as it stands: ours or edited, nobody can tell. */
  | "unrecorded"
  /** Holds merge-conflict markers. */
  | "merge";

/** A change that `write` carries out. */
export type Effect = Extract<
  Change,
  { kind: "create" | "update" | "edit" | "keep" | "merge" | "delete" }
>;

/** True for a text that keeps the whole run from writing. An edit stands in nobody's way as long as our text is what it was. */
export function isInTheWay(change: Change): boolean {
  return change.kind === "conflict" && change.reason !== "edited";
}

/** True for a change that alters the disk. */
export function isEffect(change: Change): change is Effect {
  return (
    change.kind === "create" ||
    change.kind === "update" ||
    change.kind === "edit" ||
    change.kind === "keep" ||
    change.kind === "merge" ||
    change.kind === "delete"
  );
}

/** The changes of one kind. */
export function changesOf<Kind extends Change["kind"]>(
  changes: readonly Change[],
  kind: Kind,
): readonly Extract<Change, { kind: Kind }>[] {
  return changes.filter(
    (change): change is Extract<Change, { kind: Kind }> => change.kind === kind,
  );
}
