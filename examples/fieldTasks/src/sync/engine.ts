// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { createSignal, type Signal } from "./events";
import { createLock, type Lock } from "./lock";
import { createPace, type Pace } from "./pace";
import {
  BackendError,
  TakenOver,
  type OpState,
  type Ports,
  type StoredOp,
} from "./ports";
import type { Registry, TableDefinition } from "./registry";
import { withStorageErrors } from "./storageErrors";
import type { RowState } from "./rowState";
import { loadSession, type Session } from "./session";
import { hlcAt, hlcTime, receiveHlc, tickHlc } from "./shared/clock";
import { uuidV7 } from "./shared/ids";
import { limits, type Hlc } from "./shared/protocol";
import { settledAs } from "./settledAs";
import type { Step } from "./step";
import {
  SyncError,
  type Settled,
  type SyncEvents,
  type SyncOptions,
  type SyncStats,
} from "./types";
import { upgradeQueue } from "./upgradeQueue";

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

/** What push, pull and the writers share. */
export interface Engine {
  readonly registry: Registry;
  readonly ports: Ports;
  /** Whose database it is, as the server names them. */
  readonly userId: string;
  /**
   * Runs a task that reads and then commits, alone, so that nothing comes in between: not even another runner of the
   * same database. When one did, the commit is refused and the task is run again on what there is now.
   */
  turn<T>(task: (session: Session) => Promise<T>): Promise<T>;
  /** The session, read from the database on first use, and anew once another runner has taken it over. */
  load(): Promise<Session>;
  /** As it was read last; `null` before. */
  readonly session: Session | null;
  /** As `load`, after asking the database whether another runner has taken it over. */
  reload(): Promise<Session>;
  /** False for a session that was read before another runner took over. */
  isCurrent(session: Session): boolean;
  /** Ends what uses the database. */
  readonly lock: Lock;
  /** Commits a step and keeps the counts; within a turn only. `more` as in `ChangeSet`. */
  commit(step: Step, more?: "more"): Promise<void>;
  /** Milliseconds since 1970, corrected by the server's clock. */
  now(): number;
  /** A reading later than every one before it; within a turn only. */
  tick(session: Session): Hlc;
  /**
   * The server's rows, which came at `serverTime`, were edited at `times` (ms): later edits here come after them, even
   * when the clock here is far behind. Kept with `step`.
   */
  witness(times: readonly number[], serverTime: number, step: Step): void;
  newId(): string;
  /** The state of a row that is not there. */
  emptyState(table: TableDefinition, clientId: string): RowState;
  /** A table's data; throws for a name that the registry does not have. */
  table(name: string): TableDefinition;
  /** Rows with all their ops; for `"pending"`, superseded ones may be left out. `known`: ops that need not be read. */
  readStates(
    table: TableDefinition,
    clientIds: readonly string[],
    wanted?: "all" | "pending",
    known?: readonly StoredOp[],
  ): Promise<RowState[]>;
  /**
   * A call to the server that ends, well or not, within the timeout, and at once when interrupted. None begins while
   * stopped.
   */
  call<T>(request: () => Promise<T>): Promise<T>;
  /** Gives the thread away for a moment; ends at once when interrupted. */
  rest(): Promise<void>;
  readonly interrupted: Signal<void>;
  /** How much of a page is applied at a time. */
  readonly pace: Pace;
  readonly counts: Readonly<Record<OpState, number>>;
  /** Ops of a table that are on their way; counted in the database once, however many ask. */
  pendingCount(table: string): Promise<number>;
  readonly stats: Mutable<SyncStats>;
  emit<Name extends keyof SyncEvents>(
    event: Name,
    detail: SyncEvents[Name],
  ): void;
  readonly events: Signal<
    {
      readonly [Name in keyof SyncEvents]: {
        readonly event: Name;
        readonly detail: SyncEvents[Name];
      };
    }[keyof SyncEvents]
  >;
  /** Calls after every commit that changed ops or progress. */
  readonly changed: Signal<void>;
  /** Resolves with the answer to `opId`. */
  settlement(opId: string): Promise<Settled>;
  settle(opId: string, settled: Settled): void;
  /** Ends every settlement, those that are asked for later among them. */
  settleAll(settled: Settled): void;
  /** True while cycles may go on. */
  active: boolean;
}

