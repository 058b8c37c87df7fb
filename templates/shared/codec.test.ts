import { getConvexSize, type Value } from "convex/values";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  canonicalJson,
  checkFields,
  completeFields,
  equalValues,
  isWireValue,
  isWithin,
  normalizeFields,
  storedBytes,
  wireBytes,
} from "./codec";
import { set } from "./combine";
import { jsonProblem } from "./jsonProblem";
import type { FieldRules, TableRules } from "./policy";
import type { WireValue } from "./protocol";

function rulesOf(fields: Readonly<Record<string, FieldRules>>): TableRules {
  return {
    name: "things",
    operations: ["create"],
    uniqueBy: [],
    options: {},
    fields,
  };
}

/** What is wrong with one value of a field of this kind; `null` for nothing. */
function problemWith(rule: Partial<FieldRules>, value: unknown): string | null {
  const rules = rulesOf({
    it: { kind: "json", optional: false, problemOf: jsonProblem, ...rule },
  });
  const [problem] = checkFields(rules, { it: value }, "update");
  return problem?.message ?? null;
}

function nested(levels: number): unknown {
  return levels === 0 ? 1 : [nested(levels - 1)];
}

describe("checkFields", () => {
  const good: readonly [FieldRules["kind"], readonly unknown[]][] = [
    ["text", ["", "é", "😀", "a\nb"]],
    ["integer", [0, -1, Number.MAX_SAFE_INTEGER]],
    ["real", [0.1, -1e300, Number.MIN_VALUE]],
    ["boolean", [true, false]],
    ["timestamp", [1_767_225_600_000]],
    [
      "json",
      [
        true,
        1.5,
        "x",
        [],
        {},
        { a: [{ b: null }] },
        Object.create(null),
        nested(15),
        Array(8192).fill(0),
      ],
    ],
    ["choice", ["low", "high"]],
    ["reference", ["017f22e2-79b0-7fff-bf01-020304050607"]],
  ];

  it.each(good)("accepts %s values", (kind, values) => {
    for (const value of values) {
      expect(problemWith({ kind, choices: ["low", "high"] }, value)).toBeNull();
    }
  });

  const bad: readonly [FieldRules["kind"], unknown, RegExp][] = [
    ["text", 1, /text/],
    ["text", "a\0b", /NUL/],
    ["text", "\ud800", /surrogate/],
    ["text", "a\udc00", /surrogate/],
    ["text", "\udc00\ud800", /surrogate/],
    ["integer", 1.5, /whole number/],
    ["integer", 2 ** 53, /whole number/],
    ["integer", "1", /whole number/],
    ["integer", 1n, /whole number/],
    ["real", Number.NaN, /finite/],
    ["real", Infinity, /finite/],
    ["boolean", 1, /true or false/],
    ["timestamp", new Date(0), /whole number/],
    ["timestamp", Number.NaN, /whole number/],
    ["choice", "medium", /choices/],
    ["reference", "", /empty/],
    ["reference", 7, /text/],
    ["json", undefined, /./],
    ["json", () => 1, /function/],
    ["json", 1n, /bigint/],
    ["json", new Date(0), /plain/],
    ["json", new Map(), /plain/],
    ["json", [undefined], /undefined/],
    ["json", { a: undefined }, /undefined/],
    ["json", { a: Number.NaN }, /finite/],
    ["json", ["\ud800"], /surrogate/],
    ["json", { $ref: 1 }, /\$/],
    ["json", { _id: 1 }, /_/],
    ["json", { "": 1 }, /ASCII/],
    ["json", { é: 1 }, /ASCII/],
    ["json", { "a\n": 1 }, /ASCII/],
    ["json", { ["k".repeat(1025)]: 1 }, /1024 characters/],
    ["json", JSON.parse('{"__proto__": 1}'), /_/],
    ["json", nested(16), /15 levels/],
    ["json", Array(8193).fill(0), /8192/],
    [
      "json",
      Object.fromEntries(
        Array.from({ length: 1025 }, (_, index) => [`k${index}`, 0]),
      ),
      /1024 keys/,
    ],
  ];

  it.each(bad.filter(([, value]) => value !== undefined))(
    "refuses %s value %o",
    (kind, value, message) => {
      expect(problemWith({ kind, choices: ["low", "high"] }, value)).toMatch(
        message,
      );
    },
  );

  it("refuses every choice where none is listed", () => {
    expect(problemWith({ kind: "choice" }, "low")).toMatch(/choices/);
  });

  it("lets only optional fields be null", () => {
    expect(problemWith({ kind: "text", optional: true }, null)).toBeNull();
    expect(problemWith({ kind: "text" }, null)).toMatch(/must have a value/);
  });

  it("wants a list where values merge as a set", () => {
    expect(problemWith({ merge: set }, { a: 1 })).toMatch(/list/);
    expect(problemWith({ merge: set }, ["a"])).toBeNull();
  });

  const rules = rulesOf({
    title: { kind: "text", optional: false },
    state: { kind: "text", optional: false, default: "new" },
    note: { kind: "text", optional: true },
  });

  it("finds everything that is wrong at once", () => {
    expect(checkFields(rules, { note: 1, other: 2 }, "create")).toEqual([
      { field: "note", code: "invalid", message: "must be text" },
      {
        field: "other",
        code: "unknown-field",
        message: "no field that can be written: things has title, state, note",
      },
      { field: "title", code: "missing", message: "is required" },
    ]);
  });

  it("takes undefined for not given", () => {
    expect(checkFields(rules, { title: undefined }, "update")).toEqual([]);
    expect(checkFields(rules, { title: undefined }, "create")).toMatchObject([
      { code: "missing" },
    ]);
  });

  it("does not take names of Object for fields (18)", () => {
    for (const name of [
      "constructor",
      "toString",
      "__proto__",
      "hasOwnProperty",
    ]) {
      const fields = JSON.parse(`{"${name}": "x"}`) as Record<string, unknown>;
      expect(checkFields(rules, fields, "update")).toMatchObject([
        { field: name, code: "unknown-field" },
      ]);
    }
  });
});

