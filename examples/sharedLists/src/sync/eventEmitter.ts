// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { createSignal } from "./events";
import type { Sync, SyncEvents } from "./types";

type SyncEvent = {
  readonly [Name in keyof SyncEvents]: {
    readonly event: Name;
    readonly detail: SyncEvents[Name];
  };
}[keyof SyncEvents];

/** What apps may listen to by name: `SyncEvents`. */
export interface EventEmitter {
  emit<Name extends keyof SyncEvents>(
    event: Name,
    detail: SyncEvents[Name],
  ): void;
  /** The result stops the listener. */
  readonly on: Sync["on"];
}

/** An emitter without listeners. */
export function createEventEmitter(): EventEmitter {
  const events = createSignal<SyncEvent>();
  return {
    // Safe: `event` and `detail` belong together by the signature.
    emit: (event, detail) => events.emit({ event, detail } as SyncEvent),
    on: (name, listener) =>
      events.subscribe(({ event, detail }) => {
        // Safe: an event carries the detail of its name.
        if (event === name) (listener as (detail: unknown) => void)(detail);
      }),
  };
}
