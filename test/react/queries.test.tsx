// @vitest-environment jsdom
import { act, cleanup, screen, waitFor } from "@testing-library/react";
import { asc, eq, lt, sql, type SQL } from "drizzle-orm";
import { useState } from "react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { failQueries, queries, resetDatabases } from "../standins/expoSqlite";
import { TestDevice } from "./app";
import { notes, tasks, useNotes, useTask, useTasks } from "./project";

let device: TestDevice;

beforeEach(() => {
  resetDatabases();
  device = new TestDevice();
});
afterEach(() => {
  vi.restoreAllMocks();
  cleanup();
});

function putTasks(...ids: readonly string[]): void {
  for (const id of ids) device.backend.put("tasks", id, { text: id, done: false, tags: [] });
}

/** A hook whose input the test sets. */
function withInput<Input, T>(first: Input, hook: (input: Input) => T) {
  let set: (input: Input) => void = () => undefined;
  const seen = device.observe(() => {
    const [input, setInput] = useState(() => first);
    set = (next) => setInput(() => next);
    return hook(input);
  });
  return { seen, set: (input: Input) => act(() => set(input)) };
}

describe("a query that cannot be read", () => {
  it("gives no row of another id", async () => {
    putTasks("1", "2");
    const { seen, set } = withInput("1", (id) => useTask(id));
    await waitFor(() => expect(seen.last?.row?.clientId).toBe("1"));
    failQueries(/from "tasks"/);

    set("2");

    await waitFor(() => expect(seen.last.error).toBeInstanceOf(Error));
    expect(seen.last).toMatchObject({ row: null, isLoading: false });
  });

  it("gives no rows of another query, and of its own those that it read before", async () => {
    putTasks("1", "2");
    const { seen, set } = withInput(undefined as SQL | undefined, (where) => useTasks({ where }));
    await waitFor(() => expect(seen.last?.rows).toHaveLength(2));

    set(sql`noSuchColumn = 1`);
    await waitFor(() => expect(seen.last.error).toBeInstanceOf(Error));
    expect(seen.last).toMatchObject({ rows: [], isLoading: false });

    set(eq(tasks.clientId, "2"));
    await waitFor(() => expect(seen.last.rows).toHaveLength(1));
    failQueries(/from "tasks"/);
    putTasks("3");
    await waitFor(() => expect(seen.last.error).toBeInstanceOf(Error));
    expect(seen.last.rows).toHaveLength(1);
  });
});

describe("a query", () => {
  it("hears of the tables in a subquery of its `where`", async () => {
    putTasks("1", "2");
    const titles = sql`${tasks.text} in (select ${notes.title} from ${notes})`;
    const seen = device.observe(() => ({ tasks: useTasks({ where: titles }), notes: useNotes() }));
    await waitFor(() => expect(seen.last?.tasks.isLoading).toBe(false));
    expect(seen.last.tasks.rows).toEqual([]);

    await act(() => seen.last.notes.create({ title: "2", body: "", labels: [] }));

    await waitFor(() => expect(seen.last.tasks.rows).toMatchObject([{ clientId: "2" }]));
  });

  it("leaves rows out also without a limit", async () => {
    putTasks("1", "2", "3");
    const seen = device.observe(() => useTasks({ orderBy: asc(tasks.clientId), offset: 1 }));

    await waitFor(() => expect(seen.last?.rows.map((row) => row.clientId)).toEqual(["2", "3"]));
    expect(seen.last.error).toBeNull();
  });

  it.each([
    [Infinity, -Infinity],
    [Infinity, null],
    [0, -0],
    [new Date(5), new Date(5).toISOString()],
    [5, "5"],
    [true, "true"],
    [6n, "6"],
    [undefined, null],
  ])("with %s is another one than with %s", async (first, second) => {
    const where = (value: unknown) => sql`typeof(${value}) = ${value}`;
    const { seen, set } = withInput(first as unknown, (value) => useTasks({ where: where(value) }));
    await waitFor(() => expect(seen.last?.isLoading).toBe(false));

    set(second);

    expect(seen.last.isLoading).toBe(true);
    await waitFor(() => expect(seen.last.isLoading).toBe(false));
  });

  it("tells apart numbers that JSON does not", async () => {
    device.backend.put("notes", "n", { title: "t", body: "", labels: [], dueAt: 5 });
    const { seen, set } = withInput(Infinity, (max) => useNotes({ where: lt(notes.dueAt, max) }));
    await waitFor(() => expect(seen.last?.rows).toHaveLength(1));

    set(-Infinity);

    await waitFor(() => expect(seen.last.rows).toEqual([]));
  });
});

