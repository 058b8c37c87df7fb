import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { readModel } from "../../src/generate";
import { blocksOf, readPages, root, type Block } from "./pages";
import { blankApp, type Scratch } from "./scratch";
import { reasonNotToRun, runLine, shellLines, uselessReasons } from "./shellLines";

/** For people who change sync-gen itself: their blocks show shapes, not programs. */
const contributors = ["docs/architecture.md", "docs/protocol.md", "docs/benchmarks.md"];
const pages = readPages().filter(({ path }) => !contributors.includes(path));
const blocks = pages.flatMap(blocksOf);
const starter = ["docs/getting-started.md", "docs/commands.md"];
/** Pages whose files belong to the config that they show. */
const withOwnConfig = ["README.md", "docs/scopes.md"];
const exampleConfig = readFileSync(join(root, "examples/fieldTasks/sync.config.ts"), "utf8");

/** What stands around a fragment of the README that is no file of its own. */
const fragment = {
  page: "README.md",
  start: "const { rows, create, update } = useTasks(",
  before: `import { desc, eq } from "drizzle-orm";
import { tasks } from "./src/db/schema";
import { useTasks } from "./src/hooks/useTasks";

export async function useFragment() {
`,
  after: "  return { rows, update };\n}\n",
};

it("has only languages that are checked, or that need no check", () => {
  const languages = new Set(blocks.map(({ language }) => language));

  expect([...languages].sort()).toEqual(["", "mermaid", "sh", "text", "ts", "tsx"]);
});

it("lists for every command that is not run why not", () => {
  expect(uselessReasons(shellLines(blocks))).toEqual([]);
});

it("works as it is told in getting started, from a blank app", async () => {
  await followPages(starter, null);
}, 600_000);

it.each(withOwnConfig)("works as it is told in %s, with its config", async (path) => {
  const config = blocks.find(
    ({ page, text }) => page === path && text.startsWith("// sync.config.ts"),
  );

  await followPages([path], config?.text ?? null);
}, 600_000);

it("works as it is told on the other pages, in the example's project", async () => {
  const others = pages
    .map(({ path }) => path)
    .filter((path) => !withOwnConfig.includes(path) && !starter.includes(path));

  await followPages(others, exampleConfig);
}, 600_000);

/** Types what the pages say, writes their files, and type-checks the project with all of them. */
async function followPages(paths: readonly string[], config: string | null): Promise<void> {
  const followed = paths.flatMap((path) => pages.filter((page) => page.path === path));
  const project = blankApp(config);
  try {
    mkdirSync(join(project.folder, "convex"));
    if (config !== null) expect(runLine("npx sync-gen init --yes", project.folder)).toBeNull();
    const problems: string[] = [];
    for (const page of followed) {
      for (const line of shellLines(blocksOf(page))) {
        const problem = reasonNotToRun(line) === null ? runLine(line, project.folder) : null;
        if (problem !== null) problems.push(`${page.path}: ${problem}`);
      }
    }
    for (const block of followed.flatMap(blocksOf)) {
      const problem = await writeBlock(project, block);
      if (problem !== null) problems.push(`${block.page}:${block.line}: ${problem}`);
    }
    project.runConvex();
    expect(problems).toEqual([]);
    expect(checkTypes(project.folder)).toBe("");
  } finally {
    project.remove();
  }
}

/** Writes a block to the file that its first line names; a config is read as the command line reads it. */
async function writeBlock(project: Scratch, block: Block): Promise<string | null> {
  if (block.language !== "ts" && block.language !== "tsx") return null;
  const isFragment = block.page === fragment.page && block.text.startsWith(fragment.start);
  const text = isFragment ? `${fragment.before}${block.text}${fragment.after}` : block.text;
  const named = isFragment ? "fragment.tsx" : /^\/\/ ([\w./-]+\.tsx?)\n/.exec(text)?.[1];
  if (named === undefined) return "the first line does not name the file: // src/TaskList.tsx";
  if (named !== "sync.config.ts") {
    project.write(named, text);
    return null;
  }
  const config = `${block.page.replaceAll(/\W/g, "_")}_${block.line}.config.ts`;
  project.write(config, text);
  const read = await readModel({ root: project.folder, config });
  return read.ok ? null : JSON.stringify(read.diagnostics);
}

function checkTypes(folder: string): string {
  const compiler = join(root, "node_modules/typescript/bin/tsc");
  const { status, stdout } = spawnSync(process.execPath, [compiler, "-p", folder], {
    encoding: "utf8",
  });
  return status === 0 ? "" : stdout;
}
