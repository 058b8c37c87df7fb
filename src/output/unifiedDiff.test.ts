import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { unifiedDiff } from "./unifiedDiff";

describe("unifiedDiff", () => {
  it("is empty for equal texts", () => {
    expect(unifiedDiff("a.ts", "one\ntwo\n", "one\ntwo\n")).toBe("");
  });

  it("shows a changed line between three lines of context", () => {
    const before = "1\n2\n3\n4\n5\n6\n7\n8\n9\n";
    expect(unifiedDiff("a.ts", before, before.replace("5", "five"))).toBe(
      [
        "--- a/a.ts",
        "+++ b/a.ts",
        "@@ -2,7 +2,7 @@",
        " 2",
        " 3",
        " 4",
        "-5",
        "+five",
        " 6",
        " 7",
        " 8",
        "",
      ].join("\n"),
    );
  });

  it("shows changes that are far apart as two hunks", () => {
    const lines = Array.from({ length: 30 }, (_, index) => String(index + 1));
    const changed = lines.map((line) => (line === "2" || line === "28" ? `${line}!` : line));
    const diff = unifiedDiff("a.ts", `${lines.join("\n")}\n`, `${changed.join("\n")}\n`);
    expect(diff.match(/^@@.*$/gm)).toEqual(["@@ -1,5 +1,5 @@", "@@ -25,6 +25,6 @@"]);
  });

  it("says where a last line has no line break", () => {
    expect(unifiedDiff("a.ts", "one\n", "one")).toContain("\\ No newline at end of file");
  });

  describe("applied by git", () => {
    const folder = mkdtempSync(join(tmpdir(), "sync-gen-diff-"));
    afterAll(() => rmSync(folder, { recursive: true }));
    execFileSync("git", ["init", "-q"], { cwd: folder });

    it("turns the first text into the second", () => {
      const text = fc.array(fc.constantFrom("a", "b", "c", "  d", ""), {
        minLength: 1,
        maxLength: 20,
      });
      fc.assert(
        fc.property(text, text, (left, right) => {
          const before = `${left.join("\n")}\n`;
          const after = `${right.join("\n")}\n`;
          fc.pre(before !== after);
          writeFileSync(join(folder, "a.txt"), before);
          writeFileSync(join(folder, "change.diff"), unifiedDiff("a.txt", before, after));
          execFileSync("git", ["apply", "--whitespace=nowarn", "change.diff"], { cwd: folder });
          expect(readFileSync(join(folder, "a.txt"), "utf8")).toBe(after);
        }),
        { numRuns: 60 },
      );
    });
  });
});
