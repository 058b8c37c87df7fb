// Times whole processes, and what a process reports of itself, in interleaved rounds.
import { spawnSync } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * The environment of every child. `NODE_EXTRA_CA_CERTS` makes each start of Node 35 to 45 ms longer, which flatters
 * every ratio to bare Node; colours and loaders of whoever starts the benchmark do not belong to it either.
 */
export function cleanEnvironment() {
  const environment = { ...process.env, NO_COLOR: "1" };
  for (const name of ["NODE_EXTRA_CA_CERTS", "NODE_OPTIONS", "FORCE_COLOR"])
    delete environment[name];
  return environment;
}

/**
 * Runs one command to its end. Wall and processor time in ms; processor time is user and system time of the process
 * and of the children that it waited for.
 */
export function timeProcess({ command, cwd }) {
  const report = join(tmpdir(), `sync-gen-bench-${process.pid}`);
  const script = `TIMEFORMAT="%R %U %S"; { time "$@" >/dev/null 2>"$0.err"; } 2>"$0"`;
  const { status } = spawnSync("bash", ["-c", script, report, ...command], {
    cwd,
    env: cleanEnvironment(),
  });
  const errors = readFileSync(`${report}.err`, "utf8");
  const [wall, user, system] = readFileSync(report, "utf8").trim().split(" ").map(Number);
  rmSync(report);
  rmSync(`${report}.err`);
  if (status !== 0)
    throw new Error(`${command.join(" ")} ended with ${String(status)}:\n${errors.slice(0, 2000)}`);
  return { wall: wall * 1000, cpu: (user + system) * 1000 };
}

/**
 * Runs every job once a round, so that a slow minute of the machine falls on all of them. The first round warms up,
 * unless there is none. Returns the results of each job by name.
 */
export async function interleave(jobs, rounds, progress, warmsUp = true) {
  const results = new Map(jobs.map(({ name }) => [name, []]));
  for (let round = warmsUp ? 0 : 1; round <= rounds; round += 1) {
    progress?.(round === 0 ? "warming up" : `round ${round} of ${rounds}`);
    for (const job of jobs) {
      const result = await job.run(round);
      if (round > 0) results.get(job.name).push(result);
    }
  }
  return results;
}

/** The middle value. */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** The middle of one number of all results. */
export function medianOf(results, key) {
  return median(results.map((result) => result[key]));
}
