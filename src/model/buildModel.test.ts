import { describe, expect, it } from "vitest";
import { defineSync } from "../config/defineSync";
import * as fields from "../config/fields";
import type { LoadedConfig } from "../config/loadedConfig";
import { table } from "../config/table";
import type { Diagnostic } from "../kernel/diagnostic";
import { buildModel } from "./buildModel";
import type { ModelDraft } from "./model";

const { boolean, choice, integer, json, real, reference, text, timestamp } = fields;

/** JavaScript configs say what TypeScript would refuse. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- the point of these tests is to get past the types
type Anything = any;
const anyTable: (options: Anything) => Anything = table as Anything;
const anyField = fields as Anything;

const client = { store: "expo-sqlite", out: "apps/native/src" } as const;
const server = { backend: "convex", out: "packages/backend/convex" } as const;

function build(
  config: Anything,
  apiImport: string | null = null,
  jsonTypes: LoadedConfig["jsonTypes"] = {},
) {
  const loaded: LoadedConfig = {
    config: defineSync({ client, server, ...config }),
    path: "sync.config.ts",
    inputs: [],
    locate: () => undefined,
    jsonTypes,
  };
  return buildModel(loaded, { apiImport });
}

function model(config: Anything, apiImport: string | null = null): ModelDraft {
  const outcome = build(config, apiImport);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.diagnostics, null, 2));
  return outcome.value;
}

/** Code and path of everything that is reported: `SG203 tables.tasks.fields.project`. */
function reports(config: Anything): readonly string[] {
  return build(config).diagnostics.map(({ code, path }) => `${code} ${(path ?? []).join(".")}`);
}

function only(config: Anything): Diagnostic {
  const { diagnostics } = build(config);
  expect(diagnostics).toHaveLength(1);
  const [diagnostic] = diagnostics;
  if (diagnostic === undefined) throw new Error("nothing reported");
  return diagnostic;
}

/** A config with the one table `tasks`. */
function tasks(options: Anything): Anything {
  return {
    tables: { tasks: anyTable({ policy: "mobile-wins", fields: { title: text() }, ...options }) },
  };
}

/** A config with the one table `tasks` and these fields. */
function withFields(entries: Anything, options: Anything = {}): Anything {
  return tasks({ ...options, fields: entries });
}

