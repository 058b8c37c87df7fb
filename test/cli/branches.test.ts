import { execFileSync } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { addOwnMigration } from "../migrate/fixtures";
import { configOf, type Ended, Program, ScratchProject } from "./program";

const program = new Program();
let project: ScratchProject;
beforeAll(() => program.build(), 60_000);
afterAll(() => program.remove());
beforeEach(() => {
  project = new ScratchProject({ "sync.config.ts": configOf(), ".gitignore": "node_modules\n" });
});
afterEach(() => project.remove());

const run = async (...words: readonly string[]): Promise<Ended> =>
  await program.run(project.root, words);

function git(...words: readonly string[]): string {
  const who = ["-c", "user.name=Somebody", "-c", "user.email=somebody@example.com"];
  return execFileSync("git", [...who, ...words], { cwd: project.root, encoding: "utf8" });
}

async function commit(config: string, message: string): Promise<void> {
  project.write("sync.config.ts", config);
  expect((await run("generate")).code).toBe(0);
  git("add", "--all");
  git("commit", "--quiet", "--message", message);
}

function sqlFiles(): readonly string[] {
  return Object.keys(project.files()).filter((path) => path.endsWith(".sql"));
}

/** Two branches of one project, each with a migration of its own, in the middle of their merge. */
async function mergeBranches(): Promise<void> {
  git("init", "--quiet", "--initial-branch", "main");
  await commit(configOf(), "start");
  git("checkout", "--quiet", "-b", "feature");
  await commit(configOf({ fields: "ours: text().optional()," }), "ours");
  git("checkout", "--quiet", "main");
  await commit(configOf({ fields: "theirs: text().optional()," }), "theirs");
  git("checkout", "--quiet", "feature");
  expect(() => git("merge", "--quiet", "main")).toThrow("git");
  expect(git("diff", "--name-only", "--diff-filter=U")).toContain(".sync-gen/history.json");
  project.write(
    "sync.config.ts",
    configOf({ fields: "theirs: text().optional(), ours: text().optional()," }),
  );
}

/** Runs what a hint says in git, with `branch` for the one to keep. */
function followHint(hint: string, branch: string): void {
  const commands = [...hint.matchAll(/\bgit (.+)$/gm)].map(([, words = ""]) => words);
  for (const words of commands) git(...words.replace("<that branch>", branch).split(" "));
}

const theirsBeforeOurs = [
  "src/db/migrations/0000_initial.sql",
  "src/db/migrations/0001_add_tasks_theirs.sql",
  "src/db/migrations/0002_add_tasks_ours.sql",
];

describe("two branches that both changed the schema", () => {
  it("are refused with one way out, which leads out", async () => {
    await mergeBranches();

    const refused = await run("generate", "--json");
    expect(refused.code).toBe(2);
    // Safe: `--json` prints this, see docs/commands.md.
    const { diagnostics } = JSON.parse(refused.stdout) as {
      readonly diagnostics: readonly { readonly code: string; readonly hint: string }[];
    };
    expect(diagnostics.map(({ code }) => code)).toEqual(["SG314"]);

    followHint(diagnostics[0]?.hint ?? "", "main");
    const merged = await run("generate", "--force");

    expect(merged.code).toBe(0);
    expect((await run("check")).code).toBe(0);
    expect(sqlFiles()).toEqual(theirsBeforeOurs);
  });

  it("are noticed when the merge was ended by taking one side", async () => {
    await mergeBranches();
    git("checkout", "--ours", "--", ".sync-gen", "src", "convex");

    const refused = await run("generate");

    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain("src/db/migrations/0001_add_tasks_theirs.sql:1:1 · SG314");

    git("add", "--all");
    git("commit", "--quiet", "--message", "took ours");
    followHint(refused.stderr, "main");
    expect(await run("generate", "--keep-edits")).toMatchObject({ code: 0, stderr: "" });
    expect((await run("check")).code).toBe(0);
    expect(sqlFiles()).toEqual(theirsBeforeOurs);
  });

  it.each(["main", "feature"])(
    "lead out by the migrations of %s where an edit is kept of what both emit",
    async (released) => {
      const schema = "src/db/schema.ts";
      const fields = { main: "theirs: text().optional(),", feature: "ours: text().optional()," };
      git("init", "--quiet", "--initial-branch", "main");
      await commit(configOf(), "start");
      project.write(
        schema,
        project.read(schema).replace("export interface Task {", "$&\n  // mine"),
      );
      expect((await run("generate", "--keep-edits")).code).toBe(0);
      await commit(configOf(), "kept");
      git("checkout", "--quiet", "-b", "feature");
      await commit(configOf({ fields: fields.feature }), "ours");
      git("checkout", "--quiet", "main");
      await commit(configOf({ fields: fields.main }), "theirs");
      expect(() => git("merge", "--quiet", "feature")).toThrow("git");
      // What was emitted beneath the edit has another name on each side: git takes that for a file that both renamed.
      expect(git("status", "--porcelain")).toMatch(/^AU \.sync-gen\/emitted\/schema\.ts\./m);
      project.write("sync.config.ts", configOf({ fields: fields.main + fields.feature }));

      const refused = await run("generate");
      expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining("SG314") });
      followHint(refused.stderr, released);
      expect(await run("generate", "--keep-edits")).toMatchObject({ code: 0, stderr: "" });

      expect(project.read(schema)).toMatch(/interface Task \{\n {2}\/\/ mine[^]*theirs[^]*ours/);
      git("add", "--all");
      git("commit", "--quiet", "--message", "merged");
      expect((await run("check")).code).toBe(0);
      expect(sqlFiles()).toEqual([
        "src/db/migrations/0000_initial.sql",
        `src/db/migrations/0001_add_tasks_${released === "main" ? "theirs" : "ours"}.sql`,
        `src/db/migrations/0002_add_tasks_${released === "main" ? "ours" : "theirs"}.sql`,
      ]);
    },
  );
});

