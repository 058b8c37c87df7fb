import { describe, expect, it } from "vitest";
import {
  at,
  concurrentInput,
  currentRow,
  deletedRow,
  sequentialInput,
  tableRules,
  taskRow,
} from "../../../test/shared/mergeCase";
import { decide } from "../merge";
import { mobileWins } from "./mobileWins";

const remove = { kind: "delete" as const, fields: {} };

describe("mobile-wins", () => {
  it("writes the device's changed fields over a concurrent change, and keeps the others", () => {
    expect(decide(mobileWins, concurrentInput({}))).toEqual({
      kind: "merge",
      row: {
        fields: { ...taskRow, title: "Mine", rank: 7 },
        deleted: false,
        edited: at(300),
        clocks: {},
      },
    });
  });

  it("does not look at clocks", () => {
    expect(
      decide(mobileWins, concurrentInput({ edited: at(1) })),
    ).toMatchObject({
      row: { fields: { title: "Mine" }, edited: at(200, "other000") },
    });
  });

  it("deletes a row that was edited meanwhile", () => {
    expect(decide(mobileWins, concurrentInput(remove))).toMatchObject({
      row: { deleted: true, fields: {} },
    });
  });

  it("brings a deleted row back with an edit", () => {
    expect(decide(mobileWins, concurrentInput({}, deletedRow))).toMatchObject({
      kind: "write",
      row: { fields: { ...taskRow, title: "Mine" }, deleted: false },
    });
  });

  it('leaves a deleted row deleted with `deletes: "win"`', () => {
    const rules = tableRules({ options: { deletes: "win" } });

    expect(decide(mobileWins, concurrentInput({}, deletedRow, rules))).toEqual({
      kind: "keep",
    });
    expect(
      decide(mobileWins, concurrentInput({}, currentRow(), rules)),
    ).toMatchObject({
      kind: "write",
    });
  });

  it("creates a deleted natural key again, whatever deletes do", () => {
    const rules = tableRules({
      uniqueBy: ["title"],
      options: { deletes: "win" },
    });
    const create = {
      kind: "create" as const,
      fields: taskRow,
      base: null,
      baseStamp: null,
    };

    expect(
      decide(mobileWins, concurrentInput(create, deletedRow, rules)),
    ).toMatchObject({
      kind: "write",
      row: { fields: taskRow, deleted: false },
    });
  });

  it("writes nothing when the row already says so", () => {
    expect(
      decide(mobileWins, sequentialInput({ fields: { title: "Call" } })),
    ).toEqual({
      kind: "same",
    });
  });
});
