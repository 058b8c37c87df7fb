/** Plants one bug after the other and says which seed notices: `tsx test/simulation/plant.ts [--from S] [--seeds N] [--seconds N] [--part I/N] [--only "name;name"]`. */
import { spawnSync } from "node:child_process";
import { appendFileSync, readFileSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { plantedBugs, type PlantedBug } from "./plantedBugs";
import { bundleSimulation } from "./workers";

const root = resolve(import.meta.dirname, "../..");

/** The simulation over an engine with the bug; returns whether the text to change was there. */
async function bundle(bug: PlantedBug, outfile: string): Promise<boolean> {
  const target = join(root, "templates", bug.file);
  let isPlanted = false;
  await bundleSimulation("run.ts", outfile, [
    {
      name: "plant",
      setup: ({ onLoad }) =>
        onLoad({ filter: /\.ts$/ }, ({ path }) => {
          if (path !== target) return null;
          const contents = readFileSync(path, "utf8");
          isPlanted = contents.includes(bug.find) && bug.find !== bug.replace;
          return { contents: contents.replace(bug.find, () => bug.replace), loader: "ts" };
        }),
    },
  ]);
  return isPlanted;
}

/** The first failure from seed `from` on. */
function firstFailure(file: string, mix: string, from: number, count: number) {
  const { stdout } = spawnSync(
    process.execPath,
    [file, "--policy", mix, "--from", String(from), "--seeds", String(count), "--stop"],
    { encoding: "utf8", timeout: seconds * 1000 },
  );
  const failure = /--from (\d+) --seeds 1 --length \w+: (\w+)/.exec(stdout);
  return failure && { seed: Number(failure[1]), invariant: String(failure[2]) };
}

/** Which seed notices: one that holds with the engine as it is. */
function verdictOf(file: string, soundFile: string, mix: string): string {
  for (let from = first; from < first + seeds;) {
    const failure = firstFailure(file, mix, from, first + seeds - from);
    if (!failure) break;
    if (!firstFailure(soundFile, mix, failure.seed, 1))
      return `seed ${String(failure.seed)}, ${failure.invariant}`;
    from = failure.seed + 1;
  }
  return "**survived**";
}

const argument = (name: string, fallback: string) => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? fallback : (process.argv[at + 1] ?? fallback);
};
const first = Number(argument("from", "1"));
const seeds = Number(argument("seeds", "40"));
/** How long the runs over one bug may take. */
const seconds = Number(argument("seconds", "45"));
const names = argument("only", "").split(";").filter(Boolean);
const out = argument("out", "");
const [part = 0, parts = 1] = argument("part", "0/1").split("/").map(Number);
const cache = join(root, "node_modules/.cache");
const soundFile = join(cache, `sound${String(process.pid)}.mjs`);
await bundleSimulation("run.ts", soundFile, []);
for (const [index, bug] of plantedBugs.entries()) {
  if (index % parts !== part) continue;
  if (names.length > 0 && !names.includes(bug.name)) continue;
  const file = join(cache, `planted${String(process.pid)}.mjs`);
  if (!(await bundle(bug, file))) throw new Error(`${bug.file} has no place for ${bug.name}.`);
  const verdict = verdictOf(file, soundFile, bug.mix);
  const line = `| ${bug.name} | ${bug.row} | ${bug.mix} | ${verdict} |\n`;
  process.stdout.write(line);
  if (out !== "") appendFileSync(out, line);
  rmSync(file, { force: true });
}
rmSync(soundFile, { force: true });
