import { describe, expect, it } from "vitest";
import {
  at,
  concurrentInput,
  currentRow,
  deletedRow,
  incomingOp,
  sequentialInput,
  stamp,
  tableRules,
  taskFields,
  taskRow,
} from "../../test/shared/mergeCase";
import { coalesce, decide, isConcurrent, pendingFields } from "./merge";
import { custom } from "./policies/custom";
import { fieldMerge } from "./policies/fieldMerge";
import { lastWriteWins } from "./policies/lastWriteWins";
import { manual } from "./policies/manual";
import { maxWins } from "./policies/maxWins";
import { mobileWins } from "./policies/mobileWins";
import { serverWins } from "./policies/serverWins";
import type { CustomMerge, MergeDecision } from "./policy";

describe("isConcurrent", () => {
  it("is true when the row changed after the base", () => {
    expect(isConcurrent(stamp(1), { stamp: stamp(2) })).toBe(true);
    expect(isConcurrent(null, { stamp: stamp(2) })).toBe(true);
  });

  it("is false for the base itself, and where there is no row", () => {
    expect(isConcurrent(stamp(2), { stamp: stamp(2) })).toBe(false);
    expect(isConcurrent(stamp(2), null)).toBe(false);
  });
});

describe("decide, where there is no row", () => {
  it("writes a create with every field of the table", () => {
    const input = concurrentInput(
      { kind: "create", fields: { title: "New" }, base: null },
      null,
    );

    expect(decide(serverWins, input)).toEqual({
      kind: "write",
      row: {
        fields: {
          title: "New",
          note: null,
          rank: null,
          count: null,
          tags: null,
          stage: null,
        },
        deleted: false,
        edited: at(300),
        clocks: {},
      },
    });
  });

  it("gives every field of a create a clock where the policy asks for clocks", () => {
    const fields = { title: "New", note: "x" };
    const op = {
      kind: "create" as const,
      fields,
      base: null,
      clocks: { title: at(250) },
    };

    expect(decide(fieldMerge, concurrentInput(op, null))).toMatchObject({
      row: { clocks: { title: at(250), note: at(300) } },
    });
  });

  it("has nothing to delete", () => {
    expect(
      decide(serverWins, concurrentInput({ kind: "delete", fields: {} }, null)),
    ).toEqual({ kind: "same" });
  });

  it("rejects the update of a row that the device never saw", () => {
    expect(decide(mobileWins, concurrentInput({ base: null }, null))).toEqual({
      kind: "reject",
      code: "not-found",
    });
  });

  it("brings a row back from its base where edits revive, at the time of the edit", () => {
    expect(decide(mobileWins, concurrentInput({}, null))).toEqual({
      kind: "write",
      row: {
        fields: { ...taskRow, title: "Mine" },
        deleted: false,
        edited: at(300),
        clocks: {},
      },
    });
  });

  it("does not where a delete stands, or nobody knows when it was (I13)", () => {
    for (const policy of [serverWins, lastWriteWins, fieldMerge, maxWins]) {
      expect(decide(policy, concurrentInput({}, null))).toEqual({
        kind: "reject",
        code: "not-found",
      });
    }
    const rules = tableRules({ options: { deletes: "win" } });
    expect(decide(mobileWins, concurrentInput({}, null, rules))).toEqual({
      kind: "reject",
      code: "not-found",
    });
  });

  it("writes no mark of a deleted row where a function of the app decides for one", () => {
    const merge: CustomMerge = ({ current }) => ({
      kind: "write",
      row: {
        fields: {},
        deleted: true,
        edited: current.edited,
        clocks: {},
      },
    });
    const rules = tableRules({ options: { merge } });
    expect(decide(custom, concurrentInput({}, null, rules))).toEqual({
      kind: "reject",
      code: "not-found",
    });
  });

  it("leaves it to a person under manual", () => {
    expect(decide(manual, concurrentInput({}, null))).toEqual({
      kind: "conflict",
    });
  });

  it("does not let an update create what the device may not create", () => {
    const rules = tableRules({ operations: ["update"] });

    expect(decide(mobileWins, concurrentInput({}, null, rules))).toEqual({
      kind: "reject",
      code: "not-found",
    });
  });
});