/** How often a task is tried while another runner keeps coming in between. */
const mostAttempts = 20;

/** An engine over `ports`; nothing runs yet. */
export function createEngine(options: SyncOptions): Engine {
  const { registry, account } = options;
  const ports = {
    ...options.ports,
    store: withStorageErrors(options.ports.store),
  };
  const { timeout = 30_000, partRows = 32 } = options;
  const { store, clock, ids, timers } = ports;
  let session: Session | null = null;
  let loading: Promise<Session> | null = null;
  let recordedBefore = 0;
  const counts: Record<OpState, number> = {
    waiting: 0,
    sealed: 0,
    failed: 0,
    conflict: 0,
    superseded: 0,
  };
  const pending = new Map<string, number>();
  const waiting = new Map<string, ((settled: Settled) => void)[]>();
  let settledAll: Settled | null = null;
  const events: Engine["events"] = createSignal();
  const changed = createSignal<void>();
  const interrupted = createSignal<void>();

  async function read(): Promise<Session> {
    const loaded = await loadSession(
      store,
      registry,
      account,
      writer,
      engine.newId(),
    );
    const isTakenBack = session !== null;
    // No backup is restored while the app runs: what another runner recorded since is this start's, too.
    if (!isTakenBack) ({ recordedBefore } = loaded);
    session = { ...loaded, recordedBefore };
    Object.assign(counts, await store.countOps());
    pending.clear();
    await upgradeQueue(engine, session);
    await settleAbsent();
    // What another runner changed meanwhile, nobody here was told of, and cursors have gone past it.
    if (isTakenBack)
      store.announce([...Object.keys(registry.tables), "sync_queue"]);
    changed.emit();
    return session;
  }

  /** Answers that another runner received will not come here. */
  async function settleAbsent(): Promise<void> {
    const opIds = [...waiting.keys()];
    if (opIds.length === 0) return;
    const left = await store.readOps({ opIds });
    const known = new Set(left.map(({ opId }) => opId));
    for (const opId of opIds)
      if (!known.has(opId)) engine.settle(opId, settledAs("stopped"));
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

  function loadOnce(): Promise<Session> {
    loading ??= insist(read).catch((error: unknown) => {
      loading = null;
      throw error;
    });
    return loading;
  }

  const engine: Engine = {
    registry,
    ports,
    userId: account,
    turn: (task) =>
      engine.lock(() =>
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
    load: () => loading ?? engine.lock(loadOnce),
    reload: () =>
      engine.lock(async () => {
        const { writer: owner } = await store.readMetadata(["writer"]);
        if (owner !== writer) loading = null;
        return loadOnce();
      }),
    get session() {
      return session;
    },
    isCurrent: (asked) => loading !== null && asked === session,
    lock: createLock(),
    commit: async (step, more) => {
      const differences = Object.entries(step.counts);
      // An op that leaves the queue takes the only record of the clock with it.
      if (session?.hlc && differences.some(([, difference]) => difference < 0))
        step.metadata({ hlc: session.hlc });
      const { rows, ops, metadata } = step.changes;
      await store.commit({
        rows,
        ops,
        metadata,
        writer,
        more: more === "more",
      });
      // The keys of a `CountChange` are states.
      for (const [state, difference] of differences)
        counts[state as OpState] += difference;
      // All that was recorded before is sent, and SQLite may give its numbers again.
      if (counts.waiting + counts.sealed === 0) recordedBefore = 0;
      for (const [table, difference] of step.pending) {
        const count = pending.get(table);
        if (count !== undefined) pending.set(table, count + difference);
      }
      changed.emit();
    },
    now: () => Math.round(clock.now() + (session?.clockOffset ?? 0)),
    tick: (current) => {
      const node = current.deviceId.slice(-8);
      current.hlc = tickHlc(current.hlc, engine.now(), node);
      return current.hlc;
    },
    witness: (times, serverTime, step) => {
      if (session === null || times.length === 0) return;
      const latest = times.reduce((a, b) => Math.max(a, b));
      if (session.hlc !== null && hlcTime(session.hlc) > latest) return;
      const node = session.deviceId.slice(-8);
      // Rows tell the millisecond alone: only what follows all of it is later for certain.
      const seen = hlcAt(latest + 1, node);
      const now = Math.max(engine.now(), serverTime);
      session.hlc = receiveHlc(session.hlc, seen, now, node);
      step.metadata({ hlc: session.hlc });
    },
    newId: () => uuidV7(engine.now(), ids.randomBytes(10)),
    table: (name) => {
      const table = registry.tables[name];
      if (!table) throw new Error(`There is no table ${name}.`);
      return table;
    },
    emptyState: (table, clientId) => ({
      table,
      clientId,
      userId: account,
      row: null,
      ops: [],
      recordedBefore,
    }),
    readStates: async (table, clientIds, wanted = "all", known = []) => {
      if (clientIds.length === 0) return [];
      const rows = await store.readRows(table.name, clientIds);
      const rowsById = new Map(rows.map((row) => [row.clientId, row]));
      const withOps =
        wanted === "all"
          ? clientIds
          : // What a synced row shows contains no op.
            clientIds.filter((id) => rowsById.get(id)?.syncStatus !== "synced");
      const others =
        withOps.length === 0
          ? []
          : await store.readOps({
              table: table.name,
              clientIds: withOps,
              ...(known.length > 0
                ? { exceptSeqs: known.map(({ seq }) => seq) }
                : {}),
            });
      const ops =
        others.length === 0
          ? known
          : [...known, ...others].sort((a, b) => a.seq - b.seq);
      const opsById = new Map(clientIds.map((id) => [id, [] as StoredOp[]]));
      for (const op of ops) opsById.get(op.clientId)?.push(op);
      return [...opsById].map(([clientId, own]) => ({
        table,
        clientId,
        userId: account,
        row: rowsById.get(clientId) ?? null,
        ops: own,
        recordedBefore,
      }));
    },
    call: async (request) => {
      const stopped = "The sync was stopped.";
      // A cycle that was stopped before it came to its first call hears of no interruption any more.
      if (!engine.active) throw new BackendError("network", stopped);
      const stops: (() => void)[] = [];
      const aborted = new Promise<never>((_, reject) => {
        const giveUp = (why: string) => () =>
          reject(new BackendError("network", why));
        stops.push(
          timers.after(timeout, giveUp("The server did not answer in time.")),
          interrupted.subscribe(giveUp(stopped)),
        );
      });
      return Promise.race([request(), aborted]).finally(() => {
        for (const stop of stops) stop();
      });
    },
    rest: () =>
      new Promise((resolve) => {
        const end = () => {
          for (const stop of stops) stop();
          resolve();
        };
        const stops = [timers.after(0, end), interrupted.subscribe(end)];
      }),
    interrupted,
    pace: createPace(partRows, limits.pageRows),
    counts,
    pendingCount: (table) =>
      // Under the lock, because a commit tells listeners before it is counted.
      engine.lock(async () => {
        let count = pending.get(table);
        if (count === undefined) {
          const { waiting, sealed } = await store.countOps(table);
          count = waiting + sealed;
          pending.set(table, count);
        }
        return count;
      }),
    stats: { cycles: 0, opsPushed: 0, rowsPulled: 0, conflicts: 0, errors: 0 },
    // Safe: `event` and `detail` belong together by the signature.
    emit: (event, detail) =>
      events.emit({ event, detail } as Parameters<typeof events.emit>[0]),
    events,
    changed,
    settlement: (opId) =>
      new Promise((resolve) => {
        if (settledAll !== null) return resolve(settledAll);
        const others = waiting.get(opId);
        if (others === undefined) waiting.set(opId, [resolve]);
        else others.push(resolve);
      }),
    settle: (opId, settled) => {
      const resolvers = waiting.get(opId);
      if (resolvers === undefined) return;
      waiting.delete(opId);
      for (const resolve of resolvers) resolve(settled);
    },
    settleAll: (settled) => {
      settledAll = settled;
      for (const opId of [...waiting.keys()]) engine.settle(opId, settled);
    },
    active: false,
  };
  const writer = engine.newId();
  return engine;
}
