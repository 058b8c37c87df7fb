import { describe, expect, it } from "vitest";
import type { TableModel } from "../../src/model/model";
import { field, Project, table } from "./fixtures";

const text = field("text", "text");
const priority = field("priority", "choice", {
  choices: ["low", "high"],
  default: { value: "low" },
});

interface Case {
  readonly before: readonly TableModel[];
  readonly after: readonly TableModel[];
  readonly says: readonly string[];
  /** What is left to say once data loss is allowed. */
  readonly whenAllowed?: readonly string[];
}

const cases: Record<string, Case> = {
  "a new required field without a default": {
    before: [table("tasks", [text])],
    after: [table("tasks", [text, field("size", "integer")])],
    says: ["SG301 tables.tasks.fields.size"],
    whenAllowed: ["SG301 tables.tasks.fields.size"],
  },
  "a field that becomes required without a default": {
    before: [table("tasks", [field("note", "text", { optional: true })])],
    after: [table("tasks", [field("note", "text")])],
    says: ["SG301 tables.tasks.fields.note"],
    whenAllowed: ["SG301 tables.tasks.fields.note"],
  },
  "a device field that is synced from now on, without a default": {
    before: [table("tasks", [text, field("draft", "text", { side: "device" })])],
    after: [table("tasks", [text, field("draft", "text")])],
    says: ["SG301 tables.tasks.fields.draft", "SG303 tables.tasks.fields.draft"],
    whenAllowed: ["SG301 tables.tasks.fields.draft"],
  },
  "a device field that is synced from now on": {
    before: [table("tasks", [text, field("draft", "text", { side: "device", optional: true })])],
    after: [table("tasks", [text, field("draft", "text", { optional: true })])],
    says: ["SG303 tables.tasks.fields.draft"],
  },
  "a server field that devices get, without a default": {
    before: [table("tasks", [text, field("score", "integer", { side: "server" })])],
    after: [table("tasks", [text, field("score", "integer")])],
    says: ["SG301 tables.tasks.fields.score"],
    whenAllowed: ["SG301 tables.tasks.fields.score"],
  },
  "a removed table": {
    before: [table("tasks", [text]), table("notes", [text])],
    after: [table("tasks", [text])],
    says: ["SG302 tables"],
  },
  "a removed field": {
    before: [table("tasks", [text, priority])],
    after: [table("tasks", [text])],
    says: ["SG303 tables.tasks.fields"],
  },
  "a field that leaves the device": {
    before: [table("tasks", [text])],
    after: [table("tasks", [{ ...text, side: "server" }])],
    says: ["SG303 tables.tasks.fields.text"],
  },
  "a field that leaves the server": {
    before: [table("tasks", [text])],
    after: [table("tasks", [{ ...text, side: "device" }])],
    says: ["SG303 tables.tasks.fields.text"],
  },
  "a server field that moves to devices": {
    before: [table("tasks", [text, field("score", "integer", { side: "server", optional: true })])],
    after: [table("tasks", [text, field("score", "integer", { side: "device", optional: true })])],
    says: ["SG303 tables.tasks.fields.score"],
  },
  "another type": {
    before: [table("tasks", [field("size", "text")])],
    after: [table("tasks", [field("size", "integer", { default: { value: 0 } })])],
    says: ["SG304 tables.tasks.fields.size"],
  },
  "another type without a default": {
    before: [table("tasks", [field("size", "text")])],
    after: [table("tasks", [field("size", "integer")])],
    says: ["SG301 tables.tasks.fields.size", "SG304 tables.tasks.fields.size"],
    whenAllowed: ["SG301 tables.tasks.fields.size"],
  },
  "fractions that would be rounded": {
    before: [table("tasks", [field("size", "real")])],
    after: [table("tasks", [field("size", "timestamp")])],
    says: ["SG304 tables.tasks.fields.size"],
  },
  "text that must be a choice": {
    before: [table("tasks", [{ ...priority, kind: "text", choices: [] }])],
    after: [table("tasks", [priority])],
    says: ["SG304 tables.tasks.fields.priority"],
  },
  "a reference to another table": {
    before: [
      table("a", [text]),
      table("b", [text]),
      table("tasks", [field("of", "reference", { references: "a" })]),
    ],
    after: [
      table("a", [text]),
      table("b", [text]),
      table("tasks", [field("of", "reference", { references: "b" })]),
    ],
    says: ["SG304 tables.tasks.fields.of"],
  },
  "a choice less": {
    before: [table("tasks", [priority])],
    after: [table("tasks", [{ ...priority, choices: ["low", "normal"] }])],
    says: ["SG305 tables.tasks.fields.priority"],
  },
  "a choice less and no default": {
    before: [table("tasks", [priority])],
    after: [table("tasks", [{ ...priority, choices: ["low"], default: null }])],
    says: ["SG301 tables.tasks.fields.priority", "SG305 tables.tasks.fields.priority"],
    whenAllowed: ["SG301 tables.tasks.fields.priority"],
  },
  "a natural key for rows that have none": {
    before: [table("tags", [text])],
    after: [table("tags", [text], { uniqueBy: ["text"] })],
    says: ["SG308 tables.tags.uniqueBy"],
  },
  "a natural key of other fields": {
    before: [table("tags", [text, priority], { uniqueBy: ["text"] })],
    after: [table("tags", [text, priority], { uniqueBy: ["text", "priority"] })],
    says: ["SG308 tables.tags.uniqueBy"],
  },
  "a choice less in a natural key": {
    before: [table("tags", [priority], { uniqueBy: ["priority"] })],
    after: [table("tags", [{ ...priority, choices: ["low"] }], { uniqueBy: ["priority"] })],
    says: ["SG308 tables.tags.uniqueBy", "SG305 tables.tags.fields.priority"],
  },
  "a field of a natural key that must have a value": {
    before: [table("tags", [{ ...priority, optional: true }], { uniqueBy: ["priority"] })],
    after: [table("tags", [priority], { uniqueBy: ["priority"] })],
    says: ["SG308 tables.tags.uniqueBy"],
  },
  "two fields renamed from one": {
    before: [table("tasks", [text])],
    after: [
      table("tasks", [
        { ...text, name: "a", renamedFrom: "text" },
        { ...text, name: "b", renamedFrom: "text", optional: true },
      ]),
    ],
    says: ["SG306 tables.tasks.fields.b"],
    whenAllowed: ["SG306 tables.tasks.fields.b"],
  },
  "a table renamed from one that is still there": {
    before: [table("tasks", [text])],
    after: [table("tasks", [text]), table("jobs", [text], { renamedFrom: "tasks" })],
    says: ["SG306 tables.jobs"],
    whenAllowed: ["SG306 tables.jobs"],
  },
  "a default at which the migrator would cut": {
    before: [table("tasks", [text])],
    after: [
      table("tasks", [
        text,
        field("note", "text", { default: { value: "--> statement-breakpoint" } }),
      ]),
    ],
    says: ["SG309 tables.tasks.fields.note"],
    whenAllowed: ["SG309 tables.tasks.fields.note"],
  },
  "a scope for rows that have none": {
    before: [table("tasks", [text])],
    after: [table("tasks", [text], { scope: "workspace" })],
    says: ["SG325 tables.tasks.scope"],
    whenAllowed: ["SG325 tables.tasks.scope"],
  },
  "rows that leave their scope": {
    before: [table("tasks", [text], { scope: "workspace" })],
    after: [table("tasks", [text])],
    says: ["SG325 tables.tasks"],
    whenAllowed: ["SG325 tables.tasks"],
  },
  "another scope, with another name of the table": {
    before: [table("tasks", [text], { scope: "workspace" })],
    after: [table("jobs", [text], { scope: "team", renamedFrom: "tasks" })],
    says: ["SG325 tables.jobs.scope"],
    whenAllowed: ["SG325 tables.jobs.scope"],
  },
  "everything wrong at once": {
    before: [table("tasks", [text, priority]), table("notes", [text])],
    after: [table("tasks", [field("size", "integer"), { ...priority, choices: ["low"] }])],
    says: [
      "SG301 tables.tasks.fields.size",
      "SG305 tables.tasks.fields.priority",
      "SG303 tables.tasks.fields",
      "SG302 tables",
    ],
    whenAllowed: ["SG301 tables.tasks.fields.size"],
  },
};

