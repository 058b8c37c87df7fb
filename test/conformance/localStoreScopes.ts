import { beforeEach, describe, expect, it } from "vitest";
import type { LocalStore, StoredRow } from "../../templates/client/sync/ports";
import { stampOf, taskOp, taskRow } from "./samples";

/** What every `LocalStore` must do with rows in scopes; `opened` gives the store of the test that runs. */
export function describeScopes(opened: () => LocalStore): void {
  describe("rows in scopes", () => {
    let store: LocalStore;
    const put = (rows: readonly StoredRow[], guard = false) =>
      store.commit({ rows: [{ kind: "put", table: "boards", rows, guard }] });
    const readBoard = async (clientId: string) =>
      (await store.readRows("boards", [clientId]))[0] ?? null;
    beforeEach(() => {
      store = opened();
    });

    const board = (clientId: string, scopeId: string, change: Partial<StoredRow> = {}) => ({
      ...taskRow(clientId, { scopeId, changed: stampOf(5), ...change }),
      fields: { title: clientId },
    });
    const boardsOf = (scopeId: string | null) => ({ table: "boards", scopeId });
    const left = async () =>
      (await store.readRows("boards", ["a", "b", "c", "d"]))
        .map(({ clientId, changed }) => [clientId, changed])
        .sort();

    it("I19: returns a row with the scope that it is in, also after an update", async () => {
      const before = board("a", "team");
      await put([before], true);
      expect(await readBoard("a")).toEqual(before);
      const row = { ...before, userId: "somebody", fields: { title: "new" } };
      await store.commit({ rows: [{ kind: "update", table: "boards", before, row }] });
      expect(await readBoard("a")).toEqual(row);
    });

    it("tells a scope that holds rows from one that does not", async () => {
      await put([board("a", "team")]);
      expect(await store.hasRows(boardsOf("team"))).toBe(true);
      expect(await store.hasRows(boardsOf("family"))).toBe(false);
      expect(await store.hasRows(boardsOf(null))).toBe(true);
    });

    it("forgets the versions of one scope, or of all", async () => {
      await put([board("a", "team"), board("b", "family")]);
      await store.commit({ rows: [{ kind: "forget-versions", ...boardsOf("team") }] });
      expect(await left()).toEqual([
        ["a", null],
        ["b", stampOf(5)],
      ]);
      await store.commit({ rows: [{ kind: "forget-versions", ...boardsOf(null) }] });
      expect(await left()).toEqual([
        ["a", null],
        ["b", null],
      ]);
    });

    it("deletes what has no version and no op in one scope, or in all", async () => {
      const gone = { changed: null };
      await put([
        board("a", "team", gone),
        board("b", "team", gone),
        board("c", "team"),
        board("d", "family", gone),
      ]);
      const op = taskOp("o1", "b", { table: "boards", scopeId: "team" });
      await store.commit({ ops: [{ kind: "add", op }] });
      await store.commit({ rows: [{ kind: "delete-unversioned", ...boardsOf("team") }] });
      expect(await left()).toEqual([
        ["b", null],
        ["c", stampOf(5)],
        ["d", null],
      ]);
      await store.commit({ rows: [{ kind: "delete-unversioned", ...boardsOf(null) }] });
      expect(await left()).toEqual([
        ["b", null],
        ["c", stampOf(5)],
      ]);
    });
  });
}
