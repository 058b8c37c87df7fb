// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import type { LocalStore } from "./ports";
import { settledAs } from "./settledAs";
import type { Settled } from "./types";

/** What became of each write, for whoever waits to hear it. */
export interface Settlements {
  /** Resolves with the answer to `opId`. */
  settlement(opId: string): Promise<Settled>;
  settle(opId: string, settled: Settled): void;
  /** Ends every settlement, those that are asked for later among them. */
  settleAll(settled: Settled): void;
  /** Ends those of ops that are not in the queue any more: another runner received their answers. */
  settleAbsent(): Promise<void>;
}

/** Settlements of the ops in `store`, which nobody waits for yet. */
export function createSettlements(store: LocalStore): Settlements {
  const waiting = new Map<string, ((settled: Settled) => void)[]>();
  let settledAll: Settled | null = null;

  function settle(opId: string, settled: Settled): void {
    const resolvers = waiting.get(opId);
    if (resolvers === undefined) return;
    waiting.delete(opId);
    for (const resolve of resolvers) resolve(settled);
  }

  return {
    settlement: (opId) =>
      new Promise((resolve) => {
        if (settledAll !== null) return resolve(settledAll);
        const others = waiting.get(opId);
        if (others === undefined) waiting.set(opId, [resolve]);
        else others.push(resolve);
      }),
    settle,
    settleAll: (settled) => {
      settledAll = settled;
      for (const opId of [...waiting.keys()]) settle(opId, settled);
    },
    settleAbsent: async () => {
      const opIds = [...waiting.keys()];
      if (opIds.length === 0) return;
      const left = await store.readOps({ opIds });
      const known = new Set(left.map(({ opId }) => opId));
      for (const opId of opIds)
        if (!known.has(opId)) settle(opId, settledAs("stopped"));
    },
  };
}
