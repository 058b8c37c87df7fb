import { describe, expect, it } from "vitest";
import type { FieldModel, TableModel } from "../../src/model/model";
import { recordUpgrades } from "../../src/migrate/recordUpgrades";
import { wireShape } from "../../src/migrate/wireShape";
import { tableNames } from "../../src/model/tableNames";
import { deviceUpgrades } from "../../src/targets/deviceUpgrades";
import { upgradeOp, type StoredUpgrade, type Upgrade } from "../../templates/shared/upgrade";
import type { Op } from "../../templates/shared/protocol";
import { field, Project, table } from "./fixtures";

const text = field("text", "text");
const priority = field("priority", "choice", {
  choices: ["low", "high"],
  default: { value: "low" },
});

/** The upgrades that one change gives, without their ids. */
async function upgradesOf(
  before: readonly TableModel[],
  after: readonly TableModel[],
): Promise<readonly Upgrade[]> {
  const project = new Project();
  const first = await project.generate(before);
  const plan = await project.generate(after, { allowDataLoss: true });
  // Merges of branches are found by it.
  expect(plan.history.shape === first.history.shape).toBe(plan.model.schemaVersion === 1);
  expect(plan.model.schemaVersion).toBe(plan.upgrades.at(-1)?.to ?? 1);
  return plan.upgrades.map(({ id: _, ...upgrade }) => upgrade);
}

