import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
  chmodSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Change } from "../../src/output/changes";
import { noManifest } from "../../src/output/manifest";
import { pendingPath, printPending } from "../../src/output/pending";
import { contentHash } from "../../src/output/contentHash";
import { readProject, writeProject } from "../../src/output/projectDisk";
import { writeChanges } from "../../src/output/write";
import { lookAt, manifestOf, planOf, runPlan } from "./applyPlan";
import { MemoryProject } from "./memoryProject";

const before = { "a.sql": "a1", "b.sql": "b1", "gone.sql": "g1" };
const after = { "a.sql": "a2", "b.sql": "b1", "new.sql": "n1" };

/** A project as a first run leaves it, with a file of the user's beside ours. */
async function startingPoint(): Promise<MemoryProject> {
  const project = new MemoryProject({ "mine.ts": "mine" });
  await runPlan(project, planOf(before));
  project.steps.length = 0;
  return project;
}

/** How many steps the second run takes. */
async function countSteps(): Promise<number> {
  const project = await startingPoint();
  await runPlan(project, planOf(after));
  return project.steps.length;
}

describe("writing", () => {
  it("stages everything, then new files, updates, removals, and the manifest before them", async () => {
    const project = await startingPoint();
    await runPlan(project, planOf(after));
    expect(project.steps).toEqual([
      "write .new.sql.sync-gen-run.tmp",
      "write .a.sql.sync-gen-run.tmp",
      "write .sync-gen/.manifest.json.sync-gen-run.tmp",
      "write .sync-gen/.pending.json.sync-gen-run.tmp",
      "rename .sync-gen/.pending.json.sync-gen-run.tmp .sync-gen/pending.json",
      "rename .new.sql.sync-gen-run.tmp new.sql",
      "rename .a.sql.sync-gen-run.tmp a.sql",
      "remove gone.sql",
      "rename .sync-gen/.manifest.json.sync-gen-run.tmp .sync-gen/manifest.json",
      "remove .sync-gen/pending.json",
    ]);
  });
});

describe("a run that is killed", () => {
  it("at any step leaves a project that the next run repairs", async () => {
    const steps = await countSteps();
    expect(steps).toBeGreaterThan(8);
    for (let killedAt = 0; killedAt < steps; killedAt++) {
      const project = await startingPoint();
      let dead = false;
      // Dead is dead: what the run would do to clean up does not happen either.
      project.beforeStep = (_step, index) => {
        if (index >= killedAt) dead = true;
        if (dead) throw new Error("killed");
      };
      await expect(runPlan(project, planOf(after))).rejects.toThrow("killed");
      project.beforeStep = () => undefined;

      const changes = await runPlan(project, planOf(after));
      expect(
        changes.filter((change) => change.startsWith("conflict")),
        `killed at step ${killedAt}`,
      ).toEqual([]);
      for (const [path, text] of Object.entries(after)) expect(project.read(path)).toBe(text);
      expect(project.exists("gone.sql")).toBe(false);
      expect(project.read("mine.ts")).toBe("mine");
      expect(await runPlan(project, planOf(after))).toEqual([]);
    }
  });

  it("and is followed by an edit of the user's does not cost the edit", async () => {
    const project = await startingPoint();
    project.beforeStep = (step) => {
      if (step.startsWith("rename .a.sql")) throw new Error("killed");
    };
    await expect(runPlan(project, planOf(after))).rejects.toThrow("killed");
    project.beforeStep = () => undefined;
    project.texts.set("a.sql", "edited by hand");
    expect(await runPlan(project, planOf(after))).toEqual(["conflict(both) a.sql"]);
    expect(project.read("a.sql")).toBe("edited by hand");
  });
});

describe("a run that died half-way, and an edit before the next one", () => {
  it.each(["rename .a.sql", "remove gone.sql"])(
    "at %s: the edit is known for one of the text of before",
    async (last) => {
      const project = await startingPoint();
      const records = manifestOf(project).files;
      let dead = false;
      project.beforeStep = (step) => {
        dead ||= step.startsWith(last);
        if (dead) throw new Error("killed");
      };
      await expect(runPlan(project, planOf(after))).rejects.toThrow("killed");
      project.beforeStep = () => undefined;
      const path = last.startsWith("rename") ? "a.sql" : "gone.sql";
      project.texts.set(path, "edited by hand");

      const reason = path === "a.sql" ? "both" : "orphan";
      expect(await runPlan(project, planOf(after))).toContain(`conflict(${reason}) ${path}`);
      expect(project.read(path)).toBe("edited by hand");
      expect(manifestOf(project).files[path]).toEqual(records[path]);
      expect(project.read("new.sql")).toBe(after["new.sql"]);
    },
  );
});

describe("a file that is saved while a run is at work", () => {
  it.each([
    ["an update", "a.sql", "saved meanwhile"],
    ["a removal", "gone.sql", "saved meanwhile"],
    ["a file that was not there", "new.sql", "saved meanwhile"],
  ])("keeps it from writing anything: %s", async (_what, path, text) => {
    const project = await startingPoint();
    const { changes, judged } = await lookAt(project, planOf(after));
    project.texts.set(path, text);
    const before = Object.fromEntries(project.texts);

    const written = writeChanges({
      ...{ changes, judged, manifest: noManifest, files: project, disk: project },
      run: "run",
    });

    expect(written.diagnostics).toMatchObject([
      { code: "SG409", message: expect.stringContaining(path) },
    ]);
    expect(Object.fromEntries(project.texts)).toEqual(before);
  });
});

