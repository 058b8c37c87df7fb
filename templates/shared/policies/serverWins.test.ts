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
import { serverWins } from "./serverWins";

const remove = { kind: "delete" as const, fields: {} };
const create = {
  kind: "create" as const,
  fields: taskRow,
  base: null,
  baseStamp: null,
};

describe("server-wins", () => {
  it("supersedes an edit that did not see the row, whatever field it is of", () => {
    expect(decide(serverWins, concurrentInput({}))).toEqual({ kind: "keep" });
    expect(
      decide(serverWins, concurrentInput({ fields: { note: "x" } })),
    ).toEqual({ kind: "keep" });
    expect(decide(serverWins, concurrentInput(remove))).toEqual({
      kind: "keep",
    });
  });

  it("writes an edit that saw the row", () => {
    expect(decide(serverWins, sequentialInput({}))).toMatchObject({
      kind: "write",
      row: { fields: { ...taskRow, title: "Mine" } },
    });
    expect(decide(serverWins, sequentialInput(remove))).toMatchObject({
      row: { deleted: true },
    });
  });

  it("writes an edit when nothing but counters, sets and one-way fields moved meanwhile", () => {
    const counted = currentRow({
      fields: { ...taskRow, count: 11, stage: "read" },
    });

    expect(decide(serverWins, concurrentInput({}, counted))).toMatchObject({
      kind: "merge",
      row: { fields: { ...taskRow, title: "Mine", count: 11, stage: "read" } },
    });
  });

  it("leaves a deleted row deleted", () => {
    expect(decide(serverWins, concurrentInput({}, deletedRow))).toEqual({
      kind: "keep",
    });
    expect(decide(serverWins, concurrentInput(create, deletedRow))).toEqual({
      kind: "keep",
    });
  });

  it("creates a deleted natural key again, and keeps a live one", () => {
    const rules = tableRules({ uniqueBy: ["title"] });

    expect(
      decide(serverWins, concurrentInput(create, deletedRow, rules)),
    ).toMatchObject({ kind: "write" });
    expect(
      decide(
        serverWins,
        concurrentInput(
          { ...create, fields: { ...taskRow, rank: 1 } },
          currentRow(),
          rules,
        ),
      ),
    ).toMatchObject({ kind: "keep", row: { fields: { rank: 5, count: 20 } } });
  });

  it("has nothing to supersede when the row already says so", () => {
    expect(
      decide(serverWins, concurrentInput({ fields: { title: "Theirs" } })),
    ).toEqual({ kind: "same" });
  });
});
