import { rmSync } from "node:fs";
import { join } from "node:path";
import { format } from "prettier";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { check, generate, type GenerateOptions } from "../../src/generate";
import type { GenerateResult } from "../../src/generateResult";
import { builtFrom } from "../../src/builtFrom";
import { configOf, ScratchProject } from "../cli/program";

let project: ScratchProject;
beforeEach(async () => {
  project = new ScratchProject({ "sync.config.ts": configOf() });
  await run();
});
afterEach(() => project.remove());

const initial = "src/db/migrations/0000_initial.sql";
const added = "src/db/migrations/0001_add_tasks_b.sql";
const journal = "src/db/migrations/meta/_journal.json";
const history = ".sync-gen/history.json";
const manifest = ".sync-gen/manifest.json";
const registry = "src/sync/TableRegistry.ts";
const withB = configOf({ fields: "b: text().optional()," });

async function run(options: Partial<GenerateOptions> = {}): Promise<GenerateResult> {
  return await generate({ root: project.root, ...options });
}

function codes({ diagnostics }: GenerateResult): readonly string[] {
  return diagnostics.map(({ code }) => code);
}

function edit(path: string, change: (text: string) => string): void {
  project.write(path, change(project.read(path)));
}

function remove(path: string): void {
  rmSync(join(project.root, path), { recursive: true });
}

/** The files, by a name to come back to. */
function restore(files: Readonly<Record<string, string>>, pick: (path: string) => boolean): void {
  for (const path of Object.keys(project.files())) if (pick(path)) remove(path);
  for (const [path, text] of Object.entries(files)) if (pick(path)) project.write(path, text);
}

const sqlFiles = (): readonly string[] =>
  Object.keys(project.files()).filter((path) => path.endsWith(".sql"));

describe("a migration that was changed by hand", () => {
  it.each([
    ["with a comment", (sql: string) => `-- mine\n${sql}`],
    ["with another column", (sql: string) => sql.replace("`text` text", "`text` integer")],
  ])("%s is refused by its name, and nothing is written", async (_what, change) => {
    edit(initial, change);
    const before = project.files();

    for (const result of [
      await run(),
      await run({ force: true }),
      await check({ root: project.root }),
    ]) {
      expect(result.status).toBe("failed");
      expect(result.diagnostics).toMatchObject([{ code: "SG317", location: { file: initial } }]);
    }
    expect(project.files()).toEqual(before);
  });

  it("is taken as it stands once migrations.ts, which holds its hash, is deleted", async () => {
    edit(initial, (sql) => `${sql}--> statement-breakpoint\nSELECT 1;`);
    remove("src/db/migrations/migrations.ts");

    expect((await run()).status).toBe("changed");

    expect(project.read("src/db/migrations/migrations.ts")).toContain("SELECT 1;");
    expect((await check({ root: project.root })).status).toBe("unchanged");
  });
});

describe("a formatter's run over sync-gen's own files", () => {
  const stateFiles = [history, manifest, journal, "src/db/migrations/meta/0000_snapshot.json"];

  it("is no edit, and leaves nothing to write", async () => {
    for (const path of stateFiles)
      project.write(path, await format(project.read(path), { parser: "json", tabWidth: 4 }));

    expect(await check({ root: project.root })).toMatchObject({
      status: "unchanged",
      diagnostics: [],
    });
  });

  it("does not keep the next schema from being remembered", async () => {
    for (const path of stateFiles)
      project.write(path, await format(project.read(path), { parser: "json" }));
    project.write("sync.config.ts", withB);

    expect(await run()).toMatchObject({ status: "changed", diagnostics: [] });
    expect(await run()).toMatchObject({ status: "unchanged", diagnostics: [] });

    expect(sqlFiles()).toEqual([initial, added]);
    expect(JSON.parse(project.read(history))).toMatchObject({ schemaVersion: 2 });
  });

  it("after an edit by hand is not in the way either: what stood there was read", async () => {
    edit(history, (text) => text.replace('"schemaVersion": 1', '"schemaVersion": 7'));
    project.write("sync.config.ts", withB);

    expect((await run()).status).toBe("changed");

    expect(JSON.parse(project.read(history))).toMatchObject({ schemaVersion: 8 });
    expect(project.read(registry)).toContain("schemaVersion: 8");
  });
});

describe("a project without its manifest", () => {
  it("is told in one error when the config changed too; --force goes on", async () => {
    remove(manifest);
    project.write("sync.config.ts", withB);
    const before = project.files();

    const refused = await run();

    expect(refused.status).toBe("blocked");
    expect(codes(refused)).toEqual(["SG416"]);
    expect(refused.diagnostics[0]?.message).toContain(manifest);
    expect(refused.diagnostics[0]?.hint).toMatch(/git restore .*--force/s);
    expect(project.files()).toEqual(before);

    expect(await run({ force: true })).toMatchObject({ status: "changed", diagnostics: [] });
    expect(sqlFiles()).toEqual([initial, added]);
    expect((await check({ root: project.root })).status).toBe("unchanged");
  });

  it("gets a new one when every file is as it would be written, and says that it wrote it", async () => {
    const before = project.files();
    remove(manifest);

    expect((await check({ root: project.root })).status).toBe("changed");
    const result = await run();

    expect(result).toMatchObject({
      status: "changed",
      changes: [{ kind: "create", path: manifest }],
      diagnostics: [],
    });
    expect(project.files()).toEqual(before);
  });

  it("still calls a file without our header somebody else's", async () => {
    remove(manifest);
    project.write(registry, "export const mine = 1;\n");

    expect(codes(await run())).toEqual(["SG414"]);
  });

  it("says that --force wrote a damaged one anew", async () => {
    project.write(manifest, "{ not json");

    expect(await run({ force: true })).toMatchObject({
      status: "changed",
      changes: [{ kind: "update", path: manifest }],
    });
  });
});

