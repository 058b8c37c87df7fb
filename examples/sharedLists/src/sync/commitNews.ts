// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { createSignal } from "./events";
import type { ChangeSet, LocalStore } from "./ports";

/** What a store tells its listeners of its commits. */
export interface CommitNews {
  /** After a commit. Of one with `more`, listeners hear with the next. */
  tell(changes: ChangeSet): void;
  readonly announce: LocalStore["announce"];
  readonly subscribe: LocalStore["subscribe"];
}

/** News of a store that has no listeners yet. */
export function createCommitNews(): CommitNews {
  const signal = createSignal<ReadonlySet<string>>();
  let untold = new Set<string>();

  function emit(): void {
    const tables = untold;
    untold = new Set();
    signal.emit(tables);
  }

  return {
    tell: ({ rows = [], ops = [], more = false }) => {
      for (const { table } of rows) untold.add(table);
      if (ops.length > 0) untold.add("sync_queue");
      if (!more) emit();
    },
    announce: (tables) => {
      for (const table of tables) untold.add(table);
      emit();
    },
    subscribe: (listener) => signal.subscribe(listener),
  };
}
