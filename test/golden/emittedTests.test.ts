import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { expect, it } from "vitest";
import { planTestWiring } from "../../src/codemods/testWiring";
import { abuseCases } from "../../templates/server/convex/syncEngine/testing/abuse.cases";
import { scopeCases } from "../../templates/server/convex/syncEngine/testing/scope.cases";
import { memoryFiles } from "../codemods/memoryFiles";
import { completeProject, runCase } from "./goldenProject";

const vitest = join(
  dirname(createRequire(import.meta.url).resolve("vitest/package.json")),
  "vitest.mjs",
);

interface Report {
  readonly numTotalTests: number;
  readonly testResults: readonly {
    readonly assertionResults: readonly { readonly status: string }[];
  }[];
}

// As `init --with-tests` and `generate` leave them: a project with a table of every policy, a monorepo, and rows that are shared.
it.each([
  ["withTests", ""],
  ["monorepoWithTests", "packages/backend"],
  ["scopes", ""],
])(
  "the emitted tests of %s pass in the project that they were emitted into",
  async (name, folder) => {
    const golden = await runCase(name, "emittedTests");
    completeProject(golden);
    const { root, result } = golden;
    const serverOut = result.model?.server.out ?? "";
    for (const { path, apply } of planTestWiring(memoryFiles({}), { folder, serverOut })) {
      const made = apply(undefined);
      if (made.kind === "edited") writeFileSync(join(root, path), made.text);
    }
    const home = join(root, folder);
    const { stdout, stderr } = spawnSync(
      process.execPath,
      [vitest, "run", "--root", home, "--reporter=json"],
      { cwd: home, encoding: "utf8", env: { NODE_ENV: "test", PATH: process.env["PATH"] } },
    );
    // Such as Vite's, of a configuration that is no module.
    expect(stderr).not.toMatch(/config/i);
    const found = /\{"num.*\}/.exec(stdout)?.[0];
    if (found === undefined) throw new Error(`No report: ${stdout}\n${stderr}`);
    const report = JSON.parse(found) as Report;
    const tables = result.model?.tables ?? [];
    const shared = tables.filter(({ scope }) => scope !== null);
    expect(report.numTotalTests).toBe(
      tables.length * (Object.keys(abuseCases).length + 1) +
        shared.length * Object.keys(scopeCases).length,
    );
    const failed = report.testResults.flatMap(({ assertionResults }) =>
      assertionResults.filter(({ status }) => status !== "passed"),
    );
    expect(failed).toEqual([]);
  },
  120_000,
);
