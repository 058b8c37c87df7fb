import { build, type Plugin } from "esbuild";
import { spawn } from "node:child_process";
import { rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { addTallies, type Failure, type SeedRange, type Tally } from "./runSeeds";

const root = resolve(import.meta.dirname, "../..");

/** Makes the runs in `count` processes, each on its own seeds; the modules are bundled once for all. */
export async function runInWorkers(
  range: SeedRange,
  count: number,
  onFailure: (failure: Failure) => void,
): Promise<Tally> {
  const file = join(root, "node_modules/.cache", `simulation${String(process.pid)}.mjs`);
  await bundleSimulation("worker.ts", file, []);
  const parts = Array.from({ length: count }, (_, part) => ({
    ...range,
    from: range.from + part * range.every,
    every: range.every * count,
  }));
  try {
    return addTallies(await Promise.all(parts.map((part) => runWorker(file, part, onFailure))));
  } finally {
    rmSync(file, { force: true });
  }
}

/** One file of this folder with everything that it imports of the project, as a module that Node runs. */
export async function bundleSimulation(
  entry: string,
  outfile: string,
  plugins: readonly Plugin[],
): Promise<void> {
  await build({
    entryPoints: [join(root, "test/simulation", entry)],
    bundle: true,
    platform: "node",
    format: "esm",
    packages: "external",
    outfile,
    logLevel: "silent",
    plugins: [...plugins],
  });
}

async function runWorker(
  file: string,
  range: SeedRange,
  onFailure: (failure: Failure) => void,
): Promise<Tally> {
  const worker = spawn(process.execPath, [file, JSON.stringify(range)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let tally: Tally | null = null;
  for await (const line of createInterface({ input: worker.stdout })) {
    // Safe: written by `worker.ts`.
    const said = JSON.parse(line) as { readonly failure?: Failure; readonly tally?: Tally };
    if (said.failure) onFailure(said.failure);
    tally = said.tally ?? tally;
  }
  if (!tally) throw new Error("A worker of the simulation ended before its runs did.");
  return tally;
}
