import {
  TakenOver,
  type ChangeSet,
  type LatestOp,
  type LocalStore,
  type OpFilter,
  type OpState,
  type RowChange,
  type RowSet,
  type StoredOp,
  type StoredRow,
} from "../../templates/client/sync/ports";
import { createCommitNews } from "../../templates/client/sync/commitNews";
import { compareStamps } from "../../templates/shared/stamp";

interface Content {
  readonly rows: ReadonlyMap<string, ReadonlyMap<string, StoredRow>>;
  readonly ops: readonly StoredOp[];
  readonly metadata: ReadonlyMap<string, string>;
  readonly nextSeq: number;
}

/** What outlives a store. */
export interface MemoryFile {
  content?: Content;
}

/** The reference `LocalStore`: immutable maps, one assignment a commit. Slow, and simple enough to be right. */
export function createMemoryStore(file: MemoryFile = {}): LocalStore {
  let content: Content = file.content ?? {
    rows: new Map(),
    ops: [],
    metadata: new Map(),
    nextSeq: 1,
  };
  const news = createCommitNews();
  return {
    isSynchronous: true,
    readRows: async (table, clientIds) =>
      [...(content.rows.get(table)?.values() ?? [])].filter((row) =>
        clientIds.includes(row.clientId),
      ),
    hasRows: async (rows) => rowsIn(content.rows.get(rows.table), rows).length > 0,
    readOps: async (filter) => selectOps(content.ops, filter),
    readOpNames: async (filter) =>
      selectOps(content.ops, filter).map(({ table, clientId, kind }) => ({
        table,
        clientId,
        kind,
      })),
    countOps: async (table) => {
      const counts: Record<OpState, number> = {
        waiting: 0,
        sealed: 0,
        failed: 0,
        conflict: 0,
        superseded: 0,
      };
      for (const op of content.ops)
        if (table === undefined || op.table === table) counts[op.state] += 1;
      return counts;
    },
    latest: async () =>
      content.ops.reduce<LatestOp | null>(
        (latest, { seq, edited }) =>
          latest === null
            ? { seq, edited }
            : {
                seq: Math.max(latest.seq, seq),
                edited: edited > latest.edited ? edited : latest.edited,
              },
        null,
      ),
    readMetadata: async <Key extends string>(keys: readonly Key[]) =>
      // Safe: only these keys are left.
      Object.fromEntries(
        [...content.metadata].filter(([key]) => keys.some((one) => one === key)),
      ) as { [Name in Key]?: string },
    commit: async (changes) => {
      if (changes.writer !== undefined && changes.writer !== content.metadata.get("writer"))
        throw new TakenOver();
      content = apply(content, changes);
      file.content = content;
      news.tell(changes);
    },
    subscribe: news.subscribe,
    announce: news.announce,
    close: async () => undefined,
  };
}

function selectOps(
  ops: readonly StoredOp[],
  { opIds, table, scopeId, clientIds, states, groups, ...range }: OpFilter,
): readonly StoredOp[] {
  return ops
    .filter((op) => opIds?.includes(op.opId) ?? true)
    .filter((op) => table === undefined || op.table === table)
    .filter((op) => typeof scopeId !== "string" || op.scopeId === scopeId)
    .filter((op) => clientIds?.includes(op.clientId) ?? true)
    .filter((op) => states?.includes(op.state) ?? true)
    .filter((op) => groups === undefined || (op.group !== null && groups.includes(op.group)))
    .filter((op) => op.seq > (range.afterSeq ?? 0))
    .filter((op) => !range.exceptSeqs?.includes(op.seq))
    .slice(0, range.limit);
}

function apply(content: Content, changes: ChangeSet): Content {
  const rows = new Map([...content.rows].map(([table, own]) => [table, new Map(own)]));
  let { ops, nextSeq } = content;
  const metadata = new Map(content.metadata);
  for (const change of changes.rows ?? []) {
    const own = rows.get(change.table) ?? new Map<string, StoredRow>();
    rows.set(change.table, own);
    applyRows(own, change, ops);
  }
  for (const change of changes.ops ?? []) {
    if (change.kind === "add") {
      ops = [...ops, { ...change.op, seq: nextSeq }];
      nextSeq += 1;
    } else if (change.kind === "replace")
      ops = ops.map((op) => (op.seq === change.op.seq ? change.op : op));
    else if (change.kind === "seal")
      ops = ops.map((op) =>
        change.seqs.includes(op.seq) ? { ...op, state: "sealed", sealedBy: change.sealedBy } : op,
      );
    else ops = ops.filter((op) => !change.seqs.includes(op.seq));
    checkOneWaiting(ops);
  }
  for (const [key, value] of Object.entries(changes.metadata ?? {})) {
    if (value === null) metadata.delete(key);
    else metadata.set(key, value);
  }
  return { rows, ops, metadata, nextSeq };
}

function applyRows(own: Map<string, StoredRow>, change: RowChange, ops: readonly StoredOp[]): void {
  switch (change.kind) {
    case "put":
      for (const row of change.rows) {
        const stored = own.get(row.clientId)?.changed ?? null;
        if (change.guard && stored !== null && compareStamps(row.changed, stored) < 0) continue;
        own.set(row.clientId, row);
      }
      return;
    case "update":
      own.set(change.row.clientId, change.row);
      return;
    case "delete":
      for (const clientId of change.clientIds) own.delete(clientId);
      return;
    case "forget-versions":
      for (const row of rowsIn(own, change)) own.set(row.clientId, { ...row, changed: null });
      return;
    case "delete-unversioned":
      for (const row of rowsIn(own, change))
        if (
          row.changed === null &&
          !ops.some(
            (op) =>
              op.table === change.table &&
              op.clientId === row.clientId &&
              op.state !== "superseded",
          )
        )
          own.delete(row.clientId);
  }
}

function rowsIn(
  own: ReadonlyMap<string, StoredRow> = new Map(),
  { scopeId }: RowSet,
): readonly StoredRow[] {
  return [...own.values()].filter((row) => scopeId === null || row.scopeId === scopeId);
}

function checkOneWaiting(ops: readonly StoredOp[]): void {
  const waiting = ops.filter((op) => op.state === "waiting" && op.group === null);
  const rows = new Set(waiting.map((op) => `${op.table} ${op.clientId}`));
  if (rows.size < waiting.length) throw new Error("UNIQUE constraint failed: one waiting op a row");
}
