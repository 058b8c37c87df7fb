import { describe, expect, it } from "vitest";
import { reference, text } from "../config/fields";
import { table } from "../config/table";
import { only, reports, type Anything } from "./configFixture";

describe("references", () => {
  const refers = (...targets: readonly Anything[]) =>
    table({
      policy: "hlc",
      fields: Object.fromEntries(targets.map((target, index) => [`r${index}`, target])) as Anything,
    });

  it("may form circles where one is optional", () => {
    const tables = {
      a: refers(reference("b")),
      b: refers(reference("a").optional()),
      c: refers(reference("c").optional()),
    };
    expect(reports({ tables })).toEqual([]);
  });

  it("may not, where all are required", () => {
    const tables = {
      a: refers(reference("b")),
      b: refers(reference("c")),
      c: refers(text(), reference("a")),
    };
    const diagnostic = only({ tables });
    expect(diagnostic).toMatchObject({ code: "SG204", path: ["tables", "c", "fields", "r1"] });
    expect(diagnostic.message).toContain("a.r0 → b.r0 → c.r1 → a");
  });

  it("may not need a row of their own table", () => {
    expect(only({ tables: { a: refers(reference("a")) } })).toMatchObject({ code: "SG204" });
  });

  it("are checked in a chain of 200 tables at once", () => {
    const tables = Object.fromEntries(
      Array.from({ length: 200 }, (_, index) => [
        `t${index}x`,
        refers(
          ...Array.from({ length: 5 }, () => reference(`t${Math.min(199, index + 1)}x`).optional()),
        ),
      ]),
    );
    expect(reports({ tables })).toEqual([]);
  });
});
