import { describe, expect, it } from "vitest";
import { fileHeader } from "./fileHeader";

const origin = { version: "1.2.3", config: "sync.config.ts" };

describe("fileHeader", () => {
  it("says of an owned file who wrote it, from what, how to write it again, and what becomes of edits", () => {
    expect(fileHeader(origin, "owned")).toBe(
      "// Written by sync-gen 1.2.3 from sync.config.ts (npx sync-gen generate).\n" +
        "// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.\n",
    );
  });

  it("says of a once file that it is the user's", () => {
    expect(fileHeader(origin, "once")).toContain("Yours from now on");
    expect(fileHeader(origin, "once")).toContain("sync-gen 1.2.3 from sync.config.ts");
  });

  it("stays a comment, whatever the config is called", () => {
    const header = fileHeader({ ...origin, config: "a\nthrow 1;\u2028b.ts" }, "owned");
    expect(header.split("\n").filter((line) => line !== "" && !line.startsWith("//"))).toEqual([]);
    expect(header).not.toContain("\u2028");
  });
});
