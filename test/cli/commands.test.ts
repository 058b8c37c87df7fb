import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { execFile } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { configOf, type Ended, Program, ScratchProject, until } from "./program";

const program = new Program();
let project: ScratchProject;
beforeAll(() => program.build(), 60_000);
afterAll(() => program.remove());
beforeEach(() => {
  project = new ScratchProject({ "sync.config.ts": configOf() });
});
afterEach(() => project.remove());

const run = async (...words: readonly string[]): Promise<Ended> =>
  await program.run(project.root, words);

const commandNames = [
  "init",
  "add-table",
  "add-field",
  "generate",
  "check",
  "list",
  "explain",
  "doctor",
  "completion",
];

describe("help and version", () => {
  it("prints the version and nothing else", async () => {
    expect(await run("--version")).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
      stderr: "",
    });
  });

  it("names every command", async () => {
    const { code, stdout } = await run("--help");
    expect(code).toBe(0);
    for (const name of commandNames) expect(stdout).toContain(`sync-gen ${name}`);
  });

  it.each(commandNames)("shows examples of %s", async (name) => {
    const { code, stdout } = await run(name, "--help");
    expect(code).toBe(0);
    expect(stdout).toMatch(new RegExp(`Examples:\n  sync-gen ${name}`));
  });

  it.each([
    ["init", "--dry-run", "--keep-edits", "--force", "--allow-data-loss"],
    ["add-table", "--dry-run"],
    ["add-field", "--dry-run"],
    ["generate", "--dry-run", "--keep-edits", "--force", "--allow-data-loss"],
    ["check", "--allow-data-loss"],
    ["list"],
    ["explain"],
    ["doctor"],
    ["completion"],
  ])("lists for %s the flags that have a meaning there", async (name, ...flags) => {
    const { stdout } = await run(name, "--help");
    expect(
      stdout.match(/(?<=^ +)--(?:dry-run|keep-edits|force|allow-data-loss)\b/gm) ?? [],
    ).toEqual(flags);
  });

  it("completes the names of commands", async () => {
    const { stdout } = await run("--get-yargs-completions", "sync-gen", "ge");
    expect(stdout.trim().split("\n")).toContain("generate");
    expect((await run("completion", "fish")).stdout).toContain("complete -c sync-gen");
    expect(await run("completion", "tcsh")).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("SG904"),
    });
  });
});

describe("wrong usage", () => {
  it.each([
    [[], "SG901", "allowed: init"],
    [["generat"], "SG901", 'Did you mean "generate"?'],
    [["generate", "--forse"], "SG902", 'Did you mean "--force"?'],
    [["check", "--force"], "SG902", "has no flag --force"],
    [["check", "--keep-edits", "--json"], "SG902", "has no flag --keep-edits"],
    [["list", "--allow-data-loss"], "SG902", "has no flag --allow-data-loss"],
    [["add-field", "tasks", "a:text?", "--keep-edits"], "SG902", "has no flag --keep-edits"],
    [["--cwd", ".", "generat"], "SG901", 'Did you mean "generate"?'],
    [["--config", "sync.config.ts"], "SG901", "Say which command to run."],
    [["--cwd", ".", "generate", "--config"], "SG903", "sync-gen generate --help"],
    [["generate", "extra"], "SG903", "extra"],
    [["add-field", "tasks"], "SG903", "needs <field>"],
    [["add-table", "notes", "title:text"], "SG903", 'Say --field "title:text".'],
    [["generate", "--config"], "SG903", "config"],
    [["generate", "--config", "a.ts", "--config", "b.ts"], "SG903", "2 times"],
    [["generate", "--quiet", "--verbose"], "SG903", "contradict"],
    [["generate", "--cwd", "nowhere"], "SG905", "nowhere"],
    [["generate", "--config", "../other/sync.config.ts"], "SG905", "not in the project"],
    [["generate", "--watch", "--json"], "SG906", "--watch"],
    [["--watch", "generate", "--json"], "SG906", "--watch"],
    [["--with-tests", "generate"], "SG902", "has no flag --with-tests"],
    [["explain", "taskz"], "SG907", 'Did you mean "tasks"?'],
    [
      ["add-table", "notes", "--policy", "mobile-win", "--field", "a:text"],
      "SG903",
      'Did you mean "mobile-wins"?',
    ],
  ])("%j ends with 2 and says what to do", async (words, code, hint) => {
    const before = project.files();
    const ended = await run(...words);
    expect(ended.code).toBe(2);
    expect(ended.stdout + ended.stderr).toContain(code);
    expect(ended.stdout + ended.stderr).toContain(hint);
    expect(project.files()).toEqual(before);
  });
});

