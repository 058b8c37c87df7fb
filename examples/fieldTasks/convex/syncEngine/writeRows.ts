// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import type { Value } from "convex/values";
import type { RowWriter } from "./context";
import type { WrittenRow } from "./decideBatch";
import { dropUndefined } from "./dropUndefined";
import {
  newestUpgrade,
  renewed,
  serverDefaults,
  storedFields,
} from "./documents";
import { scopeColumn } from "./feed";
import type { LoadedRows } from "./loadRows";
import { rowKey, type RowKey } from "./rowKey";
import { entryOf, type SyncRules } from "./rules";
import { hlcTime } from "./shared/clock";
import type { WireRow } from "./shared/protocol";

/** Where and how rows are written; `now` in milliseconds since 1970. */
export interface WriteContext {
  readonly userId: string;
  readonly rules: SyncRules;
  readonly stored: LoadedRows;
  readonly now: number;
  /** Whether a row shall name the op that decided it: `false` for server code. */
  readonly namesOps: boolean;
  readonly serverValues?: ServerValues;
}

/** What only server code sets, of every row that it writes. */
export interface ServerValues {
  /** Of server-only fields; `undefined` takes a value away. */
  readonly fields: Readonly<Record<string, Value | undefined>>;
  /** The age of a row that was not there, in milliseconds since 1970. */
  readonly createdAt?: number | undefined;
}

/** Every row of a decided batch, written with the stamp of this mutation; as they travel. */
export async function writeRows(
  rows: RowWriter,
  context: WriteContext,
  written: ReadonlyMap<RowKey, WrittenRow>,
): Promise<ReadonlyMap<RowKey, WireRow>> {
  const done = new Map<RowKey, WireRow>();
  for (const [key, row] of written)
    done.set(key, await writeRow(rows, context, row));
  return done;
}

async function writeRow(
  rows: RowWriter,
  context: WriteContext,
  { table, scopeId, clientId, row, opId, firstEdit, lastEdit }: WrittenRow,
): Promise<WireRow> {
  const { now, serverValues } = context;
  const rules = entryOf(context.rules, table);
  const stored = context.stored.get(rowKey(table, clientId));
  const before = stored?.document ?? null;
  const isLive = before !== null && before.deletedAt === null;
  const createdAt = before?.createdAt ?? hlcTime(firstEdit);
  // In a scope, others may edit what one has created.
  const userId = before?.userId ?? context.userId;
  const columns = {
    clientId,
    ...scopeColumn(scopeId),
    userId,
    createdAt: isLive ? createdAt : (serverValues?.createdAt ?? createdAt),
    // Apart from `edited`, by which the policy judges: that is not moved by counters, and may stay behind the latest edit.
    updatedAt: Math.max(before?.updatedAt ?? 0, hlcTime(lastEdit)),
    deletedAt: row.deleted ? now : null,
    changed: rows.vars.commitTs,
    edited: row.edited,
    opId: context.namesOps ? opId : null,
    clocks: { ...row.clocks },
    ...newestUpgrade(rules),
  };
  const wire = {
    clientId,
    stamp: null,
    ...scopeColumn(scopeId),
    userId,
    createdAt: columns.createdAt,
    updatedAt: columns.updatedAt,
    deletedAt: columns.deletedAt,
    fields: row.deleted ? {} : row.fields,
  };

  if (row.deleted) {
    // Replaced, not patched: a tombstone keeps nothing of the content, the server's own fields included.
    if (before === null)
      return { ...wire, serverId: await rows.insert(table, columns) };
    await rows.replace(table, before._id, columns);
    return { ...wire, serverId: before._id };
  }
  const fields = {
    ...storedFields(rules, row.fields),
    ...serverValues?.fields,
  };
  if (isLive) {
    const older = renewed(before, rules);
    await rows.patch(table, before._id, { ...older, ...columns, ...fields });
    return { ...wire, serverId: before._id };
  }
  const document = {
    ...dropUndefined({ ...serverDefaults(rules), ...fields }),
    ...columns,
  };
  if (before === null)
    return { ...wire, serverId: await rows.insert(table, document) };
  await rows.replace(table, before._id, document);
  return { ...wire, serverId: before._id };
}
