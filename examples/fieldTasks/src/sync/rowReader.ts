// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { feedKey } from "./feeds";
import type { OpCounts } from "./opCounts";
import type { LocalStore, StoredOp, StoredRow } from "./ports";
import type { TableDefinition } from "./registry";
import type { RowState } from "./rowState";
import type { Session } from "./session";
import type { Turns } from "./turns";

/** Rows with their ops, as the database has them. */
export interface RowReader {
  /** The state of a row that is not there. */
  emptyState(
    table: TableDefinition,
    clientId: string,
    scopeId: string | null,
  ): RowState;
  /** Rows with all their ops; for `"pending"`, superseded ones may be left out. `known`: ops that need not be read. */
  readStates(
    table: TableDefinition,
    clientIds: readonly string[],
    wanted?: "all" | "pending",
    known?: readonly StoredOp[],
  ): Promise<RowState[]>;
}

/** The reader of `userId`'s database, whose session `turns` work on; `opCounts`: what is in its queue. */
export function createRowReader(
  store: LocalStore,
  userId: string,
  turns: Pick<Turns, "session">,
  opCounts: Pick<OpCounts, "counts">,
): RowReader {
  function stateOf(
    table: TableDefinition,
    clientId: string,
    scopeId: string | null,
    row: StoredRow | null,
    ops: readonly StoredOp[],
  ): RowState {
    // Safe: rows are read within a turn.
    const { recordedBefore, progress } = turns.session as Session;
    const isReadable = progress.has(feedKey(table.name, scopeId));
    return {
      table,
      clientId,
      scopeId,
      isReadable,
      userId,
      row,
      ops,
      recordedBefore,
    };
  }

  return {
    emptyState: (table, clientId, scopeId) =>
      stateOf(table, clientId, scopeId, null, []),
    readStates: async (table, clientIds, wanted = "all", known = []) => {
      if (clientIds.length === 0) return [];
      const rows = await store.readRows(table.name, clientIds);
      const rowsById = new Map(rows.map((row) => [row.clientId, row]));
      const withOps =
        wanted === "all"
          ? clientIds
          : // What a synced row shows contains no op.
            clientIds.filter((id) => rowsById.get(id)?.syncStatus !== "synced");
      const inQueue = Object.values(opCounts.counts).reduce(
        (sum, count) => sum + count,
      );
      const others =
        withOps.length === 0 || inQueue === known.length
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
      return [...opsById].map(([clientId, own]) => {
        const row = rowsById.get(clientId) ?? null;
        const scopeId = (row ?? own[0])?.scopeId ?? null;
        return stateOf(table, clientId, scopeId, row, own);
      });
    },
  };
}
