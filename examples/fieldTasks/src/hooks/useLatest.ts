// Written by sync-gen 0.1.0 from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { useEffect, useState } from "react";

/** A value that is read asynchronously, and read again when it may have changed. */
export interface Latest<T> {
  /** `null` until it was read once. */
  readonly value: T | null;
  /** Why the last read failed; `null` after one that did not. */
  readonly error: Error | null;
  /** The inputs that `value` was read for. */
  readonly key: string | null;
}

/** Where `useLatest` reads, and what tells it to read again. */
export interface LatestSource<T> {
  read(): Promise<T>;
  /** Calls whenever the value may have changed; the result stops it. */
  subscribe(onChange: () => void): () => void;
  /** What stays of the last value: lets parts that did not change keep their identity. */
  reuse?(last: T, next: T): T;
}

const nothing = { value: null, error: null, key: null } as const;

/**
 * Reads `source` on mount, whenever `key` is another one, and whenever the source says so. One read runs at a time:
 * changes that arrive meanwhile lead to one more read after it, and an answer for an earlier key is dropped.
 *
 * @param source may be another object in every render; the one of the render that brought `key` is used
 * @param owner reading starts anew when it is another one, as with another account's engine
 */
export function useLatest<T>(
  key: string,
  owner: object,
  source: LatestSource<T>,
): Latest<T> {
  const [latest, setLatest] = useState<Latest<T>>(nothing);

  useEffect(() => {
    let isCurrent = true;
    let isReading = false;
    let isStale = false;
    const read = async () => {
      isStale = true;
      if (isReading) return;
      isReading = true;
      while (isStale && isCurrent) {
        isStale = false;
        try {
          const value = await source.read();
          if (isCurrent) setLatest((last) => settle(last, key, value, source));
        } catch (cause) {
          const error =
            cause instanceof Error ? cause : new Error(String(cause));
          if (isCurrent) setLatest((last) => ({ ...last, key, error }));
        }
      }
      isReading = false;
    };
    // Before the first read, so that nothing falls between the two.
    const unsubscribe = source.subscribe(() => void read());
    void read();
    return () => {
      isCurrent = false;
      unsubscribe();
    };
    // `source` is new in every render and stands for `key`.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [key, owner]);

  return latest;
}

function settle<T>(
  last: Latest<T>,
  key: string,
  value: T,
  source: LatestSource<T>,
): Latest<T> {
  const next =
    last.value !== null && source.reuse
      ? source.reuse(last.value, value)
      : value;
  const isSame = next === last.value && last.error === null && last.key === key;
  return isSame ? last : { value: next, error: null, key };
}
