import { describe, expect, it } from "vitest";
import { limits } from "./protocol";
import { isScopeId } from "./scopeId";

describe("isScopeId", () => {
  it("takes letters, digits, _ and -, up to the longest id", () => {
    expect(isScopeId("a")).toBe(true);
    expect(isScopeId("Team_7-b")).toBe(true);
    expect(isScopeId("x".repeat(limits.scopeIdLength))).toBe(true);
  });

  it.each([
    ["nothing", undefined],
    ["null", null],
    ["a number", 7],
    ["an empty text", ""],
    ["one character too many", "x".repeat(limits.scopeIdLength + 1)],
    ["a slash, which would make two keys alike", "a/b"],
    ["a space", "a b"],
    ["a line break at the end", "a\n"],
    ["a letter that is not ASCII", "ä"],
  ])("takes no %s", (_, text) => {
    expect(isScopeId(text)).toBe(false);
  });
});
