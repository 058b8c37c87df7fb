import { check } from "prettier";
import { describe, expect, it } from "vitest";
import { compareNames, importStatement } from "./imports";

describe("importStatement", () => {
  it.each<[string, Parameters<typeof importStatement>[1], readonly string[]]>([
    ["nothing", [], []],
    ["one value", [{ name: "text" }], ['import { text } from "./a";']],
    [
      "sorted, each once",
      [{ name: "b" }, { name: "A" }, { name: "b" }],
      ['import { A, b } from "./a";'],
    ],
    ["types alone", [{ name: "Row", type: true }], ['import type { Row } from "./a";']],
    [
      "types among values",
      [{ name: "Row", type: true }, { name: "rows" }],
      ['import { type Row, rows } from "./a";'],
    ],
    ["another name", [{ name: "text", as: "textOf" }], ['import { text as textOf } from "./a";']],
    ["its own name", [{ name: "text", as: "text" }], ['import { text } from "./a";']],
    ["a default", [{ name: "default", as: "merge" }], ['import { default as merge } from "./a";']],
  ])("%s", (_name, names, want) => {
    expect(importStatement("./a", names)).toEqual(want);
  });

  it("breaks where prettier would, and never a single name", async () => {
    const names = Array.from({ length: 8 }, (_, index) => ({
      name: `someLongName${String(index)}`,
    }));
    const single = importStatement(`./${"deep/".repeat(15)}a`, [{ name: "one" }]);
    const text = [...importStatement("./a", names), ...single].join("\n");
    expect(text.split("\n")).toHaveLength(11);
    expect(await check(`${text}\n`, { parser: "typescript" })).toBe(true);
  });
});

describe("compareNames", () => {
  it("ignores case unless nothing else differs", () => {
    expect(["b", "a", "B", "A", "c", "a"].sort(compareNames)).toEqual([
      "A",
      "a",
      "a",
      "B",
      "b",
      "c",
    ]);
  });
});
