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
import { lastWriteWins } from "./lastWriteWins";

const remove = { kind: "delete" as const, fields: {} };
const edited = { ...taskRow, title: "Theirs", rank: 7 };

describe("last-write-wins", () => {
  it("gives the row as a whole to the later edit", () => {
    expect(decide(lastWriteWins, concurrentInput({ edited: at(201) }))).toEqual(
      {
        kind: "write",
        row: {
          fields: { ...taskRow, title: "Mine" },
          deleted: false,
          edited: at(201),
          clocks: {},
        },
      },
    );
  });

  it("supersedes the earlier one", () => {
    expect(decide(lastWriteWins, concurrentInput({ edited: at(199) }))).toEqual(
      { kind: "keep" },
    );
    expect(
      decide(lastWriteWins, concurrentInput({ ...remove, edited: at(199) })),
    ).toEqual({ kind: "keep" });
  });

  it("decides equal times by the larger op id, and server code has none (C1)", () => {
    const tie = { edited: at(200, "other000") };
    const row = currentRow({ fields: edited });

    expect(
      decide(lastWriteWins, concurrentInput({ ...tie, opId: "op-3" }, row)),
    ).toMatchObject({ kind: "write" });
    expect(
      decide(lastWriteWins, concurrentInput({ ...tie, opId: "op-1" }, row)),
    ).toEqual({ kind: "keep" });
    expect(
      decide(lastWriteWins, concurrentInput(tie, { ...row, opId: null })),
    ).toMatchObject({ kind: "write" });
  });

  it("lets a later delete win, and a later edit bring the row back", () => {
    expect(
      decide(lastWriteWins, concurrentInput({ ...remove, edited: at(300) })),
    ).toMatchObject({
      row: { deleted: true, fields: {}, edited: at(300) },
    });
    expect(
      decide(lastWriteWins, concurrentInput({ edited: at(300) }, deletedRow)),
    ).toMatchObject({
      row: { deleted: false, fields: { ...taskRow, title: "Mine" } },
    });
    expect(
      decide(lastWriteWins, concurrentInput({ edited: at(199) }, deletedRow)),
    ).toEqual({ kind: "keep" });
  });

  it("takes an edit that saw the row although its clock is behind, and never turns the row's clock back", () => {
    expect(
      decide(lastWriteWins, sequentialInput({ edited: at(1) })),
    ).toMatchObject({
      kind: "write",
      row: { fields: { title: "Mine" }, edited: at(200, "other000") },
    });
  });

  it("compares milliseconds only", () => {
    const later = at(200, "zzzzzzzz").replace("-0000-", "-0009-");

    expect(
      decide(lastWriteWins, concurrentInput({ edited: later, opId: "op-1" })),
    ).toEqual({ kind: "keep" });
  });
});
