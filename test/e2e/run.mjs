// `npm run test:e2e`: the example in a real browser and as phone bundles; a closing line says how many passed.
// Needs Chromium: Debian's at /usr/bin/chromium, or another one by the environment variable CHROMIUM.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(dirname(here));
const shell = process.platform === "win32";
if (!existsSync(join(here, "node_modules"))) {
  const install = ["ci", "--no-fund", "--no-audit"];
  const { status } = spawnSync("npm", install, { cwd: here, stdio: "inherit", shell });
  if (status !== 0) process.exit(status ?? 1);
}

const typesOf = (project) =>
  spawnSync("npx", ["tsc", "--noEmit", "-p", project], { cwd: root, stdio: "inherit", shell });
const types = ["test/e2e", "test/e2e/shared"].map(typesOf);

const folder = mkdtempSync(join(tmpdir(), "sync-gen-e2e-"));
const report = join(folder, "vitest.json");
const vitest = ["vitest", "run", "--config", "test/e2e/vitest.config.ts"];
const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
const { status } = spawnSync("npx", [...vitest, ...reporters], {
  cwd: root,
  stdio: "inherit",
  shell,
});
const { passed, failed } = readCounts();
rmSync(folder, { recursive: true, force: true });
// A run that broke down before its report counts as one failure more than it shows.
const broken =
  (status === 0 ? failed : Math.max(failed, 1)) + types.filter(({ status }) => status !== 0).length;
process.stdout.write(`\n${passed} passed, ${broken} failed\n`);
process.exitCode = broken === 0 ? 0 : 1;

function readCounts() {
  try {
    const { numPassedTests, numTotalTests } = JSON.parse(readFileSync(report, "utf8"));
    return { passed: numPassedTests, failed: numTotalTests - numPassedTests };
  } catch {
    return { passed: 0, failed: 1 };
  }
}
