import type { DeploymentKind } from "./deployments";
import { simulate } from "./simulate";
import { noFaults, faults } from "./faults";
import { mixes, type MixName } from "./mixes";
import { shrink } from "./shrink";

/** `npm run simulate -- --seeds N --policy P --from S [--trace] [--shrink] [--stop]`. */
async function main(): Promise<void> {
  const option = (name: string) => {
    const at = process.argv.indexOf(`--${name}`);
    return at < 0 ? null : (process.argv[at + 1] ?? "");
  };
  const from = Number(option("from") ?? 1);
  const seeds = Number(option("seeds") ?? 100);
  const policy = option("policy") ?? "all";
  const names = policy === "all" ? (Object.keys(mixes) as MixName[]) : [policy as MixName];
  const trace = process.argv.includes("--trace");
  // Safe: another word is nobody's.
  const deployment = (option("deployment") ?? "light") as DeploymentKind;
  const counts = noFaults();
  const started = performance.now();
  let ran = 0;
  let failed = 0;
  let stopped = false;
  for (let seed = from; seed < from + seeds && !stopped; seed += 1) {
    for (const name of names) {
      const result = await simulate({ seed, tables: mixes[name], trace, deployment });
      ran += 1;
      for (const fault of faults) counts[fault] += result.counts[fault];
      if (trace) process.stdout.write(`${result.trace.join("\n")}\n`);
      if (result.broken === null) continue;
      failed += 1;
      stopped ||= process.argv.includes("--stop");
      if (process.argv.includes("--shrink")) {
        const least = await shrink({ seed, tables: mixes[name] }, result.broken.invariant);
        process.stdout.write(`${least.trace.join("\n")}\n`);
      }
      process.stdout.write(
        `FAILED npm run simulate -- --trace --policy ${name} --from ${String(seed)} --seeds 1: ${result.broken.message}\n`,
      );
    }
  }
  const wall = (performance.now() - started) / ran;
  const { user, system } = process.cpuUsage();
  const cpu = (user + system) / 1000 / ran;
  process.stdout.write(
    `${String(ran)} runs, ${String(failed)} failed, ${wall.toFixed(1)} ms each, ${cpu.toFixed(1)} ms of them computing\n`,
  );
  process.stdout.write(
    `${faults.map((fault) => `${fault}: ${String(counts[fault])}`).join("\n")}\n`,
  );
  process.exitCode = failed === 0 ? 0 : 1;
}

await main();
