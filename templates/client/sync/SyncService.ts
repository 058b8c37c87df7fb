import { backoffDelay } from "./backoff";
import { createDoorbell } from "./doorbell";
import { createEngine, type Engine } from "./engine";
import { createSignal } from "./events";
import {
  discardOp,
  dismissOp,
  editOp,
  exportQueue,
  listIssues,
  resolveOp,
  retryAll,
  retryOp,
} from "./issues";
import { createLock } from "./lock";
import { BackendError, TakenOver } from "./ports";
import type { Registry } from "./registry";
import { describeStatus, isSameStatus, type Activity } from "./status";
import { settledAs } from "./settledAs";
import { createStep } from "./step";
import { messageOf } from "./storageErrors";
import { pull } from "./SyncPull";
import { ServerRefused } from "./ServerRefused";
import { push } from "./SyncPush";
import { createTableWriter, writeBatch } from "./TableWriter";
import { SyncError, type Sync, type SyncOptions, type WriterOf } from "./types";

/** While another tab or task syncs, how long until the next look, ms. */
const elsewhereDelay = 10_000;

/** How long a sign-in may take before nobody counts as signed in, ms: tokens are fetched after the app has started. */
const signInTime = 3_000;

/** How long `syncNow` waits for its cycle where the network is said to be none, ms: a call takes longer to give up. */
const offlineTime = 5_000;

/**
 * The engine of one user's database. Reads and writes work from the start; syncing begins with `start`.
 *
 * One cycle runs at a time: push, then pull. It is started by writes, the server's doorbell, a network or an app that
 * comes back, a timer, and `syncNow`; what asks for one while it runs gets another one right after.
 *
 * Without a network nothing is tried by itself. What the platform says of the network may be wrong, though: `syncNow` and
 * an app that comes back try once all the same, and an answer of the server counts as a network until a call fails.
 */