describe("a change that cannot be made, or would lose data", () => {
  it.each(Object.entries(cases))("is refused: %s", async (_, given) => {
    const project = new Project();
    await project.generate(given.before);

    expect(await project.complaints(given.after)).toEqual(given.says);
    // What is lost is told all the same when that is allowed.
    const allowed = { allowDataLoss: true };
    expect(await project.complaints(given.after, allowed)).toEqual(given.says);
    expect(await project.complaints(given.after, { ...allowed, only: "error" })).toEqual(
      given.whenAllowed ?? [],
    );
  });

  it("is refused: a table under the name of one that went, whose documents would lack a value", async () => {
    const project = new Project();
    const lists = table("lists", [text]);
    await project.generate([lists, table("notes", [text])]);
    await project.generate([lists], { allowDataLoss: true });

    const same = [lists, table("notes", [text])];
    const more = [lists, table("notes", [text, field("size", "integer")])];
    expect(await project.complaints(same)).toEqual([]);
    expect(await project.complaints(more)).toEqual(["SG301 tables.notes.fields.size"]);
    expect(await project.complaints(more, { allowDataLoss: true, only: "error" })).toEqual([]);
  });

  it("is refused: a table under the name of one that went, with another scope", async () => {
    const project = new Project();
    const lists = table("lists", [text]);
    const notes = table("notes", [text], { scope: "workspace" });
    await project.generate([lists, notes]);
    await project.generate([lists], { allowDataLoss: true });

    expect(await project.complaints([lists, notes])).toEqual([]);
    for (const [scope, path] of [
      [null, "tables.notes"],
      ["team", "tables.notes.scope"],
    ] as const) {
      const other = [lists, { ...notes, scope }];
      expect(await project.complaints(other, { allowDataLoss: true, only: "error" })).toEqual([
        `SG325 ${path}`,
      ]);
    }
  });

  it("is refused: a table with a scope under the name of one that is called otherwise", async () => {
    const project = new Project();
    const notes = table("notes", [text]);
    const memos = { ...notes, name: "memos", renamedFrom: "notes" };
    const shared = { ...notes, scope: "workspace" };
    await project.generate([notes]);
    await project.generate([memos]);
    const pages = { ...notes, name: "pages", renamedFrom: "memos" };
    await project.generate([pages]);
    expect(await project.complaints([pages, shared])).toEqual(["SG325 tables.notes.scope"]);
    expect(await project.complaints([pages, notes])).toEqual([]);
  });

  it("says how rows come into a scope, which no flag does", async () => {
    const project = new Project();
    await project.generate([table("tasks", [text])]);
    const { diagnostics } = await project.plan([table("tasks", [text], { scope: "workspace" })]);
    expect(diagnostics).toEqual([
      {
        code: "SG325",
        severity: "error",
        message:
          '"tasks" had no scope when it was generated, and cannot have the scope "workspace" now: nobody knows who should share the rows that there are.',
        path: ["tables", "tasks", "scope"],
        hint:
          'Leave the scope out here, and add a table of another name with the scope "workspace". A function of your own copies the rows over: ' +
          '`synced(ctx, "…", { scopeId }).insert({ … }, { copyOf: row.clientId, createdAt: row.createdAt })`. ' +
          'Remove "tasks" when no app uses it any more. Only while nobody has the app: delete the migrations folder (`db/migrations` below `client.out`) and .sync-gen/history.json, and generate; the migrations start anew.',
      },
    ]);
  });

  it("says what would be lost, what it may have been meant as, and how to go ahead", async () => {
    const project = new Project();
    await project.generate([table("tasks", [text, field("due", "timestamp", { optional: true })])]);

    const outcome = await project.plan([
      table("tasks", [text, field("dueAt", "timestamp", { optional: true })]),
    ]);

    expect(outcome.diagnostics).toEqual([
      {
        code: "SG303",
        severity: "error",
        message:
          'The field "due" of "tasks" is gone: its values on every device would be deleted, with edits of it that were not sent yet; Convex keeps them until you remove them there.',
        path: ["tables", "tasks", "fields"],
        hint: 'If "dueAt" is the same under a new name, add `.renamedFrom("due")` to it. To go ahead all the same: `sync-gen generate --allow-data-loss`. Only while nobody has the app: delete the migrations folder (`db/migrations` below `client.out`) and .sync-gen/history.json, and generate; the migrations start anew.',
      },
    ]);
  });
});

