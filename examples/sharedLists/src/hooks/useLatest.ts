// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { useEffect, useRef, useState } from "react";
import { systemTimers } from "../sync/platform";
import { createReader, nothing, type Answer, type Reader } from "./reader";

/** A value that is read asynchronously, and read again when it may have changed. */
export interface Latest<T> extends Answer<T> {
  /** True until the value was read for the key of this render. */
  readonly isLoading: boolean;
  /** The key is another one in every render, without anybody having asked for a render. */
  readonly isUnstable: boolean;
}

/** Where `useLatest` reads, and what tells it to read again. */
export interface LatestSource<T> {
  read(): Promise<T>;
  /** Calls whenever the value may have changed; the result stops it. The same for every key. */
  subscribe(onChange: () => void): () => void;
  /** What stays of the last value: lets parts that did not change keep their identity. */
  reuse?(last: T, next: T): T;
}

/** The last render that React kept. */
interface Kept<T> {
  readonly key: string | null;
  readonly answer: Answer<T>;
  readonly isLoading: boolean;
  /** How many renders in a row came from an answer and brought another key all the same. */
  readonly drifts: number;
}

/** So many cannot be a coincidence of an answer with another key that the app asks for. */
const mostDrifts = 3;

/**
 * Reads `source` on mount, whenever `key` is another one, whenever the source says so, and some time after a read that
 * failed. One read runs at a time: what arrives meanwhile leads to one more read after it, for the newest key.
 *
 * An answer makes the component render. When that alone makes another key, again and again, the key depends on
 * something like the time: answers then count for the key of the render that they cause, and cause one only when
 * there is something new to show.
 *
 * @param source may be another object in every render; the one of the render that brought `key` is used
 * @param owner reading starts anew when it is another one, as with another account's engine
 */
export function useLatest<T>(
  key: string,
  owner: object,
  source: LatestSource<T>,
): Latest<T> {
  const [shown, setShown] = useState<{
    readonly owner: object;
    readonly answer: Answer<T>;
  }>({ owner, answer: nothing });
  const answer = shown.owner === owner ? shown.answer : nothing;
  const kept = useRef<Kept<T>>(nothingKept);
  const reader = useRef<Reader<T> | null>(null);
  // A ref: a key that is new in every render would make a state that follows it render for ever.
  // eslint-disable-next-line react-hooks/refs
  const now = follow(kept.current, key, answer);

  useEffect(() => {
    kept.current = now;
  });

  useEffect(() => {
    const current = createReader<T>(
      (next) => setShown({ owner, answer: next }),
      systemTimers,
    );
    reader.current = current;
    // Before the first read, so that nothing falls between the two.
    const unsubscribe = source.subscribe(() => current.read());
    return () => {
      unsubscribe();
      current.close();
    };
    // `source` is new in every render; this part of it is not.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [owner]);

  useEffect(() => {
    reader.current?.want({
      key,
      source,
      isShown: () => kept.current.key === key && !kept.current.isLoading,
    });
    // `source` stands for `key`.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [key, owner]);

  const { isLoading, drifts } = now;
  return { ...answer, isLoading, isUnstable: drifts >= mostDrifts };
}

const nothingKept = { key: null, answer: nothing, isLoading: true, drifts: 0 };

/** The render after `before`. */
function follow<T>(before: Kept<T>, key: string, answer: Answer<T>): Kept<T> {
  const isOther = key !== before.key;
  const isOurs = answer !== before.answer;
  const drifted = isOther ? before.drifts + 1 : 0;
  const drifts = isOurs ? drifted : before.drifts;
  const isSettled = isOurs
    ? drifts >= mostDrifts
    : !isOther && !before.isLoading;
  return {
    key,
    answer,
    isLoading: key !== answer.key && !isSettled,
    drifts,
  };
}