export function createSync<R extends Registry>(
  options: SyncOptions<R>,
): Sync<R> {
  const engine = createEngine(options);
  const { ports } = engine;
  const { timers, network, lifecycle, store } = ports;
  const interval = options.interval ?? 5 * 60_000;
  let activity: Activity = {
    started: false,
    online: network.isOnline(),
    running: false,
    trouble: null,
    error: null,
  };
  let status = describeStatus(engine, activity);
  const published = createSignal<void>();
  /** `start`, `stop` and `dispose` run to their end one after the other: the last one called decides. */
  const inOrder = createLock();
  let disposing: Promise<void> | null = null;
  const stops: (() => void)[] = [];
  /** Tables to pull; `"all"` once, then what the doorbell names. */
  let wanted: Set<string> | "all" = "all";
  /** The cycles that run, or ran last. */
  let cycles: Promise<void> = Promise.resolve();
  let again = false;
  let failures = 0;
  /** Since when the server says that nobody is signed in; `null` while it does not. */
  let signedOutSince: number | null = null;
  let isInBackground = false;
  let cancelTimer: () => void = () => undefined;

  function update(change: Partial<Activity>): void {
    activity = { ...activity, ...change };
    publish();
  }

  function publish(): void {
    const next = describeStatus(engine, activity);
    if (isSameStatus(next, status)) return;
    status = next;
    published.emit();
  }

  const doorbell = createDoorbell(engine, (tables) => {
    if (!activity.online) return changeNetwork(true);
    if (tables.size === 0) return;
    if (wanted !== "all") wanted = new Set([...wanted, ...tables]);
    request();
  });

  function changeNetwork(online: boolean): void {
    update({ online });
    failures = 0;
    if (online) return requestAll();
    again = false;
    cancelTimer();
  }

  /** Asks for a cycle at once, whatever is scheduled; `isAsked`: also without a network. */
  function request(isAsked = false): void {
    if (!engine.active || !(activity.online || isAsked)) return;
    again = true;
    if (activity.running) return;
    cancelTimer();
    activity = { ...activity, running: true };
    cycles = runCycles();
    publish();
  }

  function requestAll(isAsked = false): void {
    wanted = "all";
    request(isAsked);
  }

  function onWritten(): void {
    if (!doorbell.isLive()) wanted = "all";
    // After a failure the next try takes new writes along: they must not make it come earlier.
    if (failures === 0) request();
  }

  async function runCycles(): Promise<void> {
    let delay: number;
    do {
      again = false;
      delay = await runCycle();
      // A failed cycle is not repeated at once, whatever asked for another.
    } while (again && failures === 0 && engine.active);
    schedule(delay);
    // Last, and nothing is waited for since the look at `again`: who is told may ask for the next one.
    update({ running: false });
  }

  /** Not in the background: coming back asks for a cycle by itself. */
  function schedule(delay: number): void {
    cancelTimer();
    if (!engine.active || isInBackground) return;
    cancelTimer = timers.after(delay, requestAll);
  }

  /** Returns the time until the next cycle, ms. */
  async function runCycle(): Promise<number> {
    engine.stats.cycles += 1;
    const asked = wanted;
    const wasOnline = activity.online;
    wanted = new Set();
    try {
      await engine.load();
      const result = await ports.lease.run(async () => {
        const current = await engine.reload();
        // One that opens anew does not tell what changed while it was silent.
        const isAll = asked === "all" || !doorbell.isLive();
        await doorbell.ready();
        const problem = await push(engine, current).then(
          () => null,
          asPushProblem,
        );
        await pull(engine, current, (table) => isAll || asked.has(table));
        if (problem) throw problem;
        await rememberSuccess(engine);
        // What another runner left to send goes out now, and not with the next look at the clock.
        if (!engine.isCurrent(current)) throw new TakenOver();
      });
      if (result === "held") {
        wanted = "all";
        update({ trouble: "elsewhere", error: null });
        return elsewhereDelay;
      }
      failures = 0;
      signedOutSince = null;
      // One that began without a network has found one.
      const online = activity.online || !wasOnline;
      update({ online, trouble: null, error: null });
      return interval;
    } catch (error) {
      wanted = "all";
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
    update({ online, trouble: troubleOf(error), error });
    engine.emit("sync.error:action", {
      code: error.code,
      message: error.message,
    });
    return (asked ?? 0) + backoffDelay(failures, ports.ids.random());
  }

  /** What is in the way other than a call that is tried again. */
  function troubleOf({ code }: SyncError): Activity["trouble"] {
    if (code !== "unauthenticated") {
      signedOutSince = null;
      return troubles[code] ?? "retrying";
    }
    const now = ports.clock.now();
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

  async function begin(): Promise<void> {
    if (engine.active) return;
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
    update({ started: true, online: network.isOnline() });
    try {
      await engine.load();
    } catch (error) {
      await end();
      throw asSyncError(error);
    }
    publish();
    requestAll();
  }

  async function end(): Promise<void> {
    engine.active = false;
    engine.interrupted.emit();
    for (const stop of stops.splice(0)) stop();
    cancelTimer();
    doorbell.close();
    await cycles;
    update({ started: false, trouble: null });
  }

  const sync: Sync = {
    start: async () => {
      if (disposing)
        throw new SyncError("not-allowed", "The engine was disposed.");
      await inOrder(begin);
    },
    stop: () => inOrder(end),
    dispose: () => {
      disposing ??= inOrder(async () => {
        await end();
        engine.settleAll(settledAs("stopped"));
        await engine.lock(() => store.close());
      });
      return disposing;
    },
    table: (name) =>
      // Safe: the registry says which operations the table's types and writer have.
      createTableWriter(engine, engine.table(name), onWritten) as WriterOf<
        Registry["tables"][string]
      >,
    batch: async (write) => {
      // Safe: as for `table`.
      const written = await writeBatch(
        engine,
        write as Parameters<typeof writeBatch>[1],
      );
      onWritten();
      return written;
    },
    syncNow: async () => {
      failures = 0;
      requestAll(true);
      await (activity.online ? cycles : endOrTime(offlineTime));
      return status;
    },
    getStatus: () => status,
    subscribe: (listener) => published.subscribe(listener),
    onRowsChanged: (listener) => store.subscribe(listener),
    on: engine.on,
    getSyncStats: () => ({ ...engine.stats }),
    issues: () => listIssues(engine),
    pendingCount: async (table) => {
      await engine.load();
      return engine.pendingCount(table);
    },
    retry: (opId) => retryOp(engine, opId).then(onWritten),
    retryAll: () => retryAll(engine).then(onWritten),
    edit: (opId, changes) => editOp(engine, opId, changes).then(onWritten),
    discard: (opId) => discardOp(engine, opId).then(onWritten),
    resolve: (opId, chosen) => resolveOp(engine, opId, chosen).then(onWritten),
    dismiss: (opId) => dismissOp(engine, opId),
    export: () => exportQueue(engine),
  };
  engine.changed.subscribe(publish);
  // Safe: `Sync<R>` differs in the types of `table` and `batch` alone, which `R` describes.
  return sync as unknown as Sync<R>;
}

async function rememberSuccess(engine: Engine): Promise<void> {
  const now = engine.now();
  const step = createStep();
  step.metadata({ lastSyncedAt: String(now) });
  await engine.turn(async (session) => {
    await engine.commit(step);
    session.lastSyncedAt = now;
  });
}

const codeByKind = {
  network: "network",
  unauthenticated: "unauthenticated",
  server: "server",
} as const satisfies Record<BackendError["kind"], SyncError["code"]>;

const codeByRefusal = {
  "wrong-user": "wrong-user",
  "rate-limited": "rate-limited",
  "too-large": "refused",
  "schema-too-old": "upgrade-required",
  "schema-too-new": "refused",
} as const satisfies Record<ServerRefused["code"], SyncError["code"]>;

const troubles: Partial<Record<SyncError["code"], Activity["trouble"]>> = {
  "wrong-user": "signed-out",
  "upgrade-required": "upgrade-required",
};

/** A push that comes too early, or at which the server throws, does not keep the device from fetching. */
function asPushProblem(cause: unknown): ServerRefused | BackendError {
  if (cause instanceof ServerRefused && cause.code === "rate-limited")
    return cause;
  if (cause instanceof BackendError && cause.kind === "server") return cause;
  throw cause;
}

/** What stopped a cycle, as apps see it. Anything unknown came from the database. */
function asSyncError(cause: unknown): SyncError {
  if (cause instanceof SyncError) return cause;
  const message = messageOf(cause);
  if (cause instanceof BackendError)
    return new SyncError(codeByKind[cause.kind], message, { cause });
  if (cause instanceof ServerRefused)
    return new SyncError(codeByRefusal[cause.code], message, { cause });
  return new SyncError("storage", message, { cause });
}
