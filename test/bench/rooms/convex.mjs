// What the backend is billed for, counted by Convex's own transaction metrics under convex-test.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { build } from "esbuild";
import { cleanEnvironment } from "../measure.mjs";
import { bench, emptyFolder, root } from "../project.mjs";
import { bold, table } from "../report.mjs";

/** Measures and returns a section of the report. */
export async function measureConvex({ progress }) {
  progress("convex");
  const outfile = join(emptyFolder("convex"), "costs.mjs");
  await build({
    entryPoints: [join(bench, "convex/costs.ts")],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    external: ["convex-test"],
    absWorkingDir: root,
    logLevel: "error",
  });
  const { status, stdout, stderr } = spawnSync(process.execPath, [outfile], {
    cwd: root,
    env: cleanEnvironment(),
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(stderr.slice(0, 3000));
  const costs = JSON.parse(stdout.trim().split("\n").at(-1));
  const rows = costs.map(
    ({ name, calls, documentsRead, documentsWritten, bytesRead, bytesWritten, ranges }) => [
      /^(naive|convex-localfirst):/.test(name) ? name : bold(name),
      calls,
      documentsRead,
      ranges,
      documentsWritten,
      kilobytes(bytesRead),
      kilobytes(bytesWritten),
    ],
  );
  const head = [
    "what",
    "calls",
    "documents read",
    "index ranges",
    "documents written",
    "kB read",
    "kB written",
  ];
  return [
    ...table(head, rows),
    "One user with 1,000 tasks. The naive design is a live query over the table, which Convex runs again, whole, for every change, and one mutation a row.",
    "convex-localfirst's design, of its version 0.3.1, is written anew for this count, with the same reads and writes: a log of changes, a ledger of ops, a map of",
    "ids and a version a row, each a document beside the row. Its subscription and its download read a row, its version or change, and the map.",
    "A device that is idle holds one subscription, `head`; it runs again when a row of the user changes, and otherwise costs nothing. The timer asks again",
    "every five minutes while the app is open: the calls of an idle hour are those of twelve cycles.",
  ];
}

const kilobytes = (bytes) => (bytes / 1000).toFixed(1);
