import { describe, expect, it } from "vitest";
import { fileHeader, hasFileHeader } from "./fileHeader";

const config = "sync.config.ts";

describe("fileHeader", () => {
  it("says of an owned file who wrote it, from what, how to write it again, and what becomes of edits", () => {
    expect(fileHeader(config, "owned")).toBe(
      "// Written by sync-gen from sync.config.ts (npx sync-gen generate).\n" +
        "// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.\n",
    );
  });

  it("says of a once file that it is the user's", () => {
    expect(fileHeader(config, "once")).toContain("Yours from now on");
    expect(fileHeader(config, "once")).toContain("sync-gen from sync.config.ts");
  });

  it("stays a comment, whatever the config is called", () => {
    const header = fileHeader("a\nthrow 1;\u2028b.ts", "owned");
    expect(header.split("\n").filter((line) => line !== "" && !line.startsWith("//"))).toEqual([]);
    expect(header).not.toContain("\u2028");
  });
});

describe("hasFileHeader", () => {
  it("knows the header of every version", () => {
    expect(hasFileHeader(fileHeader(config, "owned"))).toBe(true);
    expect(hasFileHeader("// Written by sync-gen 0.1.0 from sync.config.ts (npx …).\n")).toBe(true);
    expect(hasFileHeader(fileHeader(config, "once"))).toBe(false);
  });
});
