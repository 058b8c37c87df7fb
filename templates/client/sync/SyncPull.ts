import { receive } from "./answers";
import type { Engine } from "./engine";
import { partOf, type Page, type PagePart } from "./pageParts";
import { pendingRows } from "./pendingRows";
import {
  BackendError,
  TakenOver,
  type ServerState,
  type StoredRow,
} from "./ports";
import type { TableDefinition } from "./registry";
import { restartTables } from "./restartTables";
import {
  pendingStates,
  receivedState,
  serverState,
  show,
  type RowState,
} from "./rowState";
import { ServerRefused } from "./ServerRefused";
import {
  fromTheStart,
  progressKey,
  type Session,
  type TableProgress,
} from "./session";
import { limits, type PullReply, type WireRow } from "./shared/protocol";
import { createStep, type Step } from "./step";
import { SyncError } from "./types";
import { isPullReply, understood } from "./understood";

/**
 * Fetches what changed in the tables that are wanted, parents before children. A table that the server fails on, or a
 * row of it that the database refuses, keeps no other one waiting; the first such error is thrown in the end. Throws a
 * `BackendError`, `ServerRefused` or `SyncError` (`storage`), and `TakenOver` when another runner of this database came
 * in between.
 */
export async function pull(
  engine: Engine,
  session: Session,
  isWanted: (table: string) => boolean,
): Promise<void> {
  let failure: BackendError | SyncError | null = null;
  for (const table of Object.values(engine.registry.tables)) {
    const { complete, again } = progressOf(session, table.name);
    if (complete && !again && !isWanted(table.name)) continue;
    try {
      await pullTable(engine, session, table);
    } catch (error) {
      if (!isOfTable(error)) throw error;
      failure ??= error;
    }
  }
  if (failure !== null) throw failure;
}

/** True where other tables may fare better. What the database throws does not say so: a row's fault looks like a full disk's. */
function isOfTable(error: unknown): error is BackendError | SyncError {
  if (error instanceof BackendError) return error.kind === "server";
  return error instanceof SyncError && error.code === "storage";
}

async function pullTable(
  engine: Engine,
  session: Session,
  table: TableDefinition,
): Promise<void> {
  const { backend } = engine.ports;
  let restarts = 0;
  while (engine.active) {
    if (!engine.isCurrent(session)) throw new TakenOver();
    const progress = progressOf(session, table.name);
    const request = {
      table: table.name,
      cursor: progress.cursor,
      limit: limits.pageRows,
      forUser: engine.userId,
    };
    const reply = understood(
      isPullReply,
      await engine.call(() =>
        progress.complete ? backend.pull(request) : backend.snapshot(request),
      ),
    );
    if (reply.status === "resync" && (restarts += 1) > 2)
      throw new BackendError("server", "The server does not begin the table.");
    if (!(await applyReply(engine, table, progress, reply))) return;
  }
}

/**
 * Returns whether to go on with the table. A page of more rows than the device writes in a moment is committed in
 * parts, its cursor with the last: between them the thread is free, and local writes get their turn.
 */
async function applyReply(
  engine: Engine,
  table: TableDefinition,
  progress: TableProgress,
  reply: PullReply,
): Promise<boolean> {
  if (reply.status !== "ok") {
    await engine.turn((current) =>
      handleRefusal(engine, current, table, progress, reply),
    );
    return true;
  }
  const { clock, store } = engine.ports;
  const { pace } = engine;
  let isHalf = false;
  try {
    for (let done = 0; engine.active;) {
      // Where a worker writes, the thread is free anyway, and each commit is one more round trip.
      const most = store.isSynchronous ? pace.rows : reply.rows.length;
      const part = partOf(reply, done, most);
      const { length } = part.page.rows;
      const applied = await engine.turn(async (current) => {
        const started = clock.now();
        const result = await applyPart(engine, current, table, progress, part);
        if (store.isSynchronous) pace.took(length, clock.now() - started);
        return result;
      });
      isHalf = applied === "part";
      if (!isHalf) return applied === "go on";
      done += length;
      await engine.rest();
    }
    return false;
  } finally {
    // Its last part would have told of those before.
    if (isHalf) store.announce([table.name]);
  }
}

/** True when another runner has fetched the page meanwhile, or the table has to begin again. */
async function isOutdated(
  engine: Engine,
  session: Session,
  table: TableDefinition,
  { cursor, complete }: TableProgress,
  epoch: string,
): Promise<boolean> {
  const now = progressOf(session, table.name);
  if (now.cursor !== cursor || now.complete !== complete) return true;
  return restartTables(engine, session, epoch);
}

/** The table begins again, when the server says so. */
async function handleRefusal(
  engine: Engine,
  session: Session,
  table: TableDefinition,
  progress: TableProgress,
  reply: Exclude<PullReply, Page>,
): Promise<void> {
  if (reply.status === "refused") throw new ServerRefused(reply.code);
  if (await isOutdated(engine, session, table, progress, reply.epoch)) return;
  if (progress.cursor === null)
    throw new BackendError("server", "The server cannot begin the table.");
  const step = createStep();
  step.metadata({ [progressKey(table.name)]: JSON.stringify(fromTheStart) });
  await engine.commit(step);
  session.tables.set(table.name, fromTheStart);
}

/** Whether the page goes on, or the table, or neither. */
type Applied = "part" | "go on" | "done";

