import { describe, expect, it } from "vitest";
import type { Op } from "./protocol";
import { tableToday, upgradeOp, type Upgrade } from "./upgrade";

const update: Op = {
  opId: "op-1",
  table: "todos",
  clientId: "row-1",
  kind: "update",
  fields: { text: "Call", state: "open" },
  base: { text: "Phone", state: "open", colour: "red", done: false },
  baseStamp: "0000000000000000001",
  edited: "000000000000300-0000-device00",
  clocks: {
    text: "000000000000300-0000-device00",
    state: "000000000000299-0000-device00",
  },
  schemaVersion: 1,
  group: null,
  carriedBy: null,
};

const toTwo: Upgrade = {
  from: 1,
  to: 2,
  tables: {
    todos: {
      renamedTo: "tasks",
      fields: {
        text: { renamedTo: "title" },
        colour: { dropped: true },
        state: { choices: ["open", "closed"], renamedTo: "status" },
      },
      added: { priority: "normal" },
    },
    drafts: { removed: true },
  },
};
const toThree: Upgrade = {
  from: 2,
  to: 3,
  tables: { tasks: { fields: { status: { choices: ["open"] } } } },
};
const upgrades = [toThree, toTwo];

function upgraded(op: Op, version = 2): Op {
  const result = upgradeOp(op, upgrades, version);
  if (result.kind === "rejected") throw new Error(result.message);
  return result.op;
}

describe("upgradeOp", () => {
  it("leaves an op of the same version as it is", () => {
    expect(upgraded(update, 1)).toBe(update);
  });

  it("leaves an op in its scope", () => {
    const inTeam = { ...update, scopeId: "team" };
    expect(upgraded(inTeam)).toEqual({ ...upgraded(update), scopeId: "team" });
    const removed = upgradeOp({ ...inTeam, table: "drafts" }, upgrades, 2);
    expect(removed.op.scopeId).toBe("team");
  });

  it("moves an update, its base and its clocks to the new names (I20)", () => {
    expect(upgraded(update)).toEqual({
      ...update,
      table: "tasks",
      fields: { title: "Call", status: "open" },
      base: { title: "Phone", status: "open", done: false, priority: "normal" },
      clocks: {
        title: "000000000000300-0000-device00",
        status: "000000000000299-0000-device00",
      },
      schemaVersion: 2,
    });
  });

  it("gives a create the value of a new field, and an update nothing that nobody edited", () => {
    const create: Op = { ...update, kind: "create", base: null, clocks: null };

    expect(upgraded(create)).toMatchObject({
      fields: { title: "Call", status: "open", priority: "normal" },
      base: null,
      clocks: null,
    });
    expect(upgraded(update).fields).not.toHaveProperty("priority");
  });

  it("walks through every version between", () => {
    expect(upgraded(update, 3)).toMatchObject({
      table: "tasks",
      schemaVersion: 3,
    });
  });

  it("only counts the version where the table did not change", () => {
    expect(upgraded({ ...update, table: "notes" })).toEqual({
      ...update,
      table: "notes",
      schemaVersion: 2,
    });
  });

  it("lets two fields swap names", () => {
    const swap: Upgrade = {
      from: 1,
      to: 2,
      tables: {
        todos: {
          fields: {
            text: { renamedTo: "state" },
            state: { renamedTo: "text" },
          },
        },
      },
    };

    expect(upgradeOp(update, [swap], 2)).toMatchObject({
      op: { fields: { state: "Call", text: "open" } },
    });
  });

  it("drops the value of a dropped field from an edit of several", () => {
    const op = { ...update, fields: { text: "Call", colour: "blue" } };

    expect(upgraded(op).fields).toEqual({ title: "Call" });
  });

  it("keeps an empty update and a delete", () => {
    expect(upgraded({ ...update, fields: {} }).fields).toEqual({});
    expect(upgraded({ ...update, kind: "delete", fields: {} })).toMatchObject({
      kind: "delete",
      table: "tasks",
    });
  });

  it("keeps null in a choice, and forgets a choice of the base that is gone", () => {
    const op = {
      ...update,
      fields: { state: null },
      base: { text: "Phone", state: "stuck" },
    };

    expect(upgraded(op)).toMatchObject({ fields: { status: null } });
    expect(upgraded(op).base).toEqual({ title: "Phone", priority: "normal" });
  });
});

