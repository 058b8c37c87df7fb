import { faults, type Fault } from "./faults";
import { simulate, type RunResult } from "./simulate";
import type { RunOptions } from "./world";

/**
 * The least of a failing run that still breaks the same invariant: faults that it does not need are left out, then
 * steps. The result has its trace.
 */
export async function shrink(options: RunOptions, invariant: string): Promise<RunResult> {
  const breaks = async (smaller: RunOptions) =>
    (await simulate(smaller)).broken?.invariant === invariant;
  let least = options;
  for (const fault of faults) {
    const smaller = { ...least, calm: new Set<Fault>([...(least.calm ?? []), fault]) };
    if (await breaks(smaller)) least = smaller;
  }
  const { steps } = await simulate(least);
  for (let size = Math.ceil(steps / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let start = 0; start < steps; start += size) {
      const chunk = Array.from({ length: size }, (_, index) => start + index);
      const without = new Set([...(least.without ?? []), ...chunk]);
      if (without.size === least.without?.size) continue;
      if (await breaks({ ...least, without })) least = { ...least, without };
    }
  }
  return simulate({ ...least, trace: true });
}
