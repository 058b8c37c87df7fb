import type { Migrations } from "../db/database";
import type { ConvexConnection } from "../sync/convexBackend";
import { openPorts, systemTimers } from "../sync/platform";
import type { Lease, Lifecycle, Network } from "../sync/ports";
import type { Registry } from "../sync/registry";
import { createSync } from "../sync/SyncService";
import type { SyncStatus } from "../sync/types";
import { isAppShown, nextAppSync, withoutApp } from "./appSync";
import { openSession } from "./openSession";

/** Whose data is synced in the background, and through what. */
export interface BackgroundConnection {
  /** Who is signed in, named as the server names them (`getSyncUser`). */
  readonly account: string;
  /** A Convex client with its sign-in, made for this one time: it is closed afterwards. */
  readonly convex: ConvexConnection;
}

/** What an engine without the app is made of. */
export interface BackgroundParts<R extends Registry> {
  /** What `sync/TableRegistry.ts` exports. */
  readonly registry: R;
  /** What `db/migrations/migrations.ts` exports. */
  readonly migrations: Migrations;
  /** Says who is signed in, without React; with `null`, for nobody, nothing is opened. */
  readonly connect: () => Promise<BackgroundConnection | null>;
}

/** How long the app's engine may take to start, ms: the platform may start the app and its task together. */
const mostStarting = 10_000;

/** How long it may take to find out who is signed in, ms: a task that hangs would be in the way of all later ones. */
const mostConnecting = 30_000;

/**
 * One cycle: by the app's engine while the app shows an account, else by an engine that ends with the cycle. `expired`
 * ends it at the next safe point; it may also be killed at any time, as every runner may.
 *
 * The result says whether what was to be done is done, as it is when nobody is signed in.
 */
export async function syncInBackground<R extends Registry>(
  parts: BackgroundParts<R>,
  expired: AbortSignal,
): Promise<boolean> {
  const alone = await syncAlone(parts, expired);
  if (alone !== null) return alone;
  return !isAppShown() || syncWithApp(expired);
}

async function syncWithApp(expired: AbortSignal): Promise<boolean> {
  const giveUp = new AbortController();
  const stopWaiting = systemTimers.after(mostStarting, () => giveUp.abort());
  const stop = onAbort(expired, () => giveUp.abort());
  const sync = await nextAppSync(giveUp.signal);
  stopWaiting();
  stop();
  // The app that was closed meanwhile, or where somebody signed out, leaves nothing to do.
  if (sync === null) return !isAppShown();
  const status = await untilAborted(sync.syncNow(), expired);
  return status !== null && isDone(status);
}

function isDone({ error, phase }: SyncStatus): boolean {
  return error === null && phase !== "offline" && phase !== "elsewhere";
}

/**
 * `null`: nobody is signed in, or the app has come, which goes on with it. The app may be left again by then, and whoever
 * was signed in, signed out: it has come from the moment on that the task began.
 */
function syncAlone<R extends Registry>(
  parts: BackgroundParts<R>,
  expired: AbortSignal,
): Promise<boolean | null> {
  return withoutApp(async (app) => {
    const ends = [app, expired];
    const connection = await connectInTime(parts.connect, ends);
    if (connection === "late") return false;
    if (connection === null) return null;
    try {
      return await openAndSync(parts, connection, ends);
    } finally {
      closeLater(connection);
    }
  });
}

/** `"late"` when `ends` has come before an answer, or none comes. */
async function connectInTime(
  connect: BackgroundParts<Registry>["connect"],
  ends: readonly AbortSignal[],
): Promise<BackgroundConnection | null | "late"> {
  const late = new AbortController();
  const giveUp = () => late.abort();
  const stops = [
    systemTimers.after(mostConnecting, giveUp),
    ...ends.map((end) => onAbort(end, giveUp)),
  ];
  try {
    const connecting = connect();
    const answer = connecting.then((connection) => ({ connection }));
    const inTime = await untilAborted(answer, late.signal);
    if (inTime !== null && !late.signal.aborted) return inTime.connection;
    connecting.then(closeLater, () => undefined);
    return "late";
  } finally {
    for (const stop of stops) stop();
  }
}

/** Nobody waits for it: on a network that is gone, the server's goodbye takes a minute. */
function closeLater(connection: BackgroundConnection | null): void {
  connection?.convex.close().catch(() => undefined);
}

async function openAndSync<R extends Registry>(
  { registry, migrations }: BackgroundParts<R>,
  { account, convex }: BackgroundConnection,
  ends: readonly AbortSignal[],
): Promise<boolean> {
  const ignore = () => undefined;
  const opening = openSession(account, migrations, ignore, {
    onWaiting: ignore,
    signal: new AbortController().signal,
  });
  try {
    const { database } = await opening.session;
    const { ports, close } = await openPorts({ registry, database, convex });
    const cycle = watchCycle(ports.lease);
    const sync = createSync({
      registry,
      account,
      ports: { ...ports, network, lifecycle, lease: cycle.lease },
    });
    const stops = ends.map((end) => onAbort(end, () => void sync.dispose()));
    try {
      if (ends.some(({ aborted }) => aborted)) return false;
      await sync.start();
      return await cycle.isDone;
    } finally {
      for (const stop of stops) stop();
      await sync.dispose();
      close();
    }
  } finally {
    await opening.close();
  }
}

/** The platform starts the task where there is a network; one that is not there a call finds out. */
const network: Network = {
  isOnline: () => true,
  subscribe: () => () => undefined,
};

/** No timer for a next cycle. */
const lifecycle: Lifecycle = {
  subscribe: (listener) => {
    listener(false);
    return () => undefined;
  },
};

/** The lease, and how the first cycle that asks for it ends. */
function watchCycle(lease: Lease): {
  readonly lease: Lease;
  readonly isDone: Promise<boolean>;
} {
  let end: (isDone: boolean) => void;
  const isDone = new Promise<boolean>((resolve) => {
    end = resolve;
  });
  return {
    isDone,
    lease: {
      run: async (task) => {
        try {
          const result = await lease.run(task);
          end(result !== "held");
          return result;
        } catch (error) {
          end(false);
          throw error;
        }
      },
    },
  };
}

/** Calls once `signal` is aborted; the result ends that. */
function onAbort(signal: AbortSignal, listener: () => void): () => void {
  signal.addEventListener("abort", listener);
  return () => signal.removeEventListener("abort", listener);
}

/** What a promise resolves to; `null` when `signal` is aborted before. */
function untilAborted<T>(
  promise: Promise<T>,
  signal: AbortSignal,
): Promise<T | null> {
  let stop: () => void = () => undefined;
  const aborted = new Promise<null>((resolve) => {
    stop = onAbort(signal, () => resolve(null));
  });
  return Promise.race([promise, aborted]).finally(() => stop());
}
