// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { createSignal, type Signal } from "./events";
import { BackendError, type Ports } from "./ports";

/** Waiting for the server, and for nothing: both end when sync is stopped. */
export interface Calls {
  /**
   * A call to the server that ends, well or not, within the timeout, and at once when interrupted. None begins while
   * stopped.
   */
  call<T>(request: () => Promise<T>): Promise<T>;
  /** Gives the thread away for a moment; ends at once when interrupted. */
  rest(): Promise<void>;
  readonly interrupted: Signal<void>;
}

/** Calls that may take `timeout` ms each, and are made only while `isActive`. */
export function createCalls(
  timers: Ports["timers"],
  timeout: number,
  isActive: () => boolean,
): Calls {
  const interrupted = createSignal<void>();
  return {
    call: async (request) => {
      const stopped = "The sync was stopped.";
      // A cycle that was stopped before it came to its first call hears of no interruption any more.
      if (!isActive()) throw new BackendError("network", stopped);
      const stops: (() => void)[] = [];
      const aborted = new Promise<never>((_, reject) => {
        const giveUp = (why: string) => () =>
          reject(new BackendError("network", why));
        stops.push(
          timers.after(timeout, giveUp("The server did not answer in time.")),
          interrupted.subscribe(giveUp(stopped)),
        );
      });
      return Promise.race([request(), aborted]).finally(() => {
        for (const stop of stops) stop();
      });
    },
    rest: () =>
      new Promise((resolve) => {
        const end = () => {
          for (const stop of stops) stop();
          resolve();
        };
        const stops = [timers.after(0, end), interrupted.subscribe(end)];
      }),
    interrupted,
  };
}