describe("upgradeOp, where a field must have a value from now on", () => {
  const required: Upgrade = {
    from: 1,
    to: 2,
    tables: {
      todos: {
        fields: { note: { renamedTo: "comment" } },
        filled: { comment: "-" },
      },
    },
  };
  const filled = (op: Partial<Op>) =>
    upgradeOp({ ...update, ...op }, [required], 2).op;

  it("has the default for null, in edits and in what they saw", () => {
    const op = filled({ fields: { note: null }, base: { note: null } });

    expect(op).toMatchObject({
      fields: { comment: "-" },
      base: { comment: "-" },
    });
  });

  it("leaves other values, and edits of other fields", () => {
    const fields = (given: Op["fields"]) => filled({ fields: given }).fields;

    expect(fields({ note: "" })).toEqual({ comment: "" });
    expect(fields({ text: null })).toEqual({ text: null });
  });

  it("completes a create that does not name the field", () => {
    const op = filled({ kind: "create", base: null, fields: { text: "Call" } });

    expect(op.fields).toEqual({ text: "Call", comment: "-" });
  });
});

describe("upgradeOp, where a field holds whole numbers from now on", () => {
  it.each([
    [1.5, 2],
    [-1.5, -2],
    [2.4, 2],
    [-0.2, 0],
    [7, 7],
    [1e300, Number.MAX_SAFE_INTEGER],
    [-1e300, -Number.MAX_SAFE_INTEGER],
    [null, null],
  ])("%d becomes %d, in edits and in what they saw", (before, after) => {
    const step: Upgrade = {
      from: 1,
      to: 2,
      tables: {
        todos: { fields: { hours: { rounded: true, renamedTo: "days" } } },
      },
    };
    const op = {
      ...update,
      fields: { hours: before },
      base: { hours: before },
    };

    expect(upgradeOp(op, [step], 2).op).toMatchObject({
      fields: { days: after },
      base: { days: after },
    });
  });
});

describe("upgradeOp rejects", () => {
  it.each<[string, Partial<Op>, number, string, RegExp]>([
    [
      "an op of a removed table",
      { table: "drafts" },
      2,
      "unknown-table",
      /drafts was removed/,
    ],
    [
      "an update of dropped fields only",
      { fields: { colour: "blue" } },
      2,
      "unknown-field",
      /colour/,
    ],
    [
      "a choice that is gone",
      { fields: { state: "stuck" } },
      2,
      "invalid",
      /state.*choices/,
    ],
    [
      "a choice that a later version dropped",
      { fields: { state: "closed" } },
      3,
      "invalid",
      /status.*choices/,
    ],
    [
      "a version that is no longer known",
      { schemaVersion: 0 },
      2,
      "schema-too-old",
      /version 0/,
    ],
    [
      "a version that is not known yet",
      { schemaVersion: 4 },
      3,
      "invalid",
      /version 4.*newer than 3/,
    ],
  ])("%s", (_what, changes, version, code, message) => {
    const result = upgradeOp({ ...update, ...changes }, upgrades, version);

    expect(result).toMatchObject({ kind: "rejected", code });
    expect(result).toHaveProperty("message", expect.stringMatching(message));
  });

  it("nothing because of a name that every object has (18)", () => {
    const fields = JSON.parse(
      '{"constructor": 1, "__proto__": 2}',
    ) as Op["fields"];
    const op = { ...update, table: "toString", fields };

    expect(upgraded(op)).toEqual({ ...op, schemaVersion: 2 });
    expect(Object.keys(upgraded({ ...update, fields }).fields)).toEqual([
      "constructor",
      "__proto__",
    ]);
  });
});

describe("the name of a table today", () => {
  const steps: readonly Upgrade[] = [
    { from: 2, to: 3, tables: { tasks: { renamedTo: "jobs" } } },
    {
      from: 1,
      to: 2,
      tables: { todos: { renamedTo: "tasks" }, drafts: { removed: true } },
    },
    { from: 3, to: 4, tables: { jobs: { added: { done: false } } } },
  ];

  it.each([
    ["todos", 1, "jobs"],
    ["tasks", 2, "jobs"],
    ["jobs", 3, "jobs"],
    ["drafts", 1, null],
    ["notes", 1, "notes"],
    ["todos", 4, "todos"],
  ])(
    "%s of version %i is %s, in whatever order the steps are listed",
    (name, version, today) => {
      expect(tableToday(steps, name, version)).toBe(today);
    },
  );
});
