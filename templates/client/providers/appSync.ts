import { createSignal } from "../sync/events";
import type { Registry } from "../sync/registry";
import type { Sync } from "../sync/types";
import { openSync, type OpenedSync, type SyncParts } from "./openSync";

/** The engine of what the app shows. */
export type AppSync = Pick<Sync, "syncNow">;

/** What a background task does with a database of its own. */
interface Visit {
  readonly stop: AbortController;
  readonly ended: Promise<unknown>;
}

/** One for each tree of components that shows an account. */
const trees = new Set<object>();
const appChanged = createSignal<void>();
let appSync: AppSync | null = null;
let visit: Visit | null = null;

/** True while the app shows an account: no engine but its own may run then. */
export function isAppShown(): boolean {
  return trees.size > 0;
}

/** The app shows an account from now on: a background task that has a database open ends. The result ends the showing. */
export function showApp(): () => void {
  const tree = {};
  trees.add(tree);
  visit?.stop.abort();
  return () => {
    trees.delete(tree);
    appChanged.emit();
  };
}

/** `openSync` for what the app shows: once no background task has a database open any more. */
export async function openAppSync<R extends Registry>(
  parts: SyncParts<R>,
): Promise<OpenedSync<R>> {
  await visit?.ended;
  const opened = await openSync(parts);
  appSync = opened.sync;
  appChanged.emit();
  return {
    sync: opened.sync,
    close: () => {
      if (appSync === opened.sync) appSync = null;
      return opened.close();
    },
  };
}

/** The app's engine as soon as it has one; `null` when the app no longer shows an account, or `signal` is aborted. */
export function nextAppSync(signal: AbortSignal): Promise<AppSync | null> {
  return new Promise((resolve) => {
    const look = () => {
      const isOver = signal.aborted || !isAppShown();
      if (!isOver && appSync === null) return;
      stop();
      signal.removeEventListener("abort", look);
      resolve(isOver ? null : appSync);
    };
    const stop = appChanged.subscribe(look);
    signal.addEventListener("abort", look);
    look();
  });
}

/**
 * Does something with a database of its own while the app shows no account. When it does, or begins to, the result is
 * `null`: `signal` is aborted then, and the app's engine waits until the work has ended.
 */
export async function withoutApp<Result>(
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result | null> {
  if (isAppShown()) return null;
  const stop = new AbortController();
  const working = work(stop.signal);
  visit = { stop, ended: working.catch(() => undefined) };
  try {
    const result = await working;
    return stop.signal.aborted ? null : result;
  } catch (error) {
    if (stop.signal.aborted) return null;
    throw error;
  } finally {
    visit = null;
  }
}
