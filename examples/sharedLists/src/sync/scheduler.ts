// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { backoffDelay } from "./backoff";
import { runCycle } from "./cycle";
import { createDoorbell } from "./doorbell";
import type { Engine } from "./engine";
import { TakenOver } from "./ports";
import { ServerRefused } from "./ServerRefused";
import type { Activity, StatusBoard } from "./status";
import { asSyncError } from "./syncErrors";
import type { SyncError } from "./types";

/** While another tab or task syncs, how long until the next look, ms. */
const elsewhereDelay = 10_000;

/** How long a sign-in may take before nobody counts as signed in, ms: tokens are fetched after the app has started. */
const signInTime = 3_000;

/** How long `syncNow` waits for its cycle where the network is said to be none, ms: a call takes longer to give up. */
const offlineTime = 5_000;

/**
 * When cycles run: one at a time. A cycle is started by writes, the server's doorbell, a network or an app that comes
 * back, a timer, and `syncNow`; what asks for one while it runs gets another one right after.
 *
 * Without a network nothing is tried by itself. What the platform says of the network may be wrong, though: `syncNow` and
 * an app that comes back try once all the same, and an answer of the server counts as a network until a call fails.
 */
export interface Scheduler {
  /** Listens to what starts cycles, until `stop`. */
  readonly watch: () => void;
  /** Ends what `watch` began, and waits for the running cycle. */
  readonly stop: () => Promise<void>;
  /** Asks for a cycle over all tables. */
  readonly requestAll: () => void;
  /** Asks for one that sends a write. */
  readonly onWritten: () => void;
  /** As `requestAll`, also without a network and after failures; resolves when it ended, or took too long to wait for. */
  readonly syncNow: () => Promise<void>;
}

/** A scheduler that starts nothing yet. `interval`: from one cycle to the next while nothing happens, ms. */
export function createScheduler(
  engine: Engine,
  board: StatusBoard,
  interval: number,
): Scheduler {
  const { clock, ids, timers, network, lifecycle } = engine.ports;
  const { activity } = board;
  const stops: (() => void)[] = [];
  /** The next cycle asks the server what changed, whatever the doorbell told. */
  let isAsked = true;
  /** The cycles that run, or ran last. */
  let cycles: Promise<void> = Promise.resolve();
  let again = false;
  let failures = 0;
  /** Since when the server says that nobody is signed in; `null` while it does not. */
  let signedOutSince: number | null = null;
  let isInBackground = false;
  let cancelTimer: () => void = () => undefined;

  const doorbell = createDoorbell(engine, (isNews) => {
    if (!activity.online) return changeNetwork(true);
    if (isNews) request();
  });

  function changeNetwork(online: boolean): void {
    board.update({ online });
    failures = 0;
    if (online) return requestAll();
    again = false;
    cancelTimer();
  }

  /** Asks for a cycle at once, whatever is scheduled; `isForced`: also without a network. */
  function request(isForced = false): void {
    if (!engine.active || !(activity.online || isForced)) return;
    again = true;
    if (activity.running) return;
    cancelTimer();
    cycles = runCycles();
    // Last: who is told may wait for these cycles.
    board.update({ running: true });
  }

  function requestAll(isForced = false): void {
    isAsked = true;
    request(isForced);
  }

  async function runCycles(): Promise<void> {
    let delay: number;
    do {
      again = false;
      delay = await runNext();
      // A failed cycle is not repeated at once, whatever asked for another.
    } while (again && failures === 0 && engine.active);
    schedule(delay);
    // Last, and nothing is waited for since the look at `again`: who is told may ask for the next one.
    board.update({ running: false });
  }

  /** Not in the background: coming back asks for a cycle by itself. */
  function schedule(delay: number): void {
    cancelTimer();
    if (!engine.active || isInBackground) return;
    cancelTimer = timers.after(delay, requestAll);
  }

  /** Returns the time until the next cycle, ms. */
  async function runNext(): Promise<number> {
    engine.stats.cycles += 1;
    const asks = isAsked;
    const wasOnline = activity.online;
    isAsked = false;
    try {
      await engine.load();
      if ((await runCycle(engine, doorbell, asks)) === "held") {
        isAsked = true;
        board.update({ trouble: "elsewhere", error: null });
        return elsewhereDelay;
      }
      failures = 0;
      signedOutSince = null;
      // One that began without a network has found one.
      const online = activity.online || !wasOnline;
      board.update({ online, trouble: null, error: null });
      return interval;
    } catch (error) {
      isAsked = true;
      if (!(error instanceof TakenOver)) return handleFailure(error);
      // Another runner has gone on from here: whoever holds the lease starts over.
      return 0;
    }
  }

  function handleFailure(cause: unknown): number {
    const error = asSyncError(cause);
    engine.stats.errors += 1;
    const asked = cause instanceof ServerRefused ? cause.retryAfter : null;
    // Who was told when to come back is not kept waiting longer and longer.
    failures = asked === null ? failures + 1 : 1;
    const online =
      error.code === "network" ? network.isOnline() : activity.online;
    board.update({ online, trouble: troubleOf(error), error });
    engine.emit("sync.error:action", {
      code: error.code,
      message: error.message,
    });
    return (asked ?? 0) + backoffDelay(failures, ids.random());
  }

  /** What is in the way other than a call that is tried again. */
  function troubleOf({ code }: SyncError): Activity["trouble"] {
    if (code !== "unauthenticated") {
      signedOutSince = null;
      return troubles[code] ?? "retrying";
    }
    const now = clock.now();
    signedOutSince ??= now;
    return now - signedOutSince < signInTime ? null : "signed-out";
  }

  /** Resolves when the cycles have ended, or after `most` ms. */
  function endOrTime(most: number): Promise<void> {
    return new Promise((resolve) => {
      const cancel = timers.after(most, resolve);
      void cycles.then(cancel).then(resolve);
    });
  }

  return {
    watch: () => {
      engine.active = true;
      isInBackground = false;
      stops.push(
        network.subscribe(changeNetwork),
        lifecycle.subscribe((active) => {
          isInBackground = !active;
          if (active) requestAll(true);
          else cancelTimer();
        }),
      );
      board.update({ started: true, online: network.isOnline() });
    },
    stop: async () => {
      engine.active = false;
      engine.interrupted.emit();
      for (const stop of stops.splice(0)) stop();
      cancelTimer();
      doorbell.close();
      await cycles;
      board.update({ started: false, trouble: null });
    },
    requestAll,
    onWritten: () => {
      // After a failure the next try takes new writes along: they must not make it come earlier.
      if (failures === 0) request();
    },
    syncNow: async () => {
      failures = 0;
      requestAll(true);
      await (activity.online ? cycles : endOrTime(offlineTime));
    },
  };
}

const troubles: Partial<Record<SyncError["code"], Activity["trouble"]>> = {
  "wrong-user": "signed-out",
  "upgrade-required": "upgrade-required",
};
