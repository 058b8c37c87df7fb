// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import type { ServerState } from "./ports";
import { opsBefore, type QueuedOp, type RowState } from "./rowState";
import type { FieldEdits } from "./shared/combining";
import { predictAll } from "./shared/merge";

/**
 * For policies that predict what becomes of ops: what `op` or the `edit` behind it would do to the row alone, both as
 * one would not. So what is typed into a row lands, though an edit next to it is about to lose.
 */
export function isLostTogether(
  state: RowState,
  op: QueuedOp,
  edit: Pick<QueuedOp, "kind" | "fields">,
  server: ServerState | null,
): boolean {
  const { policy, rules } = state.table;
  const current = server?.fields ?? null;
  if (policy.pending !== "merge" || current === null) return false;
  const before = opsBefore(state, op);
  if ([...before, op, edit].some(({ kind }) => kind === "delete")) return false;
  const effects = (...ops: readonly FieldEdits[]) =>
    predictAll(policy, rules, current, [...before, ...ops]).hasEffect;
  const apart = effects(op, { ...edit, base: current });
  const fields = { ...op.fields, ...edit.fields };
  return (
    apart.slice(-2).includes(true) &&
    effects({ ...op, fields })
      .slice(-1)
      .includes(false)
  );
}