describe("completeFields", () => {
  const rules = rulesOf({
    title: { kind: "text", optional: false },
    done: { kind: "boolean", optional: false, default: false },
    note: { kind: "text", optional: true, default: "none" },
    dueAt: { kind: "timestamp", optional: true },
  });

  it("fills in defaults and null, and drops what is no field", () => {
    expect(completeFields(rules, { title: "Call", other: 1 })).toEqual({
      title: "Call",
      done: false,
      note: "none",
      dueAt: null,
    });
  });

  it("keeps what is given, also false and null", () => {
    const given = { title: "", done: true, note: null, dueAt: 0 };

    expect(completeFields(rules, given)).toEqual(given);
  });
});

describe("normalizeFields", () => {
  it("drops undefined and makes -0 plain, at every depth (E12, E15)", () => {
    const fields = normalizeFields({
      a: undefined,
      b: -0,
      c: [{ d: -0, e: [-0, 1] }],
      f: null,
      g: "x",
      h: true,
    });

    expect(fields).toStrictEqual({
      b: 0,
      c: [{ d: 0, e: [0, 1] }],
      f: null,
      g: "x",
      h: true,
    });
    expect(Object.is(fields["b"], 0)).toBe(true);
  });

  it("makes what JSON returns unchanged (I19)", () => {
    const json = fc.jsonValue({
      noUnicodeString: false,
    }) as fc.Arbitrary<WireValue>;
    fc.assert(
      fc.property(json, (value) => {
        const fields = normalizeFields({ value });
        expect(JSON.parse(JSON.stringify(fields))).toStrictEqual(
          JSON.parse(canonicalJson(fields)),
        );
        expect(equalValues(fields["value"] ?? null, value)).toBe(true);
      }),
    );
  });
});

describe("wireBytes", () => {
  it("counts what another implementation encodes", () => {
    const json = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.jsonValue(),
    ) as fc.Arbitrary<WireValue>;
    fc.assert(
      fc.property(json, (value) => {
        expect(wireBytes(value)).toBe(
          new TextEncoder().encode(JSON.stringify(value)).length,
        );
      }),
    );
    expect(wireBytes("aé€😀")).toBe(2 + 1 + 2 + 3 + 4);
  });
});

describe("storedBytes", () => {
  it("counts what Convex counts", () => {
    const value = fc.oneof(fc.string({ unit: "grapheme" }), fc.jsonValue());
    fc.assert(
      fc.property(value as fc.Arbitrary<Value & WireValue>, (stored) => {
        expect(storedBytes(stored)).toBe(getConvexSize(stored));
      }),
    );
  });
});

describe("isWithin", () => {
  it("counts short JSON that Convex stores at length, and the other way round (I18)", () => {
    const numbers = { list: Array.from({ length: 1000 }, () => 1) };
    const escaped = { text: "\u0001".repeat(1000) };

    expect(isWithin(8_000, numbers)).toBe(false);
    expect(isWithin(10_000, numbers)).toBe(true);
    expect(isWithin(5_000, escaped)).toBe(false);
    expect(isWithin(7_000, escaped)).toBe(true);
  });

  it("agrees with the exact sizes", () => {
    const fields = fc.dictionary(fc.string(), fc.jsonValue());
    fc.assert(
      fc.property(
        fields as fc.Arbitrary<Record<string, WireValue>>,
        fc.nat(300),
        (values, limit) => {
          const largest = Math.max(wireBytes(values), storedBytes(values));
          expect(isWithin(limit, values)).toBe(largest <= limit);
        },
      ),
    );
  });
});

describe("canonicalJson and equalValues", () => {
  it("sort keys at every depth, and keep the order of lists", () => {
    expect(canonicalJson({ b: [{ d: 1, c: 2 }, 1], a: null })).toBe(
      '{"a":null,"b":[{"c":2,"d":1},1]}',
    );
  });

  it("agree", () => {
    expect(equalValues({ a: 1, b: [2] }, { b: [2], a: 1 })).toBe(true);
    expect(equalValues([1, 2], [2, 1])).toBe(false);
    expect(equalValues(0, -0)).toBe(true);
    expect(equalValues(null, {})).toBe(false);
    expect(equalValues({}, null)).toBe(false);
    expect(equalValues("1", 1)).toBe(false);
    expect(equalValues([], {})).toBe(false);
  });
});

describe("what JSON can hold", () => {
  it.each([
    ["null", null, true],
    ["text", "a", true],
    ["lists in objects", { a: [1, "b", { c: null }] }, true],
    ["a bigint", 1n, false],
    ["undefined", undefined, false],
    ["a bigint in a list", [1, 2n], false],
    ["undefined in an object", { a: { b: undefined } }, false],
    ["bytes", new ArrayBuffer(1), false],
    ["a date", new Date(0), false],
  ])("%s: %o", (_name, value, expected) => {
    expect(isWireValue(value)).toBe(expected);
  });
});
