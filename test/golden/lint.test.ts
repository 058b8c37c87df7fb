import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { ESLint } from "eslint";
import { configs } from "typescript-eslint";
import { expect, it } from "vitest";
import { completeProject, originOf, runCase } from "./goldenProject";

// What is copied is linted where it stands, in `templates`; here, what is made from a config.
it("what is rendered passes eslint's recommended type-checked rules", async () => {
  const cases = [];
  for (const name of [
    "fieldTasks",
    "everyField",
    "hostileText",
    "withTests",
    "scopes",
    "background",
  ]) {
    const golden = await runCase(name, "lint");
    completeProject(golden);
    cases.push(golden);
  }
  const rendered = cases.flatMap(({ root, files }) =>
    [...files]
      .filter(([path, text]) => /\.tsx?$/.test(path) && originOf(text) === undefined)
      .map(([path]) => join(root, path)),
  );
  for (const { root, result } of cases) {
    expect(rendered).toContain(
      join(root, result.model?.client.out ?? "", "providers/OfflineProvider.tsx"),
    );
  }

  const folder = dirname(cases[0]?.root ?? "");
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(tsconfig));
  const eslint = new ESLint({
    cwd: folder,
    overrideConfigFile: true,
    // Safe: the two packages describe the same configuration in types of their own.
    overrideConfig: [
      ...configs.recommendedTypeChecked,
      {
        languageOptions: { parserOptions: { project: ["tsconfig.json"], tsconfigRootDir: folder } },
      },
    ] as never,
  });
  const results = await eslint.lintFiles(rendered);
  const problems = results.flatMap(({ filePath, messages }) =>
    messages.map(
      ({ line, ruleId, message }) =>
        `${filePath.slice(folder.length + 1)}:${String(line)} ${String(ruleId)} ${message}`,
    ),
  );
  expect(results).toHaveLength(rendered.length);
  expect(problems).toEqual([]);
}, 240_000);

const tsconfig = {
  compilerOptions: {
    target: "ES2022",
    lib: ["ES2023", "DOM", "DOM.Iterable"],
    module: "ESNext",
    moduleResolution: "bundler",
    jsx: "react-jsx",
    strict: true,
    noUncheckedIndexedAccess: true,
    exactOptionalPropertyTypes: true,
    skipLibCheck: true,
    noEmit: true,
    types: [],
  },
  include: ["**/*.ts", "**/*.tsx"],
  exclude: ["*/sync.config.ts", "*/node_modules"],
};
