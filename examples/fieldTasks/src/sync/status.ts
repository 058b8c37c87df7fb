// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import type { Engine } from "./engine";
import type { SyncError, SyncPhase, SyncStatus } from "./types";

/** What the service knows beside the session and the counts. */
export interface Activity {
  readonly started: boolean;
  readonly online: boolean;
  readonly running: boolean;
  /** What stands in the way of the next cycle. */
  readonly trouble:
    "retrying" | "signed-out" | "upgrade-required" | "elsewhere" | null;
  readonly error: SyncError | null;
}

/** The status as apps see it. */
export function describeStatus(engine: Engine, activity: Activity): SyncStatus {
  const { counts, registry, session } = engine;
  const names = Object.keys(registry.tables);
  const complete = session?.initialSyncComplete ?? false;
  const left = complete
    ? []
    : names.filter((name) => session?.tables.get(name)?.complete !== true);
  return {
    phase: phaseOf(activity, complete),
    online: activity.online,
    initialSync: {
      complete,
      tablesDone: names.length - left.length,
      tablesTotal: names.length,
      table: left[0] ?? null,
      rows: session?.rows ?? 0,
    },
    pendingCount: counts.waiting + counts.sealed,
    failedCount: counts.failed,
    conflictCount: counts.conflict,
    supersededCount: counts.superseded,
    lastSyncedAt: session?.lastSyncedAt ?? null,
    error: activity.error,
  };
}

/** True when there is nothing to tell. */
export function isSameStatus(a: SyncStatus, b: SyncStatus): boolean {
  return isSame(a, b, "initialSync") && isSame(a.initialSync, b.initialSync);
}

function isSame<Flat extends object>(
  a: Flat,
  b: Flat,
  except?: keyof Flat,
): boolean {
  for (const key in a) if (key !== except && a[key] !== b[key]) return false;
  return true;
}

function phaseOf(activity: Activity, complete: boolean): SyncPhase {
  if (!activity.started) return "stopped";
  if (!activity.online) return "offline";
  if (activity.trouble !== null && !activity.running) return activity.trouble;
  if (!complete) return "initial-sync";
  return activity.running ? "syncing" : "idle";
}
