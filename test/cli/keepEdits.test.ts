import { execFileSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { format } from "prettier";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { configOf, type Ended, Program, ScratchProject } from "./program";

const program = new Program();
let project: ScratchProject;
beforeAll(() => program.build(), 60_000);
afterAll(() => program.remove());
beforeEach(async () => {
  project = new ScratchProject({ "sync.config.ts": configOf(), ".gitignore": "node_modules\n" });
  expect((await run("generate")).code).toBe(0);
});
afterEach(() => project.remove());

const registry = "src/sync/TableRegistry.ts";
const hook = "src/hooks/useTasks.ts";
const engine = "src/sync/backoff.ts";
/** With a line of the registry that is short enough, but not in a wider style. */
const widening = configOf({ fields: 'dueAtSomeTime: text().default("at the end of week"),' });
const withB = configOf({ fields: "b: text().optional()," });

const run = async (...words: readonly string[]): Promise<Ended> =>
  await program.run(project.root, words);

function git(...words: readonly string[]): string {
  const who = ["-c", "user.name=Somebody", "-c", "user.email=somebody@example.com"];
  return execFileSync("git", [...who, ...words], { cwd: project.root, encoding: "utf8" });
}

function commit(message: string): void {
  git("add", "--all");
  git("commit", "--quiet", "--message", message);
}

function edit(path: string): void {
  project.write(path, `${project.read(path)}\n/** Mine. */\nexport const mine = 1;\n`);
}

describe("generate --keep-edits", () => {
  it("keeps an edit without git, and every later run merges it", async () => {
    edit(registry);
    expect(await run("check")).toMatchObject({ code: 1 });

    const kept = await run("generate", "--keep-edits");
    expect(kept.code).toBe(0);
    expect(kept.stdout).toContain(`keeps    ${registry} (your edit)`);
    expect(await run("check")).toMatchObject({ code: 0, stdout: expect.stringContaining("Up to") });

    project.write("sync.config.ts", withB);
    expect(await run("check")).toMatchObject({ code: 1 });
    expect(await run("generate")).toMatchObject({ code: 0, stderr: "" });
    expect(project.read(registry)).toMatch(/b: \{[^]*export const mine = 1;\n$/);
    expect(await run("check")).toMatchObject({ code: 0 });
  });

  it("merges an edit that was made before the config changed with what was committed before it", async () => {
    git("init", "--quiet");
    commit("generated");
    edit(registry);
    edit(engine);
    commit("edited");
    project.write("sync.config.ts", withB);
    const refused = await run("generate");
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining("--keep-edits") });

    const planned = await run("generate", "--keep-edits", "--dry-run");
    expect(planned).toMatchObject({ code: 0, stdout: expect.stringContaining("merges ") });
    expect(project.read(registry)).not.toContain("b: {");

    expect(await run("generate", "--keep-edits")).toMatchObject({ code: 0, stderr: "" });
    expect(project.read(registry)).toMatch(/b: \{[^]*export const mine = 1;\n$/);
    expect(project.read(engine)).toContain("mine = 1");
    expect(await run("check")).toMatchObject({ code: 0 });
  });

  it("finds the text of before in the index, and in a folder below the repository's root", async () => {
    project.remove();
    project = new ScratchProject({ "apps/a/sync.config.ts": configOf() });
    const root = `${project.root}/apps/a`;
    project.write("apps/a/package.json", project.read("package.json"));
    const here = async (...words: readonly string[]): Promise<Ended> =>
      await program.run(root, words);
    expect((await here("generate")).code).toBe(0);
    git("init", "--quiet");
    git("add", "--all");
    edit(`apps/a/${registry}`);
    project.write("apps/a/sync.config.ts", withB);

    expect(await here("generate", "--keep-edits")).toMatchObject({ code: 0, stderr: "" });
    expect(project.read(`apps/a/${registry}`)).toMatch(/b: \{[^]*export const mine = 1;\n$/);
  });

  it("changes nothing where there is no text to merge with, or both changed a line", async () => {
    edit(registry);
    project.write("sync.config.ts", withB);
    const before = project.files();
    const lost = await run("generate", "--keep-edits");
    expect(lost).toMatchObject({ code: 1, stderr: expect.stringContaining("SG418") });
    expect(project.files()).toEqual(before);

    project.write("sync.config.ts", configOf());
    expect((await run("generate", "--keep-edits")).code).toBe(0);
    project.write(registry, project.read(registry).replace("isDone: {", "isDone: { // mine"));
    expect((await run("generate", "--keep-edits")).code).toBe(0);
    project.write("sync.config.ts", configOf().replace("isDone: boolean()", "isOver: boolean()"));
    const overlap = await run("generate", "--allow-data-loss", "--json");
    expect(overlap.code).toBe(1);
    expect(JSON.parse(overlap.stdout)).toMatchObject({
      diagnostics: [
        { code: "SG303", severity: "warning" },
        { code: "SG417", location: { file: registry } },
      ],
      changes: [{ kind: "conflict", reason: "overlap", lines: [expect.any(Number)] }],
    });
    expect(project.read(registry)).toContain("// mine");
  });

  it("goes not with --force, which replaces edits, kept ones too", async () => {
    edit(registry);
    expect((await run("generate", "--keep-edits")).code).toBe(0);
    const wrong = await run("generate", "--keep-edits", "--force");
    expect(wrong).toMatchObject({ code: 2, stderr: expect.stringContaining("SG906") });
    expect(project.read(registry)).toContain("mine = 1");

    expect((await run("generate")).code).toBe(0);
    project.write("sync.config.ts", withB);
    expect((await run("generate", "--force")).code).toBe(0);
    expect(project.read(registry)).not.toContain("mine = 1");
    expect(Object.keys(project.files()).some((path) => path.includes("/emitted/"))).toBe(false);
  });

  it("ends with --force in every file, whatever else the run changes, and each is named", async () => {
    edit(registry);
    edit(engine);
    expect((await run("generate", "--keep-edits")).code).toBe(0);
    const forced = await run("generate", "--force");
    expect(forced).toMatchObject({ code: 0, stderr: "" });
    for (const path of [registry, engine]) {
      expect(forced.stdout).toContain(`updates  ${path} (takes back your edit)`);
      expect(project.read(path)).not.toContain("mine = 1");
    }
    expect(await run("generate", "--force")).toMatchObject({
      code: 0,
      stdout: expect.stringContaining("Up to date"),
    });
  });

  it("keeps the edits of both branches when both changed the schema", async () => {
    git("init", "--quiet", "--initial-branch", "main");
    commit("generated");
    git("checkout", "--quiet", "-b", "feature");
    edit(engine);
    project.write(
      registry,
      project.read(registry).replace("const tables", "/** Ours. */\nconst tables"),
    );
    project.write("sync.config.ts", configOf({ fields: "ours: text().optional()," }));
    expect((await run("generate", "--keep-edits")).code).toBe(0);
    commit("ours");
    git("checkout", "--quiet", "main");
    edit("src/sync/writes.ts");
    edit(registry);
    project.write("sync.config.ts", configOf({ fields: "theirs: text().optional()," }));
    expect((await run("generate", "--keep-edits")).code).toBe(0);
    commit("theirs");
    git("checkout", "--quiet", "feature");
    expect(() => git("merge", "--quiet", "main")).toThrow("git");
    expect(hasMarkers(registry)).toBe(true);

    // As docs/upgrading.md says it.
    const released = [".sync-gen", "src/db/migrations"];
    git("rm", "-r", "-q", "-f", ...released);
    git("checkout", "main", "--", ...released);
    const fields = "theirs: text().optional(), ours: text().optional(),";
    project.write("sync.config.ts", configOf({ fields }));
    expect(await run("generate")).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("--keep-edits"),
    });
    expect(await run("generate", "--keep-edits")).toMatchObject({ code: 0, stderr: "" });

    for (const path of [engine, registry, "src/sync/writes.ts"])
      expect(project.read(path)).toContain("mine = 1");
    expect(project.read(registry)).toContain("/** Ours. */");
    expect(project.read(registry)).toMatch(/theirs: \{[^]*ours: \{/);
    for (const path of Object.keys(project.files()))
      expect(hasMarkers(path) && !path.startsWith(".git/"), path).toBe(false);
    expect((await run("check")).code).toBe(0);

    project.write("sync.config.ts", configOf({ fields: `${fields} last: text().optional(),` }));
    expect(await run("generate")).toMatchObject({ code: 0, stderr: "" });
    expect(project.read(registry)).toMatch(/\/\*\* Ours\. \*\/[^]*last: \{[^]*mine = 1/);
  });

  it("comes along when the table is renamed and the file moved", async () => {
    git("init", "--quiet");
    commit("generated");
    edit(hook);
    expect((await run("generate", "--keep-edits")).code).toBe(0);
    commit("edited");
    project.write(
      "sync.config.ts",
      configOf().replace("tasks: table({", '$&\n renamedFrom: "tasks",').replace("tasks:", "jobs:"),
    );
    expect(await run("generate")).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/SG413[^]*git mv/),
    });

    git("mv", hook, "src/hooks/useJobs.ts");
    expect(await run("generate")).toMatchObject({ code: 0, stderr: "" });

    expect(project.read("src/hooks/useJobs.ts")).toMatch(/useJobs[^]*export const mine = 1;\n$/);
    expect(project.read("src/hooks/useJobs.ts")).not.toContain("useTasks");
    expect(Object.keys(project.files()).filter((path) => path.includes("/emitted/"))).toEqual([
      expect.stringContaining("/useJobs.ts."),
    ]);
    expect(await run("check")).toMatchObject({ code: 0 });
  });

  it("leaves a file alone that is not UTF-8, with a word", async () => {
    const bytes = Buffer.concat([
      readFileSync(join(project.root, registry)),
      Buffer.from("// gr\u00fc\u00dfe\n", "latin1"),
    ]);
    writeFileSync(join(project.root, registry), bytes);
    expect(await run("generate", "--keep-edits")).toMatchObject({
      code: 0,
      stderr: expect.stringContaining("SG412"),
    });
    expect(readFileSync(join(project.root, registry)).equals(bytes)).toBe(true);
  });

  it("takes a text of another commit for what it is: sync-gen's own", async () => {
    git("init", "--quiet", "--initial-branch", "main");
    commit("generated");
    project.write("sync.config.ts", withB);
    expect((await run("generate")).code).toBe(0);
    commit("with b");
    git("checkout", "--quiet", "HEAD~1", "--", registry);
    expect(await run("check")).toMatchObject({ code: 1 });
    expect(await run("generate")).toMatchObject({ code: 0, stderr: "" });
    expect(project.read(registry)).toContain("b: {");
  });

  it("notices that an emitted text is gone, and writes it anew", async () => {
    edit(registry);
    expect((await run("generate", "--keep-edits")).code).toBe(0);
    rmSync(join(project.root, ".sync-gen/emitted"), { recursive: true });
    expect(await run("check")).toMatchObject({ code: 1 });
    expect(await run("generate")).toMatchObject({ code: 0, stderr: "" });
    expect(await run("check")).toMatchObject({ code: 0 });
    project.write("sync.config.ts", withB);
    expect(await run("generate")).toMatchObject({ code: 0, stderr: "" });
    expect(project.read(registry)).toMatch(/b: \{[^]*export const mine = 1;\n$/);
  });

  it("is not undone by a formatter, nor by another style of the project", async () => {
    edit(registry);
    expect((await run("generate", "--keep-edits")).code).toBe(0);
    const loose = { singleQuote: true, semi: false } as const;
    project.write(
      registry,
      await format(project.read(registry), { parser: "typescript", ...loose }),
    );
    expect(await run("generate")).toMatchObject({ code: 0, stderr: "" });
    expect(await run("check")).toMatchObject({ code: 0 });

    project.write("sync.config.ts", withB);
    expect(await run("generate")).toMatchObject({ code: 0, stderr: "" });
    expect(project.read(registry)).toMatch(/b: \{[^]*export const mine = 1;?\n$/);

    project.write(".prettierrc", JSON.stringify(loose));
    expect(await run("generate")).toMatchObject({ code: 0, stderr: "" });
    project.write(
      "sync.config.ts",
      configOf({ fields: "b: text().optional(), c: text().optional()," }),
    );
    expect(await run("generate")).toMatchObject({ code: 0, stderr: "" });
    expect(project.read(registry)).toMatch(/c: \{[^]*export const mine = 1\n$/);
    expect(await run("check")).toMatchObject({ code: 0 });
  });
});

describe("a kept edit in a project whose formatter gets other settings", () => {
  it("is in order while they change nothing", async () => {
    edit(registry);
    expect((await run("generate", "--keep-edits")).code).toBe(0);
    project.write(".prettierignore", "coverage\n");
    expect(await run("check")).toMatchObject({ code: 0, stdout: expect.stringContaining("Up to") });
  });
});

describe("a kept edit in a project that gets a wider style", () => {
  /** As `prettier --write` does it: object literals that it breaks stay broken in every other style. */
  async function widen(): Promise<void> {
    const wide = { tabWidth: 4 } as const;
    project.write(".prettierrc", JSON.stringify(wide));
    const text = await format(project.read(registry), { parser: "typescript", ...wide });
    project.write(registry, text);
    const back = await format(text, { parser: "typescript" });
    expect(back).not.toBe(await format(back, { parser: "typescript", objectWrap: "collapse" }));
  }

  beforeEach(async () => {
    project.write("sync.config.ts", widening);
    expect((await run("generate")).code).toBe(0);
    edit(registry);
    expect((await run("generate", "--keep-edits")).code).toBe(0);
    await widen();
  });

  it("is no other edit by the formatter's run", async () => {
    expect(await run("generate")).toMatchObject({ code: 0, stderr: "" });
    expect(await run("check")).toMatchObject({ code: 0 });
    expect(project.read(registry)).toMatch(/^ {8}[^]*mine = 1;\n$/m);
  });

  it("is merged when the config changes in the same breath", async () => {
    project.write("sync.config.ts", widening.replace("isDone:", "b: text().optional(), isDone:"));
    expect(await run("generate")).toMatchObject({ code: 0, stderr: "" });
    expect(await run("check")).toMatchObject({ code: 0 });
    expect(project.read(registry)).toMatch(/b: \{[^]*mine = 1;\n$/);
  });
});

function hasMarkers(path: string): boolean {
  return /^<{7} /m.test(project.read(path));
}
