// @vitest-environment jsdom
import { act, cleanup, renderHook } from "@testing-library/react";
import { afterEach, expect, it, vi } from "vitest";
import { useLatest, type Latest } from "../../templates/client/hooks/useLatest";

afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

/** A source whose reads end when the test says so. */
class SlowSource {
  readonly reads: {
    readonly key: string;
    readonly end: (value: string) => Promise<void>;
    readonly fail: (message: string) => Promise<void>;
  }[] = [];
  tell: () => void = () => undefined;
  #listeners = 0;

  get listeners(): number {
    return this.#listeners;
  }

  of(key: string) {
    return {
      read: () =>
        new Promise<string>((resolve, reject) => {
          this.reads.push({
            key,
            end: (value) => act(async () => resolve(value)),
            fail: (message) => act(async () => reject(new Error(message))),
          });
        }),
      subscribe: (onChange: () => void) => {
        this.#listeners += 1;
        this.tell = () => act(onChange);
        return () => void (this.#listeners -= 1);
      },
    };
  }
}

interface Input {
  readonly key: string;
  readonly owner: object;
}

const ada = {};

function show(source: SlowSource, first: Input) {
  const { result, rerender, unmount } = renderHook(
    ({ key, owner }: Input): Latest<string> => useLatest(key, owner, source.of(key)),
    { initialProps: first },
  );
  const see = () => {
    const { value, key, isLoading, error } = result.current;
    return { value, key, isLoading, error: error?.message ?? null };
  };
  return { see, rerender, unmount };
}

it("reads one at a time, then the newest key, and shows what came meanwhile", async () => {
  const source = new SlowSource();
  const { see, rerender } = show(source, { key: "a", owner: ada });
  rerender({ key: "b", owner: ada });
  rerender({ key: "c", owner: ada });
  expect(source.reads.map((read) => read.key)).toEqual(["a"]);

  await source.reads[0]?.end("A");

  expect(see()).toEqual({ value: "A", key: "a", isLoading: true, error: null });
  expect(source.reads.map((read) => read.key)).toEqual(["a", "c"]);
  await source.reads[1]?.end("C");
  expect(see()).toEqual({ value: "C", key: "c", isLoading: false, error: null });
});

it("shows an answer before the key stands still, however fast it changes", async () => {
  const source = new SlowSource();
  const { see, rerender } = show(source, { key: "0", owner: ada });
  for (let key = 1; key < 10; key += 1) {
    rerender({ key: String(key), owner: ada });
    rerender({ key: `${key}.5`, owner: ada });
    await source.reads.at(-1)?.end(`of ${source.reads.at(-1)?.key}`);
    expect(see()).toMatchObject({ value: `of ${see().key}`, isLoading: true });
  }
});

it("does not give an answer up for one to a key that is not wanted any more", async () => {
  const source = new SlowSource();
  const { see, rerender } = show(source, { key: "a", owner: ada });
  await source.reads[0]?.end("A");
  rerender({ key: "b", owner: ada });
  rerender({ key: "a", owner: ada });

  await source.reads[1]?.end("B");
  expect(see()).toEqual({ value: "A", key: "a", isLoading: false, error: null });

  await source.reads[2]?.end("A2");
  expect(see()).toMatchObject({ value: "A2" });
});

it("shows no error of a key that is not wanted any more", async () => {
  const source = new SlowSource();
  const { see, rerender } = show(source, { key: "a", owner: ada });
  rerender({ key: "b", owner: ada });

  await source.reads[0]?.fail("broken");
  expect(see()).toEqual({ value: null, key: null, isLoading: true, error: null });

  await source.reads[1]?.fail("still broken");
  expect(see()).toEqual({ value: null, key: "b", isLoading: false, error: "still broken" });
  source.tell();
  await source.reads[2]?.fail("full");
  expect(see()).toMatchObject({ error: "full" });
});

it("reads again what could not be read, later each time, until it can be", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const source = new SlowSource();
  const { see, unmount } = show(source, { key: "a", owner: ada });
  for (const pause of [1_000, 2_000, 4_000]) {
    const before = source.reads.length;
    await source.reads.at(-1)?.fail("broken");
    expect(see()).toEqual({ value: null, key: "a", isLoading: false, error: "broken" });
    vi.advanceTimersByTime(pause - 1);
    expect(source.reads).toHaveLength(before);
    vi.advanceTimersByTime(1);
    expect(source.reads).toHaveLength(before + 1);
  }

  await source.reads.at(-1)?.end("A");
  expect(see()).toEqual({ value: "A", key: "a", isLoading: false, error: null });
  expect(vi.getTimerCount()).toBe(0);

  // A commit is not waited for until the pause is over.
  source.tell();
  await source.reads.at(-1)?.fail("broken");
  source.tell();
  await source.reads.at(-1)?.fail("broken");
  expect(vi.getTimerCount()).toBe(1);
  unmount();
  expect(vi.getTimerCount()).toBe(0);
});

it("shows nothing of another owner, not for a single render", async () => {
  const source = new SlowSource();
  const { see, rerender, unmount } = show(source, { key: "a", owner: ada });
  await source.reads[0]?.end("of ada");
  source.tell();
  const late = source.reads[1];

  rerender({ key: "a", owner: {} });
  expect(see()).toEqual({ value: null, key: null, isLoading: true, error: null });
  await late?.end("of ada, late");
  expect(see()).toMatchObject({ value: null });
  await source.reads[2]?.end("of bob");
  expect(see()).toMatchObject({ value: "of bob", isLoading: false });

  expect(source.listeners).toBe(1);
  unmount();
  expect(source.listeners).toBe(0);
});

it("ends also when reads are one key behind a key that is new in every render", async () => {
  let renders = 0;
  const source = {
    read: () => new Promise<string>((resolve) => setTimeout(resolve, 4, "the same")),
    subscribe: () => () => undefined,
  };
  const pause = (time: number) => new Promise((resolve) => setTimeout(resolve, time));
  const { result, rerender } = renderHook(() => {
    renders += 1;
    return useLatest(String(renders), ada, source);
  });
  // As in an app, where nobody waits for what React has left to do.
  const scope = globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean };
  scope.IS_REACT_ACT_ENVIRONMENT = false;
  try {
    for (let time = 0; time < 10; time += 1) {
      rerender();
      await pause(2);
    }
    const before = renders;
    await pause(300);
    expect(renders - before).toBeLessThan(8);
    expect(result.current).toMatchObject({ value: "the same", isLoading: false });
  } finally {
    scope.IS_REACT_ACT_ENVIRONMENT = true;
  }
});
