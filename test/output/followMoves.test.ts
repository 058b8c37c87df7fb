import { describe, expect, it } from "vitest";
import { contentHash } from "../../src/output/contentHash";
import { followFiles, followMoves } from "../../src/output/followMoves";
import { noManifest, type Manifest } from "../../src/output/manifest";
import { memoryFiles } from "../codemods/memoryFiles";
import { lookAt, manifestOf, planOf, runPlan } from "./applyPlan";
import { MemoryProject } from "./memoryProject";

const record = { written: "a", planned: "a" };
const layout = { clientOut: "src", serverOut: "convex", apiImport: "" };
const manifest: Manifest = {
  ...noManifest,
  layout,
  files: { "src/hooks/useTasks.ts": record, "convex/sync.ts": record, "srcs/other.ts": record },
};

const pathsAfter = (files: readonly string[], now: Partial<typeof layout>): readonly string[] =>
  Object.keys(
    followMoves(
      manifest,
      { ...layout, ...now },
      memoryFiles(Object.fromEntries(files.map((path) => [path, ""]))),
    ).files,
  );

describe("files of a folder that the config names anew", () => {
  it("stay known where the user moved them", () => {
    const moved = ["app/hooks/useTasks.ts", "convex/sync.ts", "srcs/other.ts"];
    expect(pathsAfter(moved, { clientOut: "app" })).toEqual([
      "app/hooks/useTasks.ts",
      "convex/sync.ts",
      "srcs/other.ts",
    ]);
  });

  it("stay known at the old place where they still stand there, or are gone", () => {
    const both = ["src/hooks/useTasks.ts", "app/hooks/useTasks.ts"];
    const known = ["src/hooks/useTasks.ts", "convex/sync.ts", "srcs/other.ts"];
    expect(pathsAfter(both, { clientOut: "app", serverOut: "backend" })).toEqual(known);
  });

  it("are left alone while the config names the same folders", () => {
    expect(followMoves(manifest, layout, memoryFiles({}))).toBe(manifest);
  });
});

describe("files that are no longer emitted where they were", () => {
  const written = { written: contentHash("ours"), planned: "p" };
  const before = { ...noManifest, files: { "useTasks.ts": written, "b.ts": record } };
  const after = (files: Readonly<Record<string, string>>, planned: readonly string[]) =>
    Object.keys(followFiles(before, planned, memoryFiles(files)).files);

  it("stay known under the name that they are emitted by now, where the user moved them", () => {
    expect(after({ "useJobs.ts": "ours", "b.ts": "" }, ["useJobs.ts", "b.ts"])).toEqual([
      "useJobs.ts",
      "b.ts",
    ]);
  });

  it("stay known at the old place where they still stand there, or where another text stands at the new one", () => {
    const known = ["useTasks.ts", "b.ts"];
    expect(after({ "useJobs.ts": "ours", "useTasks.ts": "ours" }, ["useJobs.ts"])).toEqual(known);
    expect(after({ "useJobs.ts": "other" }, ["useJobs.ts"])).toEqual(known);
    expect(after({ "mine.ts": "ours" }, ["useJobs.ts"])).toEqual(known);
    expect(after({ "useJobs.ts": "ours" }, ["useJobs.ts", "useTasks.ts"])).toEqual(known);
  });
});

/** As on macOS and Windows: a file is found by any spelling of its name, and a text that replaces it does not change that. */
class CaselessProject extends MemoryProject {
  override read(path: string): string | undefined {
    return super.read(this.spelled(path));
  }

  override exists(path: string): boolean {
    return super.exists(this.spelled(path));
  }

  override list(path: string): readonly string[] {
    return super.list(this.spelled(path));
  }

  override locate(path: string): string | null {
    return super.locate(this.spelled(path));
  }

  override writeNew(path: string, text: string): void {
    super.writeNew(this.spelled(path), text);
  }

  override rename(from: string, to: string): void {
    const [old, replaced] = [this.spelled(from), this.spelled(to)];
    super.rename(old, old === replaced ? to : replaced);
  }

