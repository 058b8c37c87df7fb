import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { generate } from "../../src/generate";
import { writeProject } from "../../src/output/projectDisk";
import { configOf, type Ended, Program, ScratchProject, until } from "./program";

const program = new Program();
let project: ScratchProject;
beforeAll(() => program.build(), 60_000);
afterAll(() => program.remove());
beforeEach(() => {
  project = new ScratchProject({ "sync.config.ts": configOf(), "mine.ts": "// mine\n" });
});
afterEach(() => project.remove());

const run = async (...words: readonly string[]): Promise<Ended> =>
  await program.run(project.root, words);
const manifest = ".sync-gen/manifest.json";
const changed = configOf({ fields: "note: text().optional()," });

/** A config that takes its time: the run stands in the middle, with the lock, until it is over. */
const slow = configOf({ extra: "await new Promise((resolve) => setTimeout(resolve, 4000));" });

describe("a config that is wrong", () => {
  it.each([
    ["is empty", "", "SG105"],
    ["exports nothing", "export const config = {};\n", "SG105"],
    ["exports something else", "export default {};\n", "SG106"],
    [
      "has no tables",
      'import { defineSync } from "sync-gen";\nexport default defineSync({ client: { store: "expo-sqlite", out: "src" }, server: { backend: "convex", out: "convex" }, tables: {} });\n',
      "SG201",
    ],
    ["has a syntax error", "export default {{\n", "SG102"],
    ["imports what is not there", 'import "./nowhere";\n', "SG102"],
    ["throws", 'throw new Error("no luck");\n', "SG104"],
    ["throws something that is no error", "throw null;\n", "SG104"],
    ["ends the process", `process.exit(0);\n${configOf()}`, "SG108"],
    ["never finishes loading", `await new Promise(() => {});\n${configOf()}`, "SG109"],
    [
      "holds merge-conflict markers",
      `<<<<<<< HEAD\n${configOf()}=======\n${changed}>>>>>>> theirs\n`,
      "SG103",
    ],
  ])("because it %s: 2, with its code, and nothing written", async (_what, text, code) => {
    project.write("sync.config.ts", text);
    const before = project.files();
    const ended = await run("generate");
    expect(ended.code).toBe(2);
    expect(ended.stderr).toContain(code);
    expect(ended.stdout).toBe("");
    expect(project.files()).toEqual(before);
    expect(project.exists(".sync-gen")).toBe(false);
  });

  it("is reported with its place, what is allowed and what to do, all mistakes at once", async () => {
    project.write(
      "sync.config.ts",
      configOf({ fields: 'owner: reference("people"), class: text(), _id: text(),' }),
    );
    const { code, stderr } = await run("check");
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /^sync\.config\.ts:\d+:\d+ › tables\.tasks\.fields\.owner · SG\d{3} .*people/m,
    );
    expect(stderr).toMatch(/ {2}allowed: /);
    expect(stderr).toContain("tables.tasks.fields._id");
  });

  it("leaves an emitted project as it is", async () => {
    await run("generate");
    const before = project.files();
    project.write("sync.config.ts", "export default {{\n");
    expect(await run("generate")).toMatchObject({ code: 2 });
    expect(project.files()).toEqual({ ...before, "sync.config.ts": "export default {{\n" });
  });
});

describe("a manifest that cannot be used", () => {
  it.each([
    ["is damaged", () => "{ not json", "SG401"],
    ["is cut off", (text: string) => text.slice(0, text.length / 2), "SG401"],
    [
      "is from a newer version",
      (text: string) => text.replace(/"version": \d+/, '"version": 99'),
      "SG403",
    ],
    [
      "holds merge-conflict markers",
      (text: string) => `<<<<<<< HEAD\n${text}=======\n${text}>>>>>>> theirs\n`,
      "SG402",
    ],
  ])("because it %s: 2, and nothing written", async (_what, spoil, code) => {
    await run("generate");
    project.write(manifest, spoil(project.read(manifest)));
    project.write("sync.config.ts", changed);
    const before = project.files();
    for (const command of ["generate", "check"]) {
      const ended = await run(command);
      expect(ended.code).toBe(2);
      expect(ended.stderr).toContain(`.sync-gen/manifest.json:1:1 · ${code}`);
    }
    expect(project.files()).toEqual(before);
  });

  it("is written anew by force, unless it is from a newer version", async () => {
    await run("generate");
    const good = project.files();
    project.write(manifest, "{ not json");
    expect(await run("generate", "--force")).toMatchObject({ code: 0 });
    expect(project.files()).toEqual(good);
    project.write(manifest, project.read(manifest).replace(/"version": \d+/, '"version": 99'));
    expect(await run("generate", "--force")).toMatchObject({ code: 2 });
  });

  it("because it is gone takes over the files that are as they would be", async () => {
    await run("generate");
    const good = project.files();
    rmSync(join(project.root, manifest));
    expect(await run("generate")).toMatchObject({ code: 0 });
    expect(project.files()).toEqual(good);
  });
});

