import { describe, expect, it } from "vitest";
import { counter } from "../../templates/shared/combine";
import type { RowState } from "../../templates/client/sync/rowState";
import { acknowledge } from "../../templates/client/sync/answers";
import { recordWrite, type Write } from "../../templates/client/sync/SyncQueue";
import type { TableDefinition } from "../../templates/client/sync/registry";
import { fieldMerge } from "../../templates/shared/policies/fieldMerge";
import type { OpResult, WireRow } from "../../templates/shared/protocol";
import { tables } from "./fixture/registry";

const stampOf = (number: number) => String(number).padStart(19, "0");

const table: TableDefinition = {
  ...tables.pages,
  policy: fieldMerge,
  rules: {
    ...tables.pages.rules,
    fields: {
      visits: { kind: "integer", optional: false, default: 0, merge: counter },
    },
  },
};

const columns = {
  clientId: "row",
  serverId: "server",
  userId: "user",
  createdAt: 1,
  updatedAt: 1,
};

const serverRow = (visits: number, stamp: number) => ({
  ...columns,
  scopeId: null,
  syncStatus: "synced" as const,
  changed: stampOf(stamp),
  fields: { visits },
});

const wireRow = (visits: number, stamp: number): WireRow => ({
  ...columns,
  stamp: stampOf(stamp),
  deletedAt: null,
  fields: { visits },
});

const setTo = (visits: number, opId: string): Write => ({
  opId,
  kind: "update",
  fields: { visits },
  edited: "000000000000002-0000-device",
  group: null,
  userId: "user",
  schemaVersion: 1,
  now: 2,
});

/** The server's answer reaches the row. */
function answer(state: RowState, result: OpResult, stamp: string): RowState {
  const op = state.ops.find(({ opId }) => opId === result.opId);
  if (!op) throw new Error("no such op");
  return acknowledge(state, op, result, stamp);
}

describe("a counter", () => {
  it("counts from what was seen, also behind an op in flight", () => {
    const shown: RowState = {
      table,
      clientId: "row",
      scopeId: null,
      isReadable: true,
      userId: "user",
      row: serverRow(0, 1),
      ops: [],
      recordedBefore: 0,
    };
    const first = recordWrite(shown, setTo(1, "first")).state;
    const inFlight: RowState = {
      ...first,
      ops: first.ops.map((op) => ({
        ...op,
        seq: 1,
        state: "sealed",
        sealedBy: { deviceId: "d", batchSeq: 1 },
      })),
    };

    // Two more than the one that is shown.
    const { state } = recordWrite(inFlight, setTo(3, "second"));
    expect(state.row?.fields).toEqual({ visits: 3 });

    // Four others came from elsewhere meanwhile.
    const answered = answer(
      state,
      {
        opId: "first",
        outcome: "merged",
        code: null,
        message: null,
        row: wireRow(5, 2),
      },
      stampOf(2),
    );

    expect(answered.row?.fields).toEqual({ visits: 7 });
    expect(answered.ops).toMatchObject([
      { opId: "second", base: { visits: 1 }, fields: { visits: 3 } },
    ]);
  });

  it("counts from what the create made when others counted before its answer came (B1)", () => {
    const missing: RowState = {
      table,
      clientId: "row",
      scopeId: null,
      isReadable: true,
      userId: "user",
      row: null,
      ops: [],
      recordedBefore: 0,
    };
    const create = { ...setTo(0, "create"), kind: "create" as const };
    const { state: created } = recordWrite(missing, create);
    const inFlight: RowState = {
      ...created,
      ops: created.ops.map((op) => ({
        ...op,
        seq: 1,
        state: "sealed",
        sealedBy: { deviceId: "d", batchSeq: 1 },
      })),
    };
    const { state } = recordWrite(inFlight, setTo(3, "update"));

    // The first answer was lost; the repeated one shows the row as it is now.
    const answered = answer(
      state,
      {
        opId: "create",
        outcome: "applied",
        code: null,
        message: null,
        row: wireRow(2, 5),
      },
      stampOf(1),
    );

    expect(answered.row?.fields).toEqual({ visits: 5 });
    expect(answered.ops).toMatchObject([
      { opId: "update", base: { visits: 0 }, fields: { visits: 3 } },
    ]);
  });

  it("counts once behind a create that two starts of the app have added to (B1)", () => {
    const missing: RowState = {
      table,
      clientId: "row",
      scopeId: null,
      isReadable: true,
      userId: "user",
      row: null,
      ops: [],
      recordedBefore: 0,
    };
    const create = { ...setTo(0, "create"), kind: "create" as const };
    let { state } = recordWrite(missing, create);
    for (const [visits, opId] of [
      [2, "first"],
      [4, "second"],
    ] as const) {
      // Stored, and from before this start of the app: no edit joins it.
      const ops = state.ops.map((op, position) => ({ ...op, seq: position + 1 }));
      ({ state } = recordWrite({ ...state, ops, recordedBefore: 9 }, setTo(visits, opId)));
    }
    expect(state.row?.fields).toEqual({ visits: 4 });

    const applied = (opId: string, visits: number, stamp: number): OpResult => ({
      opId,
      outcome: "applied",
      code: null,
      message: null,
      row: wireRow(visits, stamp),
    });
    // One more came from elsewhere.
    const created = answer(state, applied("create", 1, 2), stampOf(2));
    expect(created.row?.fields).toEqual({ visits: 5 });
    expect(created.ops).toMatchObject([
      { opId: "first", base: { visits: 0 }, fields: { visits: 2 } },
      { opId: "second", base: { visits: 2 }, fields: { visits: 4 } },
    ]);
    const counted = answer(created, applied("first", 3, 3), stampOf(3));
    expect(counted.ops).toMatchObject([{ base: { visits: 2 }, fields: { visits: 4 } }]);
    expect(counted.row?.fields).toEqual({ visits: 5 });
  });

  it("is what it was set to in a row that is made again behind its delete", () => {
    const missing: RowState = {
      table,
      clientId: "row",
      scopeId: null,
      isReadable: true,
      userId: "user",
      row: null,
      ops: [],
      recordedBefore: 0,
    };
    const create = (opId: string, visits: number) => ({
      ...setTo(visits, opId),
      kind: "create" as const,
    });
    const remove = { ...setTo(0, "delete"), kind: "delete" as const, fields: {} };
    let { state } = recordWrite(missing, create("first", 2));
    for (const write of [remove, create("again", 5)]) {
      const ops = state.ops.map((op, position) => ({ ...op, seq: position + 1 }));
      ({ state } = recordWrite({ ...state, ops, recordedBefore: 9 }, write));
    }

    const answered = answer(
      state,
      {
        opId: "first",
        outcome: "applied",
        code: null,
        message: null,
        row: wireRow(2, 2),
      },
      stampOf(2),
    );

    expect(answered.ops).toMatchObject([
      { kind: "delete" },
      { kind: "create", fields: { visits: 5 } },
    ]);
  });

  it("counts from what is shown when a newer row lies below a waiting op", () => {
    const shown: RowState = {
      table,
      clientId: "row",
      scopeId: null,
      isReadable: true,
      userId: "user",
      row: serverRow(0, 1),
      ops: [],
      recordedBefore: 0,
    };
    const waiting = recordWrite(shown, setTo(2, "op")).state;
    const newer: RowState = { ...waiting, row: { ...serverRow(7, 2), syncStatus: "pending" } };

    const { state } = recordWrite(newer, setTo(8, "next"));

    expect(state.ops).toMatchObject([{ base: { visits: 0 }, fields: { visits: 3 } }]);
  });
});
