import { availableParallelism } from "node:os";
import { describe, expect, it } from "vitest";
import corpus from "./corpus.json";
import { faults } from "./faults";
import { mixes, type MixName } from "./mixes";
import type { Length } from "./shape";
import { simulate } from "./simulate";
import type { Failure } from "./runSeeds";
import { runInWorkers } from "./workers";

/** Seeds that failed once; `open` says what is not understood or decided yet about one that still does. */
interface CorpusSeed {
  readonly mix: MixName;
  readonly seed: number;
  readonly length: Length;
  readonly found: string;
  readonly open?: string;
}

// Safe: the corpus names mixes.
const seeds = corpus as readonly CorpusSeed[];

/** Runs of each mix in the ordinary test run; `npm run simulate` for more. */
const seedsOfMix = 2_000;
const minutes = 60_000;

describe("the simulation", () => {
  it.each(seeds.filter(({ open }) => open === undefined))(
    "holds where it once failed: $mix $seed, $found",
    async ({ mix, seed, length }) => {
      const { broken } = await simulate({ seed, length, tables: mixes[mix] });
      expect(broken).toBeNull();
    },
    2 * minutes,
  );

  // Goes red as soon as one of them holds: then it loses its `open`.
  it.each(seeds.filter(({ open }) => open !== undefined))(
    "is known to break: $mix $seed, $found ($open)",
    async ({ mix, seed, length }) => {
      const { broken } = await simulate({ seed, length, tables: mixes[mix] });
      expect(broken).not.toBeNull();
    },
    2 * minutes,
  );

  it(
    "holds every invariant under every fault, and every hundredth run twice",
    async () => {
      const range = {
        mixes: Object.keys(mixes) as MixName[],
        from: 1,
        to: seedsOfMix,
        every: 1,
        deployment: "light",
        length: null,
      } as const;
      const tally = await runInWorkers(range, availableParallelism(), () => undefined);
      const isOpen = (failure: Failure) =>
        seeds.some(
          ({ mix, seed, length, open }) =>
            open !== undefined &&
            mix === failure.mix &&
            seed === failure.seed &&
            length === failure.length,
        );
      const unknown = tally.failures.filter((failure) => !isOpen(failure));
      expect(unknown.map(({ text }) => text)).toEqual([]);
      expect(tally.ranTwice).toBeGreaterThan(0);
      // A fault that never happens tests nothing.
      expect(faults.filter((fault) => tally.counts[fault] === 0)).toEqual([]);
    },
    60 * minutes,
  );
});
