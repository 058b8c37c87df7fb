import fc from "fast-check";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { docComment } from "./docComment";

describe("docComment", () => {
  it("stands on one line where it fits", () => {
    expect(docComment("Milliseconds since 1970.", 2)).toBe("  /** Milliseconds since 1970. */");
  });

  it("wraps long lines between words", () => {
    const text = docComment(`${"word ".repeat(30)}end.`);
    const lines = text.split("\n");
    expect(lines[0]).toBe("/**");
    expect(lines.at(-1)).toBe(" */");
    expect(lines.every((line) => line.length <= 80)).toBe(true);
    expect(text.replace(/[\s*/]+/g, " ").trim()).toBe(`${"word ".repeat(30)}end.`);
  });

  it("keeps paragraphs, and drops empty lines around them", () => {
    expect(docComment("\n\none\r\n\r\ntwo\n")).toBe("/**\n * one\n *\n * two\n */");
  });

  it.each([
    ["ends no comment", "*/ throw 1; /*", "/** *\\/ throw 1; /* */"],
    ["directs no compiler", "@ts-expect-error", "/** \\@ts-expect-error */"],
    ["keeps tags that people write", "@deprecated Use `text`.", "/** @deprecated Use `text`. */"],
    ["holds no control characters", "a\u0000b\u001bc", "/** a b c */"],
  ])("%s", (_name, text, want) => {
    expect(docComment(text)).toBe(want);
  });

  it("is one comment and nothing else, whatever the text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.nat(8), (text, indentation) => {
        const source = `${docComment(text, indentation)}\nconst after = 1;\n`;
        const file = ts.createSourceFile("a.ts", source, ts.ScriptTarget.ES2022);
        expect(file.statements).toHaveLength(1);
        const [only] = ts.getLeadingCommentRanges(source, 0) ?? [];
        expect(source.slice(only?.end)).toBe("\nconst after = 1;\n");
      }),
    );
  });
});