describe("an emitted file with merge-conflict markers", () => {
  it("stays, with a message that says how to go on", async () => {
    await run("generate");
    const good = project.read("src/sync/TableRegistry.ts");
    project.write(
      "src/sync/TableRegistry.ts",
      `<<<<<<< HEAD\n${good}=======\n${good}>>>>>>> theirs\n`,
    );
    const ended = await run("generate");
    expect(ended).toMatchObject({ code: 1, stderr: expect.stringContaining("SG415") });
    expect(project.read("src/sync/TableRegistry.ts")).toContain("<<<<<<< HEAD");
    expect(await run("generate", "--force")).toMatchObject({ code: 0 });
    expect(project.read("src/sync/TableRegistry.ts")).toBe(good);
  });
});

describe("a file of the user's where ours would go", () => {
  it("stays", async () => {
    project.write("src/db/schema.ts", "export const mine = 1;\n");
    const ended = await run("generate");
    expect(ended).toMatchObject({ code: 1, stderr: expect.stringContaining("SG414") });
    expect(project.read("src/db/schema.ts")).toBe("export const mine = 1;\n");
    expect(await run("check")).toMatchObject({ code: 1 });
  });
});

describe("a link that leads out of the project", () => {
  it("is refused, and nothing is written on either side", async () => {
    const outside = mkdtempSync(join(tmpdir(), "sync-gen-outside-"));
    symlinkSync(outside, join(project.root, "convex"));
    const before = project.files();
    for (const words of [["generate"], ["generate", "--dry-run"], ["generate", "--force"]]) {
      const ended = await run(...words);
      expect(ended).toMatchObject({ code: 2, stderr: expect.stringContaining("SG405") });
    }
    expect(readdirSync(outside)).toEqual([]);
    expect(project.files()).toEqual(before);
    rmSync(outside, { recursive: true });
  });

  it("is refused for our own folder too", async () => {
    const outside = mkdtempSync(join(tmpdir(), "sync-gen-outside-"));
    symlinkSync(outside, join(project.root, ".sync-gen"));
    expect(await run("generate")).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("SG405"),
    });
    expect(readdirSync(outside)).toEqual([]);
    rmSync(outside, { recursive: true });
  });
});

describe("a disk that refuses", () => {
  it("because the folder belongs to somebody else: 2, and says so", async () => {
    // Root may write everywhere, so the program runs as nobody then.
    const asOther = process.getuid?.() === 0 ? { uid: 65534 } : {};
    const locked = new ScratchProject({ "sync.config.ts": configOf() });
    const { chmodSync } = await import("node:fs");
    chmodSync(locked.root, 0o555);
    const before = locked.files();
    const ended = await program.run(locked.root, ["generate"], asOther);
    chmodSync(locked.root, 0o755);
    expect(ended).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/SG406 .*permission denied \(EACCES\)/),
    });
    expect(locked.files()).toEqual(before);
    locked.remove();
  });

  it("because it is full: nothing changed, and the next run does it all", async () => {
    await run("generate");
    project.write("sync.config.ts", changed);
    const before = project.files();
    for (const room of [0, 1, 3]) {
      let written = 0;
      const disk = writeProject(project.root);
      const full = {
        ...disk,
        writeNew(path: string, text: string) {
          if (written++ >= room)
            throw Object.assign(new Error("ENOSPC: no space left on device"), { code: "ENOSPC" });
          disk.writeNew(path, text);
        },
      };
      const result = await generate({ root: project.root, disk: full });
      expect(result).toMatchObject({
        status: "failed",
        diagnostics: [{ code: "SG406", hint: expect.stringContaining("Nothing was changed.") }],
      });
      expect(project.files()).toEqual(before);
    }
    expect(await run("generate")).toMatchObject({ code: 0 });
    expect(project.read("src/db/schema.ts")).toContain("note");
  });

  it("because a file stands where a folder is needed: 2, and says which", async () => {
    project.write("src", "a file");
    const ended = await run("generate");
    expect(ended).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("a file stands where a folder is needed"),
    });
    expect(project.read("src")).toBe("a file");
  });
});