describe("SQL of the user's own on a branch", () => {
  const theirs = "theirs: text().optional(),";
  const ours = "ours: text().optional(),";
  const backfill = "UPDATE tasks SET text = 'x';";

  /** `main` has a new field, the branch that is checked out SQL of the user's own, and `fields` before it. */
  async function branchOff(fields: string): Promise<void> {
    git("init", "--quiet", "--initial-branch", "main");
    await commit(configOf(), "start");
    git("checkout", "--quiet", "-b", "feature");
    if (fields !== "") await commit(configOf({ fields }), "ours");
    addOwnMigration(project, "backfill", backfill);
    await commit(configOf({ fields }), "backfill");
    git("checkout", "--quiet", "main");
    await commit(configOf({ fields: theirs }), "theirs");
  }

  async function expectTakenAlong(files: readonly string[]): Promise<void> {
    const own = `src/db/migrations/${files.at(-1)?.match(/\d+_backfill/)?.[0] ?? ""}.sql`;
    expect(sqlFiles()).toEqual(files.map((name) => `src/db/migrations/${name}.sql`));
    expect(project.read(own)).toBe(backfill);
    expect(project.read("src/db/migrations/migrations.ts")).toContain(backfill);
    expect(await run("check")).toMatchObject({ code: 0, stderr: "" });
  }

  it.each([
    [
      "it had a migration too",
      ours,
      ["0000_initial", "0001_add_tasks_theirs", "0002_add_tasks_ours", "0003_backfill"],
    ],
    ["nothing else is new", "", ["0000_initial", "0001_add_tasks_theirs", "0002_backfill"]],
  ])("goes along behind what is kept in a merge, where %s", async (_, fields, files) => {
    await branchOff(fields);
    expect(() => git("merge", "--quiet", "feature")).toThrow("git");
    project.write("sync.config.ts", configOf({ fields: theirs + fields }));
    followHint((await run("generate")).stderr, "main");
    expect((await run("check")).code).not.toBe(0);

    const merged = await run("generate", "--keep-edits");
    expect(merged).toMatchObject({ code: 0, stderr: expect.stringContaining("SG324 warning") });
    await expectTakenAlong(files);
    git("add", "--all");
    git("commit", "--quiet", "--message", "merged");
    expect(await run("generate")).toMatchObject({ code: 0, stderr: "" });
    await expectTakenAlong(files);
  });

  it("goes along where the merge was committed before", async () => {
    await branchOff("");
    expect(() => git("merge", "--quiet", "feature")).toThrow("git");
    followHint((await run("generate")).stderr, "main");
    git("commit", "--quiet", "--message", "merged");
    expect((await run("check")).code).not.toBe(0);
    expect((await run("generate")).code).toBe(0);
    await expectTakenAlong(["0000_initial", "0001_add_tasks_theirs", "0002_backfill"]);
  });

  it("goes along in a rebase", async () => {
    await branchOff("");
    git("checkout", "--quiet", "feature");
    expect(() => git("rebase", "--quiet", "main")).toThrow("git");
    followHint((await run("generate")).stderr, "main");
    expect((await run("generate", "--keep-edits")).code).toBe(0);
    git("add", "--all");
    git("-c", "core.editor=true", "rebase", "--continue");
    await expectTakenAlong(["0000_initial", "0001_add_tasks_theirs", "0002_backfill"]);
  });

  it("stays on its branch where nothing is merged", async () => {
    await branchOff("");
    git("checkout", "--quiet", "feature");
    expect(() => git("rebase", "--quiet", "main")).toThrow("git");
    git("rebase", "--abort");
    git("checkout", "--quiet", "main");
    await commit(configOf({ fields: theirs + ours }), "more");
    expect(sqlFiles().join()).not.toContain("backfill");
  });
});

