// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import {
  useCallback,
  useEffect,
  useMemo,
  useState,
  type ReactNode,
} from "react";
import { DatabaseProblem } from "../components/DatabaseProblem";

/** How far something that is opened has come. `State`: what else there is to show of it. */
export type Opening<State> =
  | { readonly kind: "opening" }
  | { readonly kind: "failed"; readonly error: Error }
  | State;

/** What opens it, and says how that goes; the result closes it. */
export type Open<State> = (report: {
  readonly show: (state: State) => void;
  readonly fail: (cause: unknown) => void;
  /** Opens it once more. */
  readonly again: () => void;
  /** Aborted when it is closed; nothing is shown from then on. */
  readonly closed: AbortSignal;
}) => () => Promise<unknown>;

/** Shows why something cannot be opened. */
export type RenderError = (error: Error, retry: () => void) => ReactNode;

/** A message with a button. */
export const renderProblem: RenderError = (error, retry) => (
  <DatabaseProblem kind="failed" error={error} onRetry={retry} />
);

/**
 * Opens something on mount, when `open` is another function, and when it is asked to again; closes it with the unmount,
 * or before it is opened once more. What is shown is never what `open` of an earlier render opened, nor what was closed.
 */
export function useOpening<State>(open: Open<State>): {
  readonly state: Opening<State>;
  readonly retry: () => void;
} {
  const [attempt, setAttempt] = useState(0);
  const key = useMemo(() => ({ open, attempt }), [open, attempt]);
  const [shown, setShown] = useState<{
    readonly key: object;
    readonly state: Opening<State>;
  }>({ key, state: opening });
  const retry = useCallback(() => setAttempt((last) => last + 1), []);

  useEffect(() => {
    const closing = new AbortController();
    const show = (state: Opening<State>) => {
      if (!closing.signal.aborted) setShown({ key, state });
    };
    const close = key.open({
      show,
      fail: (cause) =>
        show({
          kind: "failed",
          error: cause instanceof Error ? cause : new Error(String(cause)),
        }),
      again: () => {
        if (!closing.signal.aborted) retry();
      },
      closed: closing.signal,
    });
    return () => {
      // Effects may run again without a new key, as after Fast Refresh and in <Activity>.
      show(opening);
      closing.abort();
      // It never opened, which was shown, or would not close, which nobody can act on.
      close().catch(() => undefined);
    };
  }, [key, retry]);

  return { state: shown.key === key ? shown.state : opening, retry };
}

const opening = { kind: "opening" } as const;