describe("--json", () => {
  it.each([
    [["generate"], 0],
    [["generate", "--dry-run"], 0],
    [["check"], 1],
    [["list"], 0],
    [["explain"], 0],
    [["explain", "tasks"], 0],
    [["explain", "hlc"], 0],
    [["completion", "bash"], 0],
    [["add-table", "notes", "--field", "title:text"], 0],
    [["add-field", "tasks", "dueAt:timestamp?"], 0],
    [["explain", "nothing"], 2],
    [["frobnicate"], 2],
    [["generate", "--frobnicate"], 2],
  ])("%j prints one value on stdout and nothing else", async (words, code) => {
    const ended = await run(...words, "--json");
    expect(ended.stderr).toBe("");
    const value: unknown = JSON.parse(ended.stdout);
    expect(value).toMatchObject({ exitCode: code, diagnostics: expect.any(Array) });
    expect(ended.code).toBe(code);
  });

  it.each([
    'console.log("reading");',
    'globalThis.console.log("reading");',
    'process.stdout.write("reading\\n");',
    'import { stdout } from "node:process"; stdout.write("reading\\n");',
    'import { read } from "chatty"; read();',
    // After the answer.
    'setTimeout(() => console.log("reading"), 300);',
  ])("keeps stdout to itself, whatever the config prints: %s", async (extra) => {
    project.write("node_modules/chatty/index.js", 'exports.read = () => console.log("reading");');
    project.write("sync.config.ts", configOf({ extra }));
    const { stdout, stderr } = await run("list", "--json");
    expect(JSON.parse(stdout)).toMatchObject({ command: "list", exitCode: 0 });
    expect(stderr).toBe("reading\n");
  });

  it("says what a run did", async () => {
    const first: unknown = JSON.parse((await run("generate", "--json")).stdout);
    expect(first).toMatchObject({
      command: "generate",
      status: "changed",
      changes: expect.arrayContaining([{ kind: "create", path: "src/db/schema.ts" }]),
    });
    const second: unknown = JSON.parse((await run("generate", "--json")).stdout);
    expect(second).toMatchObject({ command: "generate", status: "unchanged", changes: [] });
  });
});

