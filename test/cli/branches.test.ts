import { execFileSync } from "node:child_process";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
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

    const command = /git (restore .*)/.exec(diagnostics[0]?.hint ?? "")?.[1] ?? "";
    git(...command.replace("<that branch>", "main").split(" "));
    const merged = await run("generate", "--force");

    expect(merged.code).toBe(0);
    expect((await run("check")).code).toBe(0);
    const migrations = Object.keys(project.files()).filter((path) => path.endsWith(".sql"));
    expect(migrations).toEqual([
      "src/db/migrations/0000_initial.sql",
      "src/db/migrations/0001_add_tasks_theirs.sql",
      "src/db/migrations/0002_add_tasks_ours.sql",
    ]);
  });

  it("are noticed when the merge was ended by taking one side", async () => {
    await mergeBranches();
    git("checkout", "--ours", "--", ".sync-gen", "src");

    const refused = await run("generate");

    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain("src/db/migrations/0001_add_tasks_theirs.sql:1:1 · SG314");
  });
});
