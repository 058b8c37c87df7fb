// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import type { Engine } from "./engine";
import { feedKey } from "./feeds";
import type { Head } from "./shared/protocol";
import { BackendError } from "./ports";
import { restartTables } from "./restartTables";
import { SyncError, type SyncEvents } from "./types";
import { isHead, notUnderstood } from "./understood";

type SubscriptionStatus =
  SyncEvents["sync.subscription:action:statusChange"]["status"];

/** The live query of the newest stamps: says when something changed, and as whom the server knows this device. */
export interface Doorbell {
  close(): void;
  /** Opens it where needed, and resolves once the server confirmed that the token is the database's user's. */
  ready(): Promise<void>;
  /** True while the server reports changes by itself. */
  isLive(): boolean;
}

/** `onRing` gets the feeds of which something is not as at the ring before. */
export function createDoorbell(
  engine: Engine,
  onRing: (feeds: ReadonlySet<string>) => void,
): Doorbell {
  let head: Head | null = null;
  let error: BackendError | null = null;
  let unsubscribe: (() => void) | null = null;
  /** The cycle that waits for a head: one at a time. */
  let waiting: ((answer: Head | BackendError) => void) | null = null;

  function tell(status: SubscriptionStatus): void {
    engine.emit("sync.subscription:action:statusChange", { status });
  }

  function answer(given: Head | BackendError): void {
    error = given instanceof BackendError ? given : null;
    waiting?.(given);
    waiting = null;
  }

  function onHead(next: Head): void {
    if (!isHead(next)) return onError(notUnderstood());
    const before = head;
    const isAwaited = waiting !== null;
    head = next;
    if (before === null) tell("live");
    answer(next);
    // The cycle that waits for the first head pulls everything after it.
    if (before !== null || !isAwaited) onRing(changedFeeds(before, next));
  }

  function onError(problem: BackendError): void {
    head = null;
    tell("closed");
    answer(problem);
  }

  async function nextAnswer(): Promise<Head | BackendError> {
    try {
      return await engine.call(
        () =>
          new Promise((resolve) => {
            waiting = resolve;
            // Last: what another live query has brought already is the answer, and comes at once.
            open();
          }),
      );
    } finally {
      // Nobody waits any more after a timeout: the head that comes then has to ring.
      waiting = null;
    }
  }

  function open(): void {
    if (unsubscribe) return;
    tell("connecting");
    unsubscribe = engine.ports.backend.subscribe(onHead, onError);
  }

  function close(): void {
    unsubscribe?.();
    unsubscribe = null;
    head = null;
    error = null;
  }

  return {
    close,
    ready: async () => {
      if (error) close();
      const answered = head ?? (await nextAnswer());
      if (answered instanceof BackendError) throw answered;
      await confirm(engine, answered);
    },
    isLive: () => head !== null,
  };
}

/** Those that came or went among them. */
function changedFeeds(before: Head | null, next: Head): ReadonlySet<string> {
  const [known, now] = [marksOf(before), marksOf(next)];
  const feeds = [...new Set([...known.keys(), ...now.keys()])];
  return new Set(feeds.filter((feed) => known.get(feed) !== now.get(feed)));
}

/** What a head says of each feed: the newest stamp, of which history it is, and what the user may do there. */
function marksOf(head: Head | null): ReadonlyMap<string, string> {
  const marks = new Map<string, string>();
  if (head === null) return marks;
  const { epoch, stamps, scopes = [] } = head;
  for (const [table, stamp] of Object.entries(stamps))
    marks.set(feedKey(table, null), JSON.stringify([epoch, stamp]));
  for (const { scopeId, access, stamps: own } of scopes)
    for (const [table, stamp] of Object.entries(own))
      marks.set(
        feedKey(table, scopeId),
        JSON.stringify([epoch, stamp, access]),
      );
  return marks;
}

/** Goes on only when the token is that of the user whose database this is. */
async function confirm(
  engine: Engine,
  { userId, epoch, scopes = [] }: Head,
): Promise<void> {
  if (userId !== engine.userId)
    throw new SyncError(
      "wrong-user",
      "The server names the signed-in user otherwise than this database: nothing is sent or fetched.",
    );
  // Every batch names its epoch. Another one than is known may be older than what an answer has told since.
  await engine.turn(async (session) => {
    if (session.epoch === null) await restartTables(engine, session, epoch);
    await engine.registry.scopes?.adopt(engine, session, scopes);
  });
}
