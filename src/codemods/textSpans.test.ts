import { describe, expect, it } from "vitest";
import { applySplices, indentAt, lineEnd, quoted, restyle, styleOf } from "./textSpans";

describe("splices", () => {
  it("apply to the text as given, in any order, insertions at one place in theirs", () => {
    const text = applySplices("abcdef", [
      { start: 4, end: 6, text: "X" },
      { start: 1, end: 1, text: "1" },
      { start: 1, end: 1, text: "2" },
      { start: 0, end: 1, text: "A" },
    ]);
    expect(text).toBe("A12bcdX");
  });

  it("refuse to overlap", () => {
    const overlapping = [
      { start: 0, end: 3, text: "" },
      { start: 2, end: 4, text: "" },
    ];
    expect(() => applySplices("abcdef", overlapping)).toThrow("overlapping edits at offset 2");
  });
});

describe("the style of a text", () => {
  it.each([
    ["", { lineEnding: "\n", indent: "  ", quote: '"' }],
    [
      "import a from 'a';\r\nfunction f() {\r\n\treturn \"it's\";\r\n}\r\n",
      { lineEnding: "\r\n", indent: "\t", quote: "'" },
    ],
    [
      "/**\n * A comment.\n */\nif (a) {\n    b('');\n}\n",
      { lineEnding: "\n", indent: "    ", quote: "'" },
    ],
    ["a\r\nb\nc\n", { lineEnding: "\n", indent: "  ", quote: '"' }],
  ])("of %j", (text, wanted) => {
    expect(styleOf(text)).toEqual(wanted);
  });

  it("is what a snippet is written in", () => {
    const style = { lineEnding: "\r\n", indent: "\t", quote: "'" } as const;
    expect(restyle("a({\n  b: {\n    c,\n\n  },\n})", style, "\t\t")).toBe(
      "a({\r\n\t\t\tb: {\r\n\t\t\t\tc,\r\n\r\n\t\t\t},\r\n\t\t})",
    );
  });

  it.each([
    ['say "it\'s"', "'say \"it\\'s\"'"],
    ["a\\b\n`${c}`", "'a\\\\b\\n`${c}`'"],
  ])("quotes %j as the same text", (value, wanted) => {
    expect(quoted(value, { quote: "'" })).toBe(wanted);
    expect(quoted(value, { quote: '"' })).toBe(JSON.stringify(value));
  });
});

describe("lines", () => {
  it("end in front of either line break", () => {
    expect([lineEnd("ab\r\nc", 0), lineEnd("ab\nc", 1), lineEnd("ab", 0)]).toEqual([2, 2, 2]);
  });

  it("start with their indentation", () => {
    expect(indentAt("a\n\t  b c", 6)).toBe("\t  ");
  });
});
