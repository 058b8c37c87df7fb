import { describe, expect, it } from "vitest";
import {
  concurrentInput,
  currentRow,
  deletedRow,
  sequentialInput,
  tableRules,
  taskRow,
} from "../../../test/shared/mergeCase";
import { decide } from "../merge";
import { manual } from "./manual";

const remove = { kind: "delete" as const, fields: {} };

describe("manual", () => {
  it("asks a person about every concurrent change", () => {
    expect(decide(manual, concurrentInput({}))).toEqual({ kind: "conflict" });
    expect(decide(manual, concurrentInput({ fields: { note: "x" } }))).toEqual({
      kind: "conflict",
    });
    expect(decide(manual, concurrentInput(remove))).toEqual({
      kind: "conflict",
    });
    expect(decide(manual, concurrentInput({}, deletedRow))).toEqual({
      kind: "conflict",
    });
  });

  it("asks nobody where nothing is lost", () => {
    expect(decide(manual, sequentialInput({}))).toMatchObject({
      kind: "write",
      row: { fields: { ...taskRow, title: "Mine" } },
    });
    expect(
      decide(manual, concurrentInput({ fields: { title: "Theirs" } })),
    ).toEqual({ kind: "same" });
    const touched = currentRow({ fields: { ...taskRow, count: 11 } });
    expect(decide(manual, concurrentInput({}, touched))).toMatchObject({
      kind: "merge",
    });
  });

  it("asks about two different rows of one natural key", () => {
    const rules = tableRules({ uniqueBy: ["title"] });
    const create = {
      kind: "create" as const,
      fields: { ...taskRow, note: "x" },
      base: null,
    };

    expect(
      decide(manual, concurrentInput(create, currentRow(), rules)),
    ).toEqual({ kind: "conflict" });
  });
});