describe("two branches whose manifests conflict", () => {
  const queryKey = "src/hooks/queryKey.ts";
  const step = "src/sync/step.ts";

  /** An edit that is kept for long, and one of each branch in another place of one file, in the middle of the merge. */
  async function mergeKeptEdits(): Promise<void> {
    const keep = async (path: string, change: (text: string) => string): Promise<void> => {
      project.write(path, change(project.read(path)));
      expect((await run("generate", "--keep-edits")).code).toBe(0);
      git("add", "--all");
      git("commit", "--quiet", "--message", path);
    };
    git("init", "--quiet", "--initial-branch", "main");
    await commit(configOf(), "start");
    await keep(queryKey, (text) => `${text}// kept for long\n`);
    git("checkout", "--quiet", "-b", "feature");
    await keep(step, (text) => `${text}// ours\n`);
    git("checkout", "--quiet", "main");
    await keep(step, (text) => `// theirs\n${text}`);
    expect(() => git("merge", "--quiet", "feature")).toThrow("git");
    expect(git("diff", "--name-only", "--diff-filter=U")).toContain(".sync-gen/manifest.json");
  }

  async function expectBothKept(): Promise<void> {
    expect(project.read(step)).toMatch(/^\/\/ theirs\n[^]*\/\/ ours\n$/);
    expect(project.read(queryKey)).toContain("// kept for long");
    expect(await run("check")).toMatchObject({ code: 0, stderr: "" });
    project.write("sync.config.ts", configOf({ fields: "more: text().optional()," }));
    expect(await run("generate")).toMatchObject({ code: 0, stderr: "" });
    expect(project.read(step)).toMatch(/^\/\/ theirs\n[^]*\/\/ ours\n$/);
    expect(project.read(queryKey)).toContain("// kept for long");
  }

  it("lose none of the edits that they keep", async () => {
    await mergeKeptEdits();
    expect(await run("check")).toMatchObject({ code: 1, stderr: expect.stringContaining("SG412") });
    expect(await run("generate", "--keep-edits")).toMatchObject({ code: 0, stderr: "" });
    await expectBothKept();
  });

  it("lose none where the markers were committed, and the hint is followed", async () => {
    await mergeKeptEdits();
    git("add", "--all");
    git("commit", "--quiet", "--message", "merged");
    const refused = await run("generate");
    expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining("SG402") });
    expect(refused.stderr).not.toContain("--force");
    const [, restore = ""] = /`git (checkout .+?)`/.exec(refused.stderr) ?? [];
    git(...restore.replace("<commit>", "main~1").split(" "));
    expect(await run("generate", "--keep-edits")).toMatchObject({ code: 0, stderr: "" });
    await expectBothKept();
  });

  it("need no word about it where only the config's own texts differ", async () => {
    git("init", "--quiet", "--initial-branch", "main");
    await commit(configOf(), "start");
    git("checkout", "--quiet", "-b", "feature");
    await commit(configOf({ extra: "// ours" }), "ours");
    git("checkout", "--quiet", "main");
    await commit(configOf({ extra: "// theirs" }), "theirs");
    expect(() => git("merge", "--quiet", "feature")).toThrow("git");
    project.write("sync.config.ts", configOf({ extra: "// theirs\n// ours" }));
    expect(await run("check")).toMatchObject({ code: 1, stderr: "" });
    expect(await run("generate")).toMatchObject({ code: 0, stderr: "" });
    expect(await run("check")).toMatchObject({ code: 0, stderr: "" });
  });
});

