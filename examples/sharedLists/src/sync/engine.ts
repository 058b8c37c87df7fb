// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { createCalls, type Calls } from "./calls";
import { createDeviceClock, type DeviceClock } from "./deviceClock";
import { createEventEmitter, type EventEmitter } from "./eventEmitter";
import { createSignal, type Signal } from "./events";
import { createOpCounts, type OpCounts } from "./opCounts";
import { createPace, type Pace } from "./pace";
import type { Ports } from "./ports";
import type { Registry, TableDefinition } from "./registry";
import { createRowReader, type RowReader } from "./rowReader";
import type { Session } from "./session";
import { createSettlements, type Settlements } from "./settlements";
import { uuidV7 } from "./shared/ids";
import { limits } from "./shared/protocol";
import type { Step } from "./step";
import { withStorageErrors } from "./storageErrors";
import { createTurns, type Turns } from "./turns";
import type { SyncOptions, SyncStats } from "./types";
import { upgradeQueue } from "./upgradeQueue";

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

/** What push, pull and the writers share: its parts, each in a file of its own, and what ties them together. */
export interface Engine
  extends
    Turns,
    DeviceClock,
    RowReader,
    Calls,
    Settlements,
    EventEmitter,
    Pick<OpCounts, "counts" | "pendingCount"> {
  readonly registry: Registry;
  readonly ports: Ports;
  /** Whose database it is, as the server names them. */
  readonly userId: string;
  /** A table's data; throws for a name that the registry does not have. */
  table(name: string): TableDefinition;
  /** Commits a step and keeps the counts; within a turn only. `more` as in `ChangeSet`. */
  commit(step: Step, more?: "more"): Promise<void>;
  /** Calls after every commit that changed ops or progress. */
  readonly changed: Signal<void>;
  /** How much of a page is applied at a time. */
  readonly pace: Pace;
  readonly stats: Mutable<SyncStats>;
  /** True while cycles may go on. */
  active: boolean;
}

/** An engine over `ports`; nothing runs yet. */
export function createEngine(options: SyncOptions): Engine {
  const { registry, account } = options;
  const store = withStorageErrors(options.ports.store);
  const ports = { ...options.ports, store };
  const { timeout = 30_000, partRows = 32 } = options;
  /** What this runner is called in the database while that is its own. */
  const writer = uuidV7(ports.clock.now(), ports.ids.randomBytes(10));
  const settlements = createSettlements(store);
  const changed = createSignal<void>();
  const turns: Turns = createTurns({
    store,
    registry,
    account,
    writer,
    newId: () => clock.newId(),
    begin,
  });
  const clock = createDeviceClock(ports, turns);
  const opCounts = createOpCounts(store, turns.lock);

  /** Brings what the database holds to what this app understands, and tells who listens. */
  async function begin(
    session: Session,
    before: Session | null,
  ): Promise<void> {
    // No backup is restored while the app runs: what another runner recorded since is this start's, too.
    if (before) session.recordedBefore = before.recordedBefore;
    await opCounts.recount();
    await upgradeQueue(engine, session);
    await settlements.settleAbsent();
    // What another runner changed meanwhile, nobody here was told of, and cursors have gone past it.
    if (before) store.announce([...Object.keys(registry.tables), "sync_queue"]);
    changed.emit();
  }

  async function commit(step: Step, more?: "more"): Promise<void> {
    // Safe: within a turn there is one.
    const session = turns.session as Session;
    const { rows, ops, metadata } = step.changes;
    // An op that leaves the queue takes the only record of the clock with it.
    if (
      session.hlc &&
      Object.values(step.counts).some((count) => count < 0) &&
      ops.some(({ kind }) => kind !== "seal")
    )
      step.metadata({ hlc: session.hlc });
    await store.commit({ rows, ops, metadata, writer, more: more === "more" });
    opCounts.add(step);
    const { waiting, sealed } = opCounts.counts;
    // All that was recorded before is sent, and SQLite may give its numbers again.
    if (waiting + sealed === 0) session.recordedBefore = 0;
    changed.emit();
  }

  const engine: Engine = {
    registry,
    ports,
    userId: account,
    ...turns,
    // Not as the spread has it: this one changes.
    get session() {
      return turns.session;
    },
    ...clock,
    ...createRowReader(store, account, turns, opCounts),
    ...createCalls(ports.timers, timeout, () => engine.active),
    ...settlements,
    ...createEventEmitter(),
    ...opCounts,
    table: (name) => {
      const table = registry.tables[name];
      if (!table) throw new Error(`There is no table ${name}.`);
      return table;
    },
    commit,
    changed,
    pace: createPace(partRows, limits.pageRows),
    stats: { cycles: 0, opsPushed: 0, rowsPulled: 0, conflicts: 0, errors: 0 },
    active: false,
  };
  return engine;
}
