// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { feedsOf, type Feed } from "./feeds";
import type { LocalStore } from "./ports";
import type { Registry } from "./registry";
import { noSearch, type Search } from "./search";
import type { Cursor, Hlc, Scope } from "./shared/protocol";
import { SyncError } from "./types";

/** How far one feed has come. */
export interface FeedProgress {
  /** Where the next page starts; `null`: at the beginning. */
  readonly cursor: Cursor | null;
  /** Every page was fetched once; from here on only changes. */
  readonly complete: boolean;
  /**
   * Rows may have been here before, if only by answers to pushes: those that do not come are gone. That is known only
   * when the changes made while the pages were fetched are here, too, because a page does not hold a row that changed
   * since the first.
   */
  readonly again: boolean;
  /** What the head said of the feed before everything was fetched that there was; `null`: something may be missing. */
  readonly mark: string | null;
}

/** What the database remembers of the sync, as kept in `sync_metadata`. */
export interface Session {
  deviceId: string;
  /**
   * Ops up to this `seq` were recorded before this start of the app. A backup may have been restored since, whose
   * original sent them: they take no more edits.
   */
  recordedBefore: number;
  /** The last batch of this device that was answered. */
  batchSeq: number;
  epoch: string | null;
  hlc: Hlc | null;
  /** What the server's clock is ahead of the device's, ms. */
  clockOffset: number;
  /** The schema version that every queued op was brought to. */
  schemaVersion: number;
  initialSyncComplete: boolean;
  /** Rows downloaded by the first sync. */
  rows: number;
  lastSyncedAt: number | null;
  /** Scopes that the user may read, as the server told last; `null` before it did. */
  scopes: readonly Scope[] | null;
  /** What follows from them: everything that the user may read. */
  feeds: readonly Feed[];
  /** How far each feed has come, by its key. */
  progress: Map<string, FeedProgress>;
  /** What the newest head says of each feed: one that is marked so already has nothing new. Not kept. */
  marks: ReadonlyMap<string, string>;
  /** Feeds that held nothing when their first page came: nothing of them can be gone. Not kept: after a start, they are searched. */
  readonly startedEmpty: Set<string>;
  /** For an op that makes the server throw. Not kept: after a start it begins again. */
  search: Search;
}

/** The beginning of a feed. */
export const fromTheStart: FeedProgress = {
  cursor: null,
  complete: false,
  again: true,
  mark: null,
};

/** The metadata key of a feed's progress. */
export function progressKey(feed: string): `table:${string}` {
  return `table:${feed}`;
}

/** Whether everything that the user may read has been fetched once; `besides`: a feed that need not. */
export function hasEverything(
  registry: Pick<Registry, "scopes">,
  { scopes, progress }: Pick<Session, "scopes" | "progress">,
  besides?: string,
): boolean {
  // Nobody knows yet what there is.
  if (registry.scopes !== null && scopes === null) return false;
  for (const [key, { complete }] of progress)
    if (!complete && key !== besides) return false;
  return true;
}

/** What a session is read with. */
export interface SessionOptions {
  readonly store: LocalStore;
  readonly registry: Registry;
  readonly account: string;
  readonly writer: string;
  readonly newId: () => string;
}

/** Reads the session of `account`'s database, and begins one in a new database. From then on it belongs to `writer`. */
export async function loadSession(options: SessionOptions): Promise<Session> {
  const { store, registry, account, writer, newId } = options;
  // Before anything is read: what is read stays so until somebody else does the same.
  await store.commit({ metadata: { writer } });
  const stored = await store.readMetadata([
    "account",
    "deviceId",
    "batchSeq",
    "epoch",
    "hlc",
    "clockOffset",
    "schemaVersion",
    "initialSync",
    "rows",
    "lastSyncedAt",
    "scopes",
  ]);
  if (stored.account !== undefined && stored.account !== account)
    throw new SyncError(
      "wrong-user",
      "This database belongs to another account.",
    );
  const { deviceId = newId() } = stored;
  if (stored.deviceId === undefined)
    await store.commit({
      writer,
      metadata: {
        account,
        deviceId,
        schemaVersion: String(registry.schemaVersion),
      },
    });
  // Only the engine writes the key.
  const scopes = JSON.parse(stored.scopes ?? "null") as Session["scopes"];
  const feeds = feedsOf(registry, scopes);
  const progress = await readProgress(store, feeds);
  const latest = await store.latest();
  const edited = latest?.edited ?? null;
  const hlc = stored.hlc ?? null;
  return {
    deviceId,
    recordedBefore: latest?.seq ?? 0,
    batchSeq: Number(stored.batchSeq ?? 0),
    epoch: stored.epoch ?? null,
    // Writes do not store the clock: the ops that they leave in the queue tell it.
    hlc: hlc === null || (edited !== null && edited > hlc) ? edited : hlc,
    clockOffset: Number(stored.clockOffset ?? 0),
    schemaVersion: Number(stored.schemaVersion ?? registry.schemaVersion),
    initialSyncComplete:
      stored.initialSync === "complete" ||
      // The table that was still to come may be gone with an update of the app.
      hasEverything(registry, { scopes, progress }),
    rows: Number(stored.rows ?? 0),
    lastSyncedAt:
      stored.lastSyncedAt === undefined ? null : Number(stored.lastSyncedAt),
    search: noSearch,
    scopes,
    feeds,
    progress,
    marks: new Map(),
    startedEmpty: new Set(),
  };
}

async function readProgress(
  store: LocalStore,
  feeds: readonly Feed[],
): Promise<Map<string, FeedProgress>> {
  const stored = await store.readMetadata(
    feeds.map(({ key }) => progressKey(key)),
  );
  return new Map(
    feeds.map(({ key }) => {
      const progress = stored[progressKey(key)];
      return [
        key,
        // Only the engine writes the key.
        progress === undefined
          ? fromTheStart
          : (JSON.parse(progress) as FeedProgress),
      ];
    }),
  );
}
