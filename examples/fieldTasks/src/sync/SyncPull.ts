// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { receive } from "./answers";
import type { Engine } from "./engine";
import type { Feed } from "./feeds";
import { scopeMark } from "./marks";
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
  hasEverything,
  progressKey,
  type FeedProgress,
  type Session,
} from "./session";
import { limits, type PullReply, type WireRow } from "./shared/protocol";
import { createStep, type Step } from "./step";
import { SyncError } from "./types";
import { isPullReply, understood } from "./understood";

/**
 * Fetches the feeds in which something changed, parents before children. `isAsked`: those too that the head, which has no
 * room for all feeds of somebody in very many scopes, does not name. A feed that the server fails on, or a
 * row of it that the database refuses, keeps no other one waiting; the first such error is thrown in the end. Throws a
 * `BackendError`, `ServerRefused` or `SyncError` (`storage`), and `TakenOver` when another runner of this database came
 * in between.
 */
export async function pull(
  engine: Engine,
  session: Session,
  isAsked: boolean,
): Promise<void> {
  let failure: BackendError | SyncError | null = null;
  for (const feed of session.feeds) {
    if (isUpToDate(session, feed, isAsked)) continue;
    try {
      await pullFeed(engine, session, feed);
    } catch (error) {
      if (!isOfFeed(error)) throw error;
      failure ??= error;
    }
  }
  if (failure !== null) throw failure;
}

function isUpToDate(session: Session, feed: Feed, isAsked: boolean): boolean {
  if (!isNamed(session, feed)) return true;
  const { complete, again, mark } = progressOf(session, feed);
  const now = session.marks.get(feed.key);
  return complete && !again && (now === undefined ? !isAsked : now === mark);
}

/** False in a scope that the server cannot name, because it was set back to a version that knows of none. */
function isNamed({ marks }: Session, { table, scopeId }: Feed): boolean {
  const { scope } = table.rules;
  return scope === undefined || marks.has(scopeMark({ scope, scopeId }));
}

/** True where other feeds may fare better. What the database throws does not say so: a row's fault looks like a full disk's. */
function isOfFeed(error: unknown): error is BackendError | SyncError {
  if (error instanceof BackendError) return error.kind === "server";
  return error instanceof SyncError && error.code === "storage";
}

async function pullFeed(
  engine: Engine,
  session: Session,
  feed: Feed,
): Promise<void> {
  const { table, scopeId } = feed;
  const { backend } = engine.ports;
  let restarts = 0;
  while (engine.active) {
    if (!engine.isCurrent(session)) throw new TakenOver();
    const progress = progressOf(session, feed);
    const request = {
      table: table.name,
      ...(scopeId === null ? {} : { scopeId }),
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
    if (!(await applyReply(engine, feed, progress, reply))) return;
  }
}

/**
 * Returns whether to go on with the feed. A page of more rows than the device writes in a moment is committed in
 * parts, its cursor with the last: between them the thread is free, and local writes get their turn.
 */
async function applyReply(
  engine: Engine,
  feed: Feed,
  progress: FeedProgress,
  reply: PullReply,
): Promise<boolean> {
  if (reply.status !== "ok")
    return engine.turn((current) =>
      handleRefusal(engine, current, feed, progress, reply),
    );
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
        const result = await applyPart(engine, current, feed, progress, part);
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
    if (isHalf) store.announce([feed.table.name]);
  }
}

/** True when another runner has fetched the page meanwhile, or left the scope, or the feed has to begin again. */
async function isOutdated(
  engine: Engine,
  session: Session,
  { key }: Feed,
  { cursor, complete }: FeedProgress,
  epoch: string,
): Promise<boolean> {
  const now = session.progress.get(key);
  if (now?.cursor !== cursor || now.complete !== complete) return true;
  return restartTables(engine, session, epoch);
}

