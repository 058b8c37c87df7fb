import { describe, expect, it } from "vitest";
import { text } from "../config/fields";
import { table } from "../config/table";
import { build, only, reports, withFields, type Anything } from "./configFixture";

describe("names of tables", () => {
  function named(...names: readonly string[]): Anything {
    return {
      tables: Object.fromEntries(
        names.map((name) => [name, table({ policy: "hlc", fields: { title: text() } })]),
      ),
    };
  }

  it.each([
    ["class", "SG207"],
    ["delete", "SG207"],
    ["await", "SG207"],
    ["order", "SG207"],
    ["values", "SG207"],
    ["sqlite_x", "SG207"],
    ["toString", "SG207"],
    ["_tasks", "SG206"],
    ["$tasks", "SG206"],
    ["my-tasks", "SG205"],
    ["Tasks", "SG205"],
    ["aufträge", "SG205"],
    ["syncQueue", "SG212"],
    ["sync_queue", "SG212"],
    ["sync_metadata", "SG212"],
    ["sync", "SG212"],
    ["text", "SG212"],
    ["index", "SG207"],
    ["sqliteTable", "SG212"],
    ["dates", "SG212"],
    ["promises", "SG212"],
    ["database", "SG212"],
    ["networkStatus", "SG212"],
    ["conflicts", "SG212"],
    ["registries", "SG212"],
    ["state", "SG212"],
    ["t".repeat(65), "SG208"],
    ["t".repeat(50), "SG208"],
  ])("%s: %s", (name, code) => {
    expect(reports(named(name))).toEqual([`${code} tables.${name}`]);
  });

  it.each([
    "tasks",
    "orders",
    "events",
    "news",
    "syncs",
    "users",
    "t".repeat(49),
    "databases",
    "person",
    "data",
    "order_items",
    "relations",
    "blob",
    "offline",
    "liveRows",
  ])("%s is fine", (name) => {
    expect(reports(named(name))).toEqual([]);
  });

  it("suggest an identifier", () => {
    expect(only(named("my-tasks")).hint).toBe('"myTasks" would do.');
    expect(only(named("Aufträge")).hint).toBe('"auftrage" would do.');
  });

  it.each([
    ["class", '"classes"'],
    ["index", '"indexes"'],
    ["order", '"orders"'],
    ["case", '"cases"'],
    // It is one already.
    ["values", "Use another name."],
  ])("suggest a plural of %s", (name, plural) => {
    expect(only(named(name)).hint).toContain(plural);
  });

  it("suggest no name that is taken", () => {
    const hintOf = (config: Anything, code: string): string | undefined =>
      build(config).diagnostics.find((one) => one.code === code)?.hint;
    expect(hintOf(named("tasks", "Tasks"), "SG205")).toBeUndefined();
    expect(hintOf(named("orders", "order"), "SG207")).toBe("Use another name.");
    expect(hintOf(withFields({ "due-at": text(), dueAt: text() }), "SG205")).toBeUndefined();
  });

  it.each([
    [["orderItems", "order_items"], "useOrderItems"],
    [["userNotes", "usernotes"], "useUserNotes"],
    [["person", "people"], "Person"],
    [["tasks", "newTasks"], "NewTask"],
    [["staff", "staffRow"], "useStaffRow"],
  ])("%j lead to the same name", (names, clash) => {
    const diagnostic = only(named(...names));
    expect(diagnostic).toMatchObject({ code: "SG209", path: ["tables", names[1]] });
    expect(diagnostic.message).toContain(clash);
  });

  it("are told apart by an entity", () => {
    const fields = { title: text() };
    const config = (entity: string) => ({
      tables: {
        person: table({ policy: "hlc", fields }),
        people: table({ policy: "hlc", entity, fields }),
      },
    });
    expect(reports(config("human"))).toEqual([]);
    expect(reports(config("not one"))).toEqual(["SG205 tables.people.entity"]);
    expect(reports(config("Date"))).toEqual(["SG212 tables.people.entity"]);
    expect(reports(config("args"))).toEqual(["SG212 tables.people.entity"]);
  });
});
