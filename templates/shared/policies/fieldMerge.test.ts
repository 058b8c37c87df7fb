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
import { fieldMerge } from "./fieldMerge";

const remove = { kind: "delete" as const, fields: {} };
const clocks = Object.fromEntries(
  Object.keys(taskRow).map((field) => [field, at(100)]),
);

/** Another device changed title and rank at 200. */
const theirs = currentRow({
  fields: { ...taskRow, title: "Theirs", rank: 7 },
  clocks: { ...clocks, title: at(200, "other000"), rank: at(200, "other000") },
});

describe("field-merge", () => {
  it("keeps edits of different fields", () => {
    const op = {
      fields: { note: "mine" },
      edited: at(150),
      clocks: { note: at(150) },
    };

    expect(decide(fieldMerge, concurrentInput(op, theirs))).toEqual({
      kind: "merge",
      row: {
        fields: { ...theirs.fields, note: "mine" },
        deleted: false,
        edited: at(200, "other000"),
        clocks: { ...theirs.clocks, note: at(150) },
      },
    });
  });

  it("gives each field to its higher clock", () => {
    const op = {
      fields: { title: "Mine", rank: 9 },
      edited: at(300),
      clocks: { title: at(199), rank: at(300) },
    };

    expect(decide(fieldMerge, concurrentInput(op, theirs))).toMatchObject({
      kind: "merge",
      row: {
        fields: { title: "Theirs", rank: 9 },
        clocks: { title: at(200, "other000"), rank: at(300) },
      },
    });
  });

  it("supersedes an edit that wins no field", () => {
    const op = { edited: at(199), clocks: { title: at(199) } };

    expect(decide(fieldMerge, concurrentInput(op, theirs))).toEqual({
      kind: "keep",
    });
  });

  it("decides equal clocks by the larger value, in either order (C1)", () => {
    const tie = { clocks: { title: at(200, "other000") } };

    expect(
      decide(
        fieldMerge,
        concurrentInput({ ...tie, fields: { title: "Zebra" } }, theirs),
      ),
    ).toMatchObject({ row: { fields: { title: "Zebra" } } });
    expect(
      decide(
        fieldMerge,
        concurrentInput({ ...tie, fields: { title: "Ant" } }, theirs),
      ),
    ).toEqual({ kind: "keep" });
  });

  it("takes the time of the op for a field without one", () => {
    expect(
      decide(fieldMerge, concurrentInput({ edited: at(300) }, theirs)),
    ).toMatchObject({
      row: { fields: { title: "Mine" }, clocks: { title: at(300) } },
    });
  });

  it("takes an edit that saw the row although its clock is behind", () => {
    const op = { edited: at(1), clocks: { title: at(1) } };

    expect(decide(fieldMerge, sequentialInput(op, theirs))).toMatchObject({
      kind: "write",
      row: {
        fields: { title: "Mine" },
        clocks: { title: at(200, "other000") },
      },
    });
  });

  it("compares a row without clocks by its last edit, where it changed since the base", () => {
    const old = { ...theirs, clocks: {} };

    expect(
      decide(fieldMerge, concurrentInput({ edited: at(199) }, old)),
    ).toEqual({ kind: "keep" });
    expect(
      decide(fieldMerge, concurrentInput({ edited: at(199), base: null }, old)),
    ).toEqual({ kind: "keep" });
    expect(
      decide(fieldMerge, concurrentInput({ edited: at(300) }, old)),
    ).toMatchObject({ row: { fields: { title: "Mine" } } });
    expect(
      decide(
        fieldMerge,
        concurrentInput({ edited: at(199), fields: { note: "x" } }, old),
      ),
    ).toMatchObject({ row: { fields: { note: "x", title: "Theirs" } } });
  });

  it("supersedes what lost, and still adds up the counter beside it", () => {
    const op = {
      fields: { title: "Mine", count: 11 },
      edited: at(300),
      clocks: { title: at(199), count: at(300) },
    };

    expect(decide(fieldMerge, concurrentInput(op, theirs))).toMatchObject({
      kind: "keep",
      row: { fields: { title: "Theirs", count: 11 } },
    });
  });

  it("gives a delete a clock of its own", () => {
    expect(
      decide(
        fieldMerge,
        concurrentInput({ ...remove, edited: at(300) }, theirs),
      ),
    ).toMatchObject({
      row: {
        deleted: true,
        fields: {},
        edited: at(300),
        clocks: theirs.clocks,
      },
    });
    expect(
      decide(
        fieldMerge,
        concurrentInput({ ...remove, edited: at(199) }, theirs),
      ),
    ).toEqual({ kind: "keep" });
  });

  it("brings a row back with a later edit, and not with an earlier one", () => {
    const gone = { ...deletedRow, clocks };

    expect(
      decide(fieldMerge, concurrentInput({ edited: at(300) }, gone)),
    ).toMatchObject({
      kind: "write",
      row: {
        fields: { ...taskRow, title: "Mine" },
        deleted: false,
        clocks: { ...clocks, title: at(300) },
      },
    });
    expect(
      decide(fieldMerge, concurrentInput({ edited: at(199) }, gone)),
    ).toEqual({ kind: "keep" });
  });
});