describe("the schema version", () => {
  it("starts at 1 without upgrades", async () => {
    const plan = await new Project().generate([table("tasks", [text])]);

    expect(plan.model.schemaVersion).toBe(1);
    expect(plan.upgrades).toEqual([]);
  });

  const steps: Record<
    string,
    readonly [readonly TableModel[], readonly TableModel[], Upgrade["tables"]]
  > = {
    "a renamed field": [
      [table("tasks", [text])],
      [table("tasks", [{ ...text, name: "title", renamedFrom: "text" }])],
      { tasks: { fields: { text: { renamedTo: "title" } } } },
    ],
    "a renamed table": [
      [table("tasks", [text])],
      [table("jobs", [text], { renamedFrom: "tasks" })],
      { tasks: { renamedTo: "jobs" } },
    ],
    "another singular name, which functions are called by": [
      [table("tasks", [text])],
      [table("tasks", [text], { names: tableNames("tasks", "todo") })],
      { tasks: { entity: "task" } },
    ],
    "a singular name that is worked out again": [
      [table("tasks", [text], { names: tableNames("tasks", "todo") })],
      [table("tasks", [text])],
      { tasks: { entity: "todo" } },
    ],
    "a removed table": [
      [table("tasks", [text]), table("notes", [text])],
      [table("tasks", [text])],
      { notes: { removed: true } },
    ],
    "a dropped field": [
      [table("tasks", [text, priority])],
      [table("tasks", [text])],
      { tasks: { fields: { priority: { dropped: true } }, standIns: { priority: "low" } } },
    ],
    "added fields": [
      [table("tasks", [text])],
      [
        table("tasks", [
          text,
          priority,
          field("note", "text", { optional: true, default: { value: "x" } }),
        ]),
      ],
      { tasks: { added: { priority: "low", note: null } } },
    ],
    "a choice less, renamed": [
      [table("tasks", [text, priority])],
      [
        table("tasks", [
          text,
          { ...priority, name: "rank", renamedFrom: "priority", choices: ["low"] },
        ]),
      ],
      {
        tasks: {
          fields: { priority: { choices: ["low"], renamedTo: "rank", instead: "low" } },
        },
      },
    ],
    "text that must be a choice": [
      [table("tasks", [{ ...priority, kind: "text", choices: [] }])],
      [table("tasks", [priority])],
      { tasks: { fields: { priority: { choices: ["low", "high"], instead: "low" } } } },
    ],
    "another type": [
      [table("tasks", [text, field("size", "text")])],
      [table("tasks", [text, field("size", "integer", { default: { value: 0 } })])],
      {
        tasks: { fields: { size: { dropped: true } }, added: { size: 0 }, standIns: { size: "" } },
      },
    ],
    "a field that stays on the device": [
      [table("tasks", [text, priority])],
      [table("tasks", [text, { ...priority, side: "device" }])],
      { tasks: { fields: { priority: { dropped: true } }, standIns: { priority: "low" } } },
    ],
    "a device field that is synced": [
      [table("tasks", [text, { ...priority, side: "device" }])],
      [table("tasks", [text, priority])],
      { tasks: { added: { priority: "low" } } },
    ],
    "a new table": [[table("tasks", [text])], [table("tasks", [text]), table("notes", [text])], {}],
    "one more choice": [
      [table("tasks", [priority])],
      [table("tasks", [{ ...priority, choices: ["low", "high", "none"] }])],
      {},
    ],
    "a field that may be empty": [
      [table("tasks", [text])],
      [table("tasks", [{ ...text, optional: true }])],
      { tasks: { standIns: { text: "" } } },
    ],
    "a field that must have a value, renamed": [
      [table("tasks", [text, field("note", "text", { optional: true })])],
      [
        table("tasks", [
          text,
          field("comment", "text", { renamedFrom: "note", default: { value: "-" } }),
        ]),
      ],
      { tasks: { fields: { note: { renamedTo: "comment" } }, filled: { comment: "-" } } },
    ],
    "fractions that are rounded, renamed": [
      [table("tasks", [text, field("size", "real")])],
      [table("tasks", [text, field("length", "integer", { renamedFrom: "size" })])],
      { tasks: { fields: { size: { rounded: true, renamedTo: "length" } } } },
    ],
    "a required reference that is dropped: apps of before cannot hold such rows": [
      [table("tasks", [text, field("of", "reference", { references: "tasks" })])],
      [table("tasks", [text])],
      { tasks: { fields: { of: { dropped: true } }, unserved: true } },
    ],
    "fractions, which apps of before cannot hold": [
      [table("tasks", [text, field("size", "integer")])],
      [table("tasks", [text, field("length", "real", { renamedFrom: "size" })])],
      { tasks: { fields: { size: { renamedTo: "length" } }, wholeOnly: ["size"] } },
    ],
    "one more operation": [
      [table("tasks", [text])],
      [table("tasks", [text], { operations: ["create", "update", "delete"] })],
      {},
    ],
    "an operation less": [
      [table("tasks", [text])],
      [table("tasks", [text], { operations: ["create"] })],
      {},
    ],
  };

  it.each(Object.entries(steps))("counts up for %s", async (_, [before, after, tables]) => {
    expect(await upgradesOf(before, after)).toEqual([{ from: 1, to: 2, tables }]);
  });

  const still: Record<string, readonly [readonly TableModel[], readonly TableModel[]]> = {
    "an index": [[table("tasks", [text])], [table("tasks", [{ ...text, indexed: true }])]],
    "another default": [
      [table("tasks", [priority])],
      [table("tasks", [{ ...priority, default: { value: "high" } }])],
    ],
    "another policy": [
      [table("tasks", [text])],
      [
        table("tasks", [text], {
          policy: { name: "server-wins", by: null, deletes: "revive", module: null },
        }),
      ],
    ],
    "a device field": [
      [table("tasks", [text])],
      [table("tasks", [text, { ...priority, side: "device" }])],
    ],
    "an optional server field": [
      [table("tasks", [text])],
      [table("tasks", [text, field("score", "real", { side: "server", optional: true })])],
    ],
    "another order": [[table("tasks", [text, priority])], [table("tasks", [priority, text])]],
  };

  it.each(Object.entries(still))("stays for %s", async (_, [before, after]) => {
    expect(await upgradesOf(before, after)).toEqual([]);
  });
});

