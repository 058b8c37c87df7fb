import { describe, expect, it } from "vitest";
import corpus from "./corpus.json";
import { faults, noFaults } from "./faults";
import { mixes, type MixName } from "./mixes";
import { simulate } from "./simulate";

/** Seeds that failed once; `open` says what is not understood or decided yet about one that still does. */
interface CorpusSeed {
  readonly mix: MixName;
  readonly seed: number;
  readonly found: string;
  readonly open?: string;
}

// Safe: the corpus names mixes.
const seeds = corpus as readonly CorpusSeed[];

/** Runs of each mix in the ordinary test run; `npm run simulate` for more. */
const seedsOfMix = 10;
const minutes = 60_000;

describe("the simulation", () => {
  it.each(seeds.filter(({ open }) => open === undefined))(
    "holds where it once failed: $mix $seed, $found",
    async ({ mix, seed }) => {
      const { broken } = await simulate({ seed, tables: mixes[mix] });
      expect(broken).toBeNull();
    },
    2 * minutes,
  );

  // Goes red as soon as one of them holds: then it loses its `open`.
  it.each(seeds.filter(({ open }) => open !== undefined))(
    "is known to break: $mix $seed, $found ($open)",
    async ({ mix, seed }) => {
      const { broken } = await simulate({ seed, tables: mixes[mix] });
      expect(broken).not.toBeNull();
    },
    2 * minutes,
  );

  it(
    "holds every invariant under every fault",
    async () => {
      const counts = noFaults();
      const failures: string[] = [];
      for (const mix of Object.keys(mixes) as MixName[])
        for (let seed = 1; seed <= seedsOfMix; seed += 1) {
          const { broken, counts: own } = await simulate({ seed, tables: mixes[mix] });
          for (const fault of faults) counts[fault] += own[fault];
          if (broken)
            failures.push(
              `npm run simulate -- --trace --policy ${mix} --from ${String(seed)} --seeds 1: ${broken.message}`,
            );
        }
      expect(failures).toEqual([]);
      // A fault that never happens tests nothing.
      expect(faults.filter((fault) => counts[fault] === 0)).toEqual([]);
    },
    10 * minutes,
  );

  it(
    "is the same run for the same seed",
    async () => {
      const twice = [1, 2].map(() => ({ seed: 7, tables: mixes.mixed }));
      const [first, second] = [
        await simulate(twice[0] ?? { seed: 7, tables: mixes.mixed }),
        await simulate(twice[1] ?? { seed: 7, tables: mixes.mixed }),
      ];
      expect(second.traceHash).toBe(first.traceHash);
    },
    2 * minutes,
  );
});
