import { describe, expect, it } from "vitest";
import { readsFrom } from "../../templates/client/hooks/useQueryRows";

const reads = (sql: string, ...tables: string[]) => readsFrom(sql, new Set(tables));

describe("a query", () => {
  it("reads from the tables that it names, quoted or not, in any case, wherever", () => {
    expect(reads(`select * from "tasks"`, "tasks")).toBe(true);
    expect(reads(`SELECT * FROM Tasks`, "tasks")).toBe(true);
    expect(reads(`select * from "a" where "b" in (select "id" from "workLogs")`, "workLogs")).toBe(
      true,
    );
    expect(reads(`select * from "tasks"`, "notes", "tasks")).toBe(true);
  });

  it("does not read from a table whose name begins, or ends, like another word in it", () => {
    expect(reads(`select "task" from "items10"`, "items1", "tasks", "sync_queue")).toBe(false);
    expect(reads(`select * from "tasks"`)).toBe(false);
  });
});
