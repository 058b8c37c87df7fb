/** Plants one bug after the other and says which seed notices: `tsx test/simulation/plant.ts [--seeds N] [--part I/N]`. */
import { spawnSync } from "node:child_process";
import { appendFileSync, readFileSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { plantedBugs, type PlantedBug } from "./plantedBugs";
import { bundleSimulation } from "./workers";

const root = resolve(import.meta.dirname, "../..");

/** The simulation over an engine with the bug; `null` when the text to change is not there any more. */
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

const argument = (name: string, fallback: string) => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? fallback : (process.argv[at + 1] ?? fallback);
};
const seeds = argument("seeds", "40");
const names = argument("only", "").split(";").filter(Boolean);
const out = argument("out", "");
const [part = 0, parts = 1] = argument("part", "0/1").split("/").map(Number);
for (const [index, bug] of plantedBugs.entries()) {
  if (index % parts !== part) continue;
  if (names.length > 0 && !names.includes(bug.name)) continue;
  const file = join(root, "node_modules/.cache", `planted${String(index)}.mjs`);
  const isPlanted = await bundle(bug, file);
  const { stdout } = spawnSync(
    process.execPath,
    [file, "--policy", bug.mix, "--from", "1", "--seeds", seeds, "--stop"],
    { encoding: "utf8", timeout: 45_000 },
  );
  const failure = /--from (\d+) --seeds 1: (\w+)/.exec(stdout);
  const verdict = !isPlanted
    ? "not planted"
    : failure
      ? `seed ${String(failure[1])}, ${String(failure[2])}`
      : "SURVIVED";
  const line = `| ${bug.name} | ${bug.row} | ${bug.mix} | ${verdict} |\n`;
  process.stdout.write(line);
  if (out !== "") appendFileSync(out, line);
  rmSync(file, { force: true });
}
