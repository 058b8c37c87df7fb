// Scratch projects inside the repository, so that what is emitted finds its packages in ours.
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { cleanEnvironment } from "./measure.mjs";

/** The repository. */
export const root = fileURLToPath(new URL("../..", import.meta.url));
/** The folder of this benchmark. */
export const bench = fileURLToPath(new URL(".", import.meta.url));
/** Everything that a run leaves on disk; each run has its own, which its children are told of. */
process.env.SYNC_GEN_BENCH ??= String(process.pid);
export const scratch = join(root, ".test-output", `bench${process.env.SYNC_GEN_BENCH}`);
/** The program as users start it, built for this run alone: whoever builds meanwhile changes nothing. */
export const syncGen = [process.execPath, join(scratch, "tool/bin/sync-gen.js")];

/** Builds the program that is measured. */
export function buildTool() {
  const tool = emptyFolder("tool");
  cpSync(join(root, "bin"), join(tool, "bin"), { recursive: true });
  cpSync(join(root, "templates"), join(tool, "templates"), { recursive: true, dereference: true });
  const command = [join(root, ".config/build.mjs"), "--code", "--out", join(tool, "dist")];
  const { status, stderr } = spawnSync(process.execPath, command, { encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
}

/** An empty folder below the scratch folder. */
export function emptyFolder(...path) {
  const folder = join(scratch, ...path);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** Writes a file, and the folders above it. */
export function writeText(path, text) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

/** A project with this config and nothing emitted. */
export function createProject(folder, config) {
  const dependencies = { convex: "^1.48.0", expo: "~57.0.0" };
  writeText(
    join(folder, "package.json"),
    JSON.stringify({ name: "bench", private: true, dependencies }),
  );
  // Every project has one; sync-gen keeps there what it can use again.
  mkdirSync(join(folder, "node_modules"));
  writeText(join(folder, "sync.config.ts"), config);
  return folder;
}

/** Runs sync-gen, untimed. */
export function runSyncGen(cwd, ...words) {
  const [command, ...first] = syncGen;
  const { status, stderr, stdout } = spawnSync(command, [...first, ...words], {
    cwd,
    env: cleanEnvironment(),
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`sync-gen ${words.join(" ")}: ${stdout}${stderr}`);
}

let copies = 0;

/**
 * A new copy of a folder, in `home`. Copies stay until the whole run ends: ext4 passes over every inode that was freed in the last minutes, so
 * that after thousands of files were deleted, a new one takes over ten times as long.
 */
export function copyOf(from, home) {
  copies += 1;
  const to = join(home, `copy${copies}`);
  cpSync(from, to, { recursive: true, preserveTimestamps: true });
  return to;
}

/** The command of a package: those of the benchmark first, then those of the repository. */
export function packageFile(path) {
  const found = [join(bench, "node_modules", path), join(root, "node_modules", path)].find(
    existsSync,
  );
  if (found === undefined)
    throw new Error(`${path} is missing: run \`npm install\` in test/bench.`);
  return found;
}

/** The version of an installed package; `null` when it is not installed. */
export async function versionOf(name) {
  const { readFile } = await import("node:fs/promises");
  for (const folder of [bench, root]) {
    const path = join(folder, "node_modules", name, "package.json");
    if (existsSync(path)) return JSON.parse(await readFile(path, "utf8")).version;
  }
  return null;
}