describe("several refusals at once", () => {
  it("say how to go ahead once, at the end", async () => {
    const project = new Project();
    await project.generate([table("tasks", [text, priority]), table("notes", [text])]);

    const { diagnostics } = await project.plan([
      table("tasks", [{ ...priority, choices: ["low"] }]),
    ]);

    const hints = diagnostics.map(({ code, hint }) => [code, hint]);
    expect(hints).toEqual([
      ["SG305", "Keep the choices listed until no row holds them."],
      ["SG303", undefined],
      [
        "SG302",
        expect.stringMatching(/^To go ahead all the same: .* Only while nobody has the app/),
      ],
    ]);
  });

  it("say so of what no flag allows, too", async () => {
    const project = new Project();
    await project.generate([table("tasks", [text, priority])]);

    const next = [table("tasks", [field("a", "integer"), field("b", "integer")])];
    const [refused, allowed] = [
      await project.plan(next),
      await project.plan(next, { allowDataLoss: true }),
    ];

    const hints = (of: typeof refused) => of.diagnostics.map(({ hint }) => hint ?? "");
    const ways = (text: string) => text.match(/To go ahead|Only while nobody/g) ?? [];
    expect(refused.diagnostics.map(({ code }) => code)).toEqual([
      "SG301",
      "SG301",
      "SG303",
      "SG303",
    ]);
    expect(hints(refused).map(ways)).toEqual([[], [], [], ["To go ahead", "Only while nobody"]]);
    expect(hints(allowed).map(ways)).toEqual([[], ["Only while nobody"], [], []]);
  });
});