describe("what only the server knows", () => {
  const score = field("score", "real", { side: "server", optional: true });
  const required = { ...score, optional: false, default: { value: 1 } };

  const rows: Record<string, readonly [FieldModel, FieldModel | null, StoredUpgrade]> = {
    "another name": [
      score,
      { ...score, name: "rating", renamedFrom: "score" },
      { fields: { score: { renamedTo: "rating" } } },
    ],
    "no such field": [score, null, { fields: { score: { dropped: true } } }],
    "a value in every row": [score, required, { added: { score: 1 } }],
    "another kind": [
      score,
      { ...required, kind: "text", default: { value: "" } },
      { fields: { score: { dropped: true } }, added: { score: "" } },
    ],
    "a value from the device": [{ ...score, side: "device" }, required, { added: { score: 1 } }],
  };

  it.each(Object.entries(rows))(
    "may be stored otherwise, which is no new version of the app: %s",
    async (_, [from, to, server]) => {
      const after = to === null ? [text] : [text, to];
      expect(await upgradesOf([table("tasks", [text, from])], [table("tasks", after)])).toEqual([
        { from: 1, to: 1, tables: { tasks: { server } } },
      ]);
    },
  );

  it("is new where it has a default", async () => {
    expect(await upgradesOf([table("tasks", [text])], [table("tasks", [text, required])])).toEqual([
      { from: 1, to: 1, tables: { tasks: { server: { added: { score: 1 } } } } },
    ]);
  });

  it("keeps the values that devices lose", async () => {
    const synced = { ...score, side: "both" } as const;
    const [upgrade] = await upgradesOf(
      [table("tasks", [text, synced])],
      [table("tasks", [text, score])],
    );
    expect(upgrade?.tables["tasks"]).toEqual({
      fields: { score: { dropped: true } },
      server: { fields: { score: { renamedTo: "score" } } },
    });
  });

  it("stands between the versions of the app, which do not hear of it", async () => {
    const project = new Project();
    await project.generate([table("tasks", [text])]);
    await project.generate([table("tasks", [text, required])]);
    const plan = await project.generate([
      table("tasks", [text, priority, { ...required, name: "rating", renamedFrom: "score" }]),
    ]);
    expect(plan.upgrades.map(({ from, to }) => [from, to])).toEqual([
      [1, 1],
      [1, 2],
    ]);
    expect(deviceUpgrades(plan.upgrades)).toEqual([
      { from: 1, to: 2, tables: { tasks: { added: { priority: "low" } } } },
    ]);
    const edit = { kind: "update", table: "tasks", fields: { text: "milk" }, schemaVersion: 1 };
    // Safe: all that is read of an edit that saw nothing.
    const op = { ...edit, base: null, clocks: null } as unknown as Op;
    expect(upgradeOp(op, plan.upgrades, 2)).toMatchObject({
      kind: "op",
      op: { fields: { text: "milk" }, schemaVersion: 2 },
    });
  });
});

it("is known of a project whose history was written before singular names counted", async () => {
  const project = new Project();
  const todos = table("tasks", [text], { names: tableNames("tasks", "todo") });
  const { history } = await project.generate([todos]);
  const path = ".sync-gen/history.json";
  const before = wireShape(history.tables.map(({ entity: _, ...rest }) => rest));
  expect(before).not.toBe(history.shape);
  const written = project.files.read(path) ?? "";
  project.files.texts.set(path, written.replace(history.shape ?? "", before));
  expect((await project.generate([todos])).upgrades).toEqual([]);
});

it("tells devices nothing of a singular name, so that they fetch no row again for it", async () => {
  const todos = { names: tableNames("tasks", "todo") };
  const upgrades = await upgradesOf(
    [table("tasks", [text], todos), table("notes", [text])],
    [
      table("jobs", [text], { renamedFrom: "tasks" }),
      table("notes", [text], { names: tableNames("notes", "memo") }),
    ],
  );
  expect(upgrades[0]?.tables).toEqual({
    tasks: { renamedTo: "jobs", entity: "todo" },
    notes: { entity: "note" },
  });
  expect(deviceUpgrades(recordUpgrades(upgrades))).toEqual([
    { from: 1, to: 2, tables: { tasks: { renamedTo: "jobs" } } },
  ]);
});

