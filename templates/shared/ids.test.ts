import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { isUuid, naturalId, uuidV7 } from "./ids";

const random = Uint8Array.from([255, 255, 255, 1, 2, 3, 4, 5, 6, 7]);

describe("uuidV7", () => {
  it("holds the time, the version, the variant and the random bytes", () => {
    expect(uuidV7(0x017f22e279b0, random)).toBe(
      "017f22e2-79b0-7fff-bf01-020304050607",
    );
  });

  it("sorts by time", () => {
    const times = [0, 1, 255, 256, 2 ** 32 - 1, 2 ** 32, 1_767_225_600_000];
    const ids = times.map((time) => uuidV7(time, random));

    expect([...ids].sort()).toEqual(ids);
  });

  it("is valid whatever the clock says", () => {
    expect(isUuid(uuidV7(-5.5, random))).toBe(true);
    expect(isUuid(uuidV7(2 ** 60, random))).toBe(true);
  });
});

describe("naturalId", () => {
  it("is the UUID v5 of scope, table and key values", () => {
    const namespace = Buffer.from("6f1c0f0e52d34c559a0b7d6d3b1f8e24", "hex");
    const name = '["user","reactions",["m1","é"]]';
    const digest = createHash("sha1").update(namespace).update(name).digest();
    const hex = digest.toString("hex");

    const id = naturalId("user", "reactions", ["m1", "é"]);

    expect(id.replace(/-/g, "").slice(0, 12)).toBe(hex.slice(0, 12));
    expect(id.slice(-12)).toBe(hex.slice(20, 32));
    expect(id).toMatch(/^.{8}-.{4}-5.{3}-[89ab].{3}-.{12}$/);
  });

  it("is one id for one key, and another for any other", () => {
    const ids = [
      naturalId("user", "reactions", ["a", "b"]),
      naturalId("user", "reactions", ["ab"]),
      naturalId("user", "reactions", ["b", "a"]),
      naturalId("user", "reactions", ["a", null]),
      naturalId("user", "votes", ["a", "b"]),
      naturalId("other", "reactions", ["a", "b"]),
    ];

    expect(new Set(ids).size).toBe(ids.length);
    expect(naturalId("user", "reactions", ["a", "b"])).toBe(ids[0]);
    expect(naturalId("u", "t", [{ x: 1, y: 2 }])).toBe(
      naturalId("u", "t", [{ y: 2, x: 1 }]),
    );
  });
});

describe("isUuid", () => {
  it("knows its own", () => {
    expect(isUuid("017f22e2-79b0-7fff-bf01-020304050607")).toBe(true);
    for (const other of [
      "",
      "017F22E2-79B0-7FFF-BF01-020304050607",
      "017f22e279b07fffbf01020304050607",
      7,
      null,
    ]) {
      expect(isUuid(other)).toBe(false);
    }
  });
});
