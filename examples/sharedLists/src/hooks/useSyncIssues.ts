// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import type { OpView, Sync } from "../sync/types";
import { subscribeToQueue } from "./subscribeToQueue";
import { useSync } from "./syncContext";
import { useLatest } from "./useLatest";

/** Ops that need somebody's attention, and what can be done about them. */
export interface SyncIssues {
  /** Failed, conflicting and superseded ops, oldest first. */
  readonly issues: readonly OpView[];
  readonly isLoading: boolean;
  readonly error: Error | null;
  /** Sends a failed op again. */
  readonly retry: Sync["retry"];
  readonly retryAll: Sync["retryAll"];
  /** Gives a failed op other values and sends it. */
  readonly edit: Sync["edit"];
  /** Takes the edit back: the row becomes the server's newest. */
  readonly discard: Sync["discard"];
  /** Marks a superseded edit as seen. */
  readonly dismiss: Sync["dismiss"];
}

/** Live issues of all tables. */
export function useSyncIssues(): SyncIssues {
  const sync = useSync();
  const { value, error } = useLatest<readonly OpView[]>("issues", sync, {
    read: () => sync.issues(),
    subscribe: (onChange) => subscribeToQueue(sync, onChange),
    reuse: reuseIssues,
  });
  return {
    issues: value ?? noIssues,
    isLoading: value === null && error === null,
    error,
    retry: sync.retry,
    retryAll: sync.retryAll,
    edit: sync.edit,
    discard: sync.discard,
    dismiss: sync.dismiss,
  };
}

const noIssues: readonly OpView[] = [];

function reuseIssues(
  last: readonly OpView[],
  next: readonly OpView[],
): readonly OpView[] {
  return JSON.stringify(last) === JSON.stringify(next) ? last : next;
}
