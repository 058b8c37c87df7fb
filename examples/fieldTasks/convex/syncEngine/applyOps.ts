// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import type { CheckedOp, Verdict } from "./checkOp";
import type { RowWriter } from "./context";
import { decideBatch } from "./decideBatch";
import {
  loadRows,
  type LoadedRow,
  type LoadedRows,
  type RowName,
} from "./loadRows";
import { placedRow, type PlacedRow } from "./placedRow";
import { rowKey, type RowKey } from "./rowKey";
import { entryOf, type SyncRules } from "./rules";
import { rowIn, sentRow } from "./sentRow";
import type { Policy } from "./shared/policy";
import type { WireRow } from "./shared/protocol";
import { writeRows, type ServerValues } from "./writeRows";

/** Whose ops, under which rules, and when: `now` in milliseconds since 1970. */
export interface ApplyContext {
  readonly userId: string;
  readonly rules: SyncRules;
  readonly policies: Readonly<Record<string, Policy>>;
  readonly now: number;
  /** Whether rows shall name the op that decided them: `false` for server code. */
  readonly namesOps: boolean;
  /** Rows that the caller has just read. */
  readonly known?: LoadedRows;
  readonly serverValues?: ServerValues;
}

/** What became of an op, and its row after all of them. */
export interface AppliedOp {
  readonly verdict: Verdict;
  /** `null`: there is none in the scope that the op names. */
  readonly row: WireRow | null;
  readonly isWritten: boolean;
}

/**
 * Reads what the ops touch, decides all of them, then writes. One answer an op, in their order; `null`, and nothing
 * is written, when the rows are more than one mutation may read.
 */
export async function applyOps(
  rows: RowWriter,
  context: ApplyContext,
  ops: readonly CheckedOp[],
): Promise<readonly AppliedOp[] | null> {
  const { userId, rules } = context;
  const names = namesOf(ops);
  const stored = await loadRows(rows, userId, names, context.known);
  if (stored.size < names.size) return null;

  const current = new Map(
    [...stored].map(([key, row]) => [key, toPlaced(rules, row)]),
  );
  const decided = decideBatch({ ...context, ops, rows: current });
  const written = await writeRows(
    rows,
    { ...context, stored },
    decided.written,
  );
  return ops.flatMap(({ table, scopeId, clientId }, index) => {
    const verdict = decided.verdicts[index];
    if (verdict === undefined) return [];
    if (table === null) return [{ verdict, row: null, isWritten: false }];
    const key = rowKey(table, clientId);
    const after = written.get(key);
    const row = rowIn(scopeId, after ?? sentRow(rules, stored.get(key)));
    return [{ verdict, row, isWritten: after !== undefined }];
  });
}

/** Every row that the ops touch or point to, once. */
function namesOf(ops: readonly CheckedOp[]): ReadonlyMap<RowKey, RowName> {
  const names = new Map<RowKey, RowName>();
  for (const op of ops) {
    const { table, clientId } = op;
    if (table !== null) names.set(rowKey(table, clientId), { table, clientId });
    if (op.kind === "settled") continue;
    for (const reference of [...op.references, ...op.baseReferences])
      names.set(reference.key, reference);
  }
  return names;
}

function toPlaced(rules: SyncRules, row: LoadedRow): PlacedRow | null {
  return row.document === null
    ? null
    : placedRow(row.document, entryOf(rules, row.table));
}
