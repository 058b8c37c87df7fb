import { expect, describe, it } from "vitest";
import { Database } from "../standins/nodeSqlite.mjs";
import { migrate } from "../../templates/client/db/migrate";
import { createSqliteStore } from "../../templates/client/sync/SqliteStore";
import { jsonProblem } from "../../templates/shared/jsonProblem";
import type { TableRules } from "../../templates/shared/policy";
import { createBetterSqliteDriver } from "../standins/betterSqliteDriver";
import { migrations } from "./fixture/migrations";
import { registry, tables } from "./fixture/registry";
import { taskRow } from "../conformance/samples";

/** The fixture's database, whose columns `tasks` declares otherwise. */
async function openTasks(fields: TableRules["fields"], deviceFields: TableRules["fields"] = {}) {
  const database = new Database(":memory:");
  const driver = createBetterSqliteDriver(database);
  await migrate(driver, migrations);
  const rules = { ...tables.tasks.rules, fields };
  const tasks = { ...tables.tasks, rules, deviceFields };
  const store = createSqliteStore({ ...registry, tables: { tasks } }, driver);
  const column = (name: string) =>
    database.prepare(`SELECT "${name}" AS value FROM "tasks"`).pluck().get();
  return { store, column };
}

const text = { kind: "text", optional: false } as const;

describe("the store", () => {
  it("I19: keeps an optional boolean without a value apart from false", async () => {
    const { store } = await openTasks({ text, weight: { kind: "boolean", optional: true } });
    const rows = [null, false, true].map((weight) => ({
      ...taskRow(String(weight)),
      fields: { text: "a", weight },
    }));
    await store.commit({ rows: [{ kind: "put", table: "tasks", rows, guard: false }] });
    expect(await store.readRows("tasks", ["null", "false", "true"])).toEqual(
      expect.arrayContaining(rows),
    );
  });

  it("keeps device-only values of every kind, each in its own column, whatever else is written", async () => {
    const { store, column } = await openTasks(
      { text },
      {
        weight: { kind: "boolean", optional: true },
        details: { kind: "json", optional: true, problemOf: jsonProblem },
        draft: { kind: "text", optional: true },
      },
    );
    const before = { ...taskRow("a"), fields: { text: "a" } };
    const put = (deviceFields: Record<string, boolean | { a: number[] } | string>) =>
      store.commit({
        rows: [{ kind: "put", table: "tasks", rows: [before], guard: false, deviceFields }],
      });
    await put({ weight: true, details: { a: [1] } });
    expect([column("weight"), column("details"), column("draft")]).toEqual([1, '{"a":[1]}', null]);
    await store.commit({
      rows: [
        {
          kind: "update",
          table: "tasks",
          before,
          row: { ...before, fields: { text: "b" } },
          deviceFields: { weight: false, draft: "mine" },
        },
      ],
    });
    expect([column("weight"), column("details"), column("draft")]).toEqual([
      0,
      '{"a":[1]}',
      "mine",
    ]);
    expect((await store.readRows("tasks", ["a"]))[0]?.fields).toEqual({ text: "b" });
  });

  it("refuses a table that the registry does not have", async () => {
    const { store } = await openTasks({ text });
    await expect(store.readRows("nothing", ["a"])).rejects.toThrow("There is no table nothing.");
  });
});
