// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import type { Lock } from "./lock";
import type { LocalStore, OpState } from "./ports";
import type { Step } from "./step";

/** How many ops the queue holds, without counting them in the database each time. */
export interface OpCounts {
  /** By state, all tables. */
  readonly counts: Readonly<Record<OpState, number>>;
  /** Ops of a table that are on their way; counted in the database once, however many ask. */
  pendingCount(table: string): Promise<number>;
  /** Counts anew what is in the database. */
  recount(): Promise<void>;
  /** `step` was committed. */
  add(step: Step): void;
}

/** Counts of an empty queue. */
export const noOps: Readonly<Record<OpState, number>> = {
  waiting: 0,
  sealed: 0,
  failed: 0,
  conflict: 0,
  superseded: 0,
};

/** Counts of the ops in `store`, which is used under `lock`: none, before `recount`. */
export function createOpCounts(store: LocalStore, lock: Lock): OpCounts {
  const counts = { ...noOps };
  const pending = new Map<string, number>();
  return {
    counts,
    pendingCount: (table) =>
      // Under the lock, because a commit tells listeners before it is counted.
      lock(async () => {
        let count = pending.get(table);
        if (count === undefined) {
          const { waiting, sealed } = await store.countOps(table);
          count = waiting + sealed;
          pending.set(table, count);
        }
        return count;
      }),
    recount: async () => {
      Object.assign(counts, await store.countOps());
      pending.clear();
    },
    add: (step) => {
      // The keys of a `CountChange` are states.
      for (const [state, difference] of Object.entries(step.counts))
        counts[state as OpState] += difference;
      for (const [table, difference] of step.pending) {
        const count = pending.get(table);
        if (count !== undefined) pending.set(table, count + difference);
      }
    },
  };
}
