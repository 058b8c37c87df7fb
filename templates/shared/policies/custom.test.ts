import { describe, expect, it } from "vitest";
import {
  at,
  concurrentInput,
  currentRow,
  deletedRow,
  tableRules,
  taskRow,
} from "../../../test/shared/mergeCase";
import type { CustomMerge, MergeDecision, PolicyInput } from "../policy";
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

  const row = { fields: taskRow, deleted: false, edited: at(5), clocks: {} };
  const cyclic: unknown[] = [];
  cyclic.push(cyclic);

  it.each<[string, unknown]>([
    ["nothing", undefined],
    ["a promise", Promise.resolve({ kind: "keep" })],
    ["a word", "keep"],
    ["a kind that there is not", { kind: "both" }],
    ["a kind that every object has", { kind: "constructor" }],
    ["a write without a row", { kind: "write" }],
    ["a merge without a row", { kind: "merge", row: null }],
    ["a row without fields", { kind: "write", row: { ...row, fields: null } }],
    ["fields in a list", { kind: "write", row: { ...row, fields: [] } }],
    [
      "a field in itself",
      { kind: "write", row: { ...row, fields: { ...taskRow, note: cyclic } } },
    ],
    [
      "a field of bigints",
      { kind: "write", row: { ...row, fields: { ...taskRow, tags: [1n] } } },
    ],
    [
      "a row that may be deleted",
      { kind: "write", row: { ...row, deleted: 1 } },
    ],
    ["a time that is none", { kind: "write", row: { ...row, edited: "now" } }],
    ["no clocks", { kind: "merge", row: { ...row, clocks: undefined } }],
    ["clocks of numbers", { kind: "merge", row: { ...row, clocks: { a: 1 } } }],
    [
      "clocks of what is no field",
      { kind: "write", row: { ...row, clocks: { é: at(5) } } },
    ],
    ["half a row beside keep", { kind: "keep", row: {} }],
    ["a row beside keep", { kind: "keep", row }],
    ["a rejection without a reason", { kind: "reject" }],
    ["a reason that nobody knows", { kind: "reject", code: "toString" }],
  ])("rejects the op when the function answers %s (I16)", (_what, answer) => {
    // Types do not keep an app from it.
    const merge = (() => answer) as unknown as CustomMerge;

    for (const current of [currentRow(), deletedRow])
      expect(decide(custom, withMerge(merge, current))).toEqual({
        kind: "reject",
        code: "failed",
      });
  });

  it.each<MergeDecision>([
    { kind: "write", row },
    { kind: "merge", row: { ...row, clocks: { title: at(5) } } },
    { kind: "write", row: { ...row, fields: {}, deleted: true } },
    { kind: "keep" },
    { kind: "same" },
    { kind: "conflict" },
    { kind: "reject", code: "not-found" },
  ])("takes the answer %j as it is", (answer) => {
    const current = currentRow();
    const input = { ...withMerge(() => answer), current };

    expect(custom.merge(input)).toEqual(answer);
  });

  it("believes no time after the edits of both sides (C2)", () => {
    const edited = "999999999999999-zzzz-zzzzzzzz";
    const clocks = { title: edited, note: at(5) };
    const answer: MergeDecision = {
      kind: "write",
      row: { ...row, edited, clocks },
    };

    for (const [input, latest] of [
      [withMerge(() => answer), at(300)],
      [withMerge(() => answer, currentRow({ edited: at(400) })), at(400)],
    ] as const)
      expect(decide(custom, input)).toMatchObject({
        row: { edited: latest, clocks: { title: latest, note: at(5) } },
      });
  });

  it("takes the clocks that the row has, also of fields that are no more", () => {
    const current = currentRow({ clocks: { gone: at(3) } });
    const merge: CustomMerge = (input) => ({
      kind: "write",
      row: { ...input.current, edited: at(5) },
    });

    expect(decide(custom, withMerge(merge, current))).toMatchObject({
      row: { clocks: { gone: at(3) } },
    });
  });

  it("lets the function change what it is given, and nothing else", () => {
    const merge: CustomMerge = ({ op, current }) => {
      Object.assign(current.fields, op.fields, { note: "both" });
      Object.assign(op.fields, { title: "Nobody's" });
      return { kind: "write", row: current };
    };
    const { rules, ...given } = withMerge(merge);
    const input = { ...structuredClone(given), rules };
    const before = JSON.stringify(input);

    expect(decide(custom, input)).toMatchObject({
      kind: "merge",
      row: { fields: { ...taskRow, title: "Mine", note: "both" } },
    });
    expect(JSON.stringify(input)).toBe(before);
  });

  it("takes a field without a value, and the time of a row whose end was forgotten", () => {
    const fields = { ...taskRow, note: undefined };
    const merge = (({ current }: PolicyInput) => ({
      kind: "write",
      row: { fields, deleted: false, edited: current.edited, clocks: {} },
    })) as unknown as CustomMerge;
    const input = { ...withMerge(merge), current: null };

    expect(decide(custom, input)).toMatchObject({
      kind: "merge",
      row: { fields: taskRow, edited: input.op.edited },
    });
  });

  it("fails loudly where the generated rules have no function", () => {
    expect(() => decide(custom, concurrentInput({}))).toThrow(/options\.merge/);
  });
});
