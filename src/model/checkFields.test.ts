import { describe, expect, it } from "vitest";
import { choice, integer, json, text } from "../config/fields";
import { anyField, reports, withFields, type Anything } from "./configFixture";

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
      withFields({ clientId: text(), CreatedAt: text(), _creationTime: text(), seq: text() }),
      ["clientId", "CreatedAt", "_creationTime", "seq"].map(
        (name) => `SG211 tables.tasks.fields.${name}`,
      ),
    ],
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
    ["reference", 1],
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
    if (kind === "json" && value === null) expect(reports(config)).toEqual([]);
    else expect(reports(config)).toEqual(["SG213 tables.tasks.fields.a.default"]);
  });

  it("a default that holds itself", () => {
    const value: Anything = {};
    value.self = value;
    expect(reports(withFields({ a: json<Anything>().default(value) }))).toEqual([
      "SG213 tables.tasks.fields.a.default",
    ]);
  });

  it("null as the default of an optional field is nothing to report", () => {
    expect(reports(withFields({ a: anyField.text().optional().default(null) }))).toEqual([]);
  });
});