describe("a project that a newer sync-gen emitted", () => {
  it("is left as it is by an older one, which says so; --force goes on", async () => {
    const { version } = builtFrom();
    edit(manifest, (text) => text.replace(`"tool": "${version}"`, '"tool": "99.0.0"'));
    const before = project.files();

    for (const refused of [await run(), await check({ root: project.root })]) {
      expect(refused.status).toBe("failed");
      expect(codes(refused)).toEqual(["SG419"]);
      expect(refused.diagnostics[0]?.message).toContain(`sync-gen 99.0.0, and this is ${version}`);
    }
    expect(project.files()).toEqual(before);

    expect(await run({ force: true })).toMatchObject({ diagnostics: [] });
    expect((await check({ root: project.root })).status).toBe("unchanged");
  });

  it("is no other thing than one of an older one: that goes on without a word", async () => {
    edit(manifest, (text) => text.replace(/"tool": ".+"/, '"tool": "0.0.9-beta.2"'));
    expect(await run()).toMatchObject({ diagnostics: [] });
    expect((await check({ root: project.root })).status).toBe("unchanged");
  });
});

describe("a project whose own files are of different commits", () => {
  it("is told so in one error when the manifest is the older one; --force goes on", async () => {
    const first = project.files();
    project.write("sync.config.ts", withB);
    await run();
    project.write(manifest, first[manifest] ?? "");
    project.write(
      "sync.config.ts",
      configOf({ fields: "b: text().optional(), c: text().optional()," }),
    );
    const before = project.files();

    const refused = await run();

    expect(codes(refused)).toEqual(["SG416"]);
    expect(project.files()).toEqual(before);
    expect(await run({ force: true })).toMatchObject({ status: "changed", diagnostics: [] });
    expect((await check({ root: project.root })).status).toBe("unchanged");
  });

  it("is refused when the history is older than the migrations: no version is made twice", async () => {
    const first = project.files();
    project.write("sync.config.ts", withB);
    await run();
    const second = project.files();
    restore(first, (path) => path.startsWith(".sync-gen/"));
    const before = project.files();

    for (const force of [false, true]) {
      const refused = await run({ force });
      expect(refused.status).toBe("failed");
      expect(refused.diagnostics).toMatchObject([{ code: "SG318", location: { file: history } }]);
      expect(refused.diagnostics[0]?.message).toContain("0001_add_tasks_b");
    }
    expect(project.files()).toEqual(before);

    restore(second, (path) => path.startsWith(".sync-gen/"));
    expect((await run()).status).toBe("unchanged");
  });

  it("goes on from a migration that no journal names, when it is the one that would be made", async () => {
    const first = project.files();
    project.write("sync.config.ts", withB);
    await run();
    const second = project.files();
    const half = [added, "src/db/migrations/meta/0001_snapshot.json", "sync.config.ts"];
    restore(first, (path) => !half.includes(path));
    remove(manifest);

    const refused = await run();
    expect(codes(refused)).toEqual(["SG416"]);
    expect(await run({ force: true })).toMatchObject({ status: "changed", diagnostics: [] });

    expect(project.files()).toEqual(second);
  });

  it("does not go on from one that it would not make", async () => {
    project.write(added, "SELECT 1;");
    project.write("sync.config.ts", withB);

    expect(codes(await run())).toEqual(["SG320"]);
  });
});

describe("a text of the user's that is in the way", () => {
  const hook = "src/hooks/useTasks.ts";

  it.each([
    ["an edit", "SG411", registry, (text: string) => `${text}// mine\n`],
    ["a file of another tool", "SG414", "src/hooks/useNotes.ts", () => "export {};\n"],
  ])("keeps the whole run from writing: %s (%s)", async (_what, code, path, change) => {
    project.write(path, change(project.exists(path) ? project.read(path) : ""));
    project.write(
      "sync.config.ts",
      configOf({ fields: "b: text().optional()," }).replace(
        "// Kept by the office.",
        'notes: table({ policy: "mobile-wins", fields: { text: text() } }),',
      ),
    );
    const before = project.files();

    const refused = await run();

    expect(refused.status).toBe("blocked");
    expect(codes(refused)).toEqual([code]);
    expect(refused.changes.map((change) => change.kind)).toEqual(["conflict"]);
    expect(project.files()).toEqual(before);
    expect((await run({ dryRun: true })).changes).toEqual(refused.changes);
  });

  it("is let through where it is an edit that nothing of ours would change", async () => {
    edit(hook, (text) => `${text}// mine\n`);
    project.write("sync.config.ts", withB);

    const result = await run();

    expect(result.status).toBe("changed");
    expect(codes(result)).toEqual(["SG412"]);
    expect(project.read(hook)).toContain("// mine");
  });
});
