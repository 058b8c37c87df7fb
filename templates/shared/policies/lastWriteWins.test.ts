import { describe, expect, it } from "vitest";
import { at, concurrentInput } from "../../../test/shared/mergeCase";
import { decide } from "../merge";
import { lastWriteWins } from "./lastWriteWins";

// What it has in common with its neighbour is in winsByTime.test.ts.
describe("last-write-wins", () => {
  it("compares milliseconds only", () => {
    const later = at(200, "zzzzzzzz").replace("-0000-", "-0009-");

    expect(
      decide(lastWriteWins, concurrentInput({ edited: later, opId: "op-1" })),
    ).toEqual({ kind: "keep" });
  });
});
