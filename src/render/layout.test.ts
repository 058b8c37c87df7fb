import { describe, expect, it } from "vitest";
import {
  choice,
  fill,
  fluid,
  group,
  hardLine,
  ifBroken,
  indent,
  join,
  line,
  printLayout,
  softLine,
} from "./layout";
import { textWidth } from "./textWidth";

const list = (items: readonly string[]) =>
  group(["[", indent([softLine, join([",", line], items), ifBroken(",")]), softLine, "]"]);

describe("printLayout", () => {
  it("keeps a group on one line where it fits exactly, and breaks all of its lines where it does not", () => {
    expect(printLayout(list(["aa", "bb"]), 8)).toBe("[aa, bb]");
    expect(printLayout(list(["aa", "bb"]), 7)).toBe("[\n  aa,\n  bb,\n]");
  });

  it("counts what stands behind the group", () => {
    expect(printLayout([list(["aa", "bb"]), ";"], 8)).toBe("[\n  aa,\n  bb,\n];");
  });

  it("breaks outer groups before inner ones", () => {
    const layout = group(["call(", indent([softLine, list(["a", "b"])]), softLine, ")"]);
    expect(printLayout(layout, 11)).toBe("call(\n  [a, b]\n)");
  });

  it("breaks every group around a hard line", () => {
    expect(printLayout(group(["a", line, group(["b", hardLine, "c"])]))).toBe("a\nb\nc");
  });

  it("leaves no spaces at the end of a line", () => {
    expect(printLayout(["a ", hardLine, "b"])).toBe("a\nb");
  });

  it("takes the first layout that fits, else the last", () => {
    const layout = choice("long long", "middle", ["m", hardLine, "in"]);
    expect([9, 6, 5].map((width) => printLayout(layout, width))).toEqual([
      "long long",
      "middle",
      "m\nin",
    ]);
  });

  it("fills lines as a paragraph", () => {
    expect(printLayout(fill(["one", "two", "three", "four"]), 8)).toBe("one two\nthree\nfour");
    expect(printLayout(fill([]))).toBe("");
  });

  it("moves a value below its name only when its beginning does not fit", () => {
    expect(printLayout(["name =", fluid(list(["aa", "bb"]))], 9)).toBe("name = [\n  aa,\n  bb,\n]");
    expect(printLayout(["name =", fluid("value")], 10)).toBe("name =\n  value");
  });

  it("counts columns, not code units", () => {
    expect(["abc", "漢字", "👩‍👩‍👧", "🇨🇭", "e\u0301", "ключ", "\u2028"].map(textWidth)).toEqual([
      3, 4, 2, 2, 1, 4, 1,
    ]);
  });
});
