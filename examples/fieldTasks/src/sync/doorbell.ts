// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import type { Engine } from "./engine";
import type { Head } from "./shared/protocol";
import { isSameHead, marksOf } from "./marks";
import { BackendError } from "./ports";
import { restartTables } from "./restartTables";
import { SyncError, type SyncEvents } from "./types";
import { isHead, notUnderstood, understood } from "./understood";

type SubscriptionStatus =
  SyncEvents["sync.subscription:action:statusChange"]["status"];

/** The live query of the head: says when something changed, and as whom the server knows this device. */
export interface Doorbell {
  close(): void;
  /**
   * Opens it where needed, and resolves once the server confirmed that the token is the database's user's. The session
   * knows then what changed since each feed was fetched. `isAsked`: the server is asked, whatever it told by itself.
   */
  ready(isAsked: boolean): Promise<void>;
}

/** `onRing` is told whether something is not as at the ring before. */
export function createDoorbell(
  engine: Engine,
  onRing: (isNews: boolean) => void,
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
    // The cycle that waits for the first head pulls after it.
    if (before !== null || !isAwaited) onRing(!isSameHead(before, next));
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
    ready: async (isAsked) => {
      if (error) close();
      const asked = isAsked && head !== null ? await askedHead(engine) : null;
      const answered = asked ?? head ?? (await nextAnswer());
      if (answered instanceof BackendError) throw answered;
      if (!(await confirm(engine, answered, asked !== null)))
        await confirm(engine, await askedHead(engine), true);
    },
  };
}

async function askedHead(engine: Engine): Promise<Head> {
  return understood(
    isHead,
    await engine.call(() => engine.ports.backend.head()),
  );
}

/**
 * Goes on only when the token is that of the user whose database this is. False, and nothing is done, when the head tells
 * of other scopes than are known and was not asked for just now: it may be older than what another runner, or the timer,
 * was told, and takes nobody out of a scope that they have been let into since.
 */
async function confirm(
  engine: Engine,
  head: Head,
  isNewest: boolean,
): Promise<boolean> {
  const { userId, epoch } = head;
  const { scopes } = engine.registry;
  if (userId !== engine.userId)
    throw new SyncError(
      "wrong-user",
      "The server names the signed-in user otherwise than this database: nothing is sent or fetched.",
    );
  // Every batch names its epoch. Another one than is known may be older than what an answer has told since.
  return engine.turn(async (session) => {
    const told = scopes?.told(session, head) ?? null;
    if (told !== null && session.scopes !== null && !isNewest) return false;
    if (session.epoch === null) await restartTables(engine, session, epoch);
    if (told !== null) await scopes?.adopt(engine, session, told);
    session.marks = marksOf(head);
    return true;
  });
}
