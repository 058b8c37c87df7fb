import { describe, expect, it } from "vitest";
import { followMoves } from "../../src/output/followMoves";
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