describe("a table under the name of one that went", () => {
  const lists = table("lists", [text]);
  const notes = table("notes", [text, field("size", "integer")]);
  const back = table("notes", [
    { ...text, optional: true },
    field("size", "text", { default: { value: "" } }),
    field("score", "real", { side: "server", default: { value: 1 } }),
  ]);
  const upgrade = {
    returned: true,
    server: {
      fields: { size: { dropped: true } },
      added: { size: "", score: 1 },
    },
  };

  it("is told from what Convex may hold of that, and fetched anew by devices that knew it", async () => {
    const project = new Project();
    await project.generate([lists, notes]);
    await project.generate([lists], { allowDataLoss: true });
    const { upgrades } = await project.generate([lists, back]);
    expect(upgrades.map(({ tables }) => tables)).toEqual([
      { notes: { removed: true } },
      { notes: upgrade },
    ]);
    expect(deviceUpgrades(upgrades)[1]?.tables).toEqual({ notes: { returned: true } });
    const again = await project.generate([lists, { ...back, uniqueBy: [] }]);
    expect(again.history.gone).toBeUndefined();
  });

  it("is a new one where that has another name now", async () => {
    const project = new Project();
    await project.generate([lists, notes]);
    const pages = { ...notes, name: "pages", renamedFrom: "notes" };
    await project.generate([lists, pages]);
    const required = table("notes", [text, field("color", "text")]);
    const { upgrades } = await project.generate([lists, pages, required]);
    expect(upgrades[1]?.tables).toEqual({});
  });

  it("fits no document of before where those would lack a value", async () => {
    const project = new Project();
    await project.generate([lists, table("notes", [text])]);
    await project.generate([lists], { allowDataLoss: true });
    const { upgrades } = await project.generate([lists, notes], { allowDataLoss: true });
    expect(upgrades[1]?.tables).toEqual({ notes: { returned: true } });
  });
});

describe("a table with a scope", () => {
  const lists = table("lists", [text]);
  const notes = table("notes", [text], { scope: "workspace" });

  it("is another one than without it, to whoever joins two branches", async () => {
    const { history } = await new Project().generate([lists, notes]);
    expect(history.tables.map(({ scope }) => scope)).toEqual([undefined, "workspace"]);
    const shapes = [null, "workspace", "team"].map((scope) =>
      wireShape(
        scope === null
          ? history.tables.map(({ scope: _, ...plain }) => plain)
          : history.tables.map((one) => ({ ...one, scope })),
      ),
    );
    expect(new Set(shapes).size).toBe(3);
    expect(history.shape).toBe(wireShape(history.tables));
  });

  it("leaves its scope to the server when it goes: apps of before ask with it", async () => {
    const project = new Project();
    await project.generate([lists, notes]);
    const { upgrades } = await project.generate([lists], { allowDataLoss: true });
    expect(upgrades.map(({ tables }) => tables)).toEqual([
      { notes: { removed: true, scope: "workspace" } },
    ]);
    expect(deviceUpgrades(upgrades)[0]?.tables).toEqual({ notes: { removed: true } });
  });

  it("has the column scopeId on the device, found by an index of its own", async () => {
    const project = new Project();
    await project.generate([lists, notes]);
    expect(project.sql(0)).toContain("\t`serverId` text,\n\t`scopeId` text NOT NULL,\n\t`text`");
    expect(project.sql(0)).toContain("CREATE INDEX `notes_by_scope_id` ON `notes` (`scopeId`);");
    expect(project.sql(0).split("CREATE TABLE `notes`")[0]).not.toContain("scopeId");
  });
});

it("remembers the first name of a table that was renamed", async () => {
  const project = new Project();
  await project.generate([table("days", [text]), table("notes", [text])]);
  await project.generate([table("logs", [text], { renamedFrom: "days" }), table("notes", [text])]);
  const { model } = await project.generate([
    table("entries", [text], { renamedFrom: "logs" }),
    table("notes", [text]),
  ]);

  expect(model.tables.map(({ firstName }) => firstName)).toEqual(["days", undefined]);
});

it("brings a queued op from the first version through every later one", async () => {
  const project = new Project();
  await project.generate([table("tasks", [text, field("old", "text")])]);
  await project.generate(
    [table("tasks", [{ ...text, name: "title", renamedFrom: "text" }, priority])],
    { allowDataLoss: true },
  );
  const plan = await project.generate([
    table(
      "jobs",
      [field("title", "text"), { ...priority, name: "rank", renamedFrom: "priority" }],
      { renamedFrom: "tasks" },
    ),
  ]);
  const op: Op = {
    opId: "o",
    table: "tasks",
    clientId: "c",
    kind: "create",
    fields: { text: "milk", old: "x" },
    base: null,
    baseStamp: null,
    edited: "",
    clocks: null,
    schemaVersion: 1,
    group: null,
    carriedBy: null,
  };

  const upgraded = upgradeOp(op, plan.upgrades, plan.model.schemaVersion);

  expect(upgraded).toMatchObject({
    kind: "op",
    op: { table: "jobs", fields: { title: "milk", rank: "low" }, schemaVersion: 3 },
  });
});

