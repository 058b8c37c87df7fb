import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { builtFrom } from "../../src/builtFrom";
import { allCommands } from "../../src/cli/commands/allCommands";
import { toFlags } from "../../src/cli/globalOptions";
import { parseArguments } from "../../src/cli/parse";
import { readPlainWords } from "../../src/cli/plainWords";
import { takeShortWay } from "../../src/cli/shortWay";
import { generate } from "../../src/generate";
import { readUpToDate } from "../../src/upToDate";
import { configOf, ScratchProject } from "./program";

let project: ScratchProject;
beforeEach(async () => {
  project = new ScratchProject({
    "sync.config.ts": configOf({ extra: 'import "./tables";\nimport "@acme/rules";' }).replace(
      'policy: "mobile-wins"',
      'policy: "custom", merge: "./merge/tasks#mergeTasks"',
    ),
    "tables.ts": "export {};\n",
    "merge/tasks.ts": "export const mergeTasks = 1;\n",
    "node_modules/@acme/rules/package.json": '{ "version": "1.0.0", "main": "index.js" }\n',
    "node_modules/@acme/rules/index.js": "exports.isShort = true;\n",
    "convex/schema.ts":
      'import { defineSchema } from "convex/server";\n\nexport default defineSchema({});\n',
  });
  expect(await generate({ root: project.root })).toMatchObject({ status: "changed" });
});
afterEach(() => project.remove());

const upToDate = (): boolean => readUpToDate(project.root, "sync.config.ts", builtFrom()) !== null;