describe("generate and check", () => {
  it("write once, then nothing, and agree about it", async () => {
    expect(await run("check")).toMatchObject({ code: 1 });
    expect(await run("generate")).toMatchObject({
      code: 0,
      stdout: expect.stringContaining("files written"),
    });
    const files = project.files();
    expect(Object.keys(files)).toEqual(
      expect.arrayContaining([
        "src/db/schema.ts",
        "convex/sync.ts",
        "convex/schema.ts",
        ".sync-gen/manifest.json",
      ]),
    );

    expect(await run("generate")).toMatchObject({
      code: 0,
      stdout: expect.stringContaining("Up to date"),
    });
    expect(await run("check")).toMatchObject({
      code: 0,
      stdout: expect.stringContaining("Up to date"),
    });
    // The long way must come to the same as the short one.
    expect(await run("check", "--verbose")).toMatchObject({ code: 0 });
    expect(project.files()).toEqual(files);
  });

  it("write the same bytes in another folder", async () => {
    const other = new ScratchProject({ "sync.config.ts": configOf() });
    await run("generate");
    await program.run(other.root, ["generate"]);
    expect(other.files()).toEqual(project.files());
    other.remove();
  });

  it("write nothing in a dry run", async () => {
    const before = project.files();
    expect(await run("generate", "--dry-run")).toMatchObject({
      code: 0,
      stdout: expect.stringContaining("would be written"),
    });
    expect(project.files()).toEqual(before);
  });

  it("know the alias, work from a folder below, and with a config of another name", async () => {
    expect(await run("regenerate")).toMatchObject({ code: 0 });
    project.write("src/deep/file.txt", "");
    expect(await program.run(join(project.root, "src/deep"), ["check"])).toMatchObject({ code: 0 });
    project.write("other.config.ts", configOf({ fields: "note: text().optional()," }));
    expect(await run("check", "--config", "other.config.ts")).toMatchObject({ code: 1 });
    expect(await program.run(tmpdir(), ["check", "--cwd", project.root])).toMatchObject({
      code: 0,
    });
  });

  it("notice what is missing, stale or edited", async () => {
    await run("generate");
    const registry = project.read("src/sync/TableRegistry.ts");
    for (const text of [null, `${registry}// mine\n`]) {
      if (text === null) rmSync(join(project.root, "src/sync/TableRegistry.ts"));
      else project.write("src/sync/TableRegistry.ts", text);
      expect(await run("check"), text === null ? "missing" : "edited").toMatchObject({ code: 1 });
      project.write("src/sync/TableRegistry.ts", registry);
    }
    project.write("sync.config.ts", configOf({ fields: "note: text().optional()," }));
    expect(await run("check"), "stale").toMatchObject({ code: 1 });
    expect(await run("generate")).toMatchObject({ code: 0 });
    expect(await run("check")).toMatchObject({ code: 0 });
  });

  it("warn of a name that has to be quoted in SQL until it is generated", async () => {
    await run("generate");
    project.write("sync.config.ts", configOf({ fields: "order: text().optional()," }));
    for (const command of ["check", "generate"])
      expect((await run(command)).stderr).toContain("tables.tasks.fields.order · SG227");
    project.write(
      "sync.config.ts",
      configOf({ fields: "order: text().optional(), group: text().optional()," }),
    );
    const { stderr } = await run("generate");
    expect(stderr).toContain("fields.group · SG227");
    expect(stderr).not.toContain("fields.order");
  });

  it("keep an edit of an emitted file until --force", async () => {
    await run("generate");
    const schema = project.read("src/db/schema.ts");
    project.write("src/db/schema.ts", `${schema}export const mine = 1;\n`);
    project.write("sync.config.ts", configOf({ fields: "note: text().optional()," }));
    const ended = await run("generate");
    expect(ended.code).toBe(1);
    expect(ended.stderr).toContain("SG411");
    expect(ended.stdout).toContain("-export const mine = 1;");
    expect(project.read("src/db/schema.ts")).toContain("mine = 1");
    expect(await run("generate", "--force")).toMatchObject({ code: 0 });
    expect(project.read("src/db/schema.ts")).toContain("note");
    expect(project.read("src/db/schema.ts")).not.toContain("mine = 1");
  });

  it("show an edit that nothing of ours touches as what it is, and let check mind it", async () => {
    await run("generate");
    project.write(
      "src/db/schema.ts",
      `${project.read("src/db/schema.ts")}export const mine = 1;\n`,
    );
    const ended = await run("generate");
    expect(ended).toMatchObject({ code: 0, stderr: expect.stringContaining("SG412") });
    expect(ended.stdout).toContain("-export const mine = 1;");
    expect(await run("check")).toMatchObject({ code: 1 });
  });

  it("agree that a snippet has to be pasted until it is", async () => {
    project.write("convex/schema.ts", "export { default } from './other';\n");
    expect(await run("generate")).toMatchObject({
      code: 0,
      stderr: expect.stringContaining("SG501"),
    });
    const checked = await run("check");
    expect(checked).toMatchObject({ code: 1, stderr: expect.stringContaining("SG501") });
    expect(checked.stdout).toContain("files of yours wait for what is to be pasted");
    const { code, stderr } = await run("doctor");
    expect(code).toBe(1);
    expect(stderr).toContain("SG528");
    expect(stderr).not.toContain("SG532");
    project.write(
      "convex/schema.ts",
      'import { defineSchema } from "convex/server";\nimport { syncTables } from "./syncTables";\n\nexport default defineSchema({ ...syncTables });\n',
    );
    expect(await run("check")).toMatchObject({ code: 0 });
  });

  it("remove what was emitted for a table that is gone, its data only when allowed", async () => {
    await run("generate");
    expect(project.exists("src/hooks/useProjects.ts")).toBe(true);
    const single = configOf()
      .replace(/\s*\/\/ Kept by the office\.\s*projects: .*\n/, "\n")
      .replace('project: reference("projects").optional(),', "");
    project.write("sync.config.ts", single);
    const before = project.files();
    expect(await run("generate")).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("--allow-data-loss"),
    });
    expect(project.files()).toEqual(before);
    expect(await run("generate", "--allow-data-loss")).toMatchObject({ code: 0 });
    expect(project.exists("src/hooks/useProjects.ts")).toBe(false);
    expect(project.exists("src/hooks/useTasks.ts")).toBe(true);
  });

  it("print in the style of the project's prettier, and take a formatter run for none", async () => {
    project.write(".prettierrc", '{ "singleQuote": true, "semi": false }\n');
    expect(await run("generate")).toMatchObject({ code: 0 });
    expect(project.read("src/db/schema.ts")).toMatch(/from 'drizzle-orm\/sqlite-core'\n/);
    expect(await run("check")).toMatchObject({ code: 0 });
    project.write(".prettierrc", '{ "printWidth": 100 }\n');
    expect(await run("check")).toMatchObject({ code: 1 });
    expect(await run("generate")).toMatchObject({ code: 0 });
    expect(project.read("src/db/schema.ts")).toMatch(/from "drizzle-orm\/sqlite-core";\n/);
    expect(await run("check", "--verbose")).toMatchObject({ code: 0 });
    // Prettier goes over every emitted file three times.
  }, 120_000);

  it("run again when the config, or a file that it imports, is saved", async () => {
    project.write("tables.ts", "export const limit = 1;\n");
    project.write("sync.config.ts", configOf({ extra: 'import "./tables";' }));
    const watching = program.start(project.root, ["generate", "--watch"]);
    await until(() => watching.stdout.includes("written"));
    project.write(
      "sync.config.ts",
      configOf({ extra: 'import "./tables";', fields: "note: text().optional()," }),
    );
    await until(() => project.read("src/db/schema.ts").includes("note"));
    project.write("sync.config.ts", "export default {");
    await until(() => watching.stderr.includes("SG102"));
    project.write(
      "sync.config.ts",
      configOf({ extra: 'import "./tables";', fields: "memo: text().optional()," }),
    );
    await until(
      () => watching.stderr.includes("SG3") || project.read("src/db/schema.ts").includes("memo"),
    );
    watching.child.kill("SIGINT");
    expect(await watching.ended).toMatchObject({ signal: "SIGINT" });
    expect(project.exists(".sync-gen/lock")).toBe(false);
  });
});