describe("a migration that was committed and reverted", () => {
  const undone = configOf({ fields: "a: text().optional()," });
  beforeEach(async () => {
    git("init", "--quiet", "--initial-branch", "main");
    await commit(configOf(), "start");
    await commit(undone, "released");
    git("revert", "--no-edit", "HEAD");
    expect(await run("check")).toMatchObject({ code: 0, stderr: "" });
  });

  it.each([
    ["another field", "b: text().optional(),", "0002_add_tasks_b_and_1_more"],
    ["the field with another type", "a: integer().optional(),", "0002_change_tasks_a"],
  ])("keeps its number, by the hint, where %s is next", async (_, fields, next) => {
    project.write(
      "sync.config.ts",
      configOf({ fields }).replace("import { boolean,", "import { boolean, integer,"),
    );
    const checked = await run("check");
    expect(checked).toMatchObject({ code: 2, stderr: expect.stringContaining("SG323") });
    const refused = await run("generate");
    expect(refused).toMatchObject({ code: 2, stderr: checked.stderr });

    followHint(refused.stderr, "");
    expect((await run("generate", "--allow-data-loss")).code).toBe(0);
    expect(await run("check")).toMatchObject({ code: 0, stderr: "" });
    expect(sqlFiles()).toEqual([
      "src/db/migrations/0000_initial.sql",
      "src/db/migrations/0001_add_tasks_a.sql",
      `src/db/migrations/${next}.sql`,
    ]);
  });

  it("gives its number away where that is said", async () => {
    project.write("sync.config.ts", configOf({ fields: "b: text().optional()," }));
    const done = await run("generate", "--allow-data-loss");
    expect(done).toMatchObject({ code: 0, stderr: expect.stringContaining("SG323 warning") });
    git("add", "--all");
    git("commit", "--quiet", "--message", "b");
    await commit(configOf({ fields: "b: text().optional(), c: text().optional()," }), "c");
    expect(sqlFiles().slice(1)).toEqual([
      "src/db/migrations/0001_add_tasks_b.sql",
      "src/db/migrations/0002_add_tasks_c.sql",
    ]);
  });

  it("is made again as it was", async () => {
    project.write("sync.config.ts", undone);
    expect(await run("generate")).toMatchObject({ code: 0, stderr: "" });
  });
});

describe("a generate that was undone with git", () => {
  it("leaves a migration that check sees, and that is to be removed", async () => {
    git("init", "--quiet", "--initial-branch", "main");
    await commit(configOf(), "start");
    project.write("sync.config.ts", configOf({ fields: "undone: text().optional()," }));
    expect((await run("generate")).code).toBe(0);
    git("checkout", "--quiet", ".");
    const stray = "src/db/migrations/0001_add_tasks_undone.sql";

    const checked = await run("check");
    expect(checked).toMatchObject({
      code: 2,
      stderr: expect.stringContaining(`${stray}:1:1 · SG320`),
    });
    project.write("sync.config.ts", configOf({ fields: "other: text().optional()," }));
    const refused = await run("generate");
    expect(refused).toMatchObject({ code: 2, stderr: checked.stderr });

    const [, paths = ""] = /`rm (.+?)`/.exec(refused.stderr) ?? [];
    for (const path of paths.split(" ")) rmSync(join(project.root, path));
    // Parts of the engine that every migration needs: the next one finds them as it would write them.
    const parts = ["src/sync/opUpgrades.ts", "src/sync/shared/upgrade.ts"];
    expect(git("status", "--porcelain")).toBe(
      [" M sync.config.ts", ...parts.map((path) => `?? ${path}`), ""].join("\n"),
    );
    expect(await run("generate")).toMatchObject({ code: 0, stderr: "" });
    expect((await run("check")).code).toBe(0);
  });

  it("leaves files of a table that check sees, and that are to be removed", async () => {
    const withNotes = configOf().replace(
      "// Kept by the office.",
      'notes: table({ policy: "hlc", fields: { text: text() } }),',
    );
    git("init", "--quiet", "--initial-branch", "main");
    await commit(configOf(), "start");
    project.write("sync.config.ts", withNotes);
    expect((await run("generate")).code).toBe(0);
    git("checkout", "--quiet", ".");
    for (const [path] of Object.entries(project.files()))
      if (/0001_/.test(path)) rmSync(join(project.root, path));

    for (const words of [["check"], ["generate"]]) {
      const { code, stderr } = await run(...words);
      expect({ code, stderr }).toMatchObject({ code: 0, stderr: expect.stringContaining("SG420") });
      const [, paths = ""] = /`rm (.+?)`/.exec(stderr) ?? [];
      const untracked = git("ls-files", "--others", "--exclude-standard").trim().split("\n");
      expect(paths.split(" ").sort()).toEqual(untracked.sort());
    }

    project.write("sync.config.ts", withNotes);
    expect(await run("generate", "--force")).toMatchObject({ code: 0, stderr: "" });
    expect(await run("check")).toMatchObject({ code: 0, stderr: "" });
  });
});

describe("a table that is renamed by letter case alone", () => {
  it("moves its files, for git too", async () => {
    git("init", "--quiet", "--initial-branch", "main");
    const config = (name: string, renamed = "") =>
      configOf().replace(
        "// Kept by the office.",
        `${name}: table({ policy: "hlc", ${renamed} fields: { text: text() } }),`,
      );
    await commit(config("workorders"), "start");
    const before = git("ls-files");
    await commit(config("workOrders", 'renamedFrom: "workorders",'), "renamed");
    expect(before).toContain("src/hooks/useWorkorders.ts\n");
    const after = git("ls-files");
    expect(after).toContain("src/hooks/useWorkOrders.ts\n");
    expect(after).not.toContain("useWorkorders");
    expect(await run("check")).toMatchObject({ code: 0, stderr: "" });
  });
});