describe("the short way", () => {
  it("is open right after a run", () => {
    expect(upToDate()).toBe(true);
  });

  it.each<[string, (project: ScratchProject) => void]>([
    [
      "the config was edited",
      (at) => at.write("sync.config.ts", `${at.read("sync.config.ts")}// more\n`),
    ],
    [
      "a file that the config imports was edited",
      (at) => at.write("tables.ts", "export const more = 1;\n"),
    ],
    [
      "a package that the config imports was updated",
      (at) => at.write("node_modules/@acme/rules/package.json", '{ "version": "1.0.1" }\n'),
    ],
    ["the module of a merge function is gone", (at) => rmSync(join(at.root, "merge/tasks.ts"))],
    [
      "there is a hook that no run has left",
      (at) => at.write("src/hooks/useNotes.ts", at.read("src/hooks/useTasks.ts")),
    ],
    [
      "there is a test that no run has left",
      (at) => at.write("convex/syncTests/notes.test.ts", at.read("src/hooks/useTasks.ts")),
    ],
    ["an emitted file was edited", (at) => at.write("src/db/schema.ts", "export {};\n")],
    ["an emitted file is gone", (at) => rmSync(join(at.root, "convex/sync.ts"))],
    ["a file that is emitted once is gone", (at) => rmSync(join(at.root, "convex/syncUser.ts"))],
    [
      "a file of the user's that is wired was edited",
      (at) => at.write("convex/schema.ts", "export {};\n"),
    ],
    ["the history was edited", (at) => at.write(".sync-gen/history.json", "{}")],
    [
      "there is a migration that no run has left",
      (at) => at.write("src/db/migrations/0001_add_tasks_b.sql", "SELECT 1;"),
    ],
    ["the manifest is damaged", (at) => at.write(".sync-gen/manifest.json", "{")],
    ["a run was interrupted", (at) => at.write(".sync-gen/pending.json", "{}")],
    ["prettier was configured", (at) => at.write(".prettierrc", '{ "semi": false }\n')],
    [
      "prettier was configured for a folder",
      (at) => at.write("src/.editorconfig", "[*]\nindent_size = 4\n"),
    ],
    [
      "prettier was configured in package.json",
      (at) =>
        at.write(
          "package.json",
          at.read("package.json").replace("{", '{ "prettier": { "semi": false },'),
        ),
    ],
    [
      "the functions became a package that the app imports",
      (at) => {
        at.write(
          "package.json",
          '{ "name": "app", "workspaces": ["convex"], "dependencies": { "backend": "*", "expo": "57" } }',
        );
        at.write("convex/package.json", '{ "name": "backend" }');
      },
    ],
  ])("is closed when %s", (_what, change) => {
    change(project);
    expect(upToDate()).toBe(false);
  });

  it("stays closed while this process holds a package that was updated since it ran it", async () => {
    project.write("node_modules/@acme/rules/package.json", '{ "version": "1.0.1" }\n');
    expect(await generate({ root: project.root })).toMatchObject({ status: "unchanged" });
    expect(upToDate()).toBe(false);
    project.write(
      "node_modules/@acme/rules/package.json",
      '{ "version": "1.0.0", "main": "index.js" }\n',
    );
    await generate({ root: project.root });
    expect(upToDate()).toBe(true);
  });

  it.skipIf(existsSync(import.meta.filename.toUpperCase()))(
    "is closed, and the long way says why, by a file that is spelled like one of ours in other letters",
    async () => {
      project.write("src/hooks/usetasks.ts", project.read("src/hooks/useTasks.ts"));
      expect(upToDate()).toBe(false);
      const { diagnostics } = await generate({ root: project.root });
      expect(diagnostics).toMatchObject([
        { code: "SG420", location: { file: "src/hooks/usetasks.ts" } },
      ]);
    },
  );

  it("knows the files that the config is made of, as the long way does, also of one that is broken", async () => {
    const inputs = ["node_modules/@acme/rules/package.json", "sync.config.ts", "tables.ts"];
    expect(await generate({ root: project.root })).toMatchObject({ model: null, inputs });
    project.write("sync.config.ts", "export default {");
    const broken = await generate({ root: project.root });
    expect(broken.status).toBe("failed");
    expect(broken.inputs.toSorted()).toEqual(inputs);
  });

  it.each<[string, (project: ScratchProject) => void]>([
    ["a merge function was edited", (at) => at.write("merge/tasks.ts", "export const more = 1;\n")],
    ["the user adds a hook", (at) => at.write("src/hooks/useMine.ts", "export {};\n")],
  ])("stays open when %s", (_what, change) => {
    change(project);
    expect(upToDate()).toBe(true);
  });

  it("stays open when a dependency is updated", () => {
    project.write("package.json", project.read("package.json").replace("57.0.0", "57.0.1"));
    expect(upToDate()).toBe(true);
  });

  it("is closed for another version of sync-gen or of its templates", () => {
    const tool = builtFrom();
    expect(readUpToDate(project.root, "sync.config.ts", { ...tool, version: "9.9.9" })).toBeNull();
    expect(
      readUpToDate(project.root, "sync.config.ts", { ...tool, templates: "other" }),
    ).toBeNull();
    expect(readUpToDate(project.root, "other.config.ts", tool)).toBeNull();
  });

  it("opens again once the config is as it was, and the manifest stays the same", async () => {
    const manifest = project.read(".sync-gen/manifest.json");
    const config = project.read("sync.config.ts");
    project.write("sync.config.ts", `${config}// more\n`);
    await generate({ root: project.root });
    expect(upToDate()).toBe(true);
    project.write("sync.config.ts", config);
    await generate({ root: project.root });
    expect(project.read(".sync-gen/manifest.json")).toBe(manifest);
  });

  it("answers what the long way would", async () => {
    const answer = { out: "", err: "" };
    const terminal = {
      out: (text: string) => void (answer.out += text),
      err: (text: string) => void (answer.err += text),
      interactive: false,
      color: false,
    };
    const found = { kind: "found", root: project.root, config: "sync.config.ts" } as const;
    const plain = readPlainWords(["check", "--json"], false);
    if (plain === null) throw new Error("not plain");
    expect(takeShortWay(plain, found, terminal)).toBe(0);
    const { status, fileCount } = await generate({ root: project.root, dryRun: true });
    expect(JSON.parse(answer.out)).toMatchObject({ command: "check", status, fileCount });
    project.write("sync.config.ts", configOf());
    expect(takeShortWay(plain, found, terminal)).toBeNull();
  });
});

