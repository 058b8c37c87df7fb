import { expect, it } from "vitest";
import { receive } from "../../templates/client/sync/answers";
import type { RowState } from "../../templates/client/sync/rowState";
import { recordWrite } from "../../templates/client/sync/SyncQueue";
import { tables } from "./fixture/registry";

const fields = { title: "t", body: "b" };
const deleted = {
  fields: null,
  stamp: "2",
  serverId: "server",
  userId: "user",
  createdAt: 1,
  updatedAt: 2,
};

/** A row with two edits, each with what it remembers of the row. */
function editedTwice(...bases: readonly (typeof fields | null)[]): RowState {
  const empty: RowState = {
    table: tables.pages,
    clientId: "row",
    scopeId: null,
    isReadable: true,
    userId: "user",
    row: null,
    ops: [],
    recordedBefore: 0,
  };
  const { state } = recordWrite(empty, {
    opId: "first",
    kind: "update",
    fields: { body: "edited" },
    edited: "000000000000002-0000-device",
    group: null,
    userId: "user",
    schemaVersion: 1,
    now: 2,
  });
  const [op] = state.ops;
  if (op === undefined) throw new Error("No op was recorded.");
  return {
    ...state,
    ops: bases.map((base, index) => ({ ...op, opId: `op${String(index)}`, seq: index + 1, base })),
  };
}

it("I1: a row that the server deleted is shown by the first op that remembers it", () => {
  const { row } = receive(editedTwice(null, fields), deleted);
  expect(row?.fields).toEqual({ title: "t", body: "edited" });
});

it("I1: a row that the server deleted is not shown when no op remembers it", () => {
  expect(receive(editedTwice(null, null), deleted).row).toBeNull();
});
