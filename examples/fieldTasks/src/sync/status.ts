// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import type { Engine } from "./engine";
import { createSignal } from "./events";
import { feedsOf } from "./feeds";
import type { SyncError, SyncPhase, SyncStatus } from "./types";

/** What the scheduler knows beside the session and the counts. */
export interface Activity {
  started: boolean;
  online: boolean;
  running: boolean;
  /** What stands in the way of the next cycle. */
  trouble: "retrying" | "signed-out" | "upgrade-required" | "elsewhere" | null;
  error: SyncError | null;
}

/** The status, for whoever shows it. */
export interface StatusBoard {
  readonly activity: Readonly<Activity>;
  /** Changes the activity, and tells what follows from that and from what the engine holds by now. */
  update(change: Partial<Activity>): void;
  readonly get: () => SyncStatus;
  /** Calls whenever there is another status; the result stops it. */
  readonly subscribe: (listener: () => void) => () => void;
}

/** The status of an engine that was not started. */
export function createStatusBoard(engine: Engine): StatusBoard {
  const activity: Activity = {
    started: false,
    online: engine.ports.network.isOnline(),
    running: false,
    trouble: null,
    error: null,
  };
  let status = describeStatus(engine, activity);
  const published = createSignal<void>();

  function update(change: Partial<Activity>): void {
    Object.assign(activity, change);
    const next = describeStatus(engine, activity);
    if (isSameStatus(next, status)) return;
    status = next;
    published.emit();
  }

  engine.changed.subscribe(() => update({}));
  return {
    activity,
    update,
    get: () => status,
    subscribe: published.subscribe,
  };
}

function describeStatus(engine: Engine, activity: Activity): SyncStatus {
  const { counts, registry, session } = engine;
  const feeds = session?.feeds ?? feedsOf(registry, null);
  const complete = session?.initialSyncComplete ?? false;
  const left = complete
    ? []
    : feeds.filter(({ key }) => session?.progress.get(key)?.complete !== true);
  return {
    phase: phaseOf(activity, complete),
    online: activity.online,
    initialSync: {
      complete,
      tablesDone: feeds.length - left.length,
      tablesTotal: feeds.length,
      table: left[0]?.table.name ?? null,
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
function isSameStatus(a: SyncStatus, b: SyncStatus): boolean {
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
