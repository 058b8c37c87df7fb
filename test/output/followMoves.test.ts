import { describe, expect, it } from "vitest";
import { contentHash } from "../../src/output/contentHash";
import { followFiles, followMoves } from "../../src/output/followMoves";
import { noManifest, type Manifest } from "../../src/output/manifest";
import { memoryFiles } from "../codemods/memoryFiles";

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
