import type { DeploymentKind } from "./deployments";
import { faults, noFaults, type FaultCounts } from "./faults";
import { mixes, type MixName } from "./mixes";
import { lengthOf, type Length } from "./shape";
import { simulate } from "./simulate";

/** Which runs to make: seeds `from`, `from + every`, … of each mix, none above `to`. */
export interface SeedRange {
  readonly mixes: readonly MixName[];
  readonly from: number;
  readonly to: number;
  readonly every: number;
  readonly deployment: DeploymentKind;
  /** `null`: told by each seed. */
  readonly length: Length | null;
}

/** A run that broke an invariant. */
export interface Failure {
  readonly mix: MixName;
  readonly seed: number;
  readonly length: Length;
  readonly invariant: string;
  /** With the command that runs it again. */
  readonly text: string;
}

/** What many runs came to. */
export interface Tally {
  readonly ran: number;
  readonly ranTwice: number;
  /** Processor time, ms. */
  readonly computing: number;
  readonly counts: FaultCounts;
  readonly failures: readonly Failure[];
}

/** Every one of so many seeds is run twice, and has to be the same run; short and long ones take their turns. */
const seedsBetweenTwins = 101;

/** Makes the runs, one after the other. `onFailure` says whether to go on. */
export async function runSeeds(
  range: SeedRange,
  onFailure: (failure: Failure) => Promise<boolean>,
): Promise<Tally> {
  const counts = noFaults();
  const failures: Failure[] = [];
  const before = computed();
  let ran = 0;
  let ranTwice = 0;
  const tally = () => ({ ran, ranTwice, computing: computed() - before, counts, failures });
  for (let seed = range.from; seed <= range.to; seed += range.every)
    for (const mix of range.mixes) {
      const length = range.length ?? lengthOf(seed);
      const options = { seed, length, tables: mixes[mix], deployment: range.deployment };
      const { broken, counts: own, traceHash } = await simulate(options);
      ran += 1;
      for (const fault of faults) counts[fault] += own[fault];
      const fail = async (invariant: string, message: string) => {
        const command = `npm run simulate -- --trace --policy ${mix} --from ${String(seed)} --seeds 1 --length ${length}`;
        const failure = { mix, seed, length, invariant, text: `${command}: ${message}` };
        failures.push(failure);
        return onFailure(failure);
      };
      if (broken && !(await fail(broken.invariant, broken.message))) return tally();
      if (seed % seedsBetweenTwins !== 0) continue;
      ranTwice += 1;
      const again = await simulate(options);
      if (
        again.traceHash !== traceHash &&
        !(await fail("determinism", "another run the second time"))
      )
        return tally();
    }
  return tally();
}

/** Several tallies as one. */
export function addTallies(tallies: readonly Tally[]): Tally {
  const counts = noFaults();
  for (const tally of tallies) for (const fault of faults) counts[fault] += tally.counts[fault];
  const sum = (of: (tally: Tally) => number) =>
    tallies.reduce((total, tally) => total + of(tally), 0);
  return {
    ran: sum(({ ran }) => ran),
    ranTwice: sum(({ ranTwice }) => ranTwice),
    computing: sum(({ computing }) => computing),
    counts,
    failures: tallies.flatMap(({ failures }) => failures),
  };
}

function computed(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
