// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import type { SyncStatus } from "../sync/types";
import type { SyncTexts } from "./texts";

/** The one thing about the sync that is worth showing, most urgent first. */
export type SyncState =
  | "attention"
  | "signed-out"
  | "upgrade-required"
  | "stopped"
  | "elsewhere"
  | "offline"
  | "retrying"
  | "initial-sync"
  | "syncing"
  | "pending"
  | "synced";

/** What an icon shows for a status. */
export function syncStateOf(status: SyncStatus): SyncState {
  if (attentionCount(status) > 0) return "attention";
  if (status.phase === "signed-out") return "signed-out";
  if (status.phase === "upgrade-required") return "upgrade-required";
  if (status.phase === "stopped") return "stopped";
  if (status.phase === "elsewhere") return "elsewhere";
  if (!status.online || status.phase === "offline") return "offline";
  if (status.phase === "retrying") return "retrying";
  if (status.phase === "initial-sync") return "initial-sync";
  if (status.phase === "syncing") return "syncing";
  return status.pendingCount > 0 ? "pending" : "synced";
}

/** How many edits wait for a person to do something. */
export function attentionCount(status: SyncStatus): number {
  return status.failedCount + status.conflictCount;
}

/** A status in words. */
export function describeSyncState(
  status: SyncStatus,
  texts: SyncTexts,
): string {
  const describe = {
    attention: () => texts.attention(attentionCount(status)),
    "signed-out": () => describeWrongUser(status, texts) ?? texts.signedOut,
    "upgrade-required": () => texts.problems["upgrade-required"],
    stopped: () => texts.stopped,
    elsewhere: () => texts.elsewhere,
    offline: () => texts.offline(status.pendingCount),
    retrying: () =>
      status.error === null
        ? texts.retrying
        : texts.problems[status.error.code],
    "initial-sync": () => texts.initialSync,
    syncing: () => texts.syncing,
    pending: () => texts.pending(status.pendingCount),
    synced: () => texts.synced,
  } satisfies Record<SyncState, () => string>;
  return describe[syncStateOf(status)]();
}

/**
 * What is worth saying of a status without being asked: the same however many edits wait, and `null` while something is
 * on its way.
 */
export function noticeOf(status: SyncStatus, texts: SyncTexts): string | null {
  const state = syncStateOf(status);
  if (state === "offline") return texts.offline(0);
  const isOnItsWay =
    state === "initial-sync" || state === "syncing" || state === "pending";
  return isOnItsWay ? null : describeSyncState(status, texts);
}

/** Signed out may also mean that somebody else is signed in; `null` where nobody is. */
export function describeWrongUser(
  { error }: SyncStatus,
  { problems }: SyncTexts,
): string | null {
  return error?.code === "wrong-user" ? problems[error.code] : null;
}
