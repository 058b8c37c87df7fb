import { describe, expect, it } from "vitest";
import type { Upgrade } from "../../templates/shared/upgrade";
import { firstName } from "./firstName";

const steps = (...tables: readonly Upgrade["tables"][]): readonly Upgrade[] =>
  tables.map((step, index) => ({ from: index + 1, to: index + 2, tables: step }));

describe("the first name of a table", () => {
  it.each<[string, readonly Upgrade["tables"][], string | null]>([
    ["none while it has one only", [{ entries: { added: { a: 1 } } }], null],
    ["the oldest", [{ a: { renamedTo: "b" } }, { b: { renamedTo: "entries" } }], "a"],
    [
      "none once it has it again",
      [{ entries: { renamedTo: "b" } }, { b: { renamedTo: "entries" } }],
      null,
    ],
    [
      "not that of a former table of its name",
      [{ a: { renamedTo: "entries" } }, { entries: { removed: true } }],
      null,
    ],
    [
      "that of before it went, once it is back",
      [
        { a: { renamedTo: "entries" } },
        { entries: { removed: true } },
        { entries: { returned: true } },
      ],
      "a",
    ],
  ])("is %s", (_, tables, first) => {
    expect(firstName(steps(...tables), "entries")).toBe(first);
  });
});
