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
import { appendOnly } from "./appendOnly";

const rules = tableRules({ operations: ["create"] });
const create = {
  kind: "create" as const,
  fields: taskRow,
  base: null,
  baseStamp: null,
};

describe("append-only", () => {
  it("creates", () => {
    expect(
      decide(appendOnly, concurrentInput(create, null, rules)),
    ).toMatchObject({ kind: "write", row: { fields: taskRow } });
  });

  it("takes the same id again for a duplicate and changes nothing (I11)", () => {
    const again = { ...create, fields: { ...taskRow, title: "Other" } };

    expect(
      decide(appendOnly, concurrentInput(again, currentRow(), rules)),
    ).toEqual({ kind: "same" });
  });

  it("leaves deleted what server code deleted", () => {
    expect(
      decide(appendOnly, concurrentInput(create, deletedRow, rules)),
    ).toEqual({ kind: "keep" });
  });

  it("rejects updates and deletes (C14)", () => {
    const update = sequentialInput({}, currentRow(), rules);
    const remove = sequentialInput(
      { kind: "delete", fields: {} },
      currentRow(),
      rules,
    );

    for (const input of [update, remove]) {
      expect(decide(appendOnly, input)).toEqual({
        kind: "reject",
        code: "operation-not-allowed",
      });
      expect(decide(appendOnly, { ...input, rules: tableRules() })).toEqual({
        kind: "reject",
        code: "append-only",
      });
    }
  });
});