describe("a config that may read what its imports do not tell", () => {
  it.each([
    [
      "a file",
      'import { readFileSync } from "node:fs";',
      'readFileSync(new URL("size.txt", import.meta.url), "utf8")',
    ],
    [
      "a file, by require",
      "",
      'require("fs").readFileSync(new URL("size.txt", import.meta.url), "utf8")',
    ],
    ["the environment", "", 'process.env.SIZE ?? "0"'],
    ["the environment, by import", 'import { env } from "node:process";', 'env.SIZE ?? "0"'],
  ])("never takes the short way: %s", async (_, extra, size) => {
    const fields = `size: text().default(${size}),`;
    project.write("size.txt", "0");
    project.write("sync.config.ts", configOf({ extra, fields }));
    expect(await generate({ root: project.root })).toMatchObject({ status: "changed" });
    expect(upToDate()).toBe(false);
    expect(await generate({ root: project.root })).toMatchObject({ status: "unchanged" });
  });

  it("may ask Node where it stands", async () => {
    project.write(
      "sync.config.ts",
      configOf({ extra: 'import { dirname } from "node:path";\ndirname(import.meta.url);' }),
    );
    expect(await generate({ root: project.root })).toMatchObject({ status: "changed" });
    expect(upToDate()).toBe(true);
  });
});

describe("prettier's settings above the project's root", () => {
  let repository: ScratchProject;
  let root: string;
  beforeEach(async () => {
    repository = new ScratchProject({
      ".git/HEAD": "",
      ".prettierrc": '{ "singleQuote": true }\n',
      "apps/native/sync.config.ts": configOf(),
      "apps/native/package.json": "{}\n",
    });
    root = join(repository.root, "apps/native");
    expect(await generate({ root })).toMatchObject({ status: "changed" });
  });
  afterEach(() => repository.remove());

  const isUpToDate = (): boolean => readUpToDate(root, "sync.config.ts", builtFrom()) !== null;
  const schema = "apps/native/src/db/schema.ts";

  it("count as far as the repository goes", async () => {
    expect(repository.read(schema)).toContain("from 'drizzle-orm/sqlite-core'");
    expect(isUpToDate()).toBe(true);
    repository.write("apps/.editorconfig", "[*]\nindent_style = tab\n");
    expect(isUpToDate()).toBe(false);
    expect(await generate({ root })).toMatchObject({ status: "changed" });
    expect(repository.read(schema)).toContain("\n\t");
    expect(isUpToDate()).toBe(true);
  });

  it("but not what prettier ignores there, which depends on where it is run", () => {
    repository.write(".prettierignore", "apps\n");
    expect(isUpToDate()).toBe(true);
  });

  it("but not above the repository", async () => {
    repository.write("apps/native/.git", "gitdir: elsewhere\n");
    expect(isUpToDate()).toBe(false);
    await generate({ root });
    repository.write(".prettierrc", "{}\n");
    expect(isUpToDate()).toBe(true);
  });

  it("are known by their paths in the repository, also in a copy that has none", () => {
    const files = Object.entries(repository.files());
    const copy = new ScratchProject(
      Object.fromEntries(files.filter(([path]) => !path.startsWith(".git/"))),
    );
    const there = join(copy.root, "apps/native");
    expect(readUpToDate(there, "sync.config.ts", builtFrom())).not.toBeNull();
    copy.remove();
  });
});

describe("plain words", () => {
  it.each([
    "generate",
    "regenerate --json",
    "generate --dry-run --keep-edits --allow-data-loss --no-color --yes",
    "check --quiet --allow-data-loss --yes",
  ])("%s means what the parser says it means", async (line) => {
    const words = line.split(" ");
    const parsed = await parseArguments(words, allCommands, "1.0.0");
    if (parsed.kind !== "run") throw new Error("not a run");
    expect(readPlainWords(words, true)).toEqual({
      command: parsed.command.name,
      flags: toFlags(parsed.globals, true),
    });
  });

  it.each([
    "list",
    "check --verbose",
    "check --force",
    "check --dry-run",
    "generate --watch",
    "generate --force",
    "generate --json --json",
    "generate --cwd app",
    "generate --help",
    "toString",
  ])("%s is for the parser", (line) => {
    expect(readPlainWords(line.split(" "), true)).toBeNull();
  });
});