describe("decide, for every policy", () => {
  it("rejects an operation that the table does not allow", () => {
    const rules = tableRules({ operations: ["create", "update"] });
    const input = sequentialInput(
      { kind: "delete", fields: {} },
      currentRow(),
      rules,
    );

    expect(decide(mobileWins, input)).toEqual({
      kind: "reject",
      code: "operation-not-allowed",
    });
  });

  it("does nothing for an op that decided the row before (I2)", () => {
    const current = currentRow({ opId: "op-3" });

    expect(decide(mobileWins, concurrentInput({}, current))).toEqual({
      kind: "same",
    });
  });

  it("does nothing for a delete of a deleted row", () => {
    expect(
      decide(
        manual,
        concurrentInput({ kind: "delete", fields: {} }, deletedRow),
      ),
    ).toEqual({ kind: "same" });
  });

  it("calls a superseded edit the same when the row already says so", () => {
    const current = currentRow({
      fields: { ...taskRow, title: "Mine" },
      edited: at(400),
    });

    expect(decide(lastWriteWins, concurrentInput({}, current))).toEqual({
      kind: "same",
    });
  });

  it("calls it a write when the row is what the device shows, and a merge when it is not", () => {
    expect(decide(mobileWins, sequentialInput({}))).toMatchObject({
      kind: "write",
    });
    expect(decide(mobileWins, concurrentInput({}))).toMatchObject({
      kind: "merge",
      row: { fields: { ...taskRow, title: "Mine", rank: 7 } },
    });
  });

  it("falls back to the current row where an update has no base", () => {
    expect(
      decide(lastWriteWins, concurrentInput({ base: null })),
    ).toMatchObject({
      kind: "write",
      row: { fields: { ...taskRow, title: "Mine", rank: 7 } },
    });
  });
});

describe("decide, for what a base brings along", () => {
  const lost = (base: Record<string, unknown>): MergeDecision =>
    decide(
      mobileWins,
      concurrentInput({ base: base as typeof taskRow }, deletedRow),
    );

  it("drops fields that the table does not have", () => {
    expect(lost({ ...taskRow, role: "admin" })).toMatchObject({
      row: { fields: { ...taskRow, title: "Mine" } },
    });
    const decision = lost({ ...taskRow, role: "admin" });
    expect(
      "row" in decision ? Object.keys(decision.row?.fields ?? {}) : [],
    ).not.toContain("role");
  });

  it("rejects values that the table does not allow", () => {
    expect(lost({ ...taskRow, rank: "high" })).toEqual({
      kind: "reject",
      code: "invalid",
    });
    expect(lost({ ...taskRow, rank: Number.NaN })).toEqual({
      kind: "reject",
      code: "invalid",
    });
  });

  it("cannot bring a row back without the rest of it", () => {
    const op = { fields: { note: "x" } };

    expect(
      decide(mobileWins, concurrentInput({ ...op, base: null }, deletedRow)),
    ).toEqual({ kind: "reject", code: "already-deleted" });
    expect(
      decide(
        mobileWins,
        concurrentInput({ ...op, base: { rank: 1 } }, deletedRow),
      ),
    ).toEqual({ kind: "reject", code: "already-deleted" });
  });

  it("does not hold a value that the row lacks against the op", () => {
    const current = currentRow({ fields: { note: null } });

    expect(
      decide(mobileWins, sequentialInput({ fields: { note: "x" } }, current)),
    ).toMatchObject({
      kind: "write",
      row: { fields: { note: "x" } },
    });
  });

  it("does not hold an old value of the row against the op", () => {
    const current = currentRow({ fields: { ...taskRow, stage: "archived" } });

    expect(decide(mobileWins, sequentialInput({}, current))).toMatchObject({
      kind: "write",
      row: { fields: { title: "Mine", stage: "archived" } },
    });
  });
});

