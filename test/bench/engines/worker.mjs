// Runs one task of one engine in a process of its own: `worker.mjs raw sync '{"rows":1000}'`.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Runs the task that the command line names. */
export async function runTask(tasks) {
  const [task, options] = process.argv.slice(2);
  const folder = mkdtempSync(join(tmpdir(), "sync-gen-bench-"));
  try {
    const result = await tasks[task]({
      ...JSON.parse(options),
      path: join(folder, "bench.db"),
      folder,
    });
    process.stdout.write(`\n${JSON.stringify(result)}\n`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  process.exit(0);
}