  override remove(path: string): void {
    super.remove(this.spelled(path));
  }

  /** The path as the disk has it, as far as there is something. */
  private spelled(path: string): string {
    const letters = path.toLowerCase();
    const known = [...this.texts.keys()].find((one) =>
      `${one}/`.toLowerCase().startsWith(`${letters}/`),
    );
    if (known !== undefined) return known.slice(0, path.length);
    const end = path.lastIndexOf("/");
    return end < 0 ? path : `${this.spelled(path.slice(0, end))}${path.slice(end)}`;
  }
}

describe("files whose names change in letter case alone", () => {
  const before = planOf({
    "src/useorders.ts": "const orders = 1;\n",
    "src/a.ts": "const a = 1;\n",
  });
  const after = planOf({ "src/useOrders.ts": "const Orders = 1;\n", "src/a.ts": "const a = 1;\n" });
  const names = after.files.map(({ path }) => path);

  async function generated(disk: MemoryProject): Promise<MemoryProject> {
    await runPlan(disk, before);
    return disk;
  }

  const next = async (disk: MemoryProject, edits: "stay" | "replace" = "stay") => {
    const manifest = followFiles(manifestOf(disk), names, disk);
    return await runPlan(disk, after, edits, { manifest });
  };

  it.each(["stay", "replace"] as const)(
    "get the new name on a disk that does not tell them apart (%s)",
    async (edits) => {
      const disk = await generated(new CaselessProject());
      expect(await next(disk, edits)).toEqual(["update src/useOrders.ts"]);
      expect(Object.keys(disk.files())).toEqual(names.toSorted());
      expect(disk.read("src/useOrders.ts")).toBe("const Orders = 1;\n");
      expect(Object.keys(manifestOf(disk).files)).toEqual(names.toSorted());
      expect(await next(disk)).toEqual([]);
    },
  );

  it("get it from the next run, where one died in between", async () => {
    for (let step = 0; step < 12; step++) {
      const disk = await generated(new CaselessProject());
      disk.beforeStep = (_step, index) => {
        if (index - start >= step) throw new Error("killed");
      };
      const start = disk.steps.length;
      await next(disk).catch(() => undefined);
      disk.beforeStep = () => undefined;
      await next(disk);
      expect(disk.files()).toEqual({
        "src/a.ts": "const a = 1;\n",
        "src/useOrders.ts": "const Orders = 1;\n",
      });
    }
  });

  it("stay where the user edited them", async () => {
    const disk = await generated(new CaselessProject());
    disk.texts.set("src/useorders.ts", "const mine = 1;\n");
    expect(await next(disk)).toEqual(["conflict(both) src/useOrders.ts"]);
  });

  it("are two files on a disk that tells them apart", async () => {
    const disk = await generated(new MemoryProject());
    expect(await next(disk)).toEqual(["create src/useOrders.ts", "delete src/useorders.ts"]);
    expect(Object.keys(disk.files())).toEqual(names.toSorted());
  });

  it("stay known on such a disk, where the user gave them the new name", async () => {
    const disk = await generated(new MemoryProject());
    disk.rename("src/useorders.ts", "src/useOrders.ts");
    expect(await next(disk)).toEqual(["update src/useOrders.ts"]);
  });

  it("are somebody else's where both spellings are there", async () => {
    const disk = await generated(new MemoryProject());
    disk.texts.set("src/useOrders.ts", "const theirs = 1;\n");
    const manifest = followFiles(manifestOf(disk), names, disk);
    expect((await lookAt(disk, after, "stay", { manifest })).changes).toContainEqual(
      expect.objectContaining({ kind: "conflict", path: "src/useOrders.ts", reason: "foreign" }),
    );
  });

  it("stay known when the folder around them is spelled anew, whoever did it", () => {
    const manifest = { ...noManifest, files: { "Src/a.ts": record } };
    const disk = new CaselessProject({ "Src/a.ts": "a" });
    expect(Object.keys(followFiles(manifest, ["src/a.ts"], disk).files)).toEqual(["src/a.ts"]);
  });
});