describe("a full disk", () => {
  it("before the first rename changes nothing, and says so", async () => {
    for (const failing of [
      "write .new.sql",
      "write .a.sql",
      "write .sync-gen/.manifest",
      "write .sync-gen/.pending",
    ]) {
      const project = await startingPoint();
      project.beforeStep = (step) => {
        if (step.startsWith(failing)) throw Object.assign(new Error("ENOSPC"), { code: "ENOSPC" });
      };
      const untouched = Object.fromEntries(project.texts);
      const changes: readonly Change[] = [
        { kind: "create", path: "new.sql", text: "n1" },
        { kind: "update", path: "a.sql", text: "a2" },
      ];
      const written = writeChanges({
        changes,
        judged: new Map(),
        manifest: noManifest,
        files: project,
        disk: project,
        run: "run",
      });
      expect(written.diagnostics).toMatchObject([
        {
          code: "SG406",
          message: expect.stringContaining("no space is left"),
          hint: expect.stringContaining("Nothing was changed."),
        },
      ]);
      expect(Object.fromEntries(project.texts)).toEqual(untouched);
    }
  });
});

describe("on the real disk", () => {
  let root = "";
  let outside = "";
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "sync-gen-write-"));
    outside = mkdtempSync(join(tmpdir(), "sync-gen-outside-"));
  });
  afterEach(() => {
    for (const folder of [root, outside]) rmSync(folder, { recursive: true });
  });

  const write = (...changes: readonly Change[]) =>
    writeChanges({
      changes,
      judged: new Map(),
      manifest: null,
      files: readProject(root),
      disk: writeProject(root),
      run: "run",
    });

  it("makes folders, and removes those that become empty", () => {
    expect(write({ kind: "create", path: "a/b/c.ts", text: "text" }).ok).toBe(true);
    expect(readFileSync(join(root, "a/b/c.ts"), "utf8")).toBe("text");
    expect(write({ kind: "delete", path: "a/b/c.ts" }).ok).toBe(true);
    expect(readProject(root).exists("a")).toBe(false);
  });

  it("keeps the permissions of a file that it replaces", () => {
    writeFileSync(join(root, "run.ts"), "old");
    chmodSync(join(root, "run.ts"), 0o755);
    write({ kind: "update", path: "run.ts", text: "new" });
    expect(statSync(join(root, "run.ts")).mode & 0o777).toBe(0o755);
  });

  it("writes through a link that stays in the project", () => {
    mkdirSync(join(root, "real"));
    writeFileSync(join(root, "real/a.ts"), "old");
    symlinkSync("real", join(root, "link"));
    write({ kind: "update", path: "link/a.ts", text: "new" });
    expect(readFileSync(join(root, "real/a.ts"), "utf8")).toBe("new");
  });

  it.each([
    [
      "a folder that links out of the project",
      (): string => (symlinkSync(outside, join(root, "out")), "out/a.ts"),
    ],
    [
      "a file that links out of the project",
      (): string => (symlinkSync(join(outside, "a.ts"), join(root, "a.ts")), "a.ts"),
    ],
    ["a path with dots", (): string => "../a.ts"],
    ["an absolute path", (): string => join(outside, "a.ts")],
    ["a link to itself", (): string => (symlinkSync("loop", join(root, "loop")), "loop/a.ts")],
  ])("refuses %s", (_what, prepare) => {
    const path = prepare();
    const written = write(
      { kind: "create", path: "fine.ts", text: "text" },
      { kind: "update", path, text: "text" },
    );
    expect(written.diagnostics).toMatchObject([
      { code: "SG405", message: `${path} leads out of the project.` },
    ]);
    expect(readProject(outside).list(".")).toEqual([]);
    expect(readProject(root).exists("fine.ts")).toBe(false);
  });

  it("does not follow a note that was not left by a run of ours", async () => {
    const { finishSteps } = await import("../../src/output/finishSteps");
    writeFileSync(join(outside, "secret"), "secret");
    writeFileSync(join(root, "mine.ts"), "mine");
    const note = {
      renames: [
        {
          temporary: join("..", outside.slice(tmpdir().length + 1), "secret"),
          path: "stolen",
          before: null,
        },
        { temporary: "mine.ts", path: "moved.ts", before: null },
      ],
      deletes: [
        { path: `../${outside.slice(tmpdir().length + 1)}/secret`, before: contentHash("secret") },
      ],
    };
    mkdirSync(join(root, ".sync-gen"));
    writeFileSync(join(root, pendingPath), printPending(note));
    expect(finishSteps(note, readProject(root), writeProject(root)).ok).toBe(true);
    expect(readFileSync(join(outside, "secret"), "utf8")).toBe("secret");
    expect(readProject(root).list(".")).toEqual([".sync-gen/", "mine.ts"]);
  });

  it("says which file is in the way of a folder", () => {
    writeFileSync(join(root, "a"), "a file");
    expect(write({ kind: "create", path: "a/b.ts", text: "text" }).diagnostics).toMatchObject([
      { code: "SG406", message: expect.stringContaining("a file stands where a folder is needed") },
    ]);
  });
});