async function applyPart(
  engine: Engine,
  session: Session,
  table: TableDefinition,
  before: TableProgress,
  part: PagePart,
): Promise<Applied> {
  const { page, isFirst, isLast } = part;
  if (await isOutdated(engine, session, table, before, page.epoch))
    return "go on";
  if (isFirst && before.again && !before.complete && before.cursor === null)
    await forgetVersions(engine, session, table);
  const step = createStep();
  await addRows(engine, table, page, step);
  engine.witness(
    page.rows.map(({ updatedAt }) => updatedAt),
    page.serverTime,
    step,
  );
  if (isLast) return commitPage(engine, session, table, before, part, step);
  // Until the cursor is here, these rows are asked for again.
  await engine.commit(step, "more");
  report(engine, table.name, page);
  return "part";
}

/** The last rows of a page, or all of them, and its cursor become durable together. */
async function commitPage(
  engine: Engine,
  session: Session,
  table: TableDefinition,
  before: TableProgress,
  { page, pageRows }: PagePart,
  step: Step,
): Promise<Applied> {
  const { name } = table;
  const finished = !before.complete && !page.hasMore;
  const isWhole = before.again && before.complete && !page.hasMore;
  if (isWhole) {
    await addVanished(engine, table, step, page);
    if (!session.startedEmpty.has(name)) {
      step.rows({ kind: "delete-unversioned", table: name });
    }
  }
  const progress = {
    cursor: page.cursor,
    complete: before.complete || finished,
    again: before.again && !isWhole,
  };
  const rows = session.rows + pageRows;
  const initial = !session.initialSyncComplete;
  const complete =
    finished &&
    [...session.tables].every(
      ([other, { complete }]) => other === name || complete,
    );
  step.metadata({
    [progressKey(name)]: JSON.stringify(progress),
    ...(initial ? { rows: String(rows) } : {}),
    ...(initial && complete ? { initialSync: "complete" } : {}),
  });
  await engine.commit(step);
  session.tables.set(name, progress);
  if (initial) {
    session.rows = rows;
    session.initialSyncComplete = complete;
  }
  report(engine, name, page);
  return page.hasMore || progress.again ? "go on" : "done";
}

/** What does not get a version until the table is whole again is gone: rows, and what is kept of them beside ops. */
async function forgetVersions(
  engine: Engine,
  session: Session,
  table: TableDefinition,
): Promise<void> {
  if (await engine.ports.store.hasRows(table.name))
    session.startedEmpty.delete(table.name);
  else session.startedEmpty.add(table.name);
  const step = createStep();
  step.rows({ kind: "forget-versions", table: table.name });
  for (const state of await pendingRows(engine, table)) {
    const server = serverState(state);
    if (server) step.move(state, withServer(state, { ...server, stamp: null }));
  }
  await engine.commit(step);
}

async function addRows(
  engine: Engine,
  table: TableDefinition,
  page: Page,
  step: Step,
): Promise<void> {
  const pending = await rowsWithOps(engine, table, page.rows);
  const live: StoredRow[] = [];
  const deleted: string[] = [];
  for (const row of page.rows) {
    if (pending.has(row.clientId)) continue;
    if (row.deletedAt === null) live.push(storedRow(row));
    else deleted.push(row.clientId);
  }
  step.receive(table.name, live);
  step.delete(table.name, deleted);
  if (pending.size === 0) return;
  const received = new Map(page.rows.map((row) => [row.clientId, row]));
  for (const state of await engine.readStates(table, [...pending])) {
    // Safe: the ids are those of rows of the page.
    const row = received.get(state.clientId) as WireRow;
    step.move(state, receive(state, receivedState(table, row, null)));
  }
}

async function rowsWithOps(
  engine: Engine,
  table: TableDefinition,
  rows: readonly WireRow[],
): Promise<Set<string>> {
  const { counts } = engine;
  if (pendingStates.every((state) => counts[state] === 0)) return new Set();
  const ops = await engine.ports.store.readOpNames({
    table: table.name,
    clientIds: rows.map(({ clientId }) => clientId),
    states: pendingStates,
  });
  return new Set(ops.map(({ clientId }) => clientId));
}

/** Rows that the server has no more, though ops of this device are pending on them. */
async function addVanished(
  engine: Engine,
  table: TableDefinition,
  step: Step,
  page: Page,
): Promise<void> {
  const arrived = new Set(page.rows.map(({ clientId }) => clientId));
  for (const state of await pendingRows(engine, table)) {
    const server = serverState(state);
    if (arrived.has(state.clientId) || !server?.fields) continue;
    if (server.stamp === null)
      step.move(
        state,
        withServer(state, { ...server, fields: null, serverId: null }),
      );
  }
}

function withServer(state: RowState, server: ServerState): RowState {
  const ops = state.ops.map((op) =>
    op.state === "superseded" ? op : { ...op, server },
  );
  return show(state, ops, server);
}

function storedRow(row: WireRow): StoredRow {
  return {
    clientId: row.clientId,
    serverId: row.serverId,
    userId: row.userId,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
    syncStatus: "synced",
    changed: row.stamp,
    fields: row.fields,
  };
}

function report(engine: Engine, table: string, page: Page): void {
  if (page.rows.length === 0) return;
  const deleted = page.rows.filter(({ deletedAt }) => deletedAt !== null);
  engine.stats.rowsPulled += page.rows.length;
  engine.emit("sync.pull:action:received", {
    table,
    rows: page.rows.length - deleted.length,
    deleted: deleted.length,
  });
}

function progressOf(session: Session, table: string): TableProgress {
  // Safe: a session has every table of the registry.
  return session.tables.get(table) as TableProgress;
}
