import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { naturalId } from "./naturalId";

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
