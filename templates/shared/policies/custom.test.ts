import { describe, expect, it } from "vitest";
import {
  concurrentInput,
  currentRow,
  deletedRow,
  tableRules,
} from "../../../test/shared/mergeCase";
import type { CustomMerge, PolicyInput } from "../policy";
import { decide } from "../merge";
import { custom } from "./custom";

const withMerge = (merge: CustomMerge, current = currentRow()) =>
  concurrentInput({}, current, tableRules({ options: { merge } }));

describe("custom", () => {
  it("asks the app's function", () => {
    const seen: PolicyInput[] = [];
    const merge: CustomMerge = (input) => {
      seen.push(input);
      return { kind: "conflict" };
    };
    const input = withMerge(merge, deletedRow);

    expect(decide(custom, input)).toEqual({ kind: "conflict" });
    expect(seen).toEqual([input]);
  });

  it("rejects the op that the function cannot handle (I16)", () => {
    const merge: CustomMerge = () => {
      throw new Error("no such unit");
    };

    expect(decide(custom, withMerge(merge))).toEqual({
      kind: "reject",
      code: "failed",
    });
  });

  it("fails loudly where the generated rules have no function", () => {
    expect(() => decide(custom, concurrentInput({}))).toThrow(/options\.merge/);
  });
});
