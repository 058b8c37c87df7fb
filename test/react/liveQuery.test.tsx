// @vitest-environment jsdom
import { act, cleanup, waitFor } from "@testing-library/react";
import { asc, count, eq, sql } from "drizzle-orm";
import { useState } from "react";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { useLiveQuery } from "../../templates/client/hooks/useLiveQuery";
import { queries, resetDatabases } from "../standins/expoSqlite";
import { TestDevice } from "./app";
import { notes, tasks, useNotes, useTasks } from "./project";

let device: TestDevice;

beforeEach(() => {
  resetDatabases();
  device = new TestDevice();
});
afterEach(cleanup);

function put(table: "tasks" | "notes", id: string): void {
  const task = { text: id, done: false, tags: [] };
  const note = { title: id, body: "", labels: [], dueAt: null };
  device.backend.put(table, id, table === "tasks" ? task : note);
}

const useCounts = () => ({
  writer: useTasks(),
  live: useLiveQuery((database) =>
    database
      .select({ done: tasks.done, tasks: count() })
      .from(tasks)
      .groupBy(tasks.done)
      .orderBy(asc(tasks.done)),
  ),
});

describe("useLiveQuery", () => {
  it("counts again after every write to a table of the query", async () => {
    put("tasks", "1");
    put("tasks", "2");
    const seen = device.observe(useCounts);
    await waitFor(() => expect(seen.last?.live.rows).toEqual([{ done: false, tasks: 2 }]));

    await act(() => seen.last.writer.update("1", { done: true }));

    await waitFor(() =>
      expect(seen.last.live.rows).toEqual([
        { done: false, tasks: 1 },
        { done: true, tasks: 1 },
      ]),
    );
    expect(seen.last.live).toMatchObject({ isLoading: false, error: null });
  });

  it("joins, and hears of both tables, and of no other", async () => {
    put("tasks", "1");
    put("notes", "n");
    const seen = device.observe(() => ({
      task: useTasks(),
      note: useNotes(),
      live: useLiveQuery((database) =>
        database
          .select({ text: tasks.text, title: notes.title })
          .from(tasks)
          .leftJoin(notes, eq(notes.body, "")),
      ),
      alone: useLiveQuery((database) => database.select({ text: tasks.text }).from(tasks)),
    }));
    await waitFor(() => expect(seen.last?.live.rows).toEqual([{ text: "1", title: "n" }]));
    const { rows } = seen.last.alone;

    await act(() => seen.last.note.update("n", { title: "m" }));
    await waitFor(() => expect(seen.last.live.rows).toEqual([{ text: "1", title: "m" }]));
    expect(seen.last.alone.rows).toBe(rows);

    await act(() => seen.last.task.update("1", { text: "t" }));
    await waitFor(() => expect(seen.last.live.rows).toEqual([{ text: "t", title: "m" }]));
    expect(seen.last.alone.rows).toEqual([{ text: "t" }]);
  });

  it("reads a table that another render brings in, and hears of it", async () => {
    put("tasks", "1");
    put("notes", "a");
    let setTable: (table: typeof tasks | typeof notes) => void = () => undefined;
    const seen = device.observe(() => {
      const [table, set] = useState<{ current: typeof tasks | typeof notes }>({ current: tasks });
      setTable = (next) => set({ current: next });
      const live = useLiveQuery((database) =>
        database.select({ id: table.current.clientId }).from(table.current),
      );
      return { live, note: useNotes() };
    });
    await waitFor(() => expect(seen.last?.live.rows).toEqual([{ id: "1" }]));

    act(() => setTable(notes));
    await waitFor(() => expect(seen.last.live.rows).toEqual([{ id: "a" }]));
    await act(() => seen.last.note.create({ title: "b", body: "", labels: [] }));
    await waitFor(() => expect(seen.last.live.rows).toHaveLength(2));
  });

  it("keeps the identity of rows that did not change", async () => {
    put("tasks", "1");
    put("tasks", "2");
    const seen = device.observe(() => ({
      writer: useTasks(),
      live: useLiveQuery((database) =>
        database
          .select({ id: tasks.clientId, text: tasks.text })
          .from(tasks)
          .orderBy(tasks.clientId),
      ),
    }));
    await waitFor(() => expect(seen.last?.live.rows).toHaveLength(2));
    const [first, second] = seen.last.live.rows;
    await act(() => seen.last.writer.update("2", { text: "other" }));
    await waitFor(() => expect(seen.last.live.rows[1]).not.toBe(second));
    expect(seen.last.live.rows[0]).toBe(first);
  });

  it("does not read while nothing happens, and says what is wrong with a query", async () => {
    const seen = device.observe(() =>
      useLiveQuery((database) => database.select({ x: sql<number>`noSuchColumn` }).from(tasks)),
    );
    await waitFor(() => expect(seen.last?.error).toBeInstanceOf(Error));
    expect(seen.last).toMatchObject({ rows: [], isLoading: false });
    const reads = queries.length;
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(queries.length).toBe(reads);
  });
});
