import { describe, expect, it } from "vitest";
import { model, tasks, type Anything } from "../model/configFixture";
import { integer, text } from "../config/fields";
import { describeTable } from "./explanations";

const explain = (options: Anything): readonly unknown[] => {
  const [table] = model(tasks(options)).tables;
  if (table === undefined) throw new Error("no table");
  return describeTable(table).lines;
};

describe("a table that is explained", () => {
  it.each<[Anything, string]>([
    [
      { policy: "max-wins", by: "points", fields: { points: integer() } },
      "The row with the greater points stays.",
    ],
    [{ policy: "custom", merge: "./merge/tasks#mergeTasks" }, "mergeTasks of merge/tasks decides."],
    [{ scope: "workspace" }, "Each row is in one workspace, and all members of that one share it."],
    [
      { scope: "workspace", uniqueBy: ["title"] },
      "A row is found by title: two devices that create it in the same workspace make one row.",
    ],
    [{ deletes: "win" }, "A delete on the server wins over edits that had not seen it."],
  ])("shows the options of its policy: %j", (options, line) => {
    expect(explain(options)).toContain(line);
  });

  it("says nothing of options that it does not have", () => {
    const lines = explain({ fields: { title: text() } });
    expect(lines[1]).toBe(
      "The type of a row is Task; the hooks are useTasks and useTask; devices may create, update, delete.",
    );
    expect(lines[2]).toBe("");
  });
});
