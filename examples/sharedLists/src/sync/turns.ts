// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { createLock, type Lock } from "./lock";
import { TakenOver } from "./ports";
import { loadSession, type Session, type SessionOptions } from "./session";
import { SyncError } from "./types";

/** Turns at the database, one at a time, and the session that they work on. */
export interface Turns {
  /**
   * Runs a task that reads and then commits, alone, so that nothing comes in between: not even another runner of the
   * same database. When one did, the commit is refused and the task is run again on what there is now.
   */
  turn<T>(task: (session: Session) => Promise<T>): Promise<T>;
  /** The session, read from the database on first use, and anew once another runner has taken it over. */
  load(): Promise<Session>;
  /** As `load`, after asking the database whether another runner has taken it over. */
  reload(): Promise<Session>;
  /** False for a session that was read before another runner took over. */
  isCurrent(session: Session): boolean;
  /** Ends what uses the database. */
  readonly lock: Lock;
  /** As it was read last; `null` before. */
  readonly session: Session | null;
}

/** What turns work on. */
export interface TurnOptions extends SessionOptions {
  /** Works on a session that was just read, before anybody else does; `before`: the one that another runner ended. */
  readonly begin: (session: Session, before: Session | null) => Promise<void>;
}

/** How often a task is tried while another runner keeps coming in between. */
const mostAttempts = 20;

/** Turns at a database that was not read yet. */
export function createTurns(options: TurnOptions): Turns {
  const lock = createLock();
  let session: Session | null = null;
  let loading: Promise<Session> | null = null;

  async function read(): Promise<Session> {
    const before = session;
    session = await loadSession(options);
    await options.begin(session, before);
    return session;
  }

  function loadOnce(): Promise<Session> {
    loading ??= insist(read).catch((error: unknown) => {
      loading = null;
      throw error;
    });
    return loading;
  }

  return {
    turn: (task) =>
      lock(() =>
        insist(async () => {
          const current = await loadOnce();
          try {
            return await task(current);
          } catch (error) {
            if (error instanceof TakenOver) loading = null;
            throw error;
          }
        }),
      ),
    // Not while a turn goes on: taking the database back would make what that one read look as if it were still so.
    load: () => loading ?? lock(loadOnce),
    reload: () =>
      lock(async () => {
        const { writer } = await options.store.readMetadata(["writer"]);
        if (writer !== options.writer) loading = null;
        return loadOnce();
      }),
    isCurrent: (asked) => loading !== null && asked === session,
    lock,
    get session() {
      return session;
    },
  };
}

/** Runs `task` until no other runner comes in between; a `SyncError` when one always does. */
async function insist<T>(task: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1)
    try {
      return await task();
    } catch (error) {
      if (!(error instanceof TakenOver)) throw error;
      if (attempt === mostAttempts)
        throw new SyncError("storage", "Another tab or task keeps writing.", {
          cause: error,
        });
    }
}
