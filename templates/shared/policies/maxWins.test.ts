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
import { maxWins } from "./maxWins";

const theirs = currentRow({ fields: { ...taskRow, rank: 7, note: "theirs" } });

describe("max-wins", () => {
  it("gives the row as a whole to the greater value", () => {
    expect(
      decide(maxWins, concurrentInput({ fields: { rank: 8 } }, theirs)),
    ).toMatchObject({
      kind: "write",
      row: { fields: { ...taskRow, rank: 8, note: null } },
    });
  });

  it("keeps the row with the greater or equal value", () => {
    expect(
      decide(maxWins, concurrentInput({ fields: { rank: 6 } }, theirs)),
    ).toEqual({ kind: "keep" });
    expect(
      decide(
        maxWins,
        concurrentInput({ fields: { rank: 7, title: "Mine" } }, theirs),
      ),
    ).toEqual({ kind: "keep" });
    expect(
      decide(maxWins, concurrentInput({ fields: { rank: 7 } }, theirs)),
    ).toEqual({ kind: "same" });
    expect(
      decide(maxWins, concurrentInput({ fields: { rank: null } }, theirs)),
    ).toEqual({ kind: "keep" });
  });

  it("ends in the greatest value whatever the order of arrival", () => {
    const order = (first: number, second: number) => {
      const one = decide(
        maxWins,
        sequentialInput(
          { fields: { rank: first }, opId: "op-a" },
          currentRow(),
        ),
      );
      const fields =
        "row" in one && one.row !== undefined ? one.row.fields : taskRow;
      const two = decide(
        maxWins,
        concurrentInput(
          { fields: { rank: second }, opId: "op-b" },
          currentRow({ fields }),
        ),
      );
      return "row" in two && two.row !== undefined
        ? two.row.fields["rank"]
        : fields["rank"];
    };

    expect(order(8, 9)).toBe(9);
    expect(order(9, 8)).toBe(9);
  });

  it("never decreases, even by an edit that saw the row (I12)", () => {
    expect(
      decide(maxWins, sequentialInput({ fields: { rank: 6 } }, theirs)),
    ).toEqual({ kind: "keep" });
    expect(
      decide(maxWins, sequentialInput({ fields: { rank: null } }, theirs)),
    ).toEqual({ kind: "keep" });
  });

  it("lets an edit that saw the row change its other fields", () => {
    expect(
      decide(maxWins, sequentialInput({ fields: { note: "mine" } }, theirs)),
    ).toMatchObject({
      kind: "write",
      row: { fields: { rank: 7, note: "mine" } },
    });
  });

  it("takes any value over none", () => {
    const none = currentRow({ fields: { ...taskRow, rank: null } });

    expect(
      decide(maxWins, concurrentInput({ fields: { rank: -1 } }, none)),
    ).toMatchObject({ row: { fields: { rank: -1 } } });
    expect(
      decide(
        maxWins,
        concurrentInput(
          { base: { title: "Before" }, fields: { note: "x" } },
          none,
        ),
      ),
    ).toEqual({ kind: "keep" });
  });

  it("takes the other fields of an edit that overwrites nothing, though the row has a later version", () => {
    const input = concurrentInput({ fields: { note: "mine" } }, currentRow());

    expect(decide(maxWins, input)).toMatchObject({
      kind: "write",
      row: { fields: { ...taskRow, note: "mine" } },
    });
  });

  it("deletes, and leaves a deleted row deleted unless its natural key is used again", () => {
    const rules = tableRules({ uniqueBy: ["title"] });
    const create = {
      kind: "create" as const,
      fields: taskRow,
      base: null,
      baseStamp: null,
    };

    expect(
      decide(maxWins, concurrentInput({ kind: "delete", fields: {} }, theirs)),
    ).toMatchObject({ row: { deleted: true } });
    expect(
      decide(maxWins, concurrentInput({ fields: { rank: 99 } }, deletedRow)),
    ).toEqual({ kind: "keep" });
    expect(
      decide(maxWins, concurrentInput(create, deletedRow, rules)),
    ).toMatchObject({ row: { fields: taskRow } });
  });

  it("orders choices by their place in the list, and text by its characters", () => {
    const size = {
      kind: "choice" as const,
      optional: true,
      choices: ["small", "medium", "large"],
    };
    const word = { kind: "text" as const, optional: true };
    const winner = (
      rule: typeof size | typeof word,
      mine: string,
      other: string,
    ) => {
      const rules = tableRules({
        fields: { size: rule },
        options: { by: "size" },
      });
      const current = currentRow({ fields: { size: other } });
      return decide(
        maxWins,
        concurrentInput({ base: {}, fields: { size: mine } }, current, rules),
      ).kind;
    };

    expect(winner(size, "large", "medium")).toBe("write");
    expect(winner(size, "medium", "large")).toBe("keep");
    expect(winner(word, "medium", "large")).toBe("write");
  });

  it("fails loudly where the generated rules name no field", () => {
    expect(() =>
      decide(maxWins, concurrentInput({}, theirs, tableRules({ options: {} }))),
    ).toThrow(/options\.by/);
    expect(() =>
      decide(
        maxWins,
        concurrentInput({}, theirs, tableRules({ options: { by: "no" } })),
      ),
    ).toThrow(/options\.by/);
  });
});
