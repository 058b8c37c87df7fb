// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { TakenOver, type LocalStore } from "./ports";
import { SyncError } from "./types";

/** The store, whose errors apps can tell from others: what the database throws is a `SyncError`, code `storage`. */
export function withStorageErrors(store: LocalStore): LocalStore {
  return {
    get isSynchronous() {
      return store.isSynchronous;
    },
    readRows: (...given) => named(store.readRows(...given)),
    hasRows: (...given) => named(store.hasRows(...given)),
    readOps: (...given) => named(store.readOps(...given)),
    readOpNames: (...given) => named(store.readOpNames(...given)),
    countOps: (...given) => named(store.countOps(...given)),
    latest: () => named(store.latest()),
    readMetadata: (...given) => named(store.readMetadata(...given)),
    commit: (...given) => named(store.commit(...given)),
    subscribe: (listener) => store.subscribe(listener),
    announce: (tables) => store.announce(tables),
    close: () => named(store.close()),
  };
}

function named<T>(answer: Promise<T>): Promise<T> {
  return answer.catch((cause: unknown) => {
    if (cause instanceof TakenOver || cause instanceof SyncError) throw cause;
    throw new SyncError("storage", messageOf(cause), { cause });
  });
}

/** What was thrown, in words. */
export function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
