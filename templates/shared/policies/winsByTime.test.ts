import { describe, expect, it } from "vitest";
import {
  at,
  concurrentInput,
  currentRow,
  deletedRow,
  sequentialInput,
  taskRow,
} from "../../../test/shared/mergeCase";
import { decide } from "../merge";
import { hlcWins } from "./hlc";
import { lastWriteWins } from "./lastWriteWins";

const remove = { kind: "delete" as const, fields: {} };
const edited = { ...taskRow, title: "Theirs", rank: 7 };

describe.each([
  ["hlc", hlcWins],
  ["last-write-wins", lastWriteWins],
])("%s", (_, policy) => {
  it("gives the row as a whole to the later edit", () => {
    expect(decide(policy, concurrentInput({ edited: at(201) }))).toEqual({
      kind: "write",
      row: {
        fields: { ...taskRow, title: "Mine" },
        deleted: false,
        edited: at(201),
        clocks: {},
      },
    });
  });

  it("supersedes the earlier one", () => {
    expect(decide(policy, concurrentInput({ edited: at(199) }))).toEqual({
      kind: "keep",
    });
    expect(
      decide(policy, concurrentInput({ ...remove, edited: at(199) })),
    ).toEqual({ kind: "keep" });
  });

  it("decides equal times by the larger op id, and server code has none (C1)", () => {
    const tie = { edited: at(200, "other000") };
    const row = currentRow({ fields: edited });

    expect(
      decide(policy, concurrentInput({ ...tie, opId: "op-3" }, row)),
    ).toMatchObject({ kind: "write" });
    expect(
      decide(policy, concurrentInput({ ...tie, opId: "op-1" }, row)),
    ).toEqual({ kind: "keep" });
    expect(
      decide(policy, concurrentInput(tie, { ...row, opId: null })),
    ).toMatchObject({ kind: "write" });
  });

  it("lets a later delete win, and a later edit bring the row back", () => {
    expect(
      decide(policy, concurrentInput({ ...remove, edited: at(300) })),
    ).toMatchObject({
      row: { deleted: true, fields: {}, edited: at(300) },
    });
    expect(
      decide(policy, concurrentInput({ edited: at(300) }, deletedRow)),
    ).toMatchObject({
      row: { deleted: false, fields: { ...taskRow, title: "Mine" } },
    });
    expect(
      decide(policy, concurrentInput({ edited: at(199) }, deletedRow)),
    ).toEqual({ kind: "keep" });
  });

  it("takes an edit that saw the row although its clock is behind, and never turns the row's clock back", () => {
    expect(decide(policy, sequentialInput({ edited: at(1) }))).toMatchObject({
      kind: "write",
      row: { fields: { title: "Mine" }, edited: at(200, "other000") },
    });
  });
});
