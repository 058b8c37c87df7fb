import { beforeEach, describe, expect, it } from "vitest";
import type { LocalStore, NewOp, OpFilter, OpState } from "../../templates/client/sync/ports";
import { stampOf, taskOp } from "./samples";

/** What every `LocalStore` must do with ops; `opened` gives the store of the test that runs. */
export function describeOps(opened: () => LocalStore): void {
  describe("ops", () => {
    let store: LocalStore;
    const add = (...ops: NewOp[]) => store.commit({ ops: ops.map((op) => ({ kind: "add", op })) });
    const ids = async (...states: OpState[]) =>
      (await store.readOps(states.length > 0 ? { states } : {})).map(({ opId }) => opId);
    const seqs = async (...opIds: string[]) =>
      (await store.readOps({ opIds })).map(({ seq }) => seq);

    beforeEach(() => {
      store = opened();
    });

    it("I19: returns every property as it was given, with a growing seq", async () => {
      const op = taskOp("o1", "a", {
        kind: "update",
        fields: { text: "x", details: { a: [1, null] } },
        base: { text: "before", done: false },
        baseStamp: stampOf(3),
        baseUpdatedAt: 123,
        clocks: { text: "000000000000002-0000-node0000" },
        group: "g",
        state: "failed",
        scopeId: "team",
        server: {
          fields: null,
          stamp: stampOf(4),
          serverId: "s",
          userId: "u",
          createdAt: 1,
          updatedAt: 2,
        },
        sealedBy: { deviceId: "d", batchSeq: 4 },
        carriedBy: { deviceId: "c", batchSeq: 2 },
        attempts: 3,
        lastAttemptAt: 99,
        outcome: "rejected",
        code: "invalid",
        message: "why",
      });
      await add(op, taskOp("o2", "b"));
      const [first, second] = await store.readOps({});
      expect(first).toEqual({ ...op, seq: first?.seq });
      expect(second?.seq).toBeGreaterThan(first?.seq ?? Infinity);
    });

    it("filters by op, table, row, state, position and number, in the order recorded", async () => {
      await add(
        taskOp("o1", "a"),
        taskOp("o2", "b", { state: "failed" }),
        taskOp("o3", "c"),
        taskOp("o4", "a", { table: "notes" }),
        taskOp("o5", "a", { state: "sealed" }),
      );
      const all = await store.readOps({});
      const read = async (filter: Parameters<LocalStore["readOps"]>[0]) =>
        (await store.readOps(filter)).map(({ opId }) => opId);
      expect(await read({ opIds: ["o4", "o2"] })).toEqual(["o2", "o4"]);
      expect(await read({ table: "notes" })).toEqual(["o4"]);
      expect(await read({ table: "tasks", clientIds: ["a", "c"] })).toEqual(["o1", "o3", "o5"]);
      expect(
        await read({ table: "tasks", clientIds: ["a"], states: ["sealed", "failed"] }),
      ).toEqual(["o5"]);
      expect(await read({ states: ["waiting"], limit: 2 })).toEqual(["o1", "o3"]);
      expect(await read({ states: ["waiting"], afterSeq: all[2]?.seq ?? 0 })).toEqual(["o4"]);
      const [first, second] = all.map(({ seq }) => seq);
      expect(
        await read({
          table: "tasks",
          clientIds: ["a", "c"],
          exceptSeqs: [first ?? 0, second ?? 0],
        }),
      ).toEqual(["o3", "o5"]);
    });

    it("filters by the scope of the row, also within a table", async () => {
      await add(
        taskOp("o1", "a", { table: "boards", scopeId: "team" }),
        taskOp("o2", "b", { table: "boards", scopeId: "family" }),
        taskOp("o3", "c", { table: "cards", scopeId: "team", state: "failed" }),
        taskOp("o4", "d"),
      );
      const found = async (filter: OpFilter) =>
        (await store.readOps(filter)).map(({ opId }) => opId);
      expect(await found({ scopeId: "team" })).toEqual(["o1", "o3"]);
      expect(await found({ table: "boards", scopeId: "team" })).toEqual(["o1"]);
      expect(await found({ table: "boards", scopeId: null })).toEqual(["o1", "o2"]);
      expect(await found({ scopeId: "team", clientIds: ["c", "b"] })).toEqual(["o3"]);
      expect(await store.readOpNames({ scopeId: "family" })).toEqual([
        { table: "boards", clientId: "b", kind: "create" },
      ]);
    });

    it("replaces an op in place, found by its seq", async () => {
      await add(taskOp("o1", "a"), taskOp("o2", "b"));
      const [op] = await store.readOps({});
      if (!op) throw new Error("no op");
      await store.commit({
        ops: [
          {
            kind: "replace",
            before: op,
            op: { ...op, opId: "o9", state: "failed", code: "invalid", base: { text: "was" } },
          },
        ],
      });
      expect(await ids()).toEqual(["o9", "o2"]);
      const [replaced] = await store.readOps({ states: ["failed"] });
      expect(replaced).toEqual({
        ...op,
        opId: "o9",
        state: "failed",
        code: "invalid",
        base: { text: "was" },
      });
    });

    it("replaces nothing of an op that stays the same, and others in the same commit", async () => {
      await add(taskOp("o1", "a"), taskOp("o2", "b"), taskOp("o3", "c"));
      const before = await store.readOps({});
      const after = before.map((op, position) =>
        position === 0 ? { ...op } : { ...op, attempts: position },
      );
      await store.commit({
        ops: after.flatMap((op, position) => {
          const former = before[position];
          return former ? [{ kind: "replace", before: former, op }] : [];
        }),
      });
      expect(await store.readOps({})).toEqual(after);
    });

    it("reads the names of ops, as it reads ops", async () => {
      await add(
        taskOp("o1", "a"),
        taskOp("o2", "b", { state: "failed", kind: "delete" }),
        taskOp("o3", "a", { table: "notes", kind: "update" }),
      );
      expect(await store.readOpNames({ states: ["failed"] })).toEqual([
        { table: "tasks", clientId: "b", kind: "delete" },
      ]);
      expect(await store.readOpNames({ table: "notes", clientIds: ["a", "b"] })).toEqual([
        { table: "notes", clientId: "a", kind: "update" },
      ]);
      expect(await store.readOpNames({ limit: 2 })).toHaveLength(2);
    });

    it("reads the ops of groups, whatever their state", async () => {
      await add(
        taskOp("o1", "a"),
        taskOp("o2", "b", { group: "g1" }),
        taskOp("o3", "c", { group: "g2", state: "failed" }),
        taskOp("o4", "d", { group: "g3", state: "failed" }),
      );
      const idsOf = async (filter: OpFilter) =>
        (await store.readOps(filter)).map(({ opId }) => opId);
      expect(await idsOf({ groups: ["g1", "g2"] })).toEqual(["o2", "o3"]);
      expect(await idsOf({ groups: ["g1", "g2"], states: ["failed"] })).toEqual(["o3"]);
      expect(await idsOf({ groups: [] })).toEqual([]);
    });

    it("seals and removes ops by their ids", async () => {
      await add(taskOp("o1", "a"), taskOp("o2", "b"), taskOp("o3", "c"));
      await store.commit({
        ops: [
          {
            kind: "seal",
            seqs: await seqs("o1", "o3"),
            sealedBy: { deviceId: "d", batchSeq: 1 },
          },
        ],
      });
      expect(await ids("sealed")).toEqual(["o1", "o3"]);
      expect((await store.readOps({ opIds: ["o3"] }))[0]?.sealedBy).toEqual({
        deviceId: "d",
        batchSeq: 1,
      });
      await store.commit({ ops: [{ kind: "remove", seqs: await seqs("o1", "o2") }] });
      expect(await ids()).toEqual(["o3"]);
    });

    it("counts by state, of all tables or one", async () => {
      await add(
        taskOp("o1", "a"),
        taskOp("o2", "b", { state: "failed" }),
        taskOp("o3", "c", { table: "notes" }),
      );
      expect(await store.countOps()).toEqual({
        waiting: 2,
        sealed: 0,
        failed: 1,
        conflict: 0,
        superseded: 0,
      });
      expect((await store.countOps("notes")).waiting).toBe(1);
    });

    it("knows the latest edit, and how far it has counted", async () => {
      expect(await store.latest()).toBeNull();
      await add(taskOp("o1", "a", { edited: "000000000000009-0000-node0000" }), taskOp("o2", "b"));
      const [, last] = await store.readOps({});
      expect(await store.latest()).toEqual({
        seq: last?.seq,
        edited: "000000000000009-0000-node0000",
      });
    });

    it("holds one ungrouped waiting op a row, and any number in groups", async () => {
      await add(
        taskOp("o1", "a"),
        taskOp("o2", "a", { group: "g1" }),
        taskOp("o3", "a", { group: "g2" }),
      );
      await expect(add(taskOp("o4", "a"))).rejects.toThrow();
      expect(await ids()).toEqual(["o1", "o2", "o3"]);
    });
  });
}