describe("the model", () => {
  it("has every name and default worked out, and is plain JSON", () => {
    const draft = model({
      tables: {
        projects: table({ policy: "server-wins", fields: { name: text() } }),
        tasks: table({
          policy: "mobile-wins",
          operations: ["update", "create"],
          uniqueBy: ["title"],
          indexes: [["dueAt", "level"], { name: "by_rank", fields: ["rank"] }],
          description: "What is\nto do */",
          fields: {
            title: text().index(),
            done: boolean().default(false),
            rank: real().default(-0),
            level: choice(["low", "high"]).default("low").oneWay(),
            user: reference("projects").optional(),
            dueAt: timestamp().optional().renamedFrom("deadline").describe("`when` ${x}"),
            tags: json<string[]>().default([]).set(),
            likes: integer().default(0).counter(),
            draft: text().optional().deviceOnly(),
            score: integer().default(1).serverOnly(),
          },
        }),
      },
    });
    expect(JSON.parse(JSON.stringify(draft))).toEqual(draft);
    expect(draft.client).toEqual({
      store: "expo-sqlite",
      out: "apps/native/src",
      apiImport: "../../../../packages/backend/convex/_generated/api",
    });
    expect(draft.server).toEqual({ ...server, retentionDays: 90, accepts: 2 });
    expect(draft.tables[0]).toMatchObject({
      operations: ["create", "update", "delete"],
      policy: { name: "server-wins", by: null, deletes: "revive", module: null },
      renamedFrom: null,
      description: "",
    });
    expect(draft.tables[1]).toMatchObject({
      name: "tasks",
      names: { row: "Task" },
      operations: ["create", "update"],
      uniqueBy: ["title"],
      description: "What is\nto do */",
      indexes: [
        { name: "by_title", fields: ["title"] },
        { name: "by_user_field", fields: ["user"] },
        { name: "by_due_at_and_level", fields: ["dueAt", "level"] },
        { name: "by_rank", fields: ["rank"] },
      ],
    });
    const byName = Object.fromEntries(
      draft.tables[1]?.fields.map((field) => [field.name, field]) ?? [],
    );
    expect(byName["title"]).toEqual({
      name: "title",
      kind: "text",
      optional: false,
      default: null,
      choices: [],
      references: null,
      json: null,
      renamedFrom: null,
      indexed: true,
      side: "both",
      merge: null,
      description: "",
    });
    expect(byName["rank"]?.default).toEqual({ value: 0 });
    expect(byName["level"]).toMatchObject({
      choices: ["low", "high"],
      merge: { kind: "one-way", order: ["low", "high"] },
    });
    expect(byName["user"]).toMatchObject({ references: "projects", optional: true, indexed: true });
    expect(byName["dueAt"]).toMatchObject({ renamedFrom: "deadline", description: "`when` ${x}" });
    expect(byName["tags"]).toMatchObject({ merge: { kind: "set" }, default: { value: [] } });
    expect(byName["likes"]).toMatchObject({ merge: { kind: "counter" } });
    expect([byName["draft"]?.side, byName["score"]?.side]).toEqual(["device", "server"]);
  });

  it.each([
    'it\'s "q" `b` ${x} */ // \\ \n\r\t\u2028',
    "日本語 😀 ﷽",
    "</script>",
    "{{x}}",
    "__proto__",
    "",
  ])("carries the text %j untouched", (hostile) => {
    const draft = model(
      withFields(
        {
          note: text().default(hostile).describe(hostile),
          level: choice([hostile, "other"]).default(hostile),
          data: json<Anything>().default({ a: [hostile] }),
        },
        { description: hostile },
      ),
    );
    const [made] = draft.tables;
    expect(made?.description).toBe(hostile);
    expect(made?.fields[0]).toMatchObject({ default: { value: hostile }, description: hostile });
    expect(made?.fields[1]).toMatchObject({
      choices: [hostile, "other"],
      default: { value: hostile },
    });
    expect(made?.fields[2]?.default).toEqual({ value: { a: [hostile] } });
  });

  it("takes api from the config, else from the workspace, else as a relative path", () => {
    const tables = tasks({}).tables;
    const api = (given: string | undefined, found: string | null) =>
      model({ client: { ...client, ...(given && { api: given }) }, tables }, found).client
        .apiImport;
    expect(api("@acme/backend/api", "@x/y")).toBe("@acme/backend/api");
    expect(api("./packages/backend/convex/_generated/api.js", "@x/y")).toBe(
      "../../../../packages/backend/convex/_generated/api.js",
    );
    expect(api(undefined, "@x/y")).toBe("@x/y");
    expect(api(undefined, null)).toBe("../../../../packages/backend/convex/_generated/api");
  });

  it("takes the types of json fields from the text", () => {
    const type = { type: "string[]", declarations: [], imports: [] };
    const outcome = build(withFields({ tags: json<string[]>(), other: json() }), null, {
      "tasks.tags": type,
    });
    expect(outcome.ok && outcome.value.tables[0]?.fields.map((field) => field.json)).toEqual([
      type,
      null,
    ]);
  });

  it("knows the policies' own options", () => {
    expect(
      model(withFields({ n: integer() }, { policy: "max-wins", by: "n" })).tables[0]?.policy.by,
    ).toBe("n");
    expect(model(tasks({ deletes: "win" })).tables[0]?.policy.deletes).toBe("win");
    expect(model(tasks({ policy: "append-only" })).tables[0]?.operations).toEqual(["create"]);
    for (const merge of [
      "./merge/tasks.ts#mergeTasks",
      { path: "merge/tasks", export: "mergeTasks" },
    ]) {
      expect(model(tasks({ policy: "custom", merge })).tables[0]?.policy.module).toEqual({
        path: "merge/tasks",
        export: "mergeTasks",
      });
    }
  });

  it("normalises folders", () => {
    const draft = model({
      ...tasks({}),
      client: { ...client, out: "./apps//native/x/../src/" },
      server: { ...server, out: "convex/" },
    });
    expect([draft.client.out, draft.server.out]).toEqual(["apps/native/src", "convex"]);
  });

  it("is the same for the same config", () => {
    const config = () => withFields({ a: text(), b: reference("tasks").optional() });
    expect(JSON.stringify(model(config()))).toBe(JSON.stringify(model(config())));
  });
});