describe("decide, for fields that combine", () => {
  const theirs = currentRow({
    fields: {
      ...taskRow,
      title: "Theirs",
      count: 12,
      tags: ["a", "c"],
      stage: "sent",
    },
    edited: at(400),
  });

  it("adds them up although the policy keeps the row, and says that the rest was superseded (C17)", () => {
    const fields = {
      title: "Mine",
      count: 11,
      tags: ["a", "b", "d"],
      stage: "read",
    };

    expect(decide(serverWins, concurrentInput({ fields }, theirs))).toEqual({
      kind: "keep",
      row: {
        fields: {
          ...taskRow,
          title: "Theirs",
          count: 13,
          tags: ["a", "c", "d"],
          stage: "read",
        },
        deleted: false,
        edited: at(400),
        clocks: {},
      },
    });
  });

  it("looks at what was added up as it does at every row, whatever becomes of the rest", () => {
    const broken = currentRow({
      fields: { ...taskRow, title: "Theirs", count: 0.5 },
    });
    const fields = { title: "Mine", count: 11 };
    const input = concurrentInput({ fields }, broken);

    expect(decide(serverWins, input)).toEqual({
      kind: "reject",
      code: "invalid",
    });
  });

  it.each([Number.NaN, 0.5, Infinity, "10", true])(
    "rejects an edit of a counter that counts from %s",
    (count) => {
      const base = { ...taskRow, count };
      const fields = { title: "Mine", count: 11 };

      for (const policy of [serverWins, mobileWins, lastWriteWins, manual])
        for (const current of [theirs, currentRow(), deletedRow])
          expect(
            decide(policy, concurrentInput({ base, fields }, current)),
          ).toEqual({ kind: "reject", code: "invalid" });
      expect(decide(serverWins, concurrentInput({ base }, theirs))).toEqual({
        kind: "keep",
      });
    },
  );

  it("lets an edit put a counter right that is no number", () => {
    const broken = currentRow({ fields: { ...taskRow, count: Number.NaN } });

    expect(
      decide(mobileWins, sequentialInput({ fields: { count: 3 } }, broken)),
    ).toMatchObject({ kind: "write", row: { fields: { count: 3 } } });
  });

  it("adds them up although the policy takes the op's row as a whole", () => {
    const op = { fields: { title: "Mine", count: 11 }, edited: at(500) };

    expect(decide(lastWriteWins, concurrentInput(op, theirs))).toMatchObject({
      kind: "merge",
      row: {
        fields: { title: "Mine", count: 13, tags: ["a", "c"], stage: "sent" },
        edited: at(500),
      },
    });
  });

  it("does not ask the policy about an edit of nothing else", () => {
    expect(
      decide(manual, concurrentInput({ fields: { count: 11 } }, theirs)),
    ).toMatchObject({
      kind: "merge",
      row: { fields: { title: "Theirs", count: 13 }, edited: at(400) },
    });
    expect(
      decide(manual, sequentialInput({ fields: { count: 11 } })),
    ).toMatchObject({ kind: "write" });
  });

  it("holds the whole op back in a conflict, so that nothing counts twice", () => {
    expect(
      decide(
        manual,
        concurrentInput({ fields: { title: "Mine", count: 11 } }, theirs),
      ),
    ).toEqual({ kind: "conflict" });
  });

  it("shows that a one-way field did not move back", () => {
    const read = currentRow({ fields: { ...taskRow, stage: "read" } });

    expect(
      decide(mobileWins, concurrentInput({ fields: { stage: "sent" } }, read)),
    ).toEqual({ kind: "keep" });
    expect(
      decide(
        mobileWins,
        concurrentInput({ fields: { title: "Call", stage: "sent" } }, read),
      ),
    ).toEqual({ kind: "keep" });
    expect(
      decide(mobileWins, concurrentInput({ fields: { stage: "read" } }, read)),
    ).toEqual({ kind: "same" });
  });

  it("keeps superseding visible where nothing was added up", () => {
    expect(
      decide(
        serverWins,
        concurrentInput({ fields: { title: "Mine", count: 10 } }, theirs),
      ),
    ).toEqual({ kind: "keep" });
  });

  it("leaves a delete and a deleted row alone", () => {
    expect(
      decide(
        serverWins,
        concurrentInput({ kind: "delete", fields: {} }, theirs),
      ),
    ).toEqual({ kind: "keep" });
    expect(
      decide(
        serverWins,
        concurrentInput({ fields: { count: 11 } }, deletedRow),
      ),
    ).toEqual({ kind: "keep" });
  });

  it("continues from the base when a row is brought back", () => {
    const base = { ...taskRow, stage: "read" };
    const op = { base, fields: { count: 12, stage: "new" } };

    expect(decide(mobileWins, concurrentInput(op, deletedRow))).toMatchObject({
      row: { fields: { count: 12, stage: "read" }, deleted: false },
    });
  });

  it("brings no row back by time for a counter alone", () => {
    expect(
      decide(
        lastWriteWins,
        concurrentInput({ fields: { count: 11 } }, deletedRow),
      ),
    ).toEqual({ kind: "keep" });
  });
});

