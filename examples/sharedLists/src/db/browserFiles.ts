// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import type { OpenOptions } from "./database";

/** Asked for once, whatever is opened. */
let tab: Promise<unknown> | null = null;

/**
 * Waits until this tab has the browser's databases, which it then has until it is closed: expo-sqlite's worker opens
 * the files of all of them at once, and lets go of none while the tab is there.
 */
export async function takeBrowser(options: OpenOptions): Promise<void> {
  for (;;) {
    const isOwn = tab === null;
    const asked = (tab ??= takeLock("sync-databases", options));
    try {
      await asked;
      return;
    } catch (error) {
      if (tab === asked) tab = null;
      // Else another opening gave up, and this one has not asked yet.
      if (isOwn) throw error;
    }
  }
}

/** Waits for a lock of the browser; the result lets the next one have it. */
export function takeLock(
  key: string,
  options: OpenOptions,
): Promise<() => void> {
  // Absent in old browsers and outside secure contexts; opening then fails where another tab has the files.
  const manager = globalThis.navigator?.locks as LockManager | undefined;
  if (manager === undefined) return Promise.resolve(() => undefined);
  return new Promise((resolve, reject) => {
    const hold = () => new Promise<void>((release) => resolve(release));
    manager
      .request(key, { ifAvailable: true }, (lock) => {
        if (lock !== null) return hold();
        options.onWaiting?.();
        const waiting = options.signal ? { signal: options.signal } : {};
        manager.request(key, waiting, hold).catch(reject);
        return undefined;
      })
      .catch(reject);
  });
}

/**
 * How many databases of accounts a browser holds. expo-sqlite has room for six files in all; one is needed for the
 * journal of a transaction, and one may be the app's own.
 */
const mostDatabases = 4;
const namesKey = "sync-databases";

/**
 * Makes room for the database `name`: where there is none, `remove` takes those of other accounts, the longest unused
 * first, if `isSpare` says that nothing in them is to be sent. Without room no database of this browser could be written.
 */
export async function makeRoom(
  name: string,
  isSpare: (name: string) => Promise<boolean>,
  remove: (name: string) => Promise<void>,
): Promise<void> {
  const names = readNames();
  const others = names.filter((other) => other !== name);
  const kept = names.includes(name)
    ? others
    : await withRoom(others, isSpare, remove);
  writeNames([...kept, name]);
}

/** What is left of the databases once there is room for another one. */
async function withRoom(
  names: readonly string[],
  isSpare: (name: string) => Promise<boolean>,
  remove: (name: string) => Promise<void>,
): Promise<readonly string[]> {
  let left = names;
  for (const name of names) {
    if (left.length < mostDatabases) break;
    if (!(await isSpare(name))) continue;
    await remove(name);
    left = left.filter((other) => other !== name);
  }
  if (left.length < mostDatabases) return left;
  throw new Error(
    `This browser holds changes of ${left.length} other accounts that were not sent, and has no room for another account. Sign in to one of them to send its changes.`,
  );
}

/** The database `name` was deleted. */
export function forgetDatabase(name: string): void {
  writeNames(readNames().filter((other) => other !== name));
}

/** Databases of accounts in this browser, the longest unused first; none where storage is blocked. */
function readNames(): readonly string[] {
  try {
    const names: unknown = JSON.parse(localStorage.getItem(namesKey) ?? "[]");
    return Array.isArray(names) ? names.map(String) : [];
  } catch {
    return [];
  }
}

function writeNames(names: readonly string[]): void {
  try {
    localStorage.setItem(namesKey, JSON.stringify(names));
  } catch {
    // Blocked: then it cannot be known what is there.
  }
}
