import { describe, expect, it } from "vitest";
import { mixes, type MixName } from "./mixes";
import { simulate } from "./simulate";

describe("the light deployment", () => {
  // Thousands of calls, under every fault: each is made to both, and must be answered alike.
  it.each(["mixed", "field-merge", "references"] satisfies MixName[])(
    "answers as convex-test does: %s",
    async (mix) => {
      for (let seed = 1; seed <= 4; seed += 1) {
        const { broken } = await simulate({ seed, tables: mixes[mix], deployment: "both" });
        expect(broken).toBeNull();
      }
    },
    120_000,
  );
});
