// @vitest-environment jsdom
import { act, cleanup, render, screen, waitFor } from "@testing-library/react";
import { desc, eq, sql } from "drizzle-orm";
import { memo, useState } from "react";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { useConflicts } from "../../templates/client/hooks/useConflicts";
import { useNetworkStatus } from "../../templates/client/hooks/useNetworkStatus";
import { useSyncIssues } from "../../templates/client/hooks/useSyncIssues";
import { useSyncStatus } from "../../templates/client/hooks/useSyncStatus";
import { queries, resetDatabases } from "../standins/expoSqlite";
import { TestDevice } from "./app";
import { tasks, useNotes, useSync, useTask, useTasks, type Task } from "./project";

let device: TestDevice;

beforeEach(() => {
  resetDatabases();
  device = new TestDevice();
});
afterEach(cleanup);

const observe = <T,>(hook: () => T) => device.observe(hook);

describe.each(["the emitted driver", "drizzle-orm/expo-sqlite"] as const)("over %s", (reads) => {
  beforeEach(() => {
    device = new TestDevice(reads);
  });

  describe("a table's hook", () => {
    it("gives live rows that a write, a pull and an acknowledgement change", async () => {
      const seen = observe(() => useTasks());
      await waitFor(() => expect(seen.last?.isLoading).toBe(false));
      expect(seen.last.rows).toEqual([]);

      await act(() => seen.last.create({ text: "milk", tags: ["a"] }));
      await waitFor(() =>
        expect(seen.last.rows).toMatchObject([
          { text: "milk", done: false, tags: ["a"], syncStatus: "synced" },
        ]),
      );

      act(() => device.backend.put("tasks", "other", { text: "eggs", done: true, tags: [] }));
      await waitFor(() => expect(seen.last.rows).toHaveLength(2));
      expect(seen.last.rows.find((row) => row.clientId === "other")).toMatchObject({
        text: "eggs",
        done: true,
      });
    });

    it("narrows, orders and limits in Drizzle's terms, and follows a query that changes", async () => {
      for (const [id, text, done] of [
        ["1", "b", false],
        ["2", "a", false],
        ["3", "c", true],
      ] as const) {
        device.backend.put("tasks", id, { text, done, tags: [] });
      }
      let setLimit: (limit: number) => void = () => undefined;
      const seen = observe(() => {
        const [limit, set] = useState(2);
        setLimit = set;
        return useTasks({ where: eq(tasks.done, false), orderBy: [desc(tasks.text)], limit });
      });

      await waitFor(() => expect(seen.last?.rows.map((row) => row.text)).toEqual(["b", "a"]));
      act(() => setLimit(1));
      expect(seen.last).toMatchObject({ isLoading: true, rows: [{ text: "b" }, { text: "a" }] });
      await waitFor(() => expect(seen.last.rows.map((row) => row.text)).toEqual(["b"]));
      expect(seen.last.isLoading).toBe(false);
    });

    it("does not render for another table, nor give new objects for rows that are the same", async () => {
      device.backend.put("tasks", "1", { text: "a", done: false, tags: ["x"] });
      device.backend.put("tasks", "2", { text: "b", done: false, tags: [] });
      const seen = observe(() => useTasks({ orderBy: tasks.clientId }));
      await waitFor(() => expect(seen.last?.rows).toHaveLength(2));
      await act(() => device.sync.syncNow());
      const [first] = seen.last.rows;
      const { rows } = seen.last;

      await act(() => device.sync.table("notes").create({ title: "t", body: "", labels: [] }));
      expect(seen.last.rows).toBe(rows);

      await act(() => device.sync.table("tasks").update("2", { text: "c" }));
      await waitFor(() => expect(seen.last.rows[1]).toMatchObject({ text: "c" }));
      expect(seen.last.rows[0]).toBe(first);
    });

    it("has only the writes that the table allows, the same ones in every render", async () => {
      const seen = observe(() => ({ tasks: useTasks(), notes: useNotes() }));
      await waitFor(() => expect(seen.last?.tasks.isLoading).toBe(false));
      const { create } = seen.last.tasks;

      expect("remove" in seen.last.tasks).toBe(false);
      // @ts-expect-error `tasks` allows no delete
      expect(seen.last.tasks.remove).toBeUndefined();

      let clientId = "";
      await act(async () => {
        clientId = (await seen.last.notes.create({ title: "t", body: "b", labels: [] })).clientId;
      });
      await waitFor(() => expect(seen.last.notes.rows).toHaveLength(1));
      await act(() => seen.last.notes.remove(clientId));
      await waitFor(() => expect(seen.last.notes.rows).toHaveLength(0));
      expect(seen.last.tasks.create).toBe(create);
    });

    it("counts the rows of its table that the server does not have", async () => {
      const seen = observe(() => ({
        tasks: useTasks().pendingCount,
        notes: useNotes().pendingCount,
      }));
      await waitFor(() => expect(device.engines[0]?.getStatus().phase).toBe("idle"));
      act(() => device.setOnline(false));

      await act(() => device.sync.table("tasks").create({ text: "milk" }));
      await waitFor(() => expect(seen.last).toEqual({ tasks: 1, notes: 0 }));

      act(() => device.setOnline(true));
      await waitFor(() => expect(seen.last).toEqual({ tasks: 0, notes: 0 }));
    });

    it("of a hundred live queries, a write makes those of its table run again, once", async () => {
      const seen = observe(() => {
        const ofTasks = Array.from({ length: 50 }, (_, offset) => useTasks({ limit: 1, offset }));
        const ofNotes = Array.from({ length: 50 }, (_, offset) => useNotes({ limit: 1, offset }));
        return [...ofTasks, ...ofNotes];
      });
      await waitFor(() => expect(seen.last?.every(({ isLoading }) => !isLoading)).toBe(true));
      await waitFor(() => expect(device.sync.getStatus().phase).toBe("idle"));
      act(() => device.setOnline(false));
      queries.length = 0;

      await act(() => device.sync.table("notes").create({ title: "t", body: "", labels: [] }));
      await waitFor(() => expect(seen.last[50]?.rows).toHaveLength(1));

      const live = queries.filter((sql) => sql.includes("limit"));
      expect(live.filter((sql) => sql.includes(`from "tasks"`))).toEqual([]);
      expect(live.filter((sql) => sql.includes(`from "notes"`))).toHaveLength(50);
    });

    it("counts in the database once, however many hooks ask and however often", async () => {
      const seen = observe(() => [useTasks(), useTasks({ limit: 1 }), useTasks()] as const);
      await waitFor(() => expect(seen.last?.[0].isLoading).toBe(false));
      await waitFor(() => expect(device.sync.getStatus().phase).toBe("idle"));
      const counted = () => device.selects.filter((sql) => sql.includes("count(*)")).length;
      const before = counted();

      act(() => device.setOnline(false));
      const { clientId } = await act(() => seen.last[0].create({ text: "a" }));
      await act(() => seen.last[0].create({ text: "b" }));
      await act(() => seen.last[0].update(clientId, { text: "c" }));
      await waitFor(() => expect(seen.last.map((tasks) => tasks.pendingCount)).toEqual([2, 2, 2]));

      act(() => device.setOnline(true));
      await waitFor(() => expect(seen.last.map((tasks) => tasks.pendingCount)).toEqual([0, 0, 0]));
      expect(counted()).toBe(before);
    });

    it("gives one row by id, never another one's", async () => {
      device.backend.put("tasks", "1", { text: "a", done: false, tags: [] });
      device.backend.put("tasks", "2", { text: "b", done: false, tags: [] });
      let setId: (id: string | null) => void = () => undefined;
      const given: (readonly [string | null, string | undefined])[] = [];
      const seen = observe(() => {
        const [id, set] = useState<string | null>("1");
        setId = set;
        const one = useTask(id);
        given.push([id, one.row?.text]);
        return one;
      });

      await waitFor(() => expect(seen.last?.row?.text).toBe("a"));
      act(() => setId("2"));
      await waitFor(() => expect(seen.last.row?.text).toBe("b"));
      act(() => setId(null));
      await waitFor(() => expect(seen.last).toMatchObject({ row: null, isLoading: false }));
      expect(
        given.every(([id, text]) => text === undefined || text === (id === "1" ? "a" : "b")),
      ).toBe(true);
      act(() => setId("1"));
      await waitFor(() => expect(seen.last.row?.text).toBe("a"));
      await act(() => seen.last.update("1", { text: "changed" }));
      await waitFor(() => expect(seen.last.row?.text).toBe("changed"));
    });

    it("says why rows cannot be read, and recovers", async () => {
      let setColumn: (isBroken: boolean) => void = () => undefined;
      const seen = observe(() => {
        const [isBroken, set] = useState(true);
        setColumn = set;
        return useTasks(isBroken ? { where: sql`noSuchColumn = 1` } : {});
      });
      await waitFor(() => expect(seen.last?.error).toBeInstanceOf(Error));

      act(() => setColumn(false));
      await waitFor(() => expect(seen.last.error).toBeNull());
    });

    it("renders only items whose rows changed", async () => {
      const rendered: string[] = [];
      const Item = memo(({ task }: { readonly task: Task }) => {
        rendered.push(task.text);
        return <li>{task.text}</li>;
      });
      function List() {
        const { rows } = useTasks({ orderBy: tasks.clientId });
        return rows.map((row) => <Item key={row.clientId} task={row} />);
      }
      device.backend.put("tasks", "1", { text: "a", done: false, tags: ["x"] });
      device.backend.put("tasks", "2", { text: "b", done: false, tags: [] });
      device.render(<List />, { strict: true });
      await waitFor(() => expect(screen.getAllByRole("listitem")).toHaveLength(2));
      await act(() => device.sync.syncNow());
      rendered.length = 0;

      act(() => device.backend.put("tasks", "2", { text: "c", done: false, tags: [] }));
      await waitFor(() => expect(screen.getAllByRole("listitem")[1]?.textContent).toBe("c"));
      expect(rendered).not.toContain("a");
    });

    it("reads what was committed while it was reading", async () => {
      const seen = observe(() => useTasks());
      await waitFor(() => expect(seen.last?.isLoading).toBe(false));

      await act(() =>
        Promise.all(
          Array.from({ length: 30 }, (_, index) => seen.last.create({ text: String(index) })),
        ),
      );

      await waitFor(() => expect(seen.last.rows).toHaveLength(30));
    });
  });

  describe("the status hooks", () => {
    it("follow the engine and the network", async () => {
      const seen = observe(() => ({
        status: useSyncStatus(),
        network: useNetworkStatus(),
        sync: useSync(),
      }));
      await waitFor(() => expect(seen.last?.status.phase).toBe("idle"));
      expect(seen.last.network).toEqual({ isOnline: true });

      act(() => device.setOnline(false));
      await waitFor(() => expect(seen.last.network).toEqual({ isOnline: false }));
      expect(seen.last.status.phase).toBe("offline");
      await act(() =>
        seen.last.sync.batch(({ tasks: batch }) => void batch.create({ text: "milk" })),
      );
      await waitFor(() => expect(seen.last.status.pendingCount).toBe(1));
    });

    it("list failed edits with what can be done, until somebody does it", async () => {
      device.backend.decide = () => ({
        outcome: "rejected",
        code: "invalid",
        message: "Too long.",
      });
      const seen = observe(() => useSyncIssues());
      await waitFor(() => expect(seen.last?.isLoading).toBe(false));
      await act(() => device.sync.table("tasks").create({ text: "milk" }));
      await waitFor(() =>
        expect(seen.last.issues).toMatchObject([
          { state: "failed", message: "Too long.", mine: { text: "milk" } },
        ]),
      );

      device.backend.decide = () => ({ outcome: "applied", code: null, message: null });
      await act(() => seen.last.edit(seen.last.issues[0]?.opId ?? "", { text: "oat milk" }));

      await waitFor(() => expect(seen.last.issues).toEqual([]));
      await waitFor(() =>
        expect([...device.backend.rows.values()][0]?.fields).toMatchObject({ text: "oat milk" }),
      );
    });

    it("list conflicts apart, until they are resolved", async () => {
      device.backend.put("notes", "n", { title: "old", body: "", labels: [], dueAt: null });
      const seen = observe(() => ({ notes: useNotes(), ...useConflicts() }));
      await waitFor(() => expect(seen.last?.notes.rows).toHaveLength(1));
      act(() => device.setOnline(false));
      await act(() => seen.last.notes.update("n", { title: "mine" }));
      device.backend.put("notes", "n", { title: "theirs", body: "", labels: [], dueAt: null });
      device.backend.decide = () => ({ outcome: "conflict", code: null, message: null });
      act(() => device.setOnline(true));
      await waitFor(() =>
        expect(seen.last.conflicts).toMatchObject([
          { mine: { title: "mine" }, theirs: { title: "theirs" } },
        ]),
      );

      device.backend.decide = () => ({ outcome: "applied", code: null, message: null });
      await act(() => seen.last.resolve(seen.last.conflicts[0]?.opId ?? "", "theirs"));

      await waitFor(() => expect(seen.last.conflicts).toEqual([]));
      await waitFor(() => expect(seen.last.notes.rows).toMatchObject([{ title: "theirs" }]));
    });
  });
});

describe("outside the providers", () => {
  it("a hook says what is missing", () => {
    function Lost() {
      useTasks();
      return null;
    }

    expect(() => render(<Lost />)).toThrow("<OfflineProvider>");
  });
});
