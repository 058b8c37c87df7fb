import { describe, expect, it } from "vitest";
import {
  chosenFields,
  combinedFields,
  fieldConflicts,
} from "../../templates/client/components/conflictChoices";
import { counter } from "../../templates/shared/combine";
import { jsonProblem } from "../../templates/shared/jsonProblem";
import type { TableRules } from "../../templates/client/sync/shared/policy";
import type { Fields } from "../../templates/client/sync/shared/protocol";
import type { OpView } from "../../templates/client/sync/types";

const rules: TableRules = {
  name: "notes",
  operations: ["update"],
  uniqueBy: [],
  options: {},
  fields: {
    title: { kind: "text", optional: false },
    rank: { kind: "choice", optional: false, choices: ["a", "b"] },
    size: { kind: "integer", optional: true },
    labels: { kind: "json", optional: false, problemOf: jsonProblem },
    visits: { kind: "integer", optional: false, default: 0, merge: counter },
  },
};

function conflict(mine: Fields, theirs: Fields | null, kind: OpView["kind"] = "update"): OpView {
  return {
    opId: "o",
    table: "notes",
    clientId: "n",
    scopeId: null,
    kind,
    state: "conflict",
    mine,
    base: null,
    theirs,
    code: null,
    message: null,
    attempts: 0,
    createdAt: 0,
  };
}

describe("counters, sets and one-way fields", () => {
  const edit: OpView = {
    ...conflict({ title: "m", visits: 7 }, { title: "t", visits: 6 }),
    base: { title: "b", visits: 5 },
  };

  it("are nothing to choose", () => {
    expect(fieldConflicts(edit, rules).map(({ field }) => field)).toEqual(["title"]);
  });

  it("keep what both sides did", () => {
    expect(combinedFields(edit, rules)).toEqual({ visits: 8 });
    expect(combinedFields({ ...edit, theirs: null }, rules)).toEqual({});
    expect(combinedFields({ ...edit, mine: { title: "m" } }, rules)).toEqual({});
  });
});

describe("fieldConflicts", () => {
  it("lists fields that differ, in the table's order", () => {
    const mine = { labels: ["m"], size: 1, title: "same", rank: "a" };
    const theirs = { labels: [], size: null, title: "same", rank: "b" };

    expect(fieldConflicts(conflict(mine, theirs), rules).map(({ field }) => field)).toEqual([
      "rank",
      "size",
      "labels",
    ]);
  });

  it("offers both for texts and lists alone", () => {
    const mine = { title: "m", rank: "a", size: 1, labels: [{ id: 1 }, "x"] };
    const theirs = { title: "t", rank: "b", size: 2, labels: ["y", { id: 1 }] };

    const both = fieldConflicts(conflict(mine, theirs), rules).map((item) => item.both?.value);

    expect(both).toEqual(["t\nm", undefined, undefined, ["y", { id: 1 }, "x"]]);
  });

  it("takes values for equal whatever the order of their keys: Convex sorts them, and the device does not", () => {
    const mine = { title: "m", labels: { b: 1, a: 2 } };
    const theirs = { title: "t", labels: { a: 2, b: 1 } };
    const lists = conflict({ labels: [mine.labels, "x"] }, { labels: [theirs.labels] });

    expect(fieldConflicts(conflict(mine, theirs), rules).map(({ field }) => field)).toEqual([
      "title",
    ]);
    expect(fieldConflicts(lists, rules)[0]?.both?.value).toEqual([theirs.labels, "x"]);
  });

  it("offers no both where one text is empty", () => {
    expect(fieldConflicts(conflict({ title: "" }, { title: "t" }), rules)[0]?.both).toBeNull();
  });

  it("lists nothing where a side deleted the row", () => {
    expect(fieldConflicts(conflict({ title: "m" }, null), rules)).toEqual([]);
    expect(fieldConflicts(conflict({}, { title: "t" }, "delete"), rules)).toEqual([]);
  });
});

describe("chosenFields", () => {
  const fields = fieldConflicts(conflict({ title: "m", size: 1 }, { title: "t", size: 2 }), rules);

  it("is null while a choice is missing, or is one that is not offered", () => {
    expect(chosenFields(fields, { title: "mine" })).toBeNull();
    expect(chosenFields(fields, { title: "mine", size: "both" })).toBeNull();
  });

  it("gives the chosen values", () => {
    expect(chosenFields(fields, { title: "both", size: "theirs" })).toEqual({
      title: "t\nm",
      size: 2,
    });
  });
});
