import { describe, expect, it } from "vitest";
import { at, concurrentInput } from "../../../test/shared/mergeCase";
import { decide } from "../merge";
import { hlcWins } from "./hlc";

// What it has in common with its neighbour is in winsByTime.test.ts.
describe("hlc", () => {
  it("compares the counter within a millisecond", () => {
    const later = at(200, "other000").replace("-0000-", "-0001-");

    expect(
      decide(hlcWins, concurrentInput({ edited: later, opId: "op-1" })),
    ).toMatchObject({ kind: "write" });
  });
});