describe("what a removal may have been meant as", () => {
  it("is a new field of the same kind, not any new one", async () => {
    const project = new Project();
    const done = field("isDone", "boolean", { default: { value: false } });
    await project.generate([table("tasks", [text, done])]);

    const outcome = await project.plan([
      table("tasks", [
        text,
        field("note", "text", { optional: true }),
        { ...done, name: "isCompleted" },
      ]),
    ]);

    expect(outcome.diagnostics.map(({ hint }) => hint)).toEqual([
      'If "isCompleted" is the same under a new name, add `.renamedFrom("isDone")` to it. To go ahead all the same: `sync-gen generate --allow-data-loss`. Only while nobody has the app: delete the migrations folder (`db/migrations` below `client.out`) and .sync-gen/history.json, and generate; the migrations start anew.',
    ]);
  });

  it("is nothing, where no new field is of that kind", async () => {
    const project = new Project();
    await project.generate([table("tasks", [text, priority])]);

    const outcome = await project.plan([
      table("tasks", [text, field("note", "text", { optional: true })]),
    ]);

    expect(outcome.diagnostics.map(({ hint }) => hint)).toEqual([
      "To go ahead all the same: `sync-gen generate --allow-data-loss`. Only while nobody has the app: delete the migrations folder (`db/migrations` below `client.out`) and .sync-gen/history.json, and generate; the migrations start anew.",
    ]);
  });

  it("is the new table that has the most of its fields", async () => {
    const project = new Project();
    await project.generate([table("tasks", [text, priority])]);

    const outcome = await project.plan([
      table("people", [field("name", "text")]),
      table("jobs", [text, priority]),
    ]);

    expect(outcome.diagnostics.map(({ hint }) => hint)).toEqual([
      'If "jobs" is the same under a new name, add `renamedFrom: "tasks"` to it. To go ahead all the same: `sync-gen generate --allow-data-loss`. Only while nobody has the app: delete the migrations folder (`db/migrations` below `client.out`) and .sync-gen/history.json, and generate; the migrations start anew.',
    ]);
  });
});

