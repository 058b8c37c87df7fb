import { describe, expect, it } from "vitest";
import type { Upgrade } from "../../templates/shared/upgrade";
import { firstName, tableSteps } from "./tableSteps";

const steps = (...tables: readonly Upgrade["tables"][]): readonly Upgrade[] =>
  tables.map((step, index) => ({ from: index + 1, to: index + 2, tables: step }));

describe("the steps of a table", () => {
  it("are found under every name that it had, newest first", () => {
    const upgrades = steps(
      { days: { added: { note: null } } },
      { days: { renamedTo: "entries" } },
      { notes: { removed: true } },
      { entries: { filled: { note: "" } } },
    );

    expect(tableSteps(upgrades, "entries")).toEqual([
      { before: "entries", step: { filled: { note: "" } } },
      { before: "days", step: { renamedTo: "entries" } },
      { before: "days", step: { added: { note: null } } },
    ]);
  });

  it.each<[string, readonly Upgrade["tables"][], string]>([
    ["was removed", [{ entries: { added: { a: 1 } } }, { entries: { removed: true } }], "entries"],
    ["got another", [{ days: { added: { a: 1 } } }, { days: { renamedTo: "entries" } }], "days"],
  ])("are not those of a table of the same name that %s", (_, tables, name) => {
    expect(tableSteps(steps(...tables), name)).toEqual([]);
  });
});

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
  ])("is %s", (_, tables, first) => {
    expect(firstName(steps(...tables), "entries")).toBe(first);
  });
});
