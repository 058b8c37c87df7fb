import { appendFileSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { generateSQLiteDrizzleJson, generateSQLiteMigration } from "drizzle-kit/api";
import { check as isPretty } from "prettier";
import ts from "typescript";
import { beforeAll, describe, expect, it } from "vitest";
import { check } from "../../src/generate";
import {
  caseNames,
  completeProject,
  expectedFolder,
  originOf,
  readTree,
  runCase,
  type GoldenCase,
} from "./goldenProject";

/**
 * Whole projects: what stands in `cases/<case>/input` goes in (or `v1`, then `v2` on top), what stands in `expected` comes
 * out. Files that are copied from `templates` are named in `expected/files.txt` and compared with their template; every
 * other file stands in `expected` in full.
 *
 * `npx vitest run -c .config/vitest.config.ts test/golden -u` takes over what comes out.
 */
const names = caseNames();
const cases = new Map<string, GoldenCase>();

type DrizzleJson = Awaited<ReturnType<typeof generateSQLiteDrizzleJson>>;

beforeAll(async () => {
  for (const name of names) cases.set(name, await runCase(name, "types"));
}, 120_000);

function caseOf(name: string): GoldenCase {
  const found = cases.get(name);
  if (found === undefined) throw new Error(`The case ${name} did not run.`);
  return found;
}

describe.each(names)("%s", (name) => {
  it("emits the files that are wanted, and no other", async () => {
    const { files } = caseOf(name);
    const listing = [...files].map(([path, text]) => {
      const origin = originOf(text);
      return origin === undefined ? path : `${path} = templates/${origin}`;
    });
    await expect(`${listing.join("\n")}\n`).toMatchFileSnapshot(
      join(expectedFolder(name), "files.txt"),
    );

    const own = [...files].filter(([, text]) => originOf(text) === undefined);
    for (const [path, text] of own)
      await expect(text).toMatchFileSnapshot(join(expectedFolder(name), path));
    const wanted = new Set([...own.map(([path]) => path), "files.txt"]);
    expect([...readTree(expectedFolder(name)).keys()].filter((path) => !wanted.has(path))).toEqual(
      [],
    );
  });

  it("is what prettier prints", async () => {
    const ugly: string[] = [];
    for (const [path, text] of caseOf(name).files) {
      const parser = /\.tsx?$/.test(path) ? "typescript" : null;
      // A template is checked where it stands.
      if (parser === null || originOf(text) !== undefined) continue;
      if (!(await isPretty(text, { parser }))) ugly.push(path);
    }
    expect(ugly).toEqual([]);
  });

  it("is planned again without a change", async () => {
    const { root } = caseOf(name);
    // The config has other bytes now: nothing is taken from the last run.
    appendFileSync(join(root, "sync.config.ts"), "\n");
    const again = await check({ root });
    expect(again.diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
    expect(again.changes).toEqual([]);
  });

  it("leaves drizzle-kit nothing to do", async () => {
    const { root, result } = caseOf(name);
    const folder = join(root, result.model?.client.out ?? "", "db");
    const schema = (await import(join(folder, "schema.ts"))) as Record<string, unknown>;
    const newest =
      readdirSync(join(folder, "migrations/meta"))
        .filter((file) => /_snapshot/.test(file))
        .sort()
        .at(-1) ?? "";
    // Safe: drizzle-kit wrote it, through us.
    const snapshot = JSON.parse(
      readFileSync(join(folder, "migrations/meta", newest), "utf8"),
    ) as DrizzleJson;
    const declared = await generateSQLiteDrizzleJson(schema, snapshot.id);
    expect(Object.keys(declared.tables).length).toBeGreaterThan(2);
    expect(await generateSQLiteMigration(snapshot, declared)).toEqual([]);
  });
});

describe("all cases", () => {
  it("have the right types under the strictest flags", () => {
    for (const golden of cases.values()) completeProject(golden);
    const roots = [...cases.values()].flatMap(({ root }) =>
      [...readTree(root).keys()]
        .filter((path) => /\.tsx?$/.test(path) && !path.endsWith("sync.config.ts"))
        .map((path) => join(root, path)),
    );
    const program = ts.createProgram(roots, {
      target: ts.ScriptTarget.ES2022,
      lib: ["lib.es2023.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts"],
      module: ts.ModuleKind.ESNext,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
      jsx: ts.JsxEmit.ReactJSX,
      strict: true,
      noUncheckedIndexedAccess: true,
      exactOptionalPropertyTypes: true,
      noImplicitOverride: true,
      noImplicitReturns: true,
      noFallthroughCasesInSwitch: true,
      noPropertyAccessFromIndexSignature: true,
      noUncheckedSideEffectImports: true,
      allowUnreachableCode: false,
      allowUnusedLabels: false,
      erasableSyntaxOnly: true,
      verbatimModuleSyntax: true,
      noUnusedLocals: true,
      noUnusedParameters: true,
      isolatedModules: true,
      skipLibCheck: true,
      noEmit: true,
      types: [],
    });
    // Engine files are the same everywhere: their insides are checked where most of them are, and for the longest types.
    const whole = ["everyPolicy", "everyField", "scopes"].map((name) => caseOf(name).root);
    const checked = program.getSourceFiles().filter(({ fileName, text }) => {
      const isEmitted = [...cases.values()].some(({ root }) => fileName.startsWith(`${root}/`));
      return (
        isEmitted &&
        (originOf(text) === undefined || whole.some((root) => fileName.startsWith(`${root}/`)))
      );
    });
    const diagnostics = [
      ...program.getConfigFileParsingDiagnostics(),
      ...program.getGlobalDiagnostics(),
      ...checked.flatMap((file) => [
        ...program.getSyntacticDiagnostics(file),
        ...program.getSemanticDiagnostics(file),
      ]),
    ];
    const found = diagnostics.map((diagnostic) => {
      const place =
        diagnostic.file === undefined
          ? ""
          : `${diagnostic.file.fileName}:${String(diagnostic.file.getLineAndCharacterOfPosition(diagnostic.start ?? 0).line + 1)} `;
      return place + ts.flattenDiagnosticMessageText(diagnostic.messageText, "\n");
    });
    expect(found).toEqual([]);
  }, 180_000);
});
