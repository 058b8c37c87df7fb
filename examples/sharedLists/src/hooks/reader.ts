// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import type { Timers } from "../sync/ports";

/** What was read last. */
export interface Answer<T> {
  /** `null` until it was read once. */
  readonly value: T | null;
  /** Why the last read failed; `null` after one that did not. */
  readonly error: Error | null;
  /** What `value` was read for. */
  readonly key: string | null;
}

/** What is to be read. */
export interface Wanted<T> {
  readonly key: string;
  readonly source: {
    read(): Promise<T>;
    reuse?(last: T, next: T): T;
  };
  /** True when what is shown counts for this key already: the same once more is no news. */
  readonly isShown: () => boolean;
}

/** Reads what is wanted, one read at a time. */
export interface Reader<T> {
  /** Reads this from now on. */
  want(wanted: Wanted<T>): void;
  /** Reads again: the value may have changed. */
  read(): void;
  /** Whatever is still being read is not shown. */
  close(): void;
}

/** What a reader shows that has read nothing yet. */
export const nothing = { value: null, error: null, key: null } as const;

/**
 * A reader that shows what is new. While it reads, more may be wanted: it then goes on with the newest. An answer for an
 * earlier key is shown until the next one comes, so that there is something to see however fast the key changes; an
 * error of it is not. What cannot be read is read again, later each time, until it can be.
 */
export function createReader<T>(
  show: (answer: Answer<T>) => void,
  timers: Timers,
): Reader<T> {
  let last: Answer<T> = nothing;
  let wanted: Wanted<T> | null = null;
  let isReading = false;
  let isStale = false;
  let isClosed = false;
  let failures = 0;
  let cancelRetry: () => void = () => undefined;

  async function readOnce(asked: Wanted<T>): Promise<void> {
    const answer = await answerTo(asked, last);
    failures = answer.error === null ? 0 : failures + 1;
    const isOutdated = asked.key !== wanted?.key;
    if (isClosed || (isOutdated ? !isBetter(answer) : !isNews(answer, asked)))
      return;
    last = answer;
    show(answer);
  }

  /** Whether an answer for an earlier key is more than what is shown. */
  function isBetter({ value, error }: Answer<T>): boolean {
    return error === null && value !== last.value && last.key !== wanted?.key;
  }

  /** Whether an answer changes what is shown. */
  function isNews(answer: Answer<T>, { isShown }: Wanted<T>): boolean {
    if (answer.value !== last.value) return true;
    if (answer.key === last.key)
      return answer.error?.message !== last.error?.message;
    // Errors name the values of their query: those of two keys differ though they say the same.
    return !isShown() || (answer.error === null) !== (last.error === null);
  }

  async function readAll(): Promise<void> {
    isReading = true;
    cancelRetry();
    while (isStale && !isClosed && wanted !== null) {
      isStale = false;
      await readOnce(wanted);
    }
    isReading = false;
    if (failures > 0 && !isClosed)
      cancelRetry = timers.after(retryDelay(failures), read);
  }

  const read = () => {
    isStale = true;
    if (!isReading) void readAll();
  };
  return {
    want: (next) => {
      wanted = next;
      read();
    },
    read,
    close: () => {
      isClosed = true;
      cancelRetry();
    },
  };
}

/** How long to wait after `failures` failures in a row, ms: a second at first, a minute at most. */
function retryDelay(failures: number): number {
  return Math.min(60_000, 1_000 * 2 ** (failures - 1));
}

/** What reading `asked` gives. After a failure, the value of the same key stays, and never that of another one. */
async function answerTo<T>(
  { key, source }: Wanted<T>,
  last: Answer<T>,
): Promise<Answer<T>> {
  try {
    const next = await source.read();
    const value =
      last.value !== null && source.reuse
        ? source.reuse(last.value, next)
        : next;
    return { value, error: null, key };
  } catch (cause) {
    const error = cause instanceof Error ? cause : new Error(String(cause));
    return { value: last.key === key ? last.value : null, error, key };
  }
}
