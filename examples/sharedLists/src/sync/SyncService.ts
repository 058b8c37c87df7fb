// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { createEngine } from "./engine";
import {
  discardOp,
  dismissOp,
  editOp,
  exportQueue,
  listIssues,
  retryAll,
  retryOp,
} from "./issues";
import { createLock } from "./lock";
import type { Registry } from "./registry";
import { createScheduler } from "./scheduler";
import { settledAs } from "./settledAs";
import { createStatusBoard } from "./status";
import { asSyncError } from "./syncErrors";
import { createTableWriter, writeBatch } from "./TableWriter";
import { SyncError, type Sync, type SyncOptions, type WriterOf } from "./types";

/** The engine of one user's database. Reads and writes work from the start; syncing begins with `start`. */
export function createSync<R extends Registry>(
  options: SyncOptions<R>,
): Sync<R> {
  const engine = createEngine(options);
  const { store } = engine.ports;
  const board = createStatusBoard(engine);
  const scheduler = createScheduler(
    engine,
    board,
    options.interval ?? 5 * 60_000,
  );
  const { onWritten } = scheduler;
  /** `start`, `stop` and `dispose` run to their end one after the other: the last one called decides. */
  const inOrder = createLock();
  let disposing: Promise<void> | null = null;

  async function begin(): Promise<void> {
    if (engine.active) return;
    scheduler.watch();
    try {
      await engine.load();
    } catch (error) {
      await scheduler.stop();
      throw asSyncError(error);
    }
    scheduler.requestAll();
  }

  const sync: Sync = {
    start: async () => {
      if (disposing)
        throw new SyncError("not-allowed", "The engine was disposed.");
      await inOrder(begin);
    },
    stop: () => inOrder(scheduler.stop),
    dispose: () => {
      disposing ??= inOrder(async () => {
        await scheduler.stop();
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
    syncNow: () => scheduler.syncNow().then(board.get),
    getStatus: board.get,
    subscribe: board.subscribe,
    onRowsChanged: (listener) => store.subscribe(listener),
    on: engine.on,
    getSyncStats: () => ({ ...engine.stats }),
    scopes: engine.registry.scopes?.live(engine) ?? null,
    issues: () => listIssues(engine),
    pendingCount: async (table) => {
      await engine.load();
      return engine.pendingCount(table);
    },
    retry: (opId) => retryOp(engine, opId).then(onWritten),
    retryAll: () => retryAll(engine).then(onWritten),
    edit: (opId, changes) => editOp(engine, opId, changes).then(onWritten),
    discard: (opId) => discardOp(engine, opId).then(onWritten),
    resolve: async (conflict, chosen) => {
      const { resolveOp } = engine.registry;
      if (resolveOp === null)
        throw new SyncError("not-allowed", "No table leaves conflicts.");
      await resolveOp(engine, conflict, chosen);
      onWritten();
    },
    dismiss: (opId) => dismissOp(engine, opId),
    export: () => exportQueue(engine),
  };
  // Safe: `Sync<R>` differs in the types of `table`, `batch` and `scopes` alone, which `R` describes.
  return sync as unknown as Sync<R>;
}
