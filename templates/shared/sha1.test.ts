import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sha1, utf8 } from "./sha1";

describe("sha1", () => {
  it("agrees with another implementation", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const want = createHash("sha1").update(bytes).digest();
        expect([...sha1(bytes)]).toEqual([...want]);
      }),
    );
  });
});

describe("utf8", () => {
  it("agrees with another implementation", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect([...utf8(text)]).toEqual([...new TextEncoder().encode(text)]);
      }),
    );
  });
});