describe("a change that loses nothing", () => {
  const harmless: Record<string, readonly [readonly TableModel[], readonly TableModel[]]> = {
    "a reference to a renamed table": [
      [table("a", [text]), table("tasks", [field("of", "reference", { references: "a" })])],
      [
        table("b", [text], { renamedFrom: "a" }),
        table("tasks", [field("of", "reference", { references: "b" })]),
      ],
    ],
    "a choice that becomes text": [
      [table("tasks", [priority])],
      [table("tasks", [{ ...priority, kind: "text", choices: [] }])],
    ],
    "choices in another order, and one more": [
      [table("tasks", [priority])],
      [table("tasks", [{ ...priority, choices: ["high", "low", "none"] }])],
    ],
    "a table with required fields": [
      [table("tasks", [text])],
      [table("tasks", [text]), table("notes", [text])],
    ],
    "a required field that only the server has": [
      [table("tasks", [text])],
      [table("tasks", [text, field("score", "real", { side: "server", optional: true })])],
    ],
  };

  it.each(Object.entries(harmless))("is made without a word: %s", async (_, [before, after]) => {
    const project = new Project();
    await project.generate(before);

    expect(await project.complaints(after)).toEqual([]);
  });

  it("is refused for a reference without a word of a default, which none has", async () => {
    const project = new Project();
    const crew = field("crew", "reference", { references: "tasks", optional: true });
    await project.generate([table("tasks", [text, crew])]);
    const { diagnostics } = await project.plan([
      table("tasks", [text, { ...crew, optional: false }]),
    ]);
    expect(diagnostics).toMatchObject([
      { code: "SG301", allowed: "an optional field", hint: expect.stringContaining(".optional()") },
    ]);
    expect(diagnostics[0]?.hint).not.toContain(".default(");
  });

  it("is made with a warning where a rename names nothing known", async () => {
    const project = new Project();
    await project.generate([table("tasks", [text])]);
    const after = [
      table("tasks", [text, field("dueAt", "timestamp", { optional: true, renamedFrom: "deu" })]),
    ];

    expect(await project.complaints(after)).toEqual(["SG307 tables.tasks.fields.dueAt"]);
    expect((await project.generate(after)).added).toBe("0001_add_tasks_due_at");
  });

  it("says nothing of a rename that an earlier run made, nor in a new project", async () => {
    const project = new Project();
    const renamed = [
      table("tasks", [field("title", "text", { renamedFrom: "text" })], { renamedFrom: "todos" }),
    ];

    expect(await project.complaints(renamed)).toEqual([]);
    await project.generate(renamed);
    expect(await project.complaints(renamed)).toEqual([]);
  });

  it("warns when apps of before could no longer hold the rows", async () => {
    const project = new Project();
    const lists = table("lists", [text]);
    const tasks = (optional: boolean) =>
      table("tasks", [
        text,
        field("list", "reference", { references: "lists", optional }),
        field("due", "timestamp", { optional }),
      ]);
    await project.generate([lists, tasks(false)]);

    expect(await project.complaints([lists, tasks(true)])).toEqual([
      "SG316 tables.tasks.fields.list",
    ]);
    expect((await project.generate([lists, tasks(true)])).added).not.toBeNull();
  });

  it("warns when the natural key goes, and says nothing when its field is renamed", async () => {
    const project = new Project();
    await project.generate([table("tags", [text], { uniqueBy: ["text"] })]);
    const renamed = field("label", "text", { renamedFrom: "text" });

    expect(await project.complaints([table("tags", [renamed], { uniqueBy: ["label"] })])).toEqual(
      [],
    );
    expect(await project.complaints([table("tags", [text])])).toEqual([
      "SG308 tables.tags.uniqueBy",
    ]);
    expect((await project.plan([table("tags", [text])])).ok).toBe(true);
  });
});
