// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

/** Listeners of one kind of news. */
export interface Signal<Detail> {
  readonly emit: (detail: Detail) => void;
  /** The result stops the listener. */
  readonly subscribe: (listener: (detail: Detail) => void) => () => void;
}

/** A signal without listeners. A listener that throws disturbs neither the engine nor the others. */
export function createSignal<Detail>(): Signal<Detail> {
  const listeners = new Set<(detail: Detail) => void>();
  return {
    emit: (detail) => {
      if (listeners.size === 0) return;
      for (const listener of [...listeners]) {
        try {
          listener(detail);
        } catch (error) {
          // The app's own mistake: reported as an unhandled rejection, where development tools show it.
          void Promise.resolve().then(() => {
            throw error;
          });
        }
      }
    },
    subscribe: (listener) => {
      const own = (detail: Detail) => listener(detail);
      listeners.add(own);
      return () => void listeners.delete(own);
    },
  };
}