describe("two runs at once", () => {
  it("are one run and one clear refusal", async () => {
    project.write("sync.config.ts", slow);
    const first = program.start(project.root, ["generate"]);
    await until(() => project.exists(".sync-gen/lock"));
    const second = await run("generate");
    expect(second).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/SG407 Another run of sync-gen \(process \d+/),
    });
    expect(await first.ended).toMatchObject({ code: 0 });
    expect(project.exists(".sync-gen/lock")).toBe(false);
    expect(await run("check")).toMatchObject({ code: 0 });
  });

  it("that start in the same moment do not spoil each other's files", async () => {
    const ended = await Promise.all([run("generate"), run("generate"), run("generate")]);
    expect(ended.some(({ code }) => code === 0)).toBe(true);
    for (const { code, stderr } of ended) if (code !== 0) expect(stderr).toContain("SG407");
    expect(await run("check", "--verbose")).toMatchObject({ code: 0 });
  });
});

describe("a run that is ended in the middle", () => {
  it.each(["SIGINT", "SIGTERM"] as const)(
    "by %s writes nothing and leaves no lock",
    async (signal) => {
      project.write("sync.config.ts", slow);
      const before = project.files();
      const running = program.start(project.root, ["generate"]);
      await until(() => project.exists(".sync-gen/lock"));
      running.child.kill(signal);
      expect(await running.ended).toMatchObject({ code: null, signal });
      expect(project.files()).toEqual(before);
    },
  );

  it("by SIGKILL leaves a lock that the next run takes over", async () => {
    project.write("sync.config.ts", slow);
    const running = program.start(project.root, ["generate"]);
    await until(() => project.exists(".sync-gen/lock"));
    running.child.kill("SIGKILL");
    await running.ended;
    // What it had staged by then would lie about like this.
    mkdirSync(join(project.root, "src"), { recursive: true });
    project.write(".sync-gen/.manifest.json.sync-gen-0123456789ab.tmp", "half");
    project.write("sync.config.ts", configOf());
    expect(await run("generate")).toMatchObject({ code: 0 });
    expect(await run("check")).toMatchObject({ code: 0 });
    const left = Object.keys(project.files()).filter((path) => path.startsWith(".sync-gen/"));
    expect(left).toEqual([".sync-gen/history.json", manifest]);
  });

  it("by SIGKILL at any moment is repaired by the next run", async () => {
    await run("generate");
    for (const delay of [60, 120, 180, 240, 300, 400]) {
      project.write(
        "sync.config.ts",
        project.read("sync.config.ts") === changed
          ? configOf({ fields: "memo: text().optional()," })
          : changed,
      );
      const running = program.start(project.root, ["generate", "--allow-data-loss"]);
      setTimeout(() => running.child.kill("SIGKILL"), delay);
      await running.ended;
      expect(await run("generate", "--allow-data-loss"), `killed after ${delay} ms`).toMatchObject({
        code: 0,
      });
      expect(await run("check"), `killed after ${delay} ms`).toMatchObject({ code: 0 });
    }
    expect(project.read("mine.ts")).toBe("// mine\n");
  });
});

describe("a bug of ours", () => {
  it("ends with 70 and says how to report it", async () => {
    const { reportBug } = await import("../../src/cli/reportBug");
    const printed = { out: "", err: "" };
    const terminal = {
      out: (text: string) => void (printed.out += text),
      err: (text: string) => void (printed.err += text),
      interactive: false,
      color: false,
    };
    reportBug(new Error("impossible"), ["generate", "--json"], terminal);
    expect(printed.err).toMatch(
      /^SG900 A bug in sync-gen, not in your project: impossible\n {2}hint: .*issue/,
    );
    expect(JSON.parse(printed.out)).toMatchObject({
      command: "generate",
      exitCode: 70,
      diagnostics: [{ code: "SG900" }],
    });
  });
});
