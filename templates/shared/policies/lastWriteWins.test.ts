import { describe, expect, it } from "vitest";
import { at, concurrentInput } from "../../../test/shared/mergeCase";
import { decide } from "../merge";
import { lastWriteWins } from "./lastWriteWins";

// What it has in common with its neighbour is in winsByTime.test.ts.
describe("last-write-wins", () => {
  const later = at(200, "zzzzzzzz");

  it("does not compare devices", () => {
    expect(
      decide(lastWriteWins, concurrentInput({ edited: later, opId: "op-1" })),
    ).toEqual({ kind: "keep" });
  });

  it("counts within a millisecond, before it looks at op ids", () => {
    const counted = later.replace("-0000-", "-0009-");

    expect(
      decide(lastWriteWins, concurrentInput({ edited: counted, opId: "op-1" })),
    ).toMatchObject({ kind: "write" });
  });
});