describe("what is reported", () => {
  it("is everything at once, with what is allowed and a suggestion", () => {
    const { diagnostics } = build({
      client: { store: "expo-sqlit", out: "/srv/app" },
      tables: {
        tasks: anyTable({
          policy: "mobile-win",
          fields: { project: anyField.reference("project") },
        }),
        projects: anyTable({
          policy: "hlc",
          fields: { _id: text(), name: anyField.text().default(3) },
        }),
      },
    });
    expect(diagnostics.map(({ code }) => code).sort()).toEqual([
      "SG113",
      "SG113",
      "SG203",
      "SG211",
      "SG213",
      "SG230",
    ]);
    expect(diagnostics.find(({ code }) => code === "SG203")).toEqual({
      code: "SG203",
      severity: "error",
      message: 'There is no table "project".',
      path: ["tables", "tasks", "fields", "project"],
      allowed: '"tasks" or "projects"',
      hint: 'Did you mean "projects"?',
    });
    expect(diagnostics[1]?.hint).toBe('Did you mean "mobile-wins"?');
  });

  it("has its place in the text, in its order", () => {
    const loaded: LoadedConfig = {
      config: defineSync({
        client,
        server,
        ...withFields({ _a: text(), b: anyField.text().default(1) }),
      }),
      path: "sync.config.ts",
      inputs: [],
      locate: (path) => ({ file: "sync.config.ts", line: path.includes("b") ? 3 : 9, column: 5 }),
      jsonTypes: {},
    };
    const { diagnostics } = buildModel(loaded, { apiImport: null });
    expect(diagnostics.map(({ code, location }) => [code, location?.line])).toEqual([
      ["SG213", 3],
      ["SG206", 9],
    ]);
  });

  it.each<[string, Anything, readonly string[]]>([
    // the shape
    ["no tables", { tables: {} }, ["SG201 tables"]],
    ["tables missing", { tables: undefined }, ["SG110 tables"]],
    ["tables as a list", { tables: [] }, ["SG112 tables"]],
    ["an unknown member", { ...tasks({}), extra: 1 }, ["SG111 extra"]],
    ["client missing", { ...tasks({}), client: undefined }, ["SG110 client"]],
    ["out missing", { ...tasks({}), client: { store: "expo-sqlite" } }, ["SG110 client.out"]],
    ["out empty", { ...tasks({}), server: { ...server, out: "" } }, ["SG112 server.out"]],
    [
      "another backend",
      { ...tasks({}), server: { ...server, backend: "http" } },
      ["SG113 server.backend"],
    ],
    [
      "retention of no days",
      { ...tasks({}), server: { ...server, retentionDays: 0 } },
      ["SG117 server.retentionDays"],
    ],
    [
      "accepts as text",
      { ...tasks({}), server: { ...server, accepts: "2" } },
      ["SG112 server.accepts"],
    ],
    [
      "a table without table()",
      { tables: { tasks: { policy: "hlc", fields: {} } } },
      ["SG114 tables.tasks"],
    ],
    ["table() of nothing", { tables: { tasks: anyTable(undefined) } }, ["SG112 tables.tasks"]],
    ["no policy", tasks({ policy: undefined }), ["SG110 tables.tasks.policy"]],
    ["a misspelt option", tasks({ policies: "hlc" }), ["SG111 tables.tasks.policies"]],
    [
      "an operation that is none",
      tasks({ operations: ["create", "upsert"] }),
      ["SG113 tables.tasks.operations.1"],
    ],
    ["description as a number", tasks({ description: 3 }), ["SG112 tables.tasks.description"]],
    ["no fields", tasks({ fields: {} }), ["SG202 tables.tasks.fields"]],
    [
      "a field that is none",
      withFields({ title: "text" }),
      ["SG114 tables.tasks.fields.title", "SG202 tables.tasks.fields"],
    ],
    [
      "a field function not called",
      withFields({ a: text(), title: text }),
      ["SG114 tables.tasks.fields.title"],
    ],
    ["indexes as text", tasks({ indexes: "title" }), ["SG112 tables.tasks.indexes"]],
    ["an index as text", tasks({ indexes: ["title"] }), ["SG112 tables.tasks.indexes.0"]],
    [
      "merge without an export",
      tasks({ policy: "custom", merge: "./merge" }),
      ["SG234 tables.tasks.merge", "SG218 tables.tasks.merge"],
    ],
    [
      "a modifier of another kind",
      withFields({ a: anyField.text().counter(), b: anyField.integer().set() }),
      ["SG115 tables.tasks.fields.a.counter", "SG115 tables.tasks.fields.b.set"],
    ],
    [
      "an index on json",
      withFields({ a: anyField.json().index() }),
      ["SG115 tables.tasks.fields.a.index"],
    ],
    [
      "both sides only",
      withFields({ a: text().optional().deviceOnly().serverOnly() }),
      ["SG116 tables.tasks.fields.a.serverOnly"],
    ],
    // names
    [
      "not identifiers",
      withFields({ "due-at": text(), "1st": text(), größe: text(), "": text() }),
      ["due-at", "1st", "größe", ""].map((name) => `SG205 tables.tasks.fields.${name}`),
    ],
    [
      "leading _ or $",
      withFields({ _a: text(), $b: text() }),
      ["SG206 tables.tasks.fields._a", "SG206 tables.tasks.fields.$b"],
    ],
    [
      "members of Object",
      withFields({ constructor: text(), ["__proto__"]: text() }),
      ["SG207 tables.tasks.fields.constructor", "SG207 tables.tasks.fields.__proto__"],
    ],
    [
      "a word of SQL as a field: a warning",
      withFields({ order: integer() }),
      ["SG227 tables.tasks.fields.order"],
    ],
    [
      "fields that differ by case",
      withFields({ dueAt: text(), dueat: text() }),
      ["SG210 tables.tasks.fields.dueat"],
    ],
    [
      "sync columns",
      withFields({ clientId: text(), CreatedAt: text(), _creationTime: text(), seq: text() }),
      ["clientId", "CreatedAt", "_creationTime", "seq"].map(
        (name) => `SG211 tables.tasks.fields.${name}`,
      ),
    ],
    [
      "a long field",
      withFields({ ["a".repeat(64)]: text(), ["b".repeat(65)]: text() }),
      [`SG208 tables.tasks.fields.${"b".repeat(65)}`],
    ],
    // choices and defaults
    ["no choices", withFields({ a: anyField.choice([]) }), ["SG215 tables.tasks.fields.a.choices"]],
    [
      "a choice twice",
      withFields({ a: choice(["x", "y", "x"]) }),
      ["SG216 tables.tasks.fields.a.choices.2"],
    ],
    [
      "a choice that is no text",
      withFields({ a: anyField.choice(["x", 2]) }),
      ["SG112 tables.tasks.fields.a.choices.1"],
    ],
    [
      "a default that is no choice",
      withFields({ a: anyField.choice(["low", "high"]).default("hihg") }),
      ["SG214 tables.tasks.fields.a.default"],
    ],
    [
      "a set that does not start as a list",
      withFields({ a: anyField.json().set().default({}) }),
      ["SG226 tables.tasks.fields.a.default"],
    ],
    [
      "an order without every choice",
      withFields({ a: choice(["x", "y", "z"]).oneWay(["y", "x"]) }),
      ["SG226 tables.tasks.fields.a.oneWay"],
    ],
    [
      "an order with something else",
      withFields({ a: anyField.choice(["x"]).oneWay(["x", "w"]) }),
      ["SG226 tables.tasks.fields.a.oneWay"],
    ],
    [
      "one-sided fields without a value",
      withFields({ a: text().deviceOnly(), b: text().serverOnly() }),
      ["SG225 tables.tasks.fields.a.deviceOnly", "SG225 tables.tasks.fields.b.serverOnly"],
    ],
    [
      "a merge of what stays here",
      withFields({ a: integer().default(0).counter().deviceOnly() }),
      ["SG116 tables.tasks.fields.a.counter"],
    ],
    // policies
    ["by for another policy", withFields({ n: integer() }, { by: "n" }), ["SG217 tables.tasks.by"]],
    [
      "deletes for another policy",
      tasks({ policy: "hlc", deletes: "win" }),
      ["SG217 tables.tasks.deletes"],
    ],
    ["merge for another policy", tasks({ merge: "./a#b" }), ["SG217 tables.tasks.merge"]],
    [
      "max-wins without by",
      withFields({ n: integer() }, { policy: "max-wins" }),
      ["SG218 tables.tasks.by"],
    ],
    [
      "by of nothing",
      withFields({ n: integer() }, { policy: "max-wins", by: "m" }),
      ["SG219 tables.tasks.by"],
    ],
    [
      "by of a text",
      withFields({ n: text() }, { policy: "max-wins", by: "n" }),
      ["SG220 tables.tasks.by"],
    ],
    [
      "by of a counter",
      withFields({ n: integer().counter() }, { policy: "max-wins", by: "n" }),
      ["SG220 tables.tasks.by"],
    ],
    [
      "by of a device's own",
      withFields({ n: integer().optional().deviceOnly() }, { policy: "max-wins", by: "n" }),
      ["SG220 tables.tasks.by"],
    ],
    ["custom without merge", tasks({ policy: "custom" }), ["SG218 tables.tasks.merge"]],
    [
      "append-only that updates",
      tasks({ policy: "append-only", operations: ["create", "update"] }),
      ["SG217 tables.tasks.operations"],
    ],
    [
      "append-only with a counter",
      withFields({ n: integer().counter() }, { policy: "append-only" }),
      ["SG217 tables.tasks.fields.n.counter"],
    ],
    ["no operation", tasks({ operations: [] }), ["SG222 tables.tasks.operations"]],
    [
      "an operation twice",
      tasks({ operations: ["create", "create"] }),
      ["SG222 tables.tasks.operations"],
    ],
    [
      "nothing that creates: a warning",
      tasks({ operations: ["update"] }),
      ["SG221 tables.tasks.operations"],
    ],
    ["a key of nothing", tasks({ uniqueBy: ["titel"] }), ["SG219 tables.tasks.uniqueBy.0"]],
    ["a key twice", tasks({ uniqueBy: ["title", "title"] }), ["SG216 tables.tasks.uniqueBy.1"]],
    [
      "keys that cannot be",
      withFields(
        {
          a: text().optional(),
          b: json(),
          c: integer().counter(),
          d: text().default("").serverOnly(),
        },
        { uniqueBy: ["a", "b", "c", "d"] },
      ),
      [0, 1, 2, 3].map((index) => `SG220 tables.tasks.uniqueBy.${index}`),
    ],
    // indexes
    ["an index of nothing", tasks({ indexes: [["x"]] }), ["SG219 tables.tasks.indexes.0"]],
    ["an index without fields", tasks({ indexes: [[]] }), ["SG112 tables.tasks.indexes.0"]],
    [
      "an index over json",
      withFields({ a: json() }, { indexes: [["a"]] }),
      ["SG220 tables.tasks.indexes.0"],
    ],
    [
      "an index over both sides",
      withFields(
        { a: text().optional().deviceOnly(), b: text().optional().serverOnly() },
        { indexes: [["a", "b"]] },
      ),
      ["SG220 tables.tasks.indexes.0"],
    ],
    [
      "a field twice in an index",
      tasks({ indexes: [["title", "title"]] }),
      ["SG216 tables.tasks.indexes.0"],
    ],
    [
      "an index twice",
      withFields({ a: text().index() }, { indexes: [["a"]] }),
      ["SG224 tables.tasks.indexes.0"],
    ],
    [
      "a name of an index twice",
      withFields(
        { a: text(), b: text() },
        {
          indexes: [
            { name: "x", fields: ["a"] },
            { name: "X", fields: ["b"] },
          ],
        },
      ),
      ["SG224 tables.tasks.indexes.1"],
    ],
    [
      "an index of Convex",
      tasks({ indexes: [{ name: "by_creation_time", fields: ["title"] }] }),
      ["SG207 tables.tasks.indexes.0"],
    ],
    [
      "an index that is no identifier",
      tasks({ indexes: [{ name: "by-title", fields: ["title"] }] }),
      ["SG205 tables.tasks.indexes.0"],
    ],
    [
      "an index with a long name",
      withFields(
        { ["a".repeat(40)]: text(), ["b".repeat(40)]: text() },
        { indexes: [["a".repeat(40), "b".repeat(40)]] },
      ),
      ["SG208 tables.tasks.indexes.0"],
    ],
    // former names
    [
      "renamed from what is there",
      withFields({ a: text(), b: text().renamedFrom("a") }),
      ["SG223 tables.tasks.fields.b.renamedFrom"],
    ],
    [
      "renamed from itself",
      withFields({ a: text().renamedFrom("a") }),
      ["SG223 tables.tasks.fields.a.renamedFrom"],
    ],
    [
      "two from one",
      withFields({ a: text().renamedFrom("x"), b: text().renamedFrom("x") }),
      ["SG223 tables.tasks.fields.b.renamedFrom"],
    ],
    [
      "renamed from no name",
      withFields({ a: text().renamedFrom("x y") }),
      ["SG223 tables.tasks.fields.a.renamedFrom"],
    ],
    [
      "a table renamed from one that is there",
      {
        tables: {
          a: table({ policy: "hlc", fields: { x: text() } }),
          b: table({ policy: "hlc", renamedFrom: "a", fields: { x: text() } }),
        },
      },
      ["SG223 tables.b.renamedFrom"],
    ],
  ])("%s", (_, config, want) => {
    expect(reports(config)).toEqual(want);
  });

  it.each([
    ["text", 3],
    ["text", "a\0b"],
    ["text", "\ud800"],
    ["integer", 1.5],
    ["integer", 2 ** 53],
    ["integer", "1"],
    ["real", NaN],
    ["real", Infinity],
    ["boolean", 1],
    ["timestamp", new Date(0)],
    ["timestamp", 0.5],
    ["reference", 1],
    ["json", undefined],
    ["json", { a: [() => 1] }],
    ["json", { $a: 1 }],
    ["json", { é: 1 }],
    ["json", new Map()],
    ["json", 1n],
    ["text", null],
    ["json", null],
  ])("a default of %s that is %s", (kind, value) => {
    const field = kind === "reference" ? anyField.reference("tasks").optional() : anyField[kind]();
    const config = withFields({ a: (value === null ? anyField[kind]() : field).default(value) });
    if (kind === "json" && value === null) expect(reports(config)).toEqual([]);
    else expect(reports(config)).toEqual(["SG213 tables.tasks.fields.a.default"]);
  });

  it("a default that holds itself", () => {
    const value: Anything = {};
    value.self = value;
    expect(reports(withFields({ a: json<Anything>().default(value) }))).toEqual([
      "SG213 tables.tasks.fields.a.default",
    ]);
  });

  it("null as the default of an optional field is nothing to report", () => {
    expect(reports(withFields({ a: anyField.text().optional().default(null) }))).toEqual([]);
  });
});

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
  ])("%s is fine", (name) => {
    expect(reports(named(name))).toEqual([]);
  });

  it("suggest an identifier", () => {
    expect(only(named("my-tasks")).hint).toBe('"myTasks" would do.');
    expect(only(named("Aufträge")).hint).toBe('"auftrage" would do.');
  });

  it.each([
    [["orderItems", "order_items"], "useOrderItems"],
    [["userNotes", "usernotes"], "useUserNotes"],
    [["person", "people"], "Person"],
    [["tasks", "newTasks"], "NewTask"],
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

describe("references", () => {
  const refers = (...targets: readonly Anything[]) =>
    table({
      policy: "hlc",
      fields: Object.fromEntries(targets.map((target, index) => [`r${index}`, target])) as Anything,
    });

  it("may form circles where one is optional", () => {
    const tables = {
      a: refers(reference("b")),
      b: refers(reference("a").optional()),
      c: refers(reference("c").optional()),
    };
    expect(reports({ tables })).toEqual([]);
  });

  it("may not, where all are required", () => {
    const tables = {
      a: refers(reference("b")),
      b: refers(reference("c")),
      c: refers(text(), reference("a")),
    };
    const diagnostic = only({ tables });
    expect(diagnostic).toMatchObject({ code: "SG204", path: ["tables", "c", "fields", "r1"] });
    expect(diagnostic.message).toContain("a.r0 → b.r0 → c.r1 → a");
  });

  it("may not need a row of their own table", () => {
    expect(only({ tables: { a: refers(reference("a")) } })).toMatchObject({ code: "SG204" });
  });

  it("are checked in a chain of 200 tables at once", () => {
    const tables = Object.fromEntries(
      Array.from({ length: 200 }, (_, index) => [
        `t${index}x`,
        refers(
          ...Array.from({ length: 5 }, () => reference(`t${Math.min(199, index + 1)}x`).optional()),
        ),
      ]),
    );
    expect(reports({ tables })).toEqual([]);
  });
});

describe("paths", () => {
  it.each<[Anything, string]>([
    [{ client: { ...client, out: "/srv" } }, "SG230 client.out"],
    [{ client: { ...client, out: "C:/app" } }, "SG230 client.out"],
    [{ client: { ...client, out: "~/app" } }, "SG230 client.out"],
    [{ client: { ...client, out: "../app" } }, "SG230 client.out"],
    [{ client: { ...client, out: "a/../../app" } }, "SG230 client.out"],
    [{ client: { ...client, out: "." } }, "SG230 client.out"],
    [{ client: { ...client, out: "apps\\native" } }, "SG233 client.out"],
    [{ client: { ...client, out: "a\nb" } }, "SG233 client.out"],
    [{ server: { ...server, out: "node_modules/x/convex" } }, "SG231 server.out"],
    [
      { client: { ...client, out: "convex" }, server: { ...server, out: "Convex" } },
      "SG232 client.out",
    ],
    [
      { client: { ...client, out: "convex/app" }, server: { ...server, out: "convex" } },
      "SG232 client.out",
    ],
    [
      { client: { ...client, out: "src" }, server: { ...server, out: "src/sync/convex" } },
      "SG232 server.out",
    ],
    [{ client: { ...client, api: "../../other/api" } }, "SG230 client.api"],
    [{ client: { ...client, api: "a b" } }, "SG234 client.api"],
    [{ client: { ...client, api: "" } }, "SG234 client.api"],
    [tasks({ policy: "custom", merge: "../x#merge" }), "SG230 tables.tasks.merge"],
    [tasks({ policy: "custom", merge: "./x#not-one" }), "SG234 tables.tasks.merge"],
    [
      tasks({ policy: "custom", merge: "packages/backend/convex/merge-tasks#merge" }),
      "SG233 tables.tasks.merge",
    ],
  ])("%j: %s", (config, want) => {
    expect(reports({ ...tasks({}), ...config })).toEqual([want]);
  });

  it("of Convex may lie in the app's sources", () => {
    expect(
      reports({
        ...tasks({}),
        client: { ...client, out: "src" },
        server: { ...server, out: "src/convex" },
      }),
    ).toEqual([]);
  });
});
