import { describe, expect, it } from "vitest";
import { singular } from "./singular";
import { tableNames } from "./tableNames";

describe("singular", () => {
  it.each(
    `tasks task|categories category|people person|salesPeople salesPerson|townspeople townsperson|children child|women woman
    |boxes box|batches batch|dishes dish|addresses address|classes class|quizzes quiz|buzzes buzz|houses house|responses response
    |databases database|purchases purchase|statuses status|status status|viruses virus|uses use|causes cause|excuses excuse
    |news news|series series|species species|analyses analysis|crises crisis|bases base|basis basis|indices index|indexes index
    |movies movie|cookies cookie|companies company|days day|keys key|leaves leaf|drives drive|wolves wolf|shoes shoe|heroes hero
    |photos photo|caches cache|sizes size|data data|equipment equipment|sheep sheep|inventory inventory|orderItems orderItem
    |order_items order_item|userIDs userID|apiURLs apiURL|settings setting|canvas canvas|canvases canvas|criteria criterion
    |specimen specimen|mice mouse|lenses lens|licenses license|axes axis|menus menu|as as|checklistEntries checklistEntry`
      .split("|")
      .map((pair) => pair.trim().split(" ") as [string, string]), // two words each, as written above
  )("%s → %s", (plural, one) => {
    expect(singular(plural)).toBe(one);
  });
});

describe("the names made from a table's", () => {
  it("are these", () => {
    expect(tableNames("tasks", null)).toEqual({
      row: "Task",
      create: "NewTask",
      changes: "TaskChanges",
      entity: "task",
      hook: "useTasks",
      rowHook: "useTask",
      upsert: "upsertTask",
      remove: "removeTask",
      changesSince: "getTaskChangesSince",
      all: "getAllTasksForUser",
    });
  });

  it("take the entity for the singular", () => {
    expect(tableNames("staff", "Employee")).toMatchObject({
      row: "Employee",
      entity: "employee",
      hook: "useStaff",
      all: "getAllStaffForUser",
    });
  });

  it("tell the hook of one row from that of all, where they or another hook would have one name", () => {
    expect(tableNames("staff", null)).toMatchObject({ hook: "useStaff", rowHook: "useStaffRow" });
    expect(tableNames("crew_members", "CrewMembers").rowHook).toBe("useCrewMembersRow");
    expect(tableNames("states", null)).toMatchObject({ hook: "useStates", rowHook: "useStateRow" });
    expect(tableNames("databases", null).rowHook).toBe("useDatabaseRow");
  });

  it("have no underscores", () => {
    expect(tableNames("order_items", null)).toMatchObject({
      row: "OrderItem",
      hook: "useOrderItems",
    });
  });
});
