import { describe, expect, it } from "vitest";
import { choice, integer, json, text } from "../config/fields";
import { anyField, build, reports, withFields, type Anything } from "./configFixture";

/** Lists in lists, so many levels of them. */
function nested(levels: number): unknown[] {
  return levels === 1 ? [] : [nested(levels - 1)];
}

function keyed(keys: number): Record<string, number> {
  return Object.fromEntries(Array.from({ length: keys }, (_, index) => [`k${index}`, index]));
}

describe("fields", () => {
  it.each<[string, Anything, readonly string[]]>([
    [
      "not identifiers",
      withFields({ "due-at": text(), "1st": text(), größe: text(), "": text() }),
      ["due-at", "1st", "größe", ""].map((name) => `SG205 tables.tasks.fields.${name}`),
    ],
    [
      "leading _ or $",
      withFields({ _a: text(), $b: text() }),
      ["SG206 tables.tasks.fields._a", "SG206 tables.tasks.fields.$b"],
    ],
    [
      "members of Object",
      withFields({ constructor: text(), ["__proto__"]: text() }),
      ["SG207 tables.tasks.fields.constructor", "SG207 tables.tasks.fields.__proto__"],
    ],
    [
      "a word of SQL as a field: a warning",
      withFields({ order: integer() }),
      ["SG227 tables.tasks.fields.order"],
    ],
    [
      "fields that differ by case",
      withFields({ dueAt: text(), dueat: text() }),
      ["SG210 tables.tasks.fields.dueat"],
    ],
    [
      "sync columns",
      withFields({ clientId: text(), CreatedAt: text(), _creationTime: text(), opId: text() }),
      ["clientId", "CreatedAt", "_creationTime", "opId"].map(
        (name) => `SG211 tables.tasks.fields.${name}`,
      ),
    ],
    ["a column of the queue alone", withFields({ seq: integer() }), []],
    [
      "a long field",
      withFields({ ["a".repeat(64)]: text(), ["b".repeat(65)]: text() }),
      [`SG208 tables.tasks.fields.${"b".repeat(65)}`],
    ],

    ["no choices", withFields({ a: anyField.choice([]) }), ["SG215 tables.tasks.fields.a.choices"]],
    [
      "a choice twice",
      withFields({ a: choice(["x", "y", "x"]) }),
      ["SG216 tables.tasks.fields.a.choices.2"],
    ],
    [
      "a choice that is no text",
      withFields({ a: anyField.choice(["x", 2]) }),
      ["SG112 tables.tasks.fields.a.choices.1"],
    ],
    [
      "a default that is no choice",
      withFields({ a: anyField.choice(["low", "high"]).default("hihg") }),
      ["SG214 tables.tasks.fields.a.default"],
    ],
    [
      "a set that does not start as a list",
      withFields({ a: anyField.json().set().default({}) }),
      ["SG226 tables.tasks.fields.a.default"],
    ],
    [
      "an order without every choice",
      withFields({ a: choice(["x", "y", "z"]).oneWay(["y", "x"]) }),
      ["SG226 tables.tasks.fields.a.oneWay"],
    ],
    [
      "an order with something else",
      withFields({ a: anyField.choice(["x"]).oneWay(["x", "w"]) }),
      ["SG226 tables.tasks.fields.a.oneWay"],
    ],
    [
      "one-sided fields without a value",
      withFields({ a: text().deviceOnly(), b: text().serverOnly() }),
      ["SG225 tables.tasks.fields.a.deviceOnly", "SG225 tables.tasks.fields.b.serverOnly"],
    ],
    [
      "a merge of what stays here",
      withFields({ a: integer().default(0).counter().deviceOnly() }),
      ["SG116 tables.tasks.fields.a.counter"],
    ],
  ])("%s", (_, config, want) => {
    expect(reports(config)).toEqual(want);
  });
});

describe("defaults", () => {
  it.each([
    ["text", 3],
    ["text", "a\0b"],
    ["text", "\ud800"],
    ["integer", 1.5],
    ["integer", 2 ** 53],
    ["integer", "1"],
    ["real", NaN],
    ["real", Infinity],
    ["boolean", 1],
    ["timestamp", new Date(0)],
    ["timestamp", 0.5],
    ["reference", "017f22e2-79b0-7fff-bf01-020304050607"],
    ["json", undefined],
    ["json", { a: [() => 1] }],
    ["json", { $a: 1 }],
    ["json", { é: 1 }],
    ["json", new Map()],
    ["json", 1n],
    ["text", null],
    ["json", null],
  ])("a default of %s that is %s", (kind, value) => {
    const field = kind === "reference" ? anyField.reference("tasks").optional() : anyField[kind]();
    const config = withFields({ a: (value === null ? anyField[kind]() : field).default(value) });
    expect(reports(config)).toEqual(["SG213 tables.tasks.fields.a.default"]);
  });

  it("a default that holds itself", () => {
    const value: Anything = {};
    value.self = value;
    expect(reports(withFields({ a: json<Anything>().default(value) }))).toEqual([
      "SG213 tables.tasks.fields.a.default",
    ]);
  });

  it.each<[string, Anything, Anything]>([
    ["deep", nested(15), nested(16)],
    ["wide", keyed(1024), keyed(1025)],
    ["long", Array(8192).fill(0), Array(8193).fill(0)],
    ["of long keys", { ["k".repeat(1024)]: 1 }, { ["k".repeat(1025)]: 1 }],
  ])("as %s as device and server take them, and no more", (_, most, more) => {
    const report = (value: Anything) => reports(withFields({ a: json<Anything>().default(value) }));
    expect(report(most)).toEqual([]);
    expect(report(more)).toEqual(["SG213 tables.tasks.fields.a.default"]);
  });

  it("are refused in the words of device and server, with the part that is to blame", () => {
    const said = (field: Anything) =>
      build(withFields({ a: field })).diagnostics.map(({ message }) => message);
    expect(said(anyField.integer().default(1.5))).toEqual([
      'The default of "a" is 1.5: it must be a whole number between -(2^53 - 1) and 2^53 - 1.',
    ]);
    expect(said(json<Anything>().default({ corners: [{ x: 1 }, { x: NaN }] }))).toEqual([
      'The default of "a" is an object: it must hold finite numbers only (at corners.1.x).',
    ]);
  });

  it("null as the default of an optional field is nothing to report", () => {
    expect(reports(withFields({ a: anyField.text().optional().default(null) }))).toEqual([]);
  });
});
