import { describe, expect, it } from "vitest";
import { tableRules } from "../../test/shared/mergeCase";
import { combineFields, counter, set } from "./combine";
import { jsonProblem } from "./jsonProblem";
import type { Fields, WireValue } from "./protocol";

const rules = tableRules();

/** The value after an update from `base` to `mine` met `theirs`. */
function meet(
  field: string,
  base: WireValue,
  mine: WireValue,
  theirs: WireValue,
): WireValue | undefined {
  const op = {
    kind: "update" as const,
    fields: { [field]: mine },
    base: { [field]: base },
  };
  return combineFields(rules, op, { [field]: theirs })[field];
}

describe("a counter", () => {
  it("adds up increments and decrements", () => {
    expect(meet("count", 10, 13, 11)).toBe(14);
    expect(meet("count", 10, 8, 11)).toBe(9);
  });

  it("counts no value as 0", () => {
    expect(meet("count", null, 2, 3)).toBe(5);
    expect(meet("count", 4, null, 5)).toBe(1);
    expect(meet("count", 4, 6, null)).toBe(2);
  });

  it("counts what is no number as 0, too", () => {
    expect(meet("count", Number.NaN, 2, 3)).toBe(5);
    expect(meet("count", 0, 5, Number.NaN)).toBe(5);
    expect(meet("count", "4", 6, 1)).toBe(7);
  });

  it("stays what others made of it when the op did not move it", () => {
    expect(meet("count", 10, 10, 12)).toBe(12);
  });

  it("takes the op's value when nobody else moved it", () => {
    expect(meet("count", 0.1, 0.3, 0.1)).toBe(0.3);
  });

  it("stays a number that both sides can store", () => {
    const most = Number.MAX_SAFE_INTEGER;

    expect(meet("count", 0, most, most - 1)).toBe(most);
    expect(meet("count", 0, -most, -5)).toBe(-most);
  });
});

describe("a set", () => {
  it("keeps what either side added and drops what either removed", () => {
    expect(meet("tags", ["a", "b"], ["b", "c"], ["a", "d"])).toEqual([
      "c",
      "d",
    ]);
  });

  it("compares items by their content", () => {
    const [x, y] = [
      { id: 1, on: true },
      { on: true, id: 1 },
    ];

    expect(meet("tags", [x], [y, "z"], [x, "w"])).toEqual(["w", "z", x]);
  });

  it("counts no value as empty", () => {
    expect(meet("tags", null, ["b"], ["a"])).toEqual(["a", "b"]);
    expect(meet("tags", ["a"], null, ["a", "b"])).toEqual(["b"]);
  });

  it("keeps the order of a side that stands alone", () => {
    expect(meet("tags", ["a", "b"], ["b", "a"], ["a", "b"])).toEqual([
      "b",
      "a",
    ]);
    expect(meet("tags", ["a"], ["b", "a"], ["b", "a"])).toEqual(["b", "a"]);
  });
});

describe("a one-way field", () => {
  it("only moves forward", () => {
    expect(meet("stage", "new", "read", "sent")).toBe("read");
    expect(meet("stage", "new", "sent", "read")).toBe("read");
  });

  it("does not move back, even when nobody else moved it", () => {
    expect(meet("stage", "sent", "new", "sent")).toBe("sent");
    expect(meet("stage", "sent", null, "sent")).toBe("sent");
  });
});

describe("combineFields", () => {
  it("leaves the other fields to the policy", () => {
    const op = {
      kind: "update" as const,
      fields: { title: "x", count: 1, other: 2 },
      base: { count: 0 },
    };

    expect(combineFields(rules, op, { count: 5 })).toEqual({ count: 6 });
  });

  it("takes the op's value where the device knows no base", () => {
    const op = { kind: "update" as const, fields: { count: 7 }, base: null };

    expect(combineFields(rules, op, { count: 5 })).toEqual({ count: 7 });
  });

  const create = {
    kind: "create" as const,
    fields: { count: 12, tags: ["a"] },
    base: null,
  };

  it("adds nothing for a create that comes again", () => {
    expect(combineFields(rules, create, { count: 15, tags: [] })).toEqual({
      count: 15,
      tags: [],
    });
    expect(combineFields(rules, create, {})).toEqual({
      count: null,
      tags: null,
    });
  });

  it("adds up two creates of one natural key, from the default", () => {
    const natural = tableRules({
      uniqueBy: ["title"],
      fields: {
        count: {
          kind: "integer",
          optional: false,
          default: 10,
          merge: counter,
        },
        tags: {
          kind: "json",
          optional: true,
          problemOf: jsonProblem,
          merge: set,
        },
      },
    });

    expect(combineFields(natural, create, { count: 13, tags: ["b"] })).toEqual({
      count: 15,
      tags: ["a", "b"],
    });
  });
});

describe("what is left of a base that may not be known any more", () => {
  const left = (fields: Fields, base: Fields | null) =>
    counter.combining.countedFrom(rules, { kind: "update", fields, base });

  it("is what the edited counters, sets and one-way fields count from", () => {
    const base = { count: 10, tags: ["a"], title: "secret" };
    const edited = { count: 11, title: "mine" };
    expect(left(edited, base)).toEqual({ "": null, count: 10 });
    expect(left({ tags: ["b"] }, { title: "secret" })).toEqual({
      "": null,
      tags: null,
    });
  });

  it("is nothing for an edit of other fields, and of a row that was not known", () => {
    expect(left({ title: "mine" }, { count: 10, title: "secret" })).toBe(null);
    expect(left({ count: 11 }, null)).toBe(null);
  });
});