describe("apps that a new version leaves behind", () => {
  /** A table with as many fields, each of which made a version. */
  const grown = (count: number): readonly TableModel[] => [
    table("tasks", [
      text,
      ...Array.from({ length: count }, (_, at) => field(`f${at}`, "text", { optional: true })),
    ]),
  ];
  /** What the run says that makes `grown(last)` of a project whose runs were these. */
  async function saidAfter(runs: readonly number[], last: number, accepts: number) {
    const project = new Project();
    for (const count of runs) await project.generate(grown(count), { accepts });
    const { diagnostics } = await project.plan(grown(last), { accepts });
    return diagnostics.map(({ code, message }) => `${code} ${message}`);
  }

  it("are named, each time that there are such", async () => {
    const said = (version: number, gone: string, accepts: number) => [
      `SG319 Schema version ${version}: once it is deployed, apps of ${gone} are no longer served (accepts: ${accepts}).`,
    ];

    expect(await saidAfter([0, 1, 2], 3, 2)).toEqual(said(4, "version 1", 2));
    expect(await saidAfter([0, 1, 2, 3], 4, 2)).toEqual(said(5, "version 2", 2));
    expect(await saidAfter([0], 1, 0)).toEqual(said(2, "version 1", 0));
  });

  it("are not named while none is left behind, nor where nothing changes", async () => {
    expect(await saidAfter([0, 1], 2, 2)).toEqual([]);
    expect(await saidAfter([0, 1, 2, 3], 4, 20)).toEqual([]);
    expect(await saidAfter([0, 1, 2, 3], 3, 2)).toEqual([]);
  });

  it("are not named again where they could not be served before", async () => {
    const list = field("list", "reference", { references: "lists" });
    const lists = table("lists", [field("name", "text")]);
    const project = new Project();
    const run = async (rest: readonly TableModel["fields"][number][]) =>
      await project.plan([lists, table("tasks", [text, ...rest])], { accepts: 2 });
    const note = (name: string) => field(name, "text", { optional: true });
    await project.generate([lists, table("tasks", [text, list])], { accepts: 2 });
    for (const fields of [[], [note("a")]])
      await project.generate([lists, table("tasks", [text, ...fields])], {
        accepts: 2,
        allowDataLoss: true,
      });

    // Version 4: apps of version 1 need the list in every row.
    expect((await run([note("a"), note("b")])).diagnostics).toEqual([]);
  });
});

it("conflicts that wait for a person are expected where a custom function may leave them", async () => {
  const module = { path: "merge/tasks.ts", export: "mergeTasks" };
  const policy = { name: "custom", by: null, deletes: "revive", module } as const;
  const { model } = await new Project().generate([table("tasks", [text], { policy })]);
  expect(model).toMatchObject({ hasConflicts: true });
});

it("conflicts that wait for a person are expected until no app is served whose schema had them", async () => {
  const project = new Project();
  const manual = {
    policy: { name: "manual", by: null, deletes: "revive", module: null },
  } as const;
  const note = (name: string) => field(name, "text", { optional: true });
  const run = async (fields: TableModel["fields"], rest: Partial<TableModel> = {}) =>
    (await project.generate([table("tasks", fields, rest)], { accepts: 1 })).model;

  expect(await run([text], manual)).toMatchObject({ schemaVersion: 1, hasConflicts: true });
  expect(await run([text, note("a")], manual)).toMatchObject({ hasConflicts: true });
  expect(await run([text, note("a")])).toMatchObject({ schemaVersion: 2, hasConflicts: true });
  const next = [text, note("a"), note("b")];
  expect(await run(next)).toMatchObject({ schemaVersion: 3, hasConflicts: true });
  expect(await run(next)).toMatchObject({ schemaVersion: 3, hasConflicts: true });
  expect(await run([...next, note("c")])).toMatchObject({ schemaVersion: 4, hasConflicts: false });
  expect(project.files.read(".sync-gen/history.json")).not.toContain("manualIn");
});
