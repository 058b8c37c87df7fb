import { describe, expect, it } from "vitest";
import { text } from "../config/fields";
import { anyField, only, reports, withFields, type Anything } from "./configFixture";

const fields = (count: number, make: () => unknown = text): Anything =>
  Object.fromEntries(
    Array.from({ length: count }, (_, index) => [`f${String(index)}`, make()] as const),
  );
const names = (count: number): readonly string[] => Object.keys(fields(count) as object);

describe("what Convex takes of one table", () => {
  it("is 29 indexes beside the three of the sync, those of fields included", () => {
    const indexed = () => text().index();
    expect(reports(withFields(fields(29, indexed)))).toEqual([]);
    expect(only(withFields(fields(30, indexed)))).toMatchObject({
      code: "SG228",
      path: ["tables", "tasks"],
      allowed: "at most 29 of your own, those of references included",
    });
    expect(reports(withFields(fields(29, indexed), { indexes: [["f1", "f2"]] }))).toEqual([
      "SG228 tables.tasks",
    ]);
  });

  it("does not count indexes that only the device has", () => {
    const local = () => anyField.text().optional().deviceOnly().index();
    expect(reports(withFields({ title: text(), ...fields(40, local) }))).toEqual([]);
  });

  it("is 16 fields an index", () => {
    expect(reports(withFields(fields(17), { indexes: [names(16)] }))).toEqual([
      // Sixteen names make a long one, which has a check of its own.
      "SG208 tables.tasks.indexes.0",
    ]);
    const named = (count: number) => ({ indexes: [{ name: "by_many", fields: names(count) }] });
    expect(reports(withFields(fields(17), named(16)))).toEqual([]);
    expect(reports(withFields(fields(17), named(17)))).toEqual(["SG228 tables.tasks.indexes.0"]);
  });

  it("is 1,024 fields a document, the sync's own among them", () => {
    expect(reports(withFields(fields(1_012)))).toEqual([]);
    expect(reports(withFields(fields(1_013)))).toEqual(["SG229 tables.tasks"]);
    const scoped = { scope: "workspace" };
    expect(reports(withFields(fields(1_011), scoped))).toEqual([]);
    expect(reports(withFields(fields(1_012), scoped))).toEqual(["SG229 tables.tasks"]);
  });
});