describe("decide, for custom merges", () => {
  const decideWith = (merge: CustomMerge, deleted = false) =>
    decide(
      custom,
      concurrentInput(
        {},
        deleted ? deletedRow : currentRow(),
        tableRules({ options: { merge } }),
      ),
    );
  const row = {
    fields: { ...taskRow, note: "both" },
    deleted: false,
    edited: at(300),
    clocks: {},
  };

  it("writes what the app decided", () => {
    expect(decideWith(() => ({ kind: "merge", row }))).toEqual({
      kind: "merge",
      row,
    });
    expect(
      decideWith(() => ({ kind: "write", row: { ...row, deleted: true } })),
    ).toEqual({
      kind: "write",
      row: { ...row, fields: {}, deleted: true },
    });
  });

  it("rejects a row that does not fit the table", () => {
    const fields = { ...taskRow, rank: 1.5 };

    expect(
      decideWith(() => ({ kind: "write", row: { ...row, fields } })),
    ).toEqual({ kind: "reject", code: "invalid" });
    expect(
      decideWith(() => ({
        kind: "write",
        row: { ...row, fields: { note: "x" } },
      })),
    ).toEqual({ kind: "reject", code: "invalid" });
  });

  it("rejects an incomplete row in place of a deleted one", () => {
    const create = { kind: "create" as const, fields: taskRow, base: null };
    const merge: CustomMerge = () => ({
      kind: "write",
      row: { ...row, fields: { note: "x" } },
    });
    const rules = tableRules({ options: { merge } });

    expect(decide(custom, concurrentInput(create, deletedRow, rules))).toEqual({
      kind: "reject",
      code: "invalid",
    });
  });

  it("writes nothing when the app returns the row that is there", () => {
    expect(
      decideWith(({ current }) => ({ kind: "write", row: current })),
    ).toEqual({ kind: "same" });
  });
});

