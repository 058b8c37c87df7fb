// `npm test`: every check of the project, one after the other; a closing line says how many passed.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const report = join(mkdtempSync(join(tmpdir(), "sync-gen-test-")), "vitest.json");
const unit = [
  "vitest",
  "run",
  "--config",
  ".config/vitest.config.ts",
  "--coverage",
  "--reporter=default",
  "--reporter=json",
  `--outputFile.json=${report}`,
];
const steps = [
  ["build", ["npm", "run", "--silent", "build"]],
  ["types", ["npx", "tsc", "-p", "tsconfig.json"]],
  ["types of the templates", ["npx", "tsc", "-p", "templates/tsconfig.json"]],
  [
    "fieldTasks is up to date",
    ["node", "bin/sync-gen.js", "check", "--cwd", "examples/fieldTasks"],
  ],
  ["types of fieldTasks", ["npx", "tsc", "-p", "examples/fieldTasks/demo"]],
  [
    "sharedLists is up to date",
    ["node", "bin/sync-gen.js", "check", "--cwd", "examples/sharedLists"],
  ],
  ["types of sharedLists", ["npx", "tsc", "-p", "examples/sharedLists/test"]],
  ["lint", ["npx", "eslint", "--config", ".config/eslint.config.js", "."]],
  [
    "format",
    ["npx", "prettier", "--config", ".config/prettier.json", "--check", "--log-level", "warn", "."],
  ],
  ["tests", ["npx", ...unit]],
];

let passed = 0;
let failed = 0;
for (const [name, [command, ...args]] of steps) {
  process.stdout.write(`\n── ${name}\n`);
  const started = Date.now();
  const { status } = spawnSync(command, args, {
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  process.stdout.write(
    `── ${name}: ${status === 0 ? "ok" : "FAILED"} in ${((Date.now() - started) / 1000).toFixed(1)} s\n`,
  );
  if (name !== "tests") status === 0 ? passed++ : failed++;
  else {
    const counts = readCounts();
    passed += counts.passed;
    // A run that broke down before its report counts as one failure more than it shows.
    failed += status === 0 ? counts.failed : Math.max(counts.failed, 1);
  }
}
rmSync(join(report, ".."), { recursive: true, force: true });
process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
process.exitCode = failed === 0 ? 0 : 1;

function readCounts() {
  try {
    const { numPassedTests, numFailedTests, numTotalTests } = JSON.parse(
      readFileSync(report, "utf8"),
    );
    return { passed: numPassedTests, failed: numTotalTests - numPassedTests || numFailedTests };
  } catch {
    return { passed: 0, failed: 1 };
  }
}
