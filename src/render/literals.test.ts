import fc from "fast-check";
import { check } from "prettier";
import { describe, expect, it } from "vitest";
import type { JsonValue } from "../model/model";
import { printLayout } from "./layout";
import {
  callChain,
  jsonLiteral,
  objectLiteral,
  propertyName,
  stringLiteral,
  typeAnnotation,
} from "./literals";

async function isPretty(text: string): Promise<boolean> {
  return await check(text, { parser: "typescript" });
}

/** Runs the literal, as the emitted program would. */
function evaluate(literal: string): unknown {
  return new Function(`return ${literal};`)() as unknown;
}

const hostileTexts = [
  "",
  "it's",
  'say "hi"',
  `both ' and "`,
  "`${danger}`",
  "*/ alert(1) /*",
  "// not a comment",
  "line\nbreak\r\n\ttab",
  "\u2028\u2029\u0000\ud800",
  "emoji 👩‍👩‍👧 and 漢字",
  "back\\slash \\' \\\"",
  "</script>",
];

describe("stringLiteral", () => {
  it.each(hostileTexts)("reads back as the same text: %j", async (text) => {
    const literal = stringLiteral(text);
    expect(evaluate(literal)).toBe(text);
    expect(await isPretty(`export const value = ${literal};\n`)).toBe(true);
  });

  it("prefers double quotes unless that means more escapes", () => {
    expect(stringLiteral("it's")).toBe(`"it's"`);
    expect(stringLiteral('a "b" c')).toBe(`'a "b" c'`);
    expect(stringLiteral(`"it's"`)).toBe(`'"it\\'s"'`);
    expect(stringLiteral(`'"`)).toBe(`"'\\""`);
  });

  it("reads back as the same text, whatever the text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(evaluate(stringLiteral(text))).toBe(text);
      }),
    );
  });
});

describe("propertyName", () => {
  it("is quoted only where it has to be", () => {
    expect(["text", "$x", "_y", "größe", "a-b", "1a", ""].map(propertyName)).toEqual([
      "text",
      "$x",
      "_y",
      "größe",
      '"a-b"',
      '"1a"',
      '""',
    ]);
  });
});

describe("jsonLiteral", () => {
  it.each<[string, JsonValue, string]>([
    ["nothing", {}, "const value = {};\n"],
    [
      "several records",
      {
        list: [
          { a: 1, b: 2 },
          { a: 3, b: 4 },
        ],
      },
      "const value = {\n  list: [\n    { a: 1, b: 2 },\n    { a: 3, b: 4 },\n  ],\n};\n",
    ],
    ["an exponent", [1e21], "const value = [1e21];\n"],
    ["a prototype", { ["__proto__"]: 1 }, 'const value = { ["__proto__"]: 1 };\n'],
  ])("prints %s", (_name, value, want) => {
    expect(printLayout(["const value = ", jsonLiteral(value), ";"]) + "\n").toBe(want);
  });

  it("is what prettier prints, and reads back as the same value", async () => {
    const key = fc.oneof(fc.stringMatching(/^[a-z]{1,70}$/), fc.string({ maxLength: 12 }));
    const { value } = fc.letrec<{ value: JsonValue }>((tie) => ({
      value: fc.oneof(
        { depthSize: "small", withCrossShrink: true },
        fc.string({ maxLength: 60 }),
        fc.integer(),
        fc
          .double({ noNaN: true, noDefaultInfinity: true })
          .map((number) => (Object.is(number, -0) ? 0 : number)),
        fc.boolean(),
        fc.constant(null),
        fc.array(tie("value"), { maxLength: 6 }),
        fc.array(fc.integer(), { maxLength: 30 }),
        fc.dictionary(key, tie("value"), { maxKeys: 6, noNullPrototype: true }),
      ),
    }));
    await fc.assert(
      fc.asyncProperty(value, async (json) => {
        const literal = printLayout(jsonLiteral(json), 80, "export const value = ".length - 0);
        const text = `${printLayout(["export const value = ", jsonLiteral(json), ";"])}\n`;
        expect(evaluate(`(${literal})`)).toEqual(json);
        if (typeof json === "string" || json === null || typeof json !== "object") return;
        expect(await isPretty(text), text).toBe(true);
      }),
      { numRuns: 300 },
    );
  }, 60_000);
});

describe("typeAnnotation", () => {
  it.each([
    ["fits", ["a", "b"], 'a: "a" | "b";'],
    [
      "fits on the next line",
      ["a".repeat(40), "b".repeat(30)],
      `a:\n  "${"a".repeat(40)}" | "${"b".repeat(30)}";`,
    ],
    [
      "fits nowhere",
      ["a".repeat(40), "b".repeat(40)],
      `a:\n  | "${"a".repeat(40)}"\n  | "${"b".repeat(40)}";`,
    ],
  ])("a union that %s", (_name, members, want) => {
    expect(printLayout(["a", typeAnnotation(members.map(stringLiteral)), ";"])).toBe(want);
  });
});

describe("callChain", () => {
  it("breaks before every call once there are three that do not fit", async () => {
    const chain = callChain("text()", [".notNull()", `.default("${"x".repeat(60)}")`]);
    const text = printLayout([
      "const a = ",
      objectLiteral([{ name: "a", value: chain, breaks: "inside" }]),
      ";",
    ]);
    expect(text).toBe(
      `const a = {\n  a: text()\n    .notNull()\n    .default("${"x".repeat(60)}"),\n};`,
    );
    expect(await isPretty(`${text}\n`)).toBe(true);
  });
});