/** Returns whether to go on with the feed, which begins again when the server says so. */
async function handleRefusal(
  engine: Engine,
  session: Session,
  feed: Feed,
  progress: FeedProgress,
  reply: Exclude<PullReply, Page>,
): Promise<boolean> {
  if (reply.status === "refused") {
    // The head is about to say so, too.
    if (reply.code === "no-access") return false;
    throw new ServerRefused(reply.code);
  }
  if (await isOutdated(engine, session, feed, progress, reply.epoch))
    return true;
  if (progress.cursor === null)
    throw new BackendError("server", "The server cannot begin the table.");
  const step = createStep();
  step.metadata({ [progressKey(feed.key)]: JSON.stringify(fromTheStart) });
  await engine.commit(step);
  session.progress.set(feed.key, fromTheStart);
  return true;
}

/** Whether the page goes on, or the feed, or neither. */
type Applied = "part" | "go on" | "done";

async function applyPart(
  engine: Engine,
  session: Session,
  feed: Feed,
  before: FeedProgress,
  part: PagePart,
): Promise<Applied> {
  const { page, isFirst, isLast } = part;
  if (await isOutdated(engine, session, feed, before, page.epoch))
    return "go on";
  if (isFirst && before.again && !before.complete && before.cursor === null)
    await forgetVersions(engine, session, feed);
  const step = createStep();
  await addRows(engine, feed, page, step);
  engine.witness(
    page.rows.map(({ updatedAt }) => updatedAt),
    page.serverTime,
    step,
  );
  if (isLast) return commitPage(engine, session, feed, before, part, step);
  // Until the cursor is here, these rows are asked for again.
  await engine.commit(step, "more");
  report(engine, feed.table.name, page);
  return "part";
}

/** The last rows of a page, or all of them, and its cursor become durable together. */
async function commitPage(
  engine: Engine,
  session: Session,
  feed: Feed,
  before: FeedProgress,
  { page, pageRows }: PagePart,
  step: Step,
): Promise<Applied> {
  const { key, scopeId } = feed;
  const { name } = feed.table;
  const finished = !before.complete && !page.hasMore;
  const isWhole = before.again && before.complete && !page.hasMore;
  if (isWhole) {
    await addVanished(engine, feed, step, page);
    if (!session.startedEmpty.has(key)) {
      step.rows({ kind: "delete-unversioned", table: name, scopeId });
    }
  }
  const again = before.again && !isWhole;
  const isAll = before.complete && !again && !page.hasMore;
  const progress = {
    cursor: page.cursor,
    complete: before.complete || finished,
    again,
    mark: isAll ? (session.marks.get(key) ?? null) : null,
  };
  const rows = session.rows + pageRows;
  const initial = !session.initialSyncComplete;
  const complete = finished && hasEverything(engine.registry, session, key);
  step.metadata({
    [progressKey(key)]: JSON.stringify(progress),
    ...(initial ? { rows: String(rows) } : {}),
    ...(initial && complete ? { initialSync: "complete" } : {}),
  });
  await engine.commit(step);
  session.progress.set(key, progress);
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
  feed: Feed,
): Promise<void> {
  const rows = { table: feed.table.name, scopeId: feed.scopeId };
  if (await engine.ports.store.hasRows(rows))
    session.startedEmpty.delete(feed.key);
  else session.startedEmpty.add(feed.key);
  const step = createStep();
  step.rows({ kind: "forget-versions", ...rows });
  for (const state of await pendingRows(engine, feed)) {
    const server = serverState(state);
    if (server) step.move(state, withServer(state, { ...server, stamp: null }));
  }
  await engine.commit(step);
}

async function addRows(
  engine: Engine,
  { table, scopeId }: Feed,
  page: Page,
  step: Step,
): Promise<void> {
  const pending = await rowsWithOps(engine, table, page.rows);
  const live: StoredRow[] = [];
  const deleted: string[] = [];
  for (const row of page.rows) {
    if (pending.has(row.clientId)) continue;
    if (row.deletedAt === null) live.push(storedRow(row, scopeId));
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
  feed: Feed,
  step: Step,
  page: Page,
): Promise<void> {
  const arrived = new Set(page.rows.map(({ clientId }) => clientId));
  for (const state of await pendingRows(engine, feed)) {
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

function storedRow(row: WireRow, scopeId: string | null): StoredRow {
  return {
    clientId: row.clientId,
    serverId: row.serverId,
    scopeId,
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

function progressOf(session: Session, { key }: Feed): FeedProgress {
  // Safe: a session knows how far each of its feeds has come.
  return session.progress.get(key) as FeedProgress;
}
