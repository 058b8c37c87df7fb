import { describe, expect, it } from "vitest";
import type { TableModel } from "../../src/model/model";
import { Device, migrators } from "./device";
import { field, Project, table } from "./fixtures";

interface Case {
  readonly before: readonly TableModel[];
  readonly after: readonly TableModel[];
  readonly allowDataLoss?: boolean;
  /** Rows before the migration: table, id, values. */
  readonly rows: readonly (readonly [
    string,
    string,
    Readonly<Record<string, string | number | null>>,
  ])[];
  readonly tag: string;
  readonly query: string;
  readonly want: readonly unknown[];
}

const text = field("text", "text");
const done = field("done", "boolean", { default: { value: false } });
const due = field("due", "timestamp", { optional: true, indexed: true });
const low = { kind: "choice", choices: ["low", "high"] } as const;

const cases: Record<string, Case> = {
  "adds a required field with its default": {
    before: [table("tasks", [text])],
    after: [
      table("tasks", [
        text,
        field("priority", "choice", { choices: ["low", "it's"], default: { value: "it's" } }),
      ]),
    ],
    rows: [["tasks", "a", { text: "milk" }]],
    tag: "0001_add_tasks_priority",
    query: "SELECT clientId, text, priority, changed FROM tasks",
    want: [{ clientId: "a", text: "milk", priority: "it's", changed: "0001" }],
  },
  "adds a json field whose default holds quotes": {
    before: [table("tasks", [text])],
    after: [
      table("tasks", [
        text,
        field("extra", "json", { default: { value: { say: 'it\'s `${x}` \\ "so"\r\n' } } }),
      ]),
    ],
    rows: [["tasks", "a", { text: "milk" }]],
    tag: "0001_add_tasks_extra",
    query: "SELECT json_extract(extra, '$.say') AS say FROM tasks",
    want: [{ say: 'it\'s `${x}` \\ "so"\r\n' }],
  },
  "adds an optional field without a value, whatever its default": {
    before: [table("tasks", [text])],
    after: [
      table("tasks", [text, field("note", "text", { optional: true, default: { value: "none" } })]),
    ],
    rows: [["tasks", "a", { text: "milk" }]],
    tag: "0001_add_tasks_note",
    query: "SELECT note FROM tasks",
    want: [{ note: null }],
  },
  "renames a column with its index": {
    before: [table("tasks", [text, due])],
    after: [table("tasks", [text, { ...due, name: "deadline", renamedFrom: "due" }])],
    rows: [["tasks", "a", { text: "milk", due: 5 }]],
    tag: "0001_rename_tasks_due_to_deadline",
    query: "SELECT text, deadline FROM tasks",
    want: [{ text: "milk", deadline: 5 }],
  },
  "renames a column by the case of its letters alone": {
    before: [table("tasks", [field("dueat", "timestamp")])],
    after: [table("tasks", [field("dueAt", "timestamp", { renamedFrom: "dueat" })])],
    rows: [["tasks", "a", { dueat: 5 }]],
    tag: "0001_rename_tasks_dueat_to_due_at",
    query: "SELECT dueAt FROM tasks",
    want: [{ dueAt: 5 }],
  },
  "renames a chain of columns": {
    before: [table("tasks", [field("a", "text"), field("b", "text")])],
    after: [
      table("tasks", [
        field("b", "text", { renamedFrom: "a" }),
        field("c", "text", { renamedFrom: "b" }),
      ]),
    ],
    rows: [["tasks", "1", { a: "was a", b: "was b" }]],
    tag: "0001_rename_tasks_a_to_b_and_1_more",
    query: "SELECT b, c FROM tasks",
    want: [{ b: "was a", c: "was b" }],
  },
  "renames a table with its columns, indexes and pending rows": {
    before: [table("tasks", [text, due])],
    after: [
      table("jobs", [{ ...text, name: "title", renamedFrom: "text" }, due, done], {
        renamedFrom: "tasks",
      }),
    ],
    rows: [["tasks", "a", { text: "milk", due: 5, syncStatus: "failed" }]],
    tag: "0001_rename_tasks_to_jobs_and_2_more",
    query: "SELECT clientId, title, due, done, syncStatus FROM jobs",
    want: [{ clientId: "a", title: "milk", due: 5, done: 0, syncStatus: "failed" }],
  },
  "renames a table by the case of its letters alone": {
    before: [table("tasks", [text, due])],
    after: [table("Tasks", [text, due], { renamedFrom: "tasks" })],
    rows: [["tasks", "a", { text: "milk" }]],
    tag: "0001_rename_tasks_to_tasks",
    query: "SELECT text FROM Tasks",
    want: [{ text: "milk" }],
  },
  "gives a removed table's name to another one": {
    before: [table("tasks", [text]), table("todos", [text])],
    after: [table("Tasks", [text], { renamedFrom: "todos" })],
    allowDataLoss: true,
    rows: [
      ["tasks", "a", { text: "old" }],
      ["todos", "b", { text: "kept" }],
    ],
    tag: "0001_rename_todos_to_tasks_and_1_more",
    query: "SELECT clientId, text FROM Tasks",
    want: [{ clientId: "b", text: "kept" }],
  },
  "adds a table beside one with rows": {
    before: [table("tasks", [text])],
    after: [table("tasks", [text]), table("notes", [text, due])],
    rows: [["tasks", "a", { text: "milk" }]],
    tag: "0001_add_notes",
    query: "SELECT text, (SELECT count(*) FROM notes) AS notes FROM tasks",
    want: [{ text: "milk", notes: 0 }],
  },
  "drops an indexed field and keeps the others": {
    before: [table("tasks", [text, due])],
    after: [table("tasks", [text])],
    allowDataLoss: true,
    rows: [["tasks", "a", { text: "milk", due: 5 }]],
    tag: "0001_drop_tasks_due",
    query: "SELECT clientId, text, userId FROM tasks",
    want: [{ clientId: "a", text: "milk", userId: "ada" }],
  },
  "drops a table and keeps the rows that refer to it": {
    before: [
      table("projects", [text]),
      table("tasks", [text, field("project", "reference", { references: "projects" })]),
    ],
    after: [table("tasks", [text, field("project", "text")])],
    allowDataLoss: true,
    rows: [
      ["projects", "p", { text: "home" }],
      ["tasks", "a", { text: "milk", project: "p" }],
    ],
    tag: "0001_drop_projects",
    query: "SELECT project FROM tasks",
    want: [{ project: "p" }],
  },
  "fills empty values of a field that becomes required": {
    before: [table("tasks", [text, field("note", "text", { optional: true })])],
    after: [table("tasks", [text, field("note", "text", { default: { value: "none" } })])],
    rows: [
      ["tasks", "a", { text: "milk", note: null }],
      ["tasks", "b", { text: "eggs", note: "ten" }],
    ],
    tag: "0001_change_tasks_note",
    query: "SELECT clientId, note FROM tasks ORDER BY clientId",
    want: [
      { clientId: "a", note: "none" },
      { clientId: "b", note: "ten" },
    ],
  },
  "fills, renames and adds in one migration, though the table is built anew": {
    before: [table("tasks", [text, field("note", "text", { optional: true }), due])],
    after: [
      table("tasks", [
        text,
        field("comment", "text", { renamedFrom: "note", default: { value: "none" } }),
        due,
        field("size", "integer", { default: { value: 3 } }),
      ]),
    ],
    rows: [["tasks", "a", { text: "milk", note: null, due: 9 }]],
    tag: "0001_rename_tasks_note_to_comment_and_1_more",
    query: "SELECT text, comment, due, size, typeof(size) AS kind FROM tasks",
    want: [{ text: "milk", comment: "none", due: 9, size: 3, kind: "integer" }],
  },
  "lets a required field become optional": {
    before: [table("tasks", [text])],
    after: [table("tasks", [{ ...text, optional: true }])],
    rows: [["tasks", "a", { text: "milk" }]],
    tag: "0001_change_tasks_text",
    query: "SELECT text FROM tasks",
    want: [{ text: "milk" }],
  },
  "changes a default without touching rows": {
    before: [table("tasks", [text, done])],
    after: [table("tasks", [text, { ...done, default: { value: true } }])],
    rows: [["tasks", "a", { text: "milk", done: 0 }]],
    tag: "0001_change_tasks_done",
    query: "SELECT done FROM tasks",
    want: [{ done: 0 }],
  },
  "widens integer to real": {
    before: [table("tasks", [field("size", "integer")])],
    after: [table("tasks", [field("size", "real")])],
    rows: [["tasks", "a", { size: 2 }]],
    tag: "0001_change_tasks_size",
    query: "SELECT size, typeof(size) AS kind FROM tasks",
    want: [{ size: 2, kind: "real" }],
  },
  "rounds real to integer when told to": {
    before: [table("tasks", [field("size", "real")])],
    after: [table("tasks", [field("size", "integer")])],
    allowDataLoss: true,
    rows: [["tasks", "a", { size: 2.6 }]],
    tag: "0001_change_tasks_size",
    query: "SELECT size, typeof(size) AS kind FROM tasks",
    want: [{ size: 3, kind: "integer" }],
  },
  "starts a field anew whose values cannot be converted": {
    before: [table("tasks", [text, field("done", "text", { indexed: true })])],
    after: [table("tasks", [text, done])],
    allowDataLoss: true,
    rows: [["tasks", "a", { text: "milk", done: "yes" }]],
    tag: "0001_change_tasks_done",
    query: "SELECT text, done FROM tasks",
    want: [{ text: "milk", done: 0 }],
  },
  "starts a renamed json field anew as text": {
    before: [table("tasks", [text, field("extra", "json")])],
    after: [
      table("tasks", [text, field("note", "text", { renamedFrom: "extra", optional: true })]),
    ],
    allowDataLoss: true,
    rows: [["tasks", "a", { text: "milk", extra: "[1]" }]],
    tag: "0001_rename_tasks_extra_to_note",
    query: "SELECT text, note FROM tasks",
    want: [{ text: "milk", note: null }],
  },
  "replaces choices that are gone": {
    before: [table("tasks", [field("priority", "choice", { ...low, default: { value: "low" } })])],
    after: [
      table("tasks", [
        field("priority", "choice", { choices: ["low", "normal"], default: { value: "low" } }),
      ]),
    ],
    allowDataLoss: true,
    rows: [
      ["tasks", "a", { priority: "high" }],
      ["tasks", "b", { priority: "low" }],
    ],
    tag: "0001_change_tasks_priority",
    query: "SELECT clientId, priority FROM tasks ORDER BY clientId",
    want: [
      { clientId: "a", priority: "low" },
      { clientId: "b", priority: "low" },
    ],
  },
  "empties optional values that are no choice": {
    before: [table("tasks", [field("priority", "text", { optional: true })])],
    after: [table("tasks", [field("priority", "choice", { ...low, optional: true })])],
    allowDataLoss: true,
    rows: [
      ["tasks", "a", { priority: "middle" }],
      ["tasks", "b", { priority: "high" }],
      ["tasks", "c", { priority: null }],
    ],
    tag: "0001_change_tasks_priority",
    query: "SELECT priority FROM tasks ORDER BY clientId",
    want: [{ priority: null }, { priority: "high" }, { priority: null }],
  },
  "adds, changes and removes indexes": {
    before: [
      table("tasks", [text, due, done], {
        indexes: [{ name: "by_text_and_done", fields: ["text", "done"] }],
      }),
    ],
    after: [
      table("tasks", [{ ...text, indexed: true }, { ...due, indexed: false }, done], {
        indexes: [{ name: "by_text_and_done", fields: ["done", "text"] }],
      }),
    ],
    rows: [["tasks", "a", { text: "milk", due: 5 }]],
    tag: "0001_index_tasks",
    query: "SELECT text, due FROM tasks",
    want: [{ text: "milk", due: 5 }],
  },
  "takes a field off the device that moves to the server": {
    before: [table("tasks", [text, field("score", "integer", { indexed: true })])],
    after: [table("tasks", [text, field("score", "integer", { side: "server", indexed: true })])],
    allowDataLoss: true,
    rows: [["tasks", "a", { text: "milk", score: 5 }]],
    tag: "0001_drop_tasks_score",
    query: "SELECT * FROM tasks",
    want: [
      {
        clientId: "a",
        serverId: null,
        text: "milk",
        userId: "ada",
        createdAt: 1,
        updatedAt: 2,
        syncStatus: "pending",
        changed: "0001",
      },
    ],
  },
  "keeps the scope of rows, of a table that is built anew under another name": {
    before: [table("tasks", [text, { ...due, optional: true }], { scope: "workspace" })],
    after: [
      table("jobs", [text, { ...due, optional: false, default: { value: 7 } }], {
        scope: "workspace",
        renamedFrom: "tasks",
      }),
    ],
    rows: [["tasks", "a", { text: "milk", scopeId: "w1" }]],
    tag: "0001_rename_tasks_to_jobs_and_1_more",
    query:
      "SELECT jobs.scopeId, due, name FROM jobs JOIN pragma_index_list('jobs') WHERE name LIKE '%scope%'",
    want: [{ scopeId: "w1", due: 7, name: "jobs_by_scope_id" }],
  },
  "adds a table whose rows are shared beside one whose rows are not": {
    before: [table("tasks", [text])],
    after: [table("tasks", [text]), table("notes", [text], { scope: "workspace" })],
    rows: [["tasks", "a", { text: "milk" }]],
    tag: "0001_add_notes",
    query: `SELECT tasks.text, type, "notnull" FROM tasks JOIN pragma_table_info('notes') WHERE name = 'scopeId'`,
    want: [{ text: "milk", type: "TEXT", notnull: 1 }],
  },
  "gives the name of a field that moved to the server to another": {
    before: [table("tasks", [field("a", "text"), field("b", "text")])],
    after: [
      table("tasks", [
        field("b", "text", { renamedFrom: "a" }),
        field("c", "text", { renamedFrom: "b", side: "server" }),
      ]),
    ],
    allowDataLoss: true,
    rows: [["tasks", "1", { a: "was a", b: "was b" }]],
    tag: "0001_rename_tasks_a_to_b_and_1_more",
    query: "SELECT b FROM tasks",
    want: [{ b: "was a" }],
  },
};

describe.each(Object.entries(migrators))(
  "a database with rows, migrated through %s",
  (_, migrator) => {
    it.each(Object.entries(cases))("%s", async (_name, given) => {
      const project = new Project();
      const device = new Device(migrator);
      await project.generate(given.before);
      await device.migrate(project);
      for (const [name, id, values] of given.rows) device.insert(name, id, values);
      device.database.exec(`INSERT INTO sync_metadata (key, value) VALUES ('deviceId', 'd1')`);

      const plan = await project.generate(given.after, given);
      await device.migrate(project);
      await device.migrate(project);

      expect(plan.added).toBe(given.tag);
      expect(device.rows(given.query)).toEqual(given.want);
      expect(device.rows("SELECT * FROM sync_metadata")).toEqual([
        { key: "deviceId", value: "d1" },
      ]);

      // The migrated database is what a new install has.
      const fresh = new Project();
      const newDevice = new Device(migrator);
      await fresh.generate(given.after);
      await newDevice.migrate(fresh);
      expect(device.schema()).toEqual(newDevice.schema());

      const again = await project.generate(given.after);
      expect(again.added).toBeNull();
    });
  },
);
