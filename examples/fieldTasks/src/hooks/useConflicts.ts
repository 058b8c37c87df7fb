// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { useMemo } from "react";
import type { OpView, Sync } from "../sync/types";
import { useSync } from "./syncContext";
import { useSyncIssues } from "./useSyncIssues";

/** Edits of `manual` tables that wait for a person to choose. */
export interface Conflicts {
  /** Oldest first; each with `base`, `mine` and `theirs`. */
  readonly conflicts: readonly OpView[];
  readonly isLoading: boolean;
  readonly error: Error | null;
  /** Settles one: `"mine"`, `"theirs"`, or the chosen values, which become an edit of the newest row. */
  readonly resolve: Sync["resolve"];
}

/** Live conflicts of all tables. */
export function useConflicts(): Conflicts {
  const sync = useSync();
  const { issues, isLoading, error } = useSyncIssues();
  const conflicts = useMemo(
    () => issues.filter((issue) => issue.state === "conflict"),
    [issues],
  );
  return { conflicts, isLoading, error, resolve: sync.resolve };
}