describe("pendingFields", () => {
  const rules = tableRules();
  const server = { ...taskRow, title: "Theirs", note: "new", count: 12 };
  const op = incomingOp({ fields: { title: "Mine", count: 11 } });

  it("shows the server's row under the changed fields, counters added up", () => {
    expect(pendingFields(mobileWins, rules, server, op)).toEqual({
      ...server,
      title: "Mine",
      count: 13,
    });
  });

  it("shows the device's own row where rows win as a whole", () => {
    expect(pendingFields(lastWriteWins, rules, server, op)).toEqual({
      ...taskRow,
      title: "Mine",
      count: 13,
    });
    expect(
      pendingFields(
        lastWriteWins,
        rules,
        { ...taskRow, count: 12 },
        incomingOp(),
      ),
    ).toEqual({ ...taskRow, title: "Mine", count: 12 });
  });

  it("shows the server's row where the device knows no base", () => {
    expect(
      pendingFields(serverWins, rules, server, incomingOp({ base: null })),
    ).toEqual({ ...server, title: "Mine" });
  });

  it("never shows less than the server's maximum (C13)", () => {
    const ahead = { ...taskRow, rank: 9 };

    expect(
      pendingFields(maxWins, rules, ahead, incomingOp({ fields: { rank: 7 } })),
    ).toEqual(ahead);
    expect(
      pendingFields(
        maxWins,
        rules,
        ahead,
        incomingOp({ fields: { rank: 11 } }),
      ),
    ).toEqual({ ...taskRow, rank: 11 });
  });

  it("shows every edit of a row that nobody else changed (I8)", () => {
    for (const policy of [
      mobileWins,
      serverWins,
      lastWriteWins,
      fieldMerge,
      maxWins,
      manual,
      custom,
    ]) {
      expect(pendingFields(policy, rules, taskRow, incomingOp())).toEqual({
        ...taskRow,
        title: "Mine",
      });
    }
    expect(
      pendingFields(
        maxWins,
        rules,
        server,
        incomingOp({ base: null, fields: { note: "x" } }),
      ),
    ).toEqual(server);
  });

  it("shows an edited row although the server has none", () => {
    expect(pendingFields(serverWins, rules, null, op)).toEqual({
      ...taskRow,
      title: "Mine",
      count: 11,
    });
    expect(
      pendingFields(serverWins, rules, null, {
        kind: "create",
        fields: taskRow,
        base: null,
      }),
    ).toEqual(taskRow);
  });

  it("has the row without its delete", () => {
    const remove = { kind: "delete" as const, fields: {}, base: taskRow };

    expect(pendingFields(serverWins, rules, server, remove)).toEqual(server);
    expect(pendingFields(serverWins, rules, null, remove)).toEqual(taskRow);
    expect(
      pendingFields(serverWins, rules, null, { ...remove, base: null }),
    ).toEqual({});
  });
});

describe("coalesce", () => {
  const create = {
    kind: "create" as const,
    fields: { title: "a", note: "b" },
    clocks: null,
  };
  const update = {
    kind: "update" as const,
    fields: { note: "c" },
    clocks: null,
  };
  const remove = { kind: "delete" as const, fields: {}, clocks: null };

  it("makes one create of a create and an update", () => {
    expect(coalesce(mobileWins, create, update)).toEqual({
      ...create,
      fields: { title: "a", note: "c" },
    });
  });

  it("makes one update of two", () => {
    expect(
      coalesce(mobileWins, { ...update, fields: { title: "x" } }, update),
    ).toEqual({ ...update, fields: { title: "x", note: "c" } });
  });

  it("cancels a create and its delete out", () => {
    expect(coalesce(mobileWins, create, remove)).toBe("cancelled");
  });

  it("makes a delete of an update and a delete, and of two deletes", () => {
    expect(coalesce(mobileWins, update, remove)).toEqual(remove);
    expect(coalesce(mobileWins, remove, remove)).toEqual(remove);
  });

  it("makes an update of a delete and the same natural key created again", () => {
    expect(coalesce(mobileWins, remove, create)).toEqual({
      ...create,
      kind: "update",
    });
  });

  it("keeps the edit time of each field (C11)", () => {
    const first = {
      ...update,
      fields: { title: "x", note: "y" },
      clocks: { title: at(1), note: at(1) },
    };
    const second = { ...update, clocks: { note: at(2) } };

    expect(coalesce(fieldMerge, first, second)).toMatchObject({
      clocks: { title: at(1), note: at(2) },
    });
    expect(coalesce(mobileWins, first, second)).toMatchObject({ clocks: null });
  });
});

it("every kind of merge has a field in these tests", () => {
  const kinds = Object.values(taskFields).flatMap(
    ({ merge }) => merge?.kind ?? [],
  );

  expect(kinds.sort()).toEqual(["counter", "one-way", "set"]);
});
