import { availableParallelism } from "node:os";
import type { DeploymentKind } from "./deployments";
import { faults } from "./faults";
import { mixes, type MixName } from "./mixes";
import { runSeeds, type Failure, type SeedRange } from "./runSeeds";
import { shrink } from "./shrink";
import type { Length } from "./shape";
import { simulate } from "./simulate";
import { runInWorkers } from "./workers";

const option = (name: string, fallback: string) => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? fallback : (process.argv[at + 1] ?? fallback);
};
const has = (name: string) => process.argv.includes(`--${name}`);
const print = (line: string) => process.stdout.write(`${line}\n`);

/**
 * `npm run simulate -- --seeds N --policy P --from S [--length short] [--workers N] [--deployment both]`, and, in one process,
 * `[--stop] [--trace] [--shrink]`.
 */
async function main(): Promise<void> {
  const from = Number(option("from", "1"));
  const policy = option("policy", "all");
  const range: SeedRange = {
    // Safe, as below: another word is a mistake that shows at once.
    mixes: policy === "all" ? (Object.keys(mixes) as MixName[]) : (policy.split(",") as MixName[]),
    from,
    to: from + Number(option("seeds", "100")) - 1,
    every: 1,
    deployment: option("deployment", "light") as DeploymentKind,
    length: has("length") ? (option("length", "") as Length) : null,
  };
  if (has("trace")) return printTraces(range);
  const started = performance.now();
  const isAlone = has("stop") || has("shrink");
  const workers = Number(option("workers", String(availableParallelism())));
  const tally = isAlone
    ? await runSeeds(range, async (failure) => {
        print(`FAILED ${failure.text}`);
        if (has("shrink")) await printShrunk(failure);
        return !has("stop");
      })
    : await runInWorkers(range, workers, ({ text }) => print(`FAILED ${text}`));
  const { ran, ranTwice, computing, failures, counts } = tally;
  const wall = (performance.now() - started) / ran;
  print(
    `${String(ran)} runs, ${String(ranTwice)} of them twice, ${String(failures.length)} failed; ${wall.toFixed(1)} ms each, ${(computing / ran).toFixed(1)} ms of a processor`,
  );
  print(faults.map((fault) => `${fault}: ${String(counts[fault])}`).join("\n"));
  process.exitCode = failures.length === 0 ? 0 : 1;
}

async function printTraces({
  mixes: names,
  from,
  to,
  deployment,
  length,
}: SeedRange): Promise<void> {
  for (let seed = from; seed <= to; seed += 1)
    for (const name of names) {
      const { trace, broken } = await simulate({
        seed,
        tables: mixes[name],
        deployment,
        trace: true,
        ...(length && { length }),
      });
      print(trace.join("\n"));
      if (!broken) continue;
      print(`FAILED ${broken.message}`);
      process.exitCode = 1;
    }
}

async function printShrunk({ mix, seed, length, invariant }: Failure): Promise<void> {
  const least = await shrink({ seed, length, tables: mixes[mix] }, invariant);
  print(least.trace.join("\n"));
}

await main();
