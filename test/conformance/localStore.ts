import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  TakenOver,
  type LocalStore,
  type NewOp,
  type OpState,
  type StoredRow,
} from "../../templates/client/sync/ports";
import { describeOps } from "./localStoreOps";
import { describeScopes } from "./localStoreScopes";
import { stampOf, taskOp, taskRow } from "./samples";

/** An open store; `reopen` closes it and opens the same data, as a restart of the app does. */
export interface StoreUnderTest {
  readonly store: LocalStore;
  readonly reopen: () => Promise<StoreUnderTest>;
  readonly close: () => Promise<void>;
}

/** What every `LocalStore` must do; run for each implementation. */
export function runLocalStoreConformance(name: string, open: () => Promise<StoreUnderTest>): void {
  describe(`LocalStore: ${name}`, () => {
    let test: StoreUnderTest;
    let store: LocalStore;
    const readRow = async (table: string, clientId: string) =>
      (await store.readRows(table, [clientId]))[0] ?? null;
    const put = (rows: readonly StoredRow[], guard = false, table = "tasks") =>
      store.commit({ rows: [{ kind: "put", table, rows, guard }] });
    const add = (...ops: NewOp[]) => store.commit({ ops: ops.map((op) => ({ kind: "add", op })) });
    const ids = async (...states: OpState[]) =>
      (await store.readOps(states.length > 0 ? { states } : {})).map(({ opId }) => opId);

    beforeEach(async () => {
      test = await open();
      ({ store } = test);
    });
    afterEach(() => test.close());

    describe("rows", () => {
      it("I19: returns every kind of value as it was given", async () => {
        const row = taskRow(
          "a",
          { serverId: "s1", syncStatus: "failed", changed: stampOf(7) },
          {
            text: "é 'quoted' \"double\" 👩‍🚀 \n\t line, and more than 255 bytes: ".repeat(20),
            done: true,
            priority: "high",
            project: "p1",
            weight: -0.1,
            details: { list: [1, "2", null, { deep: true }], "": "empty key" },
          },
        );
        await put([row]);
        expect(await readRow("tasks", "a")).toEqual(row);
      });

      it("keeps null, false, zero and the empty text apart", async () => {
        const row = taskRow("a", {}, { text: "", done: false, weight: 0, details: null });
        await put([row]);
        expect(await readRow("tasks", "a")).toEqual(row);
      });

      it("keeps the largest integers and stamps that exceed 2^53", async () => {
        const score = {
          ...taskRow("a", {
            changed: "9223372036854775807",
            createdAt: Number.MAX_SAFE_INTEGER,
          }),
          fields: { points: Number.MIN_SAFE_INTEGER },
        };
        await put([score], false, "scores");
        expect(await readRow("scores", "a")).toEqual(score);
      });

      it("I19: keeps reals that are larger than any 64-bit integer, and the largest of those", async () => {
        const weights = [1e20, 6.02214076e23, -1e19, 2 ** 63, -(2 ** 63), Number.MAX_VALUE];
        const rows = weights.map((weight, index) => taskRow(String(index), {}, { weight }));
        await put(rows);
        const ids = rows.map(({ clientId }) => clientId);
        expect(await store.readRows("tasks", ids)).toEqual(rows);
      });

      it("replaces a row that is there", async () => {
        await put([taskRow("a", {}, { text: "old" })]);
        await put([taskRow("a", { serverId: "s" }, { text: "new" })]);
        expect(await readRow("tasks", "a")).toEqual(
          taskRow("a", { serverId: "s" }, { text: "new" }),
        );
      });

      it("updates rows from what is stored, whatever differs", async () => {
        const details = { a: [1] };
        const before = [
          taskRow("a", { syncStatus: "pending" }, { text: "old", done: true, details }),
          taskRow("b", {}, { weight: 2 }),
          taskRow("c"),
        ];
        const after = [
          taskRow(
            "a",
            { serverId: "s", changed: stampOf(3) },
            { text: "new", done: false, details: { b: [2] }, weight: 0.5 },
          ),
          taskRow("b", { updatedAt: 5, syncStatus: "failed" }, { weight: null }),
          taskRow("c", { serverId: "t" }),
        ];
        await put(before);
        await store.commit({
          rows: after.flatMap((row, position) => {
            const former = before[position];
            return former ? [{ kind: "update", table: "tasks", before: former, row }] : [];
          }),
        });
        expect(await store.readRows("tasks", ["a", "b", "c"])).toEqual(after);
      });

      it("an update gives a row its version back that the same commit made it forget", async () => {
        const row = taskRow("a", { changed: stampOf(3) });
        await put([row]);
        await store.commit({
          rows: [
            { kind: "forget-versions", table: "tasks", scopeId: null },
            {
              kind: "update",
              table: "tasks",
              before: row,
              row: { ...row, updatedAt: 9 },
            },
          ],
        });
        expect(await readRow("tasks", "a")).toEqual({ ...row, updatedAt: 9 });
      });

      it("I7: a guarded row never replaces a later version, and does replace the same", async () => {
        await put([taskRow("a", { changed: stampOf(10) }, { text: "ten" })]);
        await put([taskRow("a", { changed: stampOf(9) }, { text: "nine" })], true);
        expect((await readRow("tasks", "a"))?.fields.text).toBe("ten");
        await put([taskRow("a", { changed: stampOf(10) }, { text: "ten again" })], true);
        expect((await readRow("tasks", "a"))?.fields.text).toBe("ten again");
      });

      it("a guarded row replaces one that has no version", async () => {
        await put([taskRow("a", { changed: null }, { text: "mine" })]);
        await put([taskRow("a", { changed: stampOf(1) }, { text: "theirs" })], true);
        expect((await readRow("tasks", "a"))?.fields.text).toBe("theirs");
      });

      it("I18: writes and reads a page far beyond SQLite's variables", async () => {
        const rows = Array.from({ length: 5_000 }, (_, index) =>
          taskRow(`row${String(index).padStart(5, "0")}`, {
            changed: stampOf(index),
          }),
        );
        await put(rows, true);
        const read = await store.readRows(
          "tasks",
          rows.map(({ clientId }) => clientId),
        );
        expect(read).toHaveLength(5_000);
        expect(read.find(({ clientId }) => clientId === "row04999")).toEqual(rows[4_999]);
      });

      it("reads only what was asked for, and null for a row that is not there", async () => {
        await put([taskRow("a"), taskRow("b")]);
        expect((await store.readRows("tasks", ["b", "c"])).map(({ clientId }) => clientId)).toEqual(
          ["b"],
        );
        expect(await readRow("tasks", "c")).toBeNull();
        expect(await readRow("notes", "a")).toBeNull();
      });

      it("deletes rows, and those that are not there without complaint", async () => {
        await put([taskRow("a"), taskRow("b")]);
        await store.commit({
          rows: [{ kind: "delete", table: "tasks", clientIds: ["a", "x"] }],
        });
        expect(await readRow("tasks", "a")).toBeNull();
        expect(await readRow("tasks", "b")).not.toBeNull();
      });

      it("tells a table that holds rows from one that does not", async () => {
        expect(await store.hasRows({ table: "tasks", scopeId: null })).toBe(false);
        await put([taskRow("a")]);
        expect(await store.hasRows({ table: "tasks", scopeId: null })).toBe(true);
        await store.commit({ rows: [{ kind: "delete", table: "tasks", clientIds: ["a"] }] });
        expect(await store.hasRows({ table: "tasks", scopeId: null })).toBe(false);
      });

      it("fetching again: rows that came back stay, rows with an op stay, the rest goes", async () => {
        await put([
          taskRow("back", { changed: stampOf(5) }),
          taskRow("edited", { changed: stampOf(5) }),
          taskRow("seen", { changed: stampOf(5) }),
          taskRow("gone", { changed: stampOf(5) }),
        ]);
        await add(taskOp("o1", "edited"), taskOp("o2", "seen", { state: "superseded" }));
        await store.commit({
          rows: [{ kind: "forget-versions", table: "tasks", scopeId: null }],
        });
        expect((await readRow("tasks", "gone"))?.changed).toBeNull();
        await put([taskRow("back", { changed: stampOf(2) })], true);
        await store.commit({
          rows: [{ kind: "delete-unversioned", table: "tasks", scopeId: null }],
        });
        const left = await store.readRows("tasks", ["back", "edited", "seen", "gone"]);
        expect(left.map(({ clientId }) => clientId).sort()).toEqual(["back", "edited"]);
      });
    });

    describeScopes(() => store);

    describeOps(() => store);

    describe("commits", () => {
      it("I1, I6: all of a change set is there, or nothing of it", async () => {
        await add(taskOp("o1", "a"));
        const failing = store.commit({
          rows: [{ kind: "put", table: "tasks", rows: [taskRow("a")], guard: false }],
          metadata: { cursor: "c1" },
          ops: [
            { kind: "add", op: taskOp("o2", "b") },
            { kind: "add", op: taskOp("o3", "b") },
          ],
        });
        await expect(failing).rejects.toThrow();
        expect(await readRow("tasks", "a")).toBeNull();
        expect(await ids()).toEqual(["o1"]);
        expect(await store.readMetadata(["cursor"])).toEqual({});
        await put([taskRow("a")]);
        expect(await readRow("tasks", "a")).not.toBeNull();
      });

      it("commits made at the same time do not mix", async () => {
        const good = (id: string) =>
          store.commit({
            rows: [
              {
                kind: "put",
                table: "tasks",
                rows: [taskRow(id)],
                guard: false,
              },
            ],
            ops: [{ kind: "add", op: taskOp(`op-${id}`, id) }],
          });
        const bad = store.commit({
          rows: [
            {
              kind: "put",
              table: "tasks",
              rows: [taskRow("bad")],
              guard: false,
            },
          ],
          ops: [
            { kind: "add", op: taskOp("same", "x") },
            { kind: "add", op: taskOp("same2", "x") },
          ],
        });
        const [first, second, third] = await Promise.allSettled([good("a"), bad, good("b")]);
        expect([first.status, second.status, third.status]).toEqual([
          "fulfilled",
          "rejected",
          "fulfilled",
        ]);
        const rows = await store.readRows("tasks", ["a", "b", "bad"]);
        expect(rows.map(({ clientId }) => clientId)).toEqual(["a", "b"]);
        expect(await ids()).toEqual(["op-a", "op-b"]);
      });

      it("F19: changes nothing for a writer whose place another one took, and tells it so", async () => {
        const write = (writer: string, opId: string) =>
          store.commit({
            writer,
            ops: [{ kind: "add", op: taskOp(opId, opId) }],
          });
        await store.commit({ metadata: { writer: "first" } });
        await write("first", "o1");
        await store.commit({ metadata: { writer: "second" } });
        await expect(write("first", "o2")).rejects.toBeInstanceOf(TakenOver);
        // Nor do commits that record no op.
        await store.commit({ metadata: { cursor: "c" } });
        for (const changes of [
          { metadata: { cursor: "d" } },
          { metadata: { cursor: null } },
          {
            rows: [
              {
                kind: "put",
                table: "tasks",
                rows: [taskRow("a")],
                guard: false,
              },
            ],
          },
        ] as const)
          await expect(store.commit({ writer: "first", ...changes })).rejects.toBeInstanceOf(
            TakenOver,
          );
        expect(await store.readMetadata(["cursor"])).toEqual({ cursor: "c" });
        expect(await store.readRows("tasks", ["a"])).toEqual([]);
        await write("second", "o3");
        expect(await ids()).toEqual(["o1", "o3"]);
        // What else is wrong with a commit is told as it is.
        const twice = write("second", "o3");
        await expect(twice).rejects.toThrow();
        await expect(twice).rejects.not.toBeInstanceOf(TakenOver);
      });

      it("keeps, changes and removes metadata", async () => {
        await store.commit({ metadata: { a: "1", b: "2" } });
        await store.commit({ metadata: { a: "3", b: null } });
        expect(await store.readMetadata(["a", "b", "c"])).toEqual({ a: "3" });
      });

      it("tells listeners once a commit which tables changed, until they stop", async () => {
        const heard: string[][] = [];
        const stop = store.subscribe((tables) => heard.push([...tables].sort()));
        await store.commit({
          rows: [
            {
              kind: "put",
              table: "tasks",
              rows: [taskRow("a"), taskRow("b")],
              guard: false,
            },
          ],
          ops: [{ kind: "add", op: taskOp("o1", "a") }],
        });
        expect(heard).toEqual([["sync_queue", "tasks"]]);
        stop();
        await put([taskRow("c")]);
        expect(heard).toHaveLength(1);
      });

      it("tells listeners of several commits at once when all but the last say that more follows", async () => {
        const heard: string[][] = [];
        store.subscribe((tables) => heard.push([...tables].sort()));
        const put = (id: string, more: boolean) =>
          store.commit({
            rows: [{ kind: "put", table: "tasks", rows: [taskRow(id)], guard: true }],
            more,
          });
        await put("a", true);
        await put("b", true);
        expect(heard).toEqual([]);
        // Another writer's turn came in between.
        await add(taskOp("o1", "c"));
        expect(heard).toEqual([["sync_queue", "tasks"]]);
        await put("d", false);
        expect(heard).toEqual([["sync_queue", "tasks"], ["tasks"]]);
      });

      it("tells listeners of what another runner changed, when it is said so", async () => {
        const heard: string[][] = [];
        store.subscribe((tables) => heard.push([...tables].sort()));
        store.announce(["notes", "sync_queue"]);
        expect(heard).toEqual([["notes", "sync_queue"]]);
        await put([taskRow("a")]);
        expect(heard).toEqual([["notes", "sync_queue"], ["tasks"]]);
      });

      it("says nothing of a commit that failed", async () => {
        await add(taskOp("o1", "a"));
        const heard: unknown[] = [];
        store.subscribe((tables) => heard.push(tables));
        await expect(add(taskOp("o2", "a"))).rejects.toThrow();
        expect(heard).toEqual([]);
      });

      it("I6: what was committed is there after a restart, and seq goes on", async () => {
        await store.commit({
          rows: [{ kind: "put", table: "tasks", rows: [taskRow("a")], guard: false }],
          ops: [{ kind: "add", op: taskOp("o1", "a") }],
          metadata: { cursor: "c1" },
        });
        const [before] = await store.readOps({});
        test = await test.reopen();
        ({ store } = test);
        expect(await readRow("tasks", "a")).toEqual(taskRow("a"));
        expect(await store.readMetadata(["cursor"])).toEqual({ cursor: "c1" });
        await add(taskOp("o2", "b"));
        const [first, second] = await store.readOps({});
        expect(first).toEqual(before);
        expect(second?.seq).toBeGreaterThan(before?.seq ?? Infinity);
      });
    });
  });
}