describe("a query that is another one in every render", () => {
  it("is read until nothing is new, shown, and warned about once", async () => {
    const warn = vi.spyOn(console, "warn").mockReturnValue(undefined);
    device.backend.put("notes", "n", { title: "t", body: "", labels: [], dueAt: 5 });
    let count = 0;
    const seen = device.observe(() => {
      count += 1;
      return useNotes({ where: lt(notes.dueAt, Date.now() + count) });
    });
    await waitFor(() => expect(seen.last?.rows).toHaveLength(1));
    await waitFor(() => expect(seen.last.isLoading).toBe(false));
    await waitFor(() => expect(device.sync.getStatus().phase).toBe("idle"));
    const { renders } = seen;
    queries.length = 0;

    await act(() => new Promise((resolve) => setTimeout(resolve, 200)));

    expect(seen.renders - renders).toBeLessThan(3);
    expect(queries.length).toBeLessThan(3);
    expect(seen.last.isLoading).toBe(false);
    expect(warn).toHaveBeenCalledOnce();
    expect(warn.mock.calls[0]?.[0]).toContain("notes");

    await act(() =>
      device.sync.table("notes").create({ title: "u", body: "", labels: [], dueAt: 6 }),
    );
    await waitFor(() => expect(seen.last.rows).toHaveLength(2));
    expect(warn).toHaveBeenCalledOnce();
  });

  it("says that it loads when the app asked for the other one", async () => {
    putTasks("1", "2");
    const { seen, set } = withInput("1", (id) => useTasks({ where: eq(tasks.clientId, id) }));
    await waitFor(() => expect(seen.last?.isLoading).toBe(false));

    for (const id of ["2", "1", "2", "1", "2"]) {
      set(id);
      expect(seen.last.isLoading).toBe(true);
      await waitFor(() => expect(seen.last.isLoading).toBe(false));
      expect(seen.last.rows.map((row) => row.clientId)).toEqual([id]);
    }
  });

  it("ends also when it cannot be read", async () => {
    vi.spyOn(console, "warn").mockReturnValue(undefined);
    let count = 0;
    const seen = device.observe(() => {
      count += 1;
      return useTasks({ where: sql`noSuchColumn = ${count}` });
    });
    await waitFor(() => expect(seen.last?.error).toBeInstanceOf(Error));
    await waitFor(() => expect(seen.last.isLoading).toBe(false));
    const { renders } = seen;

    await act(() => new Promise((resolve) => setTimeout(resolve, 200)));

    expect(seen.renders - renders).toBeLessThan(3);
    expect(screen.getByText("ready")).toBeTruthy();
  });

  it("ends also in strict mode", async () => {
    vi.spyOn(console, "warn").mockReturnValue(undefined);
    putTasks("1");
    let count = 0;
    function List() {
      count += 1;
      const { rows, isLoading } = useTasks({ where: sql`${count} > 0` });
      return <p>{isLoading ? "loading" : `${rows.length} rows`}</p>;
    }
    device.render(<List />, { strict: true });
    await screen.findByText("1 rows");
    await waitFor(() => expect(device.sync.getStatus().phase).toBe("idle"));
    const before = count;

    await act(() => new Promise((resolve) => setTimeout(resolve, 200)));

    expect(count - before).toBeLessThan(5);
    expect(screen.getByText("1 rows")).toBeTruthy();
  });
});