describe("generate --watch", () => {
  it("sees what the config imports also where there was nothing to do at first", async () => {
    project.write("tables.ts", "export const limit = 1;\n");
    project.write("sync.config.ts", configOf({ extra: 'import "./tables";' }));
    expect(await run("generate")).toMatchObject({ code: 0 });
    const watching = program.start(project.root, ["generate", "--watch"]);
    const runs = (): number => watching.stdout.split("Up to date").length - 1;
    await until(() => runs() === 1);
    project.write("tables.ts", "export const limit = 2;\n");
    await until(() => runs() === 2);
    watching.child.kill("SIGINT");
    await watching.ended;
  });
});

describe("list and explain", () => {
  it("show the tables and what they do", async () => {
    expect((await run("list")).stdout).toMatch(
      /^projects {2}server-wins {2}create update delete {2}1 field\ntasks /,
    );
    expect((await run("explain", "tasks")).stdout).toMatch(
      /project +reference to projects, optional, indexed/,
    );
  });

  it("generate says what the first shared table needs, and init where the config has one already", async () => {
    const needed =
      "Next: say who is in a workspace: setMember of convex/syncEngine/members, or convex/syncScopes.ts with memberships of your own\n";
    expect((await run("init")).stdout).not.toContain("Next: ");
    const shared = ["--scope", "workspace", "--field", "title:text"];
    expect(await run("add-table", "notes", ...shared)).toMatchObject({ code: 0 });
    const config = project.read("sync.config.ts");
    expect((await run("generate")).stdout).toContain(needed);
    expect(await run("add-table", "pages", ...shared)).toMatchObject({ code: 0 });
    expect((await run("generate")).stdout).not.toContain("Next:");
    project.write("sync.config.ts", configOf());
    expect((await run("generate", "--allow-data-loss")).stdout).toContain(
      "Next: remove convex/syncScopes.ts, and what functions of yours do with members",
    );

    const fresh = new ScratchProject({ "sync.config.ts": config });
    const answer = await program.run(fresh.root, ["init", "--yes"]);
    const again = new ScratchProject({ "sync.config.ts": config });
    const { stdout } = await program.run(again.root, ["generate", "--json"]);
    for (const one of [fresh, again]) one.remove();
    expect(answer).toMatchObject({ code: 0, stdout: expect.stringContaining(needed) });
    expect(JSON.parse(stdout)).toMatchObject({
      next: [expect.stringContaining("who is in a workspace")],
    });
  });

  it("show which tables are shared, and add-table adds one", async () => {
    const added = ["add-table", "notes", "--scope", "workspace", "--field", "title:text"];
    expect(await run(...added)).toMatchObject({ code: 0 });
    expect(project.read("sync.config.ts")).toMatch(
      /notes: table\(\{\s+policy: "mobile-wins",\s+scope: "workspace",\s+fields: \{/,
    );
    expect((await run("list")).stdout).toMatch(
      /^notes +mobile-wins {2}create update delete {2}1 field +shared by workspace$/m,
    );
    expect((await run("explain", "notes")).stdout).toContain("Each row is in one workspace");
    expect((await run("explain", "workspace")).stdout).toMatch(
      /^workspace\n.*\n\n {2}notes {2}mobile-wins {2}shared by workspace\n\nconvex\/syncScopes\.ts says/,
    );
    expect((await run("explain")).stdout).toMatch(/^ {2}notes +mobile-wins +shared by workspace$/m);
    expect((await run("explain", "workspce")).stderr).toContain('Did you mean "workspace"?');
    const leading = ["--scope", "team", "--field", "note:reference(notes)?"];
    expect(await run("add-table", "pages", ...leading)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("SG236"),
    });
  });

  it("explain without a subject lists what there is, without a config the policies alone", async () => {
    const { code, stdout } = await run("explain");
    const elsewhere = await program.run(tmpdir(), ["explain"]);
    expect([code, elsewhere.code]).toEqual([0, 0]);
    expect(stdout).toMatch(/^Tables\n {2}projects {2}server-wins\n {2}tasks {5}\S+\n\nPolicies\n/);
    expect(stdout).toMatch(
      /^ {2}hlc +The edit with the higher hybrid logical clock wins the row\.$/m,
    );
    expect(elsewhere.stdout).toMatch(/^Policies\n(?: {2}[a-z-]+ +[A-Z].*\.\n){9}\n/);
  });

  it.each([
    "mobile-wins",
    "server-wins",
    "last-write-wins",
    "hlc",
    "field-merge",
    "append-only",
    "max-wins",
    "manual",
    "custom",
  ])("explain %s, outside of a project too", async (policy) => {
    const { code, stdout } = await program.run(tmpdir(), ["explain", policy]);
    expect(code).toBe(0);
    expect(stdout).toContain("Wins");
    expect(stdout).toContain("Laws");
  });
});

describe("setting up", () => {
  it("goes from nothing to a project that checks, without a question", async () => {
    rmSync(join(project.root, "sync.config.ts"));
    project.write("app.json", '{ "expo": { "name": "scratch", "slug": "scratch" } }\n');
    project.write(
      "App.tsx",
      'import { Text } from "react-native";\n\nexport default function App() {\n  return <Text>Hello</Text>;\n}\n',
    );
    expect(await run("init", "--yes")).toMatchObject({ code: 0 });
    expect(project.read("App.tsx")).toContain("OfflineProvider");
    expect(await run("add-table", "notes", "--field", "title:text")).toMatchObject({ code: 0 });
    expect(await run("add-field", "notes", "dueAt:timestamp?")).toMatchObject({ code: 0 });
    expect(project.read("sync.config.ts")).toContain("dueAt: timestamp().optional()");
    expect(await run("generate")).toMatchObject({ code: 0 });
    expect(await run("check")).toMatchObject({ code: 0 });
    expect(project.read("src/db/schema.ts")).toContain("dueAt");
    expect(project.read(".sync-gen/.gitignore")).toBe("lock\npending.json\n");
  });

  it.each(["vitest.config.ts", "vitest.config.js", "vite.config.ts"])(
    "puts no second configuration of vitest beside %s",
    async (config) => {
      project.write(config, "export default {};\n");
      expect(await run("init", "--with-tests")).toMatchObject({ code: 0 });
      expect(Object.keys(project.files()).filter((path) => /^vite/.test(path))).toEqual([config]);
      expect(project.read(config)).toBe("export default {};\n");
    },
  );

  it("puts tests beside the functions when it is asked to, also later", async () => {
    expect(await run("init", "--with-tests")).toMatchObject({ code: 0 });
    expect(project.read("sync.config.ts")).toContain("tests: true");
    expect(project.exists("convex/syncTests/tasks.test.ts")).toBe(true);
    expect(project.read("vitest.config.mts")).toContain("convex/**/*.test.ts");
    const manifest = JSON.parse(project.read("package.json")) as Record<string, object>;
    expect(manifest["scripts"]).toEqual({ test: "vitest run" });
    expect(manifest["devDependencies"]).toHaveProperty(["convex-test"]);
    expect(await run("add-table", "notes", "--field", "title:text")).toMatchObject({ code: 0 });
    expect(await run("generate")).toMatchObject({ code: 0 });
    expect(project.exists("convex/syncTests/notes.test.ts")).toBe(true);
    const before = project.files();
    expect(await run("init", "--with-tests")).toMatchObject({ code: 0 });
    expect(project.files()).toEqual(before);
  });
});

describe("colour and quiet", () => {
  it("prints no colour where nobody looks, and nothing but errors when quiet", async () => {
    const { stdout } = await run("generate");
    expect(stdout).not.toContain("\u001b[");
    expect(await run("generate", "--quiet")).toMatchObject({ code: 0, stdout: "", stderr: "" });
    expect(await run("explain", "nothing", "--quiet")).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("SG907"),
    });
  });
});

describe("a clone that was not built", () => {
  it("says so", async () => {
    const folder = mkdtempSync(join(tmpdir(), "sync-gen-clone-"));
    cpSync("bin", join(folder, "bin"), { recursive: true });
    const ended = await new Promise<{ code: number | undefined; stderr: string }>((resolve) => {
      const child = execFile(
        process.execPath,
        [join(folder, "bin/sync-gen.js"), "generate"],
        (_error, _out, stderr) => resolve({ code: child.exitCode ?? undefined, stderr }),
      );
    });
    rmSync(folder, { recursive: true });
    expect(ended).toEqual({ code: 2, stderr: expect.stringContaining("npm run build") });
  });
});
